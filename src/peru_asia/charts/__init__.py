"""Tables in, Altair charts out; one module for each family of charts, in three rooms.

A module is imported when its name is first used. `peru_asia.book.figure` gives a chart its look.
The gallery (chapters/reference) shows how the general kinds are called. A chart leaves its table as
it is. It raises `peru_asia.errors.BookError` where the table lacks a column or has no row to draw,
or where a name or code that was asked for matches no row, and names the nearest right one.

What charts are told in the same words means the same in all of them and is explained here alone:

* `title`: the unit of the values, above the plot
* `format`: d3 number format of the figures and of the tooltip
* `names`: names by code in the order of the legend, or the names themselves
* `colours`: colours by name where they are fixed
* `log`: a logarithmic scale, on which equal distances are equal ratios; zeros cannot be drawn
* `details`: more columns for the tooltip, title by column
* `choice`, `options`, `label`: the column by which the reader picks what is shown, its values as
  the list offers them (the first is shown first, and printed), and what stands beside the list
* `break_at`, `sources`: first year of a new source, to be marked if it lies inside the data, and
  what stands left and right of that mark

What every chart draws with (`base`)

* `theme`, `palette`, `look`: type and colours, with their counterparts on a dark page
* `layout`: text, legends, axes and tooltips that fit every width
* `parts`: gaps, hover, menus and sliders, marks for breaks
* `inputs`: what a chart asks of its table

General kinds (`kinds`)

* `lines`: named lines by year, with bands, breaks or a choice; price indices
* `bars`: rankings, parts of a whole by year and by row, one measure against another
* `comparison`: dots on a line, slopes, ranges of several sources, heat maps
* `panels`: small multiples
* `flows`: flows between stages
* `monthly`: monthly series in panels, or with events
* `correlation`: pairs of two series, their path, correlations by lag
* `steps`: what has come in up to each day, the way from one figure to another
* `timelines`: events in lanes, the events of one case, plans against what came
* `statuses`: who stands where at a date or by year, how long it took
* `lumps`: totals that rest on few large parts
* `maps`: a country with places, departments as tiles
* `sparks`: small charts beside a sentence

Charts of one subject (`subjects`)

* `trade`: partners over the years: lines, shares, concentration, balances
* `baskets`: price indices by formula, effects of price and quantity
* `event_study`: paths around an event, placebos
* `exposure`: a shock that the reader sizes
* `cohort`: results of a followed list of plans, starts by year
* `scenarios`: what would follow from assumptions that the reader sets
* `peru`: places on the map of Peru
* `audit`: verdicts on the claims of the literature
"""

from peru_asia import lazy

_ROOMS = {
    "base": ["look", "palette", "theme"],
    "kinds": [
        *("bars", "comparison", "correlation", "flows", "lines", "lumps", "maps", "monthly"),
        *("panels", "sparks", "statuses", "steps", "timelines"),
    ],
    "subjects": [
        *("audit", "baskets", "cohort", "event_study", "exposure", "peru", "scenarios", "trade"),
    ],
}

__all__, __getattr__, __dir__ = lazy.names(
    __name__, {f"{room}.{name}": [] for room, some in _ROOMS.items() for name in some}
)
