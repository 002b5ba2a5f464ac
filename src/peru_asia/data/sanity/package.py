"""Checks that hold for every table: dates, shares, ranges, sources, text, coordinates."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from peru_asia import __version__, files, paths
from peru_asia.data import bibliography
from peru_asia.data.package import Table
from peru_asia.data.sanity.registry import check, described, read, report, tables
from peru_asia.errors import did_you_mean

_SOURCE_COLUMNS = ("source", "source2", "sources", "first_source", "largest_source")

# Mainland Peru, from the extremes that its geographical institute gives.
_LATITUDES = (-18.36, -0.03)
_LONGITUDES = (-81.34, -68.65)

_FLAWS = {
    re.compile(r"^\s|\s$"): "begins or ends with a space; remove it",
    re.compile(r"\S\s\s+\S"): "has two spaces in a row; remove one",
    re.compile(r"[\r\n]"): "has a line break; put a space instead",
    # Signs of UTF-8 that was once read as another encoding.
    re.compile("\ufffd|Ã|Ð"): "has a letter of a wrong encoding; read the source again as UTF-8",
}

# Where rows hold shares among other quantities: the column that tells, and its values.
_SHARE_ROWS = {
    "claims": ("quantity", "share|stake"),
    "published_tables": ("measure", "export_share"),
    "migration": ("unit", "percent"),
}

# Columns that are not before another one, wherever a table has both.
_IN_ORDER = {
    "year_from": ("year_to", "year", "published"),
    "start_date": ("end_date",),
    "date": ("date_end",),
    "signed": ("in_force",),
    "spend_from": ("spend_to",),
    "planned_from": ("planned_to",),
    "period_from": ("period_to",),
    "start_year": ("end_year", "commissioning_year"),
    "year_announced": ("year_closed", "year_operating"),
    "year_closed": ("year_operating",),
    "first_year": ("largest_year",),
}

# Columns that are not below another one.
_LOW_TO_HIGH = {
    "value": ("value_high",),
    "value_usd_m": ("total_usd_m",),
    "actual_usd_m": ("actual_high_usd_m",),
    "deaths_low": ("deaths",),
    "deaths": ("deaths_high",),
    "injured_low": ("injured",),
    "injured": ("injured_high",),
    "low_5": ("ideal_point",),
    "ideal_point": ("high_95",),
}

# Columns that are empty exactly where another one of the table is.
_TOGETHER = {
    ("china_sectors", "first_year"): ("first_event", "first_source"),
    ("china_sectors", "largest_year"): ("largest_event", "largest_source", "largest_basis"),
    ("china_sector_facts", "value"): ("unit", "qualifier"),
}

_CITE = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def _pairs(known: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, pd.DataFrame, str, str]]:
    """Yield each table that has both columns of a pair: its name, its rows, and the two."""
    for first, others in known.items():
        for last in others:
            for name, table in tables().items():
                if {first, last} <= set(table.columns):
                    yield name, read(name), first, last


@check
def shares_lie_between_0_and_100() -> Iterator[str]:
    """A share or a stake is between nothing and all."""
    for name, table in tables().items():
        frame = read(name)
        rows = {field["name"]: frame for field in table.fields if field["unit"] == "percent"}
        if name in _SHARE_ROWS:
            column, kinds = _SHARE_ROWS[name]
            # A claim about a share may also be a ratio, such as 'half', or a number of people.
            per_cent = frame["unit"].isin(["pct", "percent"]) & frame[column].str.contains(kinds)
            rows["value"] = frame[per_cent]
        for column, some in rows.items():
            wrong = some[((some[column] < 0) | (some[column] > 100)).fillna(False)]
            message = f"{{{column}}} is no share in per cent; correct it, or its unit"
            yield from report(name, wrong, column, message)


def _earlier(later: object, earlier: object) -> bool:
    """Say whether `later` is before `earlier`, to the precision that both have."""
    if pd.isna(later) or pd.isna(earlier):
        return False
    length = min(len(str(later)), len(str(earlier)))
    return str(later)[:length] < str(earlier)[:length]


@check
def dates_are_in_order() -> Iterator[str]:
    """Nothing ends before it starts, or enters into force before it is signed."""
    for name, frame, first, last in _pairs(_IN_ORDER):
        wrong = [_earlier(*pair) for pair in zip(frame[last], frame[first], strict=True)]
        message = f"{{{last}}} is before {{{first}}} in column {first}; correct one of the two"
        yield from report(name, frame[wrong], last, message)


@check
def ranges_run_from_low_to_high() -> Iterator[str]:
    """A lower figure is not above its upper one, nor a part above its whole."""
    for name, frame, low, high in _pairs(_LOW_TO_HIGH):
        wrong = (frame[low] > frame[high]).fillna(False)
        message = f"{{{high}}} is below {{{low}}} in column {low}; correct one of the two"
        yield from report(name, frame[wrong], high, message)


@check
def what_belongs_together_stands_together() -> Iterator[str]:
    """A year has an event and a source, a figure a unit, and none of them stands alone."""
    for (name, column), others in _TOGETHER.items():
        frame = read(name)
        for other in others:
            wrong = frame[frame[column].isna() != frame[other].isna()]
            message = f"{other} and {column} stand apart; give both or neither"
            yield from report(name, wrong, other, message)


def _edition() -> str:
    """Return the month of this edition of the package, as YYYY-MM, from its version."""
    year, month, _ = __version__.split(".")
    return f"{year}-{int(month):02d}"


@check
def no_date_is_in_the_future() -> Iterator[str]:
    """What has happened or was published is not dated after this edition of the package."""
    now = _edition()
    for name, table in tables().items():
        frame = read(name)
        for field in table.fields:
            if field["unit"] in ("date", "month") and field["type"] != "integer":
                column = field["name"]
                late = {date for date in frame[column].unique() if _earlier(now, date)}
                message = f"{{{column}}} is after this edition ({now}); correct the date"
                yield from report(name, frame[frame[column].isin(late)], column, message)


@check
def no_vintage_is_in_the_future() -> Iterator[str]:
    """No source is newer than this edition of the package."""
    now = _edition()
    for table in tables().values():
        if _earlier(now, table.vintage):
            yield (
                f"{described(table.name, 'vintage')}: {table.vintage} is after this edition "
                f"({now}); correct it, or the version in src/peru_asia/__init__.py"
            )


@check
def coverage_is_told_by_the_rows() -> Iterator[str]:
    """First and last year are not typed: the rows tell them, and tell the next year too."""
    for name, table in tables().items():
        if any(field["unit"] in ("year", "month", "date") for field in table.fields):
            for part in ("coverage", "title"):
                if span := re.search(r"\b\d{4}[-–]\d{4}$", table.entry.get(part, "")):
                    where = described(name, part)
                    yield f"{where}: the rows tell the years; remove '{span.group()}'"


def _sources_of_rows(table: Table) -> Iterator[tuple[str, str]]:
    """Yield each column that names sources with each source that it names."""
    columns = [column for column in _SOURCE_COLUMNS if column in table.columns]
    frame = read(table.name) if columns else pd.DataFrame()
    for column in columns:
        yield from ((column, key) for key in frame[column].dropna().unique())


@check
def sources_are_in_the_bibliography() -> Iterator[str]:
    """Every source that a row names can be looked up."""
    known = bibliography.keys()
    for table in tables().values():
        for column, key in _sources_of_rows(table):
            if key not in known:
                frame = read(table.name)
                hint = did_you_mean(key, known)
                message = f"source '{{{column}}}' is not in references.bib; {hint}"
                yield from report(table.name, frame[frame[column] == key], column, message)


@check
def sources_of_rows_are_in_the_descriptor() -> Iterator[str]:
    """A table with up to eight sources names them all below its figures."""
    for table in tables().values():
        columns = {key: column for column, key in _sources_of_rows(table)}
        for key in sorted(set(columns) - set(table.sources)) if len(columns) <= 8 else ():
            yield (
                f"{described(table.name, 'sources')}: '{key}' is missing, which "
                f"{paths.relative(table.path)}, column {columns[key]} names; add it"
            )


@check
def every_reference_is_used() -> Iterator[str]:
    """Every entry of the bibliography supports a table or is cited in a chapter."""
    used = {key for table in tables().values() for key in table.sources}
    used |= {key for table in tables().values() for _, key in _sources_of_rows(table)}
    for chapter in files.walk(paths.CHAPTERS, ".md"):
        for cited in _CITE.findall(chapter.read_text("utf-8")):
            used |= {key.strip() for key in cited.split(",")}
    for key in sorted(bibliography.keys() - used):
        yield (
            f"{paths.relative(paths.BIBLIOGRAPHY)}, entry {key}: no table and no chapter uses it; "
            "cite it, or remove it"
        )


@check
def citations_tell_works_apart() -> Iterator[str]:
    """No two works share authors and year: in the text a reader could not tell which is meant."""
    first: dict[tuple[str, str], str] = {}
    for key, label in bibliography.labels().items():
        other = first.setdefault(label, key)
        if label[0] and other != key:
            yield (
                f"{paths.relative(paths.BIBLIOGRAPHY)}, entry {key}: the text prints it as "
                f"{label[0]}, {label[1]}, as it does {other}; give the year of one another letter"
            )


@check
def text_is_clean() -> Iterator[str]:
    """Text has no space too many, no line break and no letter of a wrong encoding."""
    for name, table in tables().items():
        frame = read(name)
        for column in (field["name"] for field in table.fields if field["type"] == "string"):
            # Codes repeat, so each text is looked at once.
            for text in frame[column].dropna().unique():
                for pattern, flaw in _FLAWS.items():
                    if pattern.search(text):
                        rows = frame[frame[column] == text]
                        yield from report(name, rows, column, f"'{{{column}}}' {flaw}")


@check
def points_lie_in_peru() -> Iterator[str]:
    """A place lies within Peru, or up to a degree off its coast if it is offshore."""
    for name, frame, _, _ in _pairs({"lat": ("lon",)}):
        half = frame[frame["lat"].isna() != frame["lon"].isna()]
        yield from report(name, half, "lat", "a point needs lat and lon; fill both")
        known = frame[frame["lat"].notna() & frame["lon"].notna()]
        offshore = known.get("offshore", pd.Series(False, index=known.index)).astype(int)
        inside = {
            "lat": known["lat"].between(*_LATITUDES),
            "lon": known["lon"].between(_LONGITUDES[0] - offshore, _LONGITUDES[1]),
        }
        for column, good in inside.items():
            message = f"{{{column}}} is outside Peru; correct it (degrees, south and west negative)"
            yield from report(name, known[~good], column, message)
