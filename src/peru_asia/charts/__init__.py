"""Tables in, Altair charts out; one module for each family of charts.

A module is imported when its name is first used, and sets the book's theme as Altair's own. The
gallery (chapters/reference) shows how the general kinds are called.

What every chart draws with (`base`)

* `theme`, `palette`: type and colours, with their counterparts on a dark page
* `layout`: text, legends, axes and tooltips that fit every width
* `parts`: gaps, hover, menus and sliders, marks for breaks

General kinds (`kinds`)

* `comparison`: dots on a line, slopes, ranges of several sources, matrices of numbers
* `bars`: a ranking that the reader picks, stacked bars a year
* `composition`: shares of a whole over the years, lines by choice, the reader's pick
* `series`: small multiples, price indices, months with events, flows between stages
* `bands`: lines with a band of uncertainty
* `monthly`: monthly series in panels
* `mirror`: one measure upwards, another downwards
* `correlation`: the path of two series, correlations by lag
* `steps`: what has come in up to each day, the way from one figure to another
* `timelines`: events in lanes, the events of one case, plans against what came
* `statuses`: who stands where at a date or by year, how long it took
* `lumps`: totals that rest on few large parts
* `maps`: Peru with places, departments as tiles
* `sparks`: small charts beside a sentence

Kinds for one subject (`subjects`)

* `trade`: partners over the years: shares, lines, balances, several reporters
* `baskets`: price indices by formula, effects of price and quantity
* `event_study`: paths around an event, placebos
* `exposure`: a shock that the reader sizes, pairs of changes
* `cohort`: results of a followed list of plans, starts by year
* `scenarios`: what would follow from stated assumptions
* `audit`: verdicts on the claims of the literature
"""

from peru_asia import lazy

_MODULES = {
    "base": ("look", "palette", "theme"),
    "kinds": (
        "bands",
        "bars",
        "comparison",
        "composition",
        "correlation",
        "lumps",
        "maps",
        "mirror",
        "monthly",
        "series",
        "sparks",
        "statuses",
        "steps",
        "timelines",
    ),
    "subjects": (
        "audit",
        "baskets",
        "cohort",
        "event_study",
        "exposure",
        "scenarios",
        "trade",
    ),
}

__all__, __getattr__, __dir__ = lazy.names(
    __name__, {f"{room}.{name}": (name,) for room, some in _MODULES.items() for name in some}
)
