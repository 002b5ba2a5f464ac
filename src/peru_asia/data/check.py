"""Checks of the data package: what must hold before a chapter may use it."""

import re
from collections.abc import Iterator
from itertools import chain

from frictionless import Error, Package, system

from peru_asia import files, paths
from peru_asia.data import assembly, bibliography, sanity
from peru_asia.data.package import Table, describe, descriptors, package
from peru_asia.data.reading import require_file
from peru_asia.errors import BookError, did_you_mean

# What a user can do about each kind of error that Frictionless finds.
_MEND = {
    "type-error": "correct the cell, or empty it if the value is not known",
    "constraint-error": "correct the cell, or the field in the table's YAML file",
    "primary-key": "remove or correct one of the two rows",
    "unique-error": "remove or correct one of the two rows",
    "foreign-key": "correct the code, or add it to the table that it refers to",
    "missing-label": "add the column, or remove the field from the table's YAML file",
    "extra-label": "remove the column, or describe it in the table's YAML file",
    "missing-cell": "the row is too short: look for a missing comma",
    "extra-cell": "the row is too long: look for a comma that should stand in quotes",
    "blank-row": "remove the empty row",
}

# Errors that leave every cell what it is, so that the named checks may look at the table.
_READABLE = re.compile(
    r"(?:primary|foreign)-key|unique-error|constraint-error .*\b(?:m..imum|pattern)\b"
)


def check() -> int:
    """Check each table and its description as far as it goes without the others, and count them.

    Raises
    ------
    BookError : with one line for each thing that is wrong: file, row, column, what, and how to mend
        it
    """
    problems, left_out, tables = [], set(), {}
    for name in dict.fromkeys([*descriptors(), *(p.stem for p in files.walk(paths.DATA, ".csv"))]):
        try:
            tables[name] = describe(name)
            known = bibliography.keys()
            problems += [
                f"{sanity.described(name, 'sources')}: '{key}' is not in references.bib; "
                + did_you_mean(key, known)
                for key in tables[name].sources
                if key not in known
            ]
            require_file(tables[name])
        except BookError as error:
            problems += str(error).splitlines()
            left_out.add(name)
    for name in chain(*package()["tables"].values()):
        if name not in descriptors():
            hint = did_you_mean(name, descriptors())
            problems.append(f"{paths.relative(paths.PACKAGE)}, tables: no table '{name}'; {hint}")
    faulty = {}
    for name, line, readable in _schemas({n: tables[n] for n in tables if n not in left_out}):
        problems.append(line)
        faulty[name] = faulty.get(name, True) and readable
    left_out |= {name for name, readable in faulty.items() if not readable}
    problems += sanity.problems(left_out, doubtful=bool(faulty))
    if not left_out and not assembly.is_current():
        problems.append(
            f"{paths.relative(paths.DESCRIPTOR)}: not what the tables and their descriptors say; "
            "run 'python -m peru_asia data', which assembles it"
        )
    if problems:
        count = f"{len(problems)} error{'s' if len(problems) > 1 else ''} in the data package"
        raise BookError("\n".join([count, *problems]))
    return len(tables)


def _schemas(tables: dict[str, Table]) -> Iterator[tuple[str, str, bool]]:
    """Yield each cell or row that breaks a schema: table, problem, whether it can be read."""
    entries = []
    for table in tables.values():
        keys = table.entry["schema"].get("foreignKeys", [])
        known = [key for key in keys if key["reference"]["resource"] in {"", *tables}]
        entries.append(table.entry | {"schema": table.entry["schema"] | {"foreignKeys": known}})
        # A source is a name and a title in the standard; here the names alone are at hand.
        entries[-1].pop("sources")
    # Trusted, because the paths of the tables are the repository's own.
    with system.use_context(trusted=True):
        report = Package({"resources": entries}, basepath=str(paths.DATA)).validate()
    for task in report.tasks:
        for error in task.errors:
            readable = _READABLE.match(f"{error.type} {error.note}") is not None
            yield task.name, _line(tables[task.name], error), readable


def _line(table: Table, error: Error) -> str:
    """Say where an error is, what it is and how to mend it, in one line."""
    where = [paths.relative(table.path)]
    if (row := getattr(error, "row_number", None)) is not None:
        where.append(f"row {row}")
    keys = table.entry["schema"]["primaryKey"] if error.type == "primary-key" else []
    names = getattr(error, "field_names", None) or keys
    if field := getattr(error, "field_name", None) or ", ".join(names):
        where.append(f"column {field}")
    mend = _MEND.get(error.type)
    return f"{', '.join(where)}: {error.message}" + (f"; {mend}" if mend else "")
