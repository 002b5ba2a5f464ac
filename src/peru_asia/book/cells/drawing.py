"""From a chart to what is drawn: a checked Vega-Lite spec and static pictures of it."""

import math
import os
import re
import sys
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from peru_asia import files, paths
from peru_asia.book.cells import mimes, spec_check
from peru_asia.book.cells.mimes import Spec
from peru_asia.charts import look
from peru_asia.errors import BookError

if TYPE_CHECKING:
    import altair as alt

LATER = "PERU_ASIA_DRAW_LATER"  # set where the build runs a chapter
# A mark of the chart, and not of an axis or a legend, with something in it.
_MARK = re.compile(r'class="mark-(?!group)\w+ role-mark[^>]*>(?:<[ag]\b[^>]*>)*<(?!/)')
_NOWHERE = re.compile(r' (?:d|x|y|width|height|transform)="[^"]*NaN')
_NOTEBOOKS_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_HOSTS = ("google.colab", "KAGGLE_KERNEL_RUN_TYPE")  # a module, a variable of the environment
_COMPOSED = ("facet", "hconcat", "vconcat", "concat", "repeat")


@cache
def _vega() -> Any:
    """Return what draws. It belongs to the builder; a notebook can do without."""
    import vl_convert

    # Without its own fonts a drawing would depend on what the machine has installed.
    vl_convert.register_font_directory(str(paths.FONTS))
    return vl_convert


def to_spec(chart: "alt.TopLevelMixin | Mapping[str, Any]") -> Spec:
    """Return the Vega-Lite spec of a chart, with the book's theme.

    Parameters
    ----------
    chart : an Altair chart of any kind, or a Vega-Lite spec. A spec's own ``config`` wins over the
        theme.

    Raises
    ------
    BookError : if the chart is not valid Vega-Lite, would load something from the network, or would
        draw nothing or something wrong (`spec_check`)
    """
    import altair as alt  # the build, which only draws, can do without
    import jsonschema

    from peru_asia.charts import theme

    try:
        if isinstance(chart, Mapping):
            alt.Chart.from_dict(dict(chart), validate=True)
            spec = deepcopy(dict(chart))
            spec["config"] = _merged(theme.theme()["config"], spec.get("config", {}))
        else:
            spec_check.check_frames(chart)
            with alt.theme.enable(theme.NAME):  # ty: ignore[invalid-context-manager]
                spec = chart.to_dict()
    except alt.MaxRowsError as error:  # which speaks of settings
        raise BookError(spec_check.TOO_MANY) from error
    except (
        jsonschema.ValidationError,
        AttributeError,
        TypeError,
        ValueError,
    ) as error:
        # Only what is wrong; the schema that it breaks would fill pages.
        wrong = str(_wrong_part(chart) or error).partition("\n\nFailed validating")[0]
        raise BookError(f"this chart is not a valid Vega-Lite spec: {wrong}") from error
    for url in spec_check.inside(spec, "url"):
        raise BookError(
            f"this chart loads {url}; a figure must carry its data, "
            "so load them as a table and give the chart the table"
        )
    spec_check.check(spec)
    spec = _without_nan(spec)
    spec_check.name_by_content(spec)
    return spec


def draw(spec: Spec, width: int) -> str:
    """Return the spec drawn as an SVG picture.

    Parameters
    ----------
    spec : as `to_spec` returns it
    width : width in CSS pixels for a chart that fits its container; other charts keep their own

    Raises
    ------
    BookError : if Vega cannot draw it
    """
    try:
        svg = _vega().vegalite_to_svg(_sized(spec, width), vl_version="6.4")
    except ValueError as error:
        raise BookError(f"Vega cannot draw this chart: {error}") from error
    if _NOWHERE.search(svg) or not _MARK.search(svg):
        raise BookError(
            "this chart draws no mark, or one without a place: look at what its filters leave, and "
            "at whether the columns that it shows hold values"
        )
    return svg


def later() -> bool:
    """Tell whether the build, and not the kernel of a notebook, draws the static pictures."""
    return LATER in os.environ


def live(spec: Spec, width: int) -> dict[str, Any]:
    """Return what notebooks show, by its MIME type: live charts before pictures.

    JupyterLab and VS Code bring Vega with them and need no network. They would prefer HTML, which
    is for notebooks on others' machines, where Vega has to come from the network.
    """
    sized = _sized(spec, width) | {"background": look.PAPER}  # the notebook may be dark
    bundle: dict[str, Any] = {mimes.VEGA_LITE: sized | {"$schema": _NOTEBOOKS_SCHEMA}}
    if any(name in sys.modules or name in os.environ for name in _HOSTS):
        bundle["text/html"] = _fetching(sized)
    elif find_spec("vl_convert"):
        bundle["image/svg+xml"] = draw(spec, width)
    return bundle


def picture(spec: Spec, width: int) -> str:
    """Return HTML of a picture; without the builder, which draws, of a live chart."""
    return draw(spec, width) if find_spec("vl_convert") else _fetching(_sized(spec, width))


def _fetching(spec: Spec) -> str:
    """Return the HTML of a live chart that takes Vega from the network."""
    import altair as alt

    return alt.Chart.from_dict(spec).to_html(
        fullhtml=False, output_div=f"vega-{files.digest(str(spec))}"
    )


def _sized(spec: Spec, width: int) -> Spec:
    return {**spec, "width": width} if fits_container(spec) else spec


def widths(spec: Spec) -> list[int]:
    """Return the widths at which a figure is drawn: for a desktop and, if it fits one, a phone."""
    return [look.WIDE, look.NARROW] if fits_container(spec) else [look.WIDE]


def fits_container(spec: Spec) -> bool:
    """Tell whether the chart takes the width of the page's column."""
    return spec.get("width") == "container" and not any(kind in spec for kind in _COMPOSED)


def plotted(spec: Spec) -> list[list[dict[str, Any]]]:
    """Return the rows that a spec draws, one list a data set, the largest first.

    Columns whose name starts with an underscore are the chart's own and left out.
    """
    sets = [
        [{k: v for k, v in row.items() if not k.startswith("_")} for row in rows]
        for rows in spec_check.row_sets(spec)
        if rows and all(isinstance(row, Mapping) for row in rows)
    ]
    return sorted(sets, key=lambda rows: sum(map(len, rows)), reverse=True)


def _wrong_part(node: Any) -> Exception | None:
    """Return what is wrong with the innermost part of a chart that is wrong by itself.

    It says more than what is wrong with the whole: in the whole, a mark with a misspelt property
    could have been meant as any mark.
    """
    import altair as alt
    import jsonschema

    parts = [*node._args, *node._kwds.values()] if isinstance(node, alt.SchemaBase) else node
    if isinstance(parts, Mapping):
        parts = parts.values()
    for part in parts if isinstance(parts, Iterable) and not isinstance(parts, str) else ():
        if wrong := _wrong_part(part):
            return wrong
    if isinstance(node, alt.SchemaBase) and node._class_is_valid_at_instantiation:
        try:
            node.to_dict()
        except jsonschema.ValidationError as error:
            return error
    return None


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for name, value in over.items():
        both = isinstance(value, Mapping) and isinstance(out.get(name), Mapping)
        out[name] = _merged(out[name], value) if both else value
    return out


def _without_nan(node: Any) -> Any:
    """Write missing numbers as null: browsers refuse JSON that holds NaN."""
    if isinstance(node, dict):
        return {name: _without_nan(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_without_nan(value) for value in node]
    return None if isinstance(node, float) and math.isnan(node) else node
