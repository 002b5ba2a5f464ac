"""What the build scripts share: the command, the cells' form, the checks and the writing.

A script's ``compile`` gives a frame of text cells, as they stand in the CSV file. The table is
written only when it fits the schema in its YAML file.
"""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import pandas as pd
from frictionless import Resource, Schema, system

from peru_asia.data import describe
from peru_asia.errors import BookError


def number(value: object, decimals: int = 6) -> str:
    """Write a number without noise: at most `decimals` places, no zeros at the end."""
    if pd.isna(value):
        return ""
    text = f"{round(float(value), decimals):.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def table(
    name: str,
    frame: pd.DataFrame,
    by: Iterable[str],
    form: dict[str, Callable[[object], str]] | None = None,
) -> pd.DataFrame:
    """Sort `frame`, take the schema's columns in order and turn each cell into text.

    Parameters
    ----------
    name
        Name of the table in the data package.
    frame
        The values; a missing cell is None or NaN.
    by
        Columns to sort by, before they become text.
    form
        How to write the columns that are not whole numbers, text or yes/no.
    """
    columns = describe(name).columns
    need(frame, columns, f"the compiled table {name}")
    frame = frame.sort_values(list(by), kind="stable")[columns].reset_index(drop=True)
    return pd.DataFrame(
        {column: frame[column].map((form or {}).get(column, _cell)) for column in columns},
        dtype="str",
    )


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    if value is True or value is False or isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def need(frame: pd.DataFrame, columns: Iterable[str], where: str) -> None:
    """Refuse a frame that lacks a column, as an original of another layout does."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        found = ", ".join(map(str, frame.columns[:12]))
        raise BookError(f"{where}: no column {', '.join(missing)}; found are {found}")


def committed(name: str) -> pd.DataFrame:
    """Return a table of the package as text cells."""
    return pd.read_csv(describe(name).path, dtype="str", keep_default_na=False)


def validate(name: str, frame: pd.DataFrame) -> None:
    """Check a compiled frame against the table's schema: types, constraints, primary key.

    Raises
    ------
    BookError
        With the first errors, each with row (the header is row 1) and column.
    """
    schema = {k: v for k, v in describe(name).resource["schema"].items() if k != "foreignKeys"}
    with tempfile.TemporaryDirectory() as folder, system.use_context(trusted=True):
        path = Path(folder) / f"{name}.csv"
        _dump(frame, path)
        report = Resource(path=str(path), schema=Schema.from_descriptor(schema)).validate()
        errors = [error for task in report.tasks for error in task.errors]
    if frame.empty:
        raise BookError(f"{name}: no rows; the original does not hold what the table needs")
    if errors:
        lines = [
            ", ".join(
                part
                for part in (
                    f"row {error.row_number}" if getattr(error, "row_number", None) else "",
                    f"column {error.field_name}" if getattr(error, "field_name", None) else "",
                )
                if part
            )
            + f": {error.message}"
            for error in errors[:10]
        ]
        count = f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
        raise BookError("\n".join([f"{name}: {count}, nothing written", *lines]))


def _dump(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write(name: str, frame: pd.DataFrame, out: Path) -> None:
    """Validate `frame` and put it in place of `out` in one step."""
    validate(name, frame)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    try:
        _dump(frame, part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def run(
    name: str,
    originals: Iterable[str],
    read: Callable[..., object],
    compile: Callable[[object], pd.DataFrame],
    doc: str | None,
) -> None:
    """Run a script as a command: originals in, table out."""

    def command(out: Path, **paths: Path) -> None:
        try:
            frame = compile(read(*paths.values()))
            write(name, frame, out)
        except (BookError, OSError, ValueError, ImportError) as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{out}: {len(frame)} rows")

    existing = click.Path(exists=True, dir_okay=False, path_type=Path)
    command = click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        default=describe(name).path,
        show_default=True,
        help="The table to write.",
    )(command)
    for original in reversed(list(originals)):
        command = click.argument(original, type=existing)(command)
    click.command(help="\b\n" + (doc or "").replace("\n\n", "\n\n\b\n"))(command)()
