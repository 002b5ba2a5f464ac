"""What a spec would draw wrongly, or not at all, told in words before anything is drawn.

Vega draws what it can and says nothing of the rest: a field that no row has is an empty plot.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from peru_asia import files
from peru_asia.book.cells.mimes import Spec
from peru_asia.errors import BookError, did_you_mean

MOST_ROWS = 5000  # in one figure; each travels with its page
TOO_MANY = (
    f"this chart carries more than {MOST_ROWS:,} rows: narrow its table to what is drawn, or add "
    "it up by what the axes show (groupby) first"
)
_PARTS = ("layer", "hconcat", "vconcat", "concat")
_TOLD_OF_ROWS = re.compile(r"\bdatum(?:\.([A-Za-z_$][\w$]*)|\[(['\"])(.+?)\2\])")
_PATH = re.compile(r"(?<!\\)[.\[\]]")  # which Vega reads as a way into a nested value
_PLACES = ("x", "y")
_MEASURED = ("quantitative", "temporal")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Data:
    """What a view gets: the columns of its rows, or None where only Vega knows them.

    `rows` are the rows as they were given, as long as no transform has chosen among them.
    """

    columns: frozenset[str] | None = None
    rows: Sequence[Row] = ()


def check(spec: Spec) -> None:
    """Refuse a spec that draws nothing, or something else than its data say.

    Raises
    ------
    BookError : if it uses a column that no row has, or one whose name Vega would read as a path, or
        one without any value; shows zero or less on a logarithmic axis, or days as text on an axis
        of time; or carries too many rows
    """
    if any(len(rows) > MOST_ROWS for rows in row_sets(spec)):
        raise BookError(TOO_MANY)
    _check_view(spec, spec.get("datasets", {}), _Data(), {})


def name_by_content(spec: Spec) -> None:
    """Name the data sets of a spec by their rows.

    A page holds the rows of all its figures by name: two that an author named alike would be one.
    """
    sets = spec.get("datasets", {})
    names = {name: f"data-{files.digest(repr(rows))}" for name, rows in sets.items()}
    for data in inside(spec, "data"):
        if isinstance(data, dict) and data.get("name") in names:
            data["name"] = names[data["name"]]
    if sets:
        spec["datasets"] = {names[name]: rows for name, rows in sets.items()}


def row_sets(spec: Spec) -> list[list[Row]]:
    """Return the rows of each data set of a spec: the named ones, then those inside its views."""
    inline = [
        data["values"]
        for data in inside(spec, "data")
        if isinstance(data, Mapping) and isinstance(data.get("values"), list)
    ]
    return [*spec.get("datasets", {}).values(), *inline]


def inside(node: Any, key: str) -> Iterator[Any]:
    """Yield every value of `key` anywhere inside a spec, but not inside data themselves."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name == key:
                yield value
            if name not in ("datasets", "values"):
                yield from inside(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from inside(value, key)


def check_frames(chart: Any) -> None:
    """Refuse an Altair chart of a frame with a value that is not finite, which Altair would drop.

    Raises
    ------
    BookError : with the column and the row
    """
    frame = getattr(chart, "data", None)
    if isinstance(frame, pd.DataFrame):
        for name, column in frame.select_dtypes("number").items():
            if (endless := column[column.abs() == math.inf]).size:
                raise BookError(
                    f"column '{name}' is not finite in row {endless.index[0]}: a division by zero? "
                    "leave the row out, or its value empty"
                )
    for part in (*_PARTS, "spec"):
        inner = getattr(chart, part, None)
        for each in inner if isinstance(inner, list) else [inner]:
            if each is not None and hasattr(each, "to_dict"):
                check_frames(each)


def check_units(view: Mapping[str, Any], titled: frozenset[str] = frozenset()) -> None:
    """Refuse an axis of values that does not say what they are, on itself or above the view.

    Parameters
    ----------
    view : a spec, or a part of one
    titled : the channels whose unit stands above what the view is part of

    Raises
    ------
    BookError : with the column. A title that was taken away on purpose (None) is the author's
        choice.
    """
    titled |= _titled(view)
    for part in (part for name in _PARTS for part in view.get(name, ())):
        check_units(part, titled)
    for channel, shown in view.get("encoding", {}).items():
        column = shown.get("field", "") if isinstance(shown, Mapping) else ""
        drawn = column and not column.startswith("_") and shown.get("axis", True) is not None
        if drawn and channel in _PLACES and channel not in titled and shown["type"] == _MEASURED[0]:
            raise BookError(
                f"the axis {channel} shows '{column}' without its unit: give the chart a title, or "
                f"the axis, as alt.{channel.upper()}('{column}:Q', title='US$ million')"
            )


def _titled(view: Mapping[str, Any]) -> frozenset[str]:
    """Return the channels whose title stands in a view or in one of its layers."""
    own = {
        channel
        for channel, shown in view.get("encoding", {}).items()
        if isinstance(shown, Mapping) and "title" in {**shown, **(shown.get("axis") or {})}
    }
    return frozenset(_PLACES if view.get("title") else own).union(
        *map(_titled, view.get("layer", ()))
    )


def _check_view(
    view: Mapping[str, Any], sets: Mapping[str, list[Row]], data: _Data, encoding: Row
) -> None:
    """Follow the data through the transforms of a view down to what its marks show."""
    if "data" in view:
        data = _given(view["data"], sets)
    for transform in view.get("transform", ()):
        data = _transformed(transform, data)
    encoding = {**encoding, **view.get("encoding", {})}
    for name in _PARTS:
        for part in view.get(name, ()):
            _check_view(part, sets, data, encoding)
    if "spec" in view:  # of a facet, or of one that is repeated over fields
        _check_view(view["spec"], sets, data, encoding)
    if "mark" in view:
        for channel, shown in encoding.items():
            for each in shown if isinstance(shown, list) else [shown]:
                if isinstance(each, Mapping):
                    _check_channel(channel, each, data)


def _given(data: Any, sets: Mapping[str, list[Row]]) -> _Data:
    rows = data and (data.get("values") or sets.get(data.get("name", "")))
    if not (rows and isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)):
        return _Data()
    return _Data(frozenset().union(*rows), rows)


def _transformed(transform: Mapping[str, Any], data: _Data) -> _Data:
    """Return what a transform leaves; what it reads must be there."""
    for column in _read(transform):
        _must_have(column, data)
    if data.columns is None:
        return data
    chosen = replace(data, rows=())
    match transform:
        case {"filter": _} | {"sample": _}:
            return chosen
        case {"aggregate": list(new)}:
            kept = transform.get("groupby", ())
            return _Data(frozenset([*kept, *(each["as"] for each in new if "as" in each)]))
        case {"joinaggregate": list(new)} | {"window": list(new)}:
            named = (each["as"] for each in new if "as" in each)
            return replace(data, columns=data.columns.union(named))
        case {"calculate": _, "as": str(name)}:
            # Vega alone knows what it makes; what it writes over was given otherwise.
            kept = data if name not in data.columns else chosen
            return replace(kept, columns=data.columns | {name})
        case {"fold": _}:
            return replace(
                chosen, columns=data.columns.union(transform.get("as", ("key", "value")))
            )
        case {"flatten": list(names)}:
            return replace(chosen, columns=data.columns.union(transform.get("as", names)))
    return _Data()


def _read(node: Any) -> Iterator[str]:
    """Yield the columns that a transform or a condition reads."""
    if isinstance(node, str):
        for found in _TOLD_OF_ROWS.finditer(node):
            yield found[1] or found[3]
    elif isinstance(node, Mapping):
        for name, value in node.items():
            if name == "field" or (name in ("pivot", "value") and "pivot" in node):
                yield from [value] if value and isinstance(value, str) else ()
            elif name in ("groupby", "fold", "flatten"):
                yield from value
            elif name not in ("as", "from", "data"):
                yield from _read(value)
    elif isinstance(node, list):
        for each in node:
            yield from _read(each)


def _check_channel(channel: str, shown: Mapping[str, Any], data: _Data) -> None:
    for part in (shown.get("condition"), shown.get("sort")):
        for column in _read(part):
            _must_have(column, data)
    column = shown.get("field")
    if not isinstance(column, str):
        return
    _must_have(column, data)
    values = [row[column] for row in data.rows if column in row]
    if not values or channel not in _PLACES or shown.get("type") not in _MEASURED:
        return
    there = [value for value in values if value is not None and value == value]  # not NaN
    if not there:
        raise BookError(f"{channel} shows column '{column}', which has no value in any row")
    scale = shown.get("scale")
    if isinstance(scale, Mapping) and scale.get("type") == "log":
        for value in there:
            if isinstance(value, (int, float)) and value <= 0:
                raise BookError(
                    f"{channel} shows column '{column}' on a logarithmic axis, where {value:g} has "
                    "no place: leave those rows out, or take another scale"
                )
    if shown["type"] == "temporal" and not str(shown.get("timeUnit", "")).startswith("utc"):
        for value in there:
            if isinstance(value, str) and _DATE.fullmatch(value):
                raise BookError(
                    f"{channel} shows column '{column}', whose days are text such as '{value}': "
                    "west of Greenwich a browser shows them a day early; parse them with "
                    f"pd.to_datetime(table['{column}'])"
                )


def _must_have(column: str, data: _Data) -> None:
    """Refuse a column that rows do not have."""
    if data.columns is None:
        return
    if column in data.columns and _PATH.search(column):
        raise BookError(
            f"column '{column}' has a dot or a bracket in its name, which Vega reads as a path "
            "into nested values; give it another name"
        )
    plain = _PATH.split(column)[0].replace("\\", "")
    if plain not in data.columns and column.replace("\\", "") not in data.columns:
        known = sorted(name for name in data.columns if not name.startswith("_"))
        raise BookError(f"no row has a column '{column}'; {did_you_mean(column, known)}")
