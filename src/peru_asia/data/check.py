"""Checks of the data package: what must hold before a chapter may use it."""

from collections.abc import Iterator

from frictionless import Package, system

from peru_asia import files, paths
from peru_asia.data import bibliography, sanity
from peru_asia.data.package import Table, descriptor, tables
from peru_asia.errors import BookError, did_you_mean

# What a user can do about each kind of error that Frictionless finds.
_MEND = {
    "type-error": "correct the cell, or empty it if the value is not known",
    "constraint-error": "correct the cell, or the constraint in data/datapackage.yaml",
    "primary-key": "remove or correct one of the two rows",
    "foreign-key": "correct the code, or add it to the table that it refers to",
    "missing-label": "add the column, or remove the field from data/datapackage.yaml",
    "extra-label": "remove the column, or describe it in data/datapackage.yaml",
    "missing-cell": "the row is too short: look for a missing comma",
    "extra-cell": "the row is too long: look for a comma that should stand in quotes",
    "blank-row": "remove the empty row",
}


def check() -> int:
    """Check every table and its description.

    Returns
    -------
    int
        How many tables were checked.

    Raises
    ------
    BookError
        With one line for each thing that is wrong: file, row, column, what, and how to mend it.
    """
    problems = [*_files(), *_sources()]
    if not problems:  # Frictionless needs the files to be there
        problems = [*_schemas()]
    if not problems:  # and the sanity checks need every cell to fit its schema
        problems = [*sanity.problems()]
    if problems:
        count = f"{len(problems)} error{'s' if len(problems) > 1 else ''} in the data package"
        raise BookError("\n".join([count, *problems]))
    return len(tables())


def _files() -> Iterator[str]:
    for table in tables().values():
        where = paths.relative(table.path)
        if not table.path.exists():
            yield f"{where}: missing; data/datapackage.yaml lists it as table '{table.name}'"
        elif table.path.stat().st_size == 0:
            yield f"{where}: empty; it needs the header row {','.join(table.columns)}"
    listed = {table.path for table in tables().values()}
    for path in files.walk(paths.DATA, ".csv"):
        if path not in listed:
            yield f"{paths.relative(path)}: not described in data/datapackage.yaml"


def _sources() -> Iterator[str]:
    known = bibliography.keys()
    for table in tables().values():
        for key in table.sources:
            if key not in known:
                yield (
                    f"data/datapackage.yaml, table {table.name}: source '{key}' is not in "
                    f"references.bib; {did_you_mean(key, known)}"
                )


def _schemas() -> Iterator[str]:
    # Trusted, because the paths in the descriptor are the repository's own.
    with system.use_context(trusted=True):
        report = Package(descriptor(), basepath=str(paths.DATA)).validate()
    for error in report.errors:
        yield f"data/datapackage.yaml: {error.message}"
    known = tables()
    for task in report.tasks:
        for error in task.errors:
            yield _line(known[task.name], error)


def _line(table: Table, error: object) -> str:
    """Say where an error is, what it is and how to mend it, in one line."""
    where = [paths.relative(table.path)]
    if (row := getattr(error, "row_number", None)) is not None:
        where.append(f"row {row}")
    if field := getattr(error, "field_name", None) or _key_fields(table, error):
        where.append(f"column {field}")
    mend = _MEND.get(error.type)
    return f"{', '.join(where)}: {error.message}" + (f"; {mend}" if mend else "")


def _key_fields(table: Table, error: object) -> str:
    if error.type == "primary-key":
        return ", ".join(table.resource["schema"]["primaryKey"])
    return ", ".join(getattr(error, "field_names", None) or [])
