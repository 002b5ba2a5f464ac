"""From the HTML of the page to the markup of Typst.

Every element of HTML has one line here that says what it is in the PDF; one that has none is an
error, for otherwise it would be lost in silence. The look is the template's, ``typst/book.typ``.
"""

import math
import re
from collections.abc import Callable
from itertools import zip_longest
from typing import NamedTuple

from lxml.html import HtmlElement

from peru_asia.book.mathml import formula
from peru_asia.book.singlepage import place
from peru_asia.errors import BookError

_SPACE = " \t\r\n\f"


class _Fit(NamedTuple):
    """A way to set a table; all widths in points."""

    name: str  # of the template's function
    measure: float  # width of the page's text
    letter: float
    inset: float  # around a cell's text, left and right together
    columns: int  # at most


_FITS = (
    _Fit("at-ease", 453, 4.5, 8, 6),
    _Fit("compact", 453, 3.9, 6, 9),
    _Fit("sideways", 700, 3.9, 6, 99),
)
_LINE = 2.4  # height of a line, in widths of a letter
_WHOLE = 340  # a table of at most this height, half a page, is not broken
_LOOSEST = 2  # width of a table without declared proportions, in widths of its longest cells
_LONG = 40  # letters of a cell beyond which it may as well have two lines


def markup(element: HtmlElement) -> str:
    """Return what an element holds, with the place that links to it lead to.

    Raises
    ------
    BookError
        If there is an element that the PDF cannot show.
    """
    parts = [_target(element), _words(element.text)]
    for child in element:
        parts += [_set(child), _words(child.tail)]
    return "".join(parts)


def lists(body: HtmlElement) -> str:
    """Return what the contents and the lists of figures and tables show, as arguments of Typst."""
    headings, pictures, tables = [], [], []
    for element in body.iter():
        if element.get("class") == "part":
            headings.append(f"(1, {quoted(_plain(element))}, <{element.get('id')}>), ")
        elif element.tag == "section" and (place := element.get("id")):
            heading = next(element.iter("h1", "h2", "h3", "h4"))
            title = _plain(heading)
            # Sections without a number are those of the reference part: one for each table.
            if heading.tag == "h1" or (heading.tag == "h2" and title[0].isdigit()):
                headings.append(f"({heading.tag[1]}, {quoted(title)}, <{place}>), ")
        elif element.tag in ("figcaption", "caption") and (place := element.getparent().get("id")):
            listed = pictures if element.tag == "figcaption" else tables
            listed.append(f"({quoted(_first_sentence(_plain(element)))}, <{place}>), ")
    kinds = {"headings": headings, "figures": pictures, "tables": tables}
    return ", ".join(f"{name}: ({''.join(rows)})" for name, rows in kinds.items())


def _first_sentence(caption: str) -> str:
    first = re.match(r"[^\W\d]+\.? [\d.]+ .*?[^\d]\.(?=\s|$)", caption)
    return first[0] if first else caption


def _set(element: HtmlElement) -> str:
    """Return an element itself."""
    if not isinstance(element.tag, str):
        return ""  # a comment
    for name in element.get("class", "").split():
        if name in _CLASSES:
            return _CLASSES[name](element)
    known = _TAGS.get(element.tag)
    if known is None:
        raise _unknown(element)
    return known.format(markup(element)) if isinstance(known, str) else known(element)


def _unknown(element: HtmlElement) -> BookError:
    return BookError(f"{place(element)}: the PDF has no way to show <{element.tag}>")


def _words(text: str | None) -> str:
    """Return text as a string of Typst's, in which nothing is markup; spaces stay outside."""
    text = re.sub(f"[{_SPACE}]+", " ", text or "")
    core = text.strip(" ")
    return text.replace(core, f"#{quoted(core)};", 1) if core else text


def quoted(text: str) -> str:
    """Return text as a string literal of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(element: HtmlElement) -> str:
    return re.sub(f"[{_SPACE}]+", " ", element.text_content()).strip(_SPACE)


def _target(element: HtmlElement) -> str:
    return f"#metadata(none)<{element.get('id')}>" if element.get("id") else ""


def _label(element: HtmlElement) -> str:
    """Take the id off an element; its label goes to what it begins with."""
    return f"<{element.attrib.pop('id')}>" if element.get("id") else ""


def _section(section: HtmlElement) -> str:
    if section.get("id"):
        next(section.iter("h1", "h2", "h3", "h4")).set("id", section.attrib.pop("id"))
    return markup(section)


def _heading(heading: HtmlElement) -> str:
    label = _label(heading)
    head = ""
    if heading.tag == "h1" and label:
        head = f"\n#set page(header: running-head({quoted(_plain(heading))}, {label}))"
    return f"{head}\n#heading(level: {heading.tag[1]})[{markup(heading)}]{label}\n"


def _part(part: HtmlElement) -> str:
    label = _label(part)
    return f"\n#part[{markup(part)}][#metadata(none){label}]\n"


def _link(link: HtmlElement) -> str:
    if link.get("href", "").startswith("#"):
        return f"#to(<{link.get('href')[1:]}>)[{markup(link)}]"
    return f"#web({quoted(link.get('href'))})[{markup(link)}]"


def _image(image: HtmlElement) -> str:
    src, alt = quoted(image.get("src")), quoted(image.get("alt", ""))
    return f"#image({src}, width: {image.get('width')}, alt: {alt})"


def _figure(figure: HtmlElement) -> str:
    label = _label(figure)
    body = "".join(_set(child) for child in figure if child.tag != "figcaption")
    return f"\n#figure(kind: image{_caption(figure.find('figcaption'))})[{body}]{label}\n"


def _caption(caption: HtmlElement | None) -> str:
    return "" if caption is None else f", caption: [{markup(caption)}]"


def _table(table: HtmlElement) -> str:
    label = _label(table)
    rows = [*table.iter("tr")]
    cells = [[_plain(cell) for cell in row] for row in rows]
    fit, widths = _columns(cells, _shares(table))
    # A page of another size, or a box, may be narrower or wider than the text of an A4 page.
    unit = "fr" if sum(widths) > fit.measure - 1 else "pt"
    columns = "".join(f"{width:.1f}{unit}, " for width in widths)
    head = "".join(_row(row) for row in rows if row.getparent().tag == "thead")
    body = "".join(_row(row) for row in rows if row.getparent().tag != "thead")
    grid = f"#table(columns: ({columns}), table.header({head}), {body})"
    source = "".join(_set(source) for source in table.iterchildren("div"))
    caption = _caption(table.find("caption"))
    whole = "true" if _height(cells, fit, widths) <= _WHOLE else "false"
    figure = f"#figure(kind: table{caption})[{grid}{source}]{label}"
    return f"\n#{fit.name}(whole: {whole})[{figure}]\n"


def _shares(table: HtmlElement) -> list[float]:
    """Return the declared proportions of the columns; none if they are all the same."""
    styles = " ".join(column.get("style", "") for column in table.iter("col"))
    shares = [float(share) for share in re.findall(r"width: ([\d.]+)%", styles)]
    return shares if len(set(shares)) > 1 else []


def _columns(cells: list[list[str]], shares: list[float]) -> tuple[_Fit, list[float]]:
    """Choose how to set a table, and the widths of its columns in points.

    Many columns get smaller type, and longest words that still do not fit side by side a page on
    its side. Columns have their declared proportions, or those of their longest cells, as far as
    their longest words allow.
    """
    columns = [*zip_longest(*cells, fillvalue="")]
    words = [max(len(word) for cell in column for word in _unbroken(cell)) for column in columns]
    for fit in _FITS:
        needed = [fit.letter * word + fit.inset for word in words]
        if len(columns) <= fit.columns and sum(needed) <= fit.measure:
            break
    longest = [min(_LONG, max(map(len, column))) * fit.letter + fit.inset for column in columns]
    asked = shares or longest
    # Between columns that are far apart the eye loses its row.
    measure = fit.measure if shares else min(fit.measure, _LOOSEST * sum(longest))
    given = [max(need, ask * measure / sum(asked)) for need, ask in zip(needed, asked, strict=True)]
    spare = sum(given) - sum(needed)
    over = min(1, (sum(given) - measure) / spare) if spare else 0
    return fit, [g - over * (g - need) for g, need in zip(given, needed, strict=True)]


def _unbroken(cell: str) -> list[str]:
    """Return the parts of a cell's text that no line break divides."""
    return re.split(r"[\s–—_-]+", cell)


def _height(cells: list[list[str]], fit: _Fit, widths: list[float]) -> float:
    """Estimate the height of a table in points."""
    lines = [
        max(
            math.ceil(len(cell) * fit.letter / (width - fit.inset)) if cell else 1
            for cell, width in zip(row, widths, strict=False)
        )
        for row in cells
    ]
    return sum(count * _LINE * fit.letter + fit.inset for count in lines)


def _row(row: HtmlElement) -> str:
    return "".join(map(_cell, row))


def _cell(cell: HtmlElement) -> str:
    """Return a cell; its one paragraph is set without the space around paragraphs."""
    given = [f"{name}: {cell.get(name)}" for name in ("colspan", "rowspan") if cell.get(name)]
    given += ["align: right"] if "number" in cell.classes else []
    content = f"[{markup(cell).strip()}]"
    return f"table.cell({', '.join(given)}){content}, " if given else f"{content}, "


def _admonition(box: HtmlElement) -> str:
    title = box.find("p")
    box.remove(title)
    kinds = [name for name in ("exercise", "solution", "hint") if name in box.classes]
    kind = kinds[0] if kinds else "admonition"
    return f"\n#{kind}[{markup(title)}][{markup(box).strip()}]\n"


def _finding(finding: HtmlElement) -> str:
    picture, *words = finding
    return f"\n#finding[{_set(picture)}][{''.join(map(_set, words))}]\n"


def _source(source: HtmlElement) -> str:
    live = source.find_class("live")
    for link in live:
        link.drop_tree()
    given = "".join(f"live: ({quoted(a.get('href'))}, {quoted(a.get('title'))})" for a in live)
    return f"#source({given})[{markup(source)}]"


def _footnote(note: HtmlElement) -> str:
    return f"#footnote[{markup(note).strip()}]"


def _references(works: HtmlElement) -> str:
    return f"\n#references[{markup(works)}]\n"


def _index(names: HtmlElement) -> str:
    """Return an index of names: each entry with the places that its mentions link to."""
    entries = []
    for line in names.iterchildren("li"):
        mentions = line.find_class("mention")
        places = "".join(f"<{mention.get('href')[1:]}>, " for mention in mentions)
        for mention in mentions:
            mention.getparent().remove(mention)  # with the comma after it
        entries.append(f"([{markup(line).strip()}], ({places})), ")
    return f"\n#name-index({''.join(entries)})\n"


def _list(kind: str) -> Callable[[HtmlElement], str]:
    def write(items: HtmlElement) -> str:
        given = [f"tight: {'true' if 'simple' in items.classes else 'false'}"]
        given += [f"start: {items.get('start')}"] if items.get("start") else []
        held = "".join(f"[{markup(item).strip()}], " for item in items.iterchildren("li"))
        return f"\n#{kind}({', '.join(given)}, {held})\n"

    return write


def _definitions(listed: HtmlElement) -> str:
    items, terms = "", []
    for part in listed:
        if part.tag == "dt":
            terms.append(markup(part).strip())
        else:
            items += f"terms.item[{', '.join(terms)}][{markup(part).strip()}], "
            terms = []
    return f"\n#terms({items})\n"


def _code(code: HtmlElement) -> str:
    # Names of fields are longer than some columns; they may break after an underscore.
    text = _plain(code).replace("_", "_\u200b")
    return f"#raw({quoted(text)})"


def _code_block(code: HtmlElement) -> str:
    return f"\n#raw(block: true, {quoted(code.text_content())})\n"


def _formula(element: HtmlElement) -> str:
    block = "true" if element.get("display") == "block" else "false"
    alt = quoted(element.get("alttext", ""))
    return f"#math.equation(block: {block}, alt: {alt}, ${formula(element, _unknown)}$.body)"


_TAGS: dict[str, str | Callable[[HtmlElement], str]] = {
    "a": _link, "blockquote": "\n#quote(block: true)[{}]\n", "br": "#linebreak()",
    "code": _code, "div": "\n\n{}\n\n", "dl": _definitions, "em": "#emph[{}]",
    "figure": _figure, "h1": _heading, "h2": _heading, "h3": _heading, "h4": _heading,
    "hr": "\n#rule-off\n", "img": _image, "math": _formula, "ol": _list("enum"), "p": "\n\n{}\n\n",
    "pre": _code_block, "section": _section, "span": "{}", "strong": "#strong[{}]",
    "sub": "#sub[{}]", "sup": "#super[{}]", "table": _table, "ul": _list("list"),
}  # fmt: skip
_CLASSES: dict[str, Callable[[HtmlElement], str]] = {
    "admonition": _admonition, "citation-list": _references, "figure-source": _source,
    "finding": _finding, "footnote": _footnote, "name-index": _index, "part": _part,
}  # fmt: skip
