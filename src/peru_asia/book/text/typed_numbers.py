"""Which numbers in a sentence were typed, and which are years, references, names or plain English.

Digits are typed numbers unless they are a year or date, an ordinal, a reference (Figure 2) or a
name that holds digits (HS 260300). Beside a unit (%, US$, million, tonnes, times) they always are.

Number words may count up to twelve things ("three promises") and may compare loosely ("doubled",
"hundreds of firms"). They are typed numbers where they measure: before a unit or a scale ("forty
per cent", "two million"), as parts ("a third of exports", "one in five"), as multiples
("tenfold", "twice as much", "tripled"), and as counts above twelve ("twenty-three partners").
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

HIDDEN = "\ufffc"  # stands where something is printed that nobody typed


class Typed(NamedTuple):
    """A typed number: where it is in the text, and how it reads."""

    start: int
    end: int
    text: str


def typed_numbers(text: str) -> list[Typed]:
    """Return the numbers in plain prose that should have been computed or quoted, in order.

    Each computed number, role or piece of code stands in `text` as `HIDDEN`.
    """
    found: list[Typed] = []
    for start, end in sorted([*_digits(text), *_words(text)], key=lambda at: (at[0], -at[1])):
        if not found or start >= found[-1].end:
            found.append(Typed(start, end, " ".join(text[start:end].split())))
    return found


def _digits(text: str) -> Iterator[tuple[int, int]]:
    if not _DIGITS.search(text):
        return
    base_years, measured, allowed = (
        [match.span() for pattern in patterns for match in pattern.finditer(text)]
        for patterns in (_BASE_YEARS, _MEASURED, _ALLOWED)
    )
    for match in _DIGITS.finditer(text):
        if _within(match, base_years):
            continue
        if _within(match, measured) or not _within(match, allowed):
            yield match.span()


def _words(text: str) -> Iterator[tuple[int, int]]:
    lower = text.lower()  # several times as fast as to ignore the case
    if len(lower) != len(text):  # one letter of Turkish grows
        lower = text
    for pattern in _SPELLED:
        for match in pattern.finditer(lower):
            if not match.groupdict().get("plain"):
                yield match.span("n")


def _within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


def _any(words: str) -> str:
    """Return a pattern for any of the words, where an underscore stands for a space."""
    return "(?:" + "|".join(words.replace("_", r"\s+") for words in words.split()) + ")"


def _compiled(*patterns: str) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in patterns]


# Digits. A number has its separators (no-break and thin spaces too); a year has none.
_NUMBER = r"\d+(?:[.,]\d+|[\u00a0\u2009\u202f]\d{3}(?!\d))*"
_DIGITS = re.compile(f"{_NUMBER}|[¼-¾⅐-⅞]")
_YEAR = r"(?<!\d)(?<!\d[.,])(?:1[4-9]|20)\d\d(?!\d|[.,]\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = _any(
    "January February March April May June July August September October November December "
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_CURRENCY = r"(?:US\$|\$|S/\.?|€|£|¥|USD|PEN|EUR|CNY|RMB|JPY)"
_MONEY = _any("dollars? soles yuan renminbi yen euros? cents?")
_SCALE = _any("hundred thousand million billion trillion dozen bn mn m k")
_PERCENT = _any("per_cent percent percentage_points? basis_points?")
_MEASURE = _any(
    "tonnes? tons? kilos? kilograms? kg ounces? oz km kilomet(?:re|er)s? metres? miles? "
    "hectares? ha acres? barrels? megawatts? MW GW GWh TEUs?"
)
# Before these a bare number of four digits counts, unless a word before it makes it a year.
_COUNTED = _any(
    "workers jobs people persons families households migrants labou?rers coolies students "
    "firms companies shops projects conflicts communities containers ships vessels claims rows"
)
_TO_A_YEAR = _any("the in since until early late")

_BASE_YEARS = _compiled(
    rf"{_YEAR}\s+US\$",
    rf"\b(?i:constant|real|in|at|of)\s+{_YEAR}\s+(?:US\s+)?{_MONEY}\b",
    rf"{_YEAR}\s?=\s?100\b(?![.,]\d)",  # the base of an index
)
_MEASURED = _compiled(
    rf"(?:{_CURRENCY}|[≈~±<>×])\s?{_NUMBER}",
    rf"{_NUMBER}[\s-]?(?:[%‰°]|(?i:{_PERCENT}|{_SCALE}s?)\b)",
    rf"{_NUMBER}[\s-]?(?:{_MEASURE}|{_MONEY}|times|fold)\b",
    rf"\b(?i:some|nearly|almost|roughly|approximately|more\s+than)\s+{_YEAR}(?!s)",
)

# What a number refers to in a book, a table or a law; and what is named by one.
_PLACE = _any(
    "figure table section chapter part article step box equation panel exercise question note "
    "footnote paragraph page volume issue row column line item option lesson session week stage "
    "phase clause recommendation goal heading subheading code version edition level annex"
)
_ABBREVIATED = (
    r"(?:[Ff]igs?|Tabs?|[Ss]ecs?|Chs?|Arts?|Eqs?|Paras?|pp?|[Vv]ols?|Nos?|(?<=, )no|Rev|v)\."
)
_NAMED = _any(
    "HS SITC ISIC CIIU NAICS NANDINA ISO RFC WCAG BPM APEC COP G Block Lot Lote Law Ley Decree "
    "Decreto Resolution Resolución Directive Regulation Convention Protocol Case Document Bill "
    "Route Highway Terminal Pier Muelle Group_of Industry Revision Type Python Book Altair "
    "Vega(?:-Lite)? CC_BY(?:-[A-Z]{2})* Cuadro Gráfico Tabla Anexo Appendix"
)
_ITEM = r"[A-Z]{0,2}[.\s-]?\d+(?:[.-]\d+)*[A-Za-z]?\b"
_TO_ITEM = rf"\s?[–-]\s?{_ITEM}"
_MORE_ITEMS = rf"(?:(?:,\s|,?\s(?:and|or|to)\s){_ITEM}|{_TO_ITEM})*"

_ALLOWED = _compiled(
    # years, decades and dates
    rf"{_YEAR}(?!\s+{_COUNTED}\b)",
    rf"\b(?i:{_TO_A_YEAR})\s+{_YEAR}",
    rf"{_YEAR}(?:[–/-]\d{{1,2}}|Q[1-4])(?!\d|[.,]\d)",
    rf"{_YEAR}-\d\d-\d\d(?!\d)",
    r"(?:\b|['’])\d0s\b",
    rf"\b{_DAY}(?:(?:[–-]|\s(?:and|to|or)\s){_DAY})?\s+{_MONTH}",
    rf"\b{_MONTH}\s+{_DAY}(?!\d|[.,]\d)",
    # ordinals
    r"\b\d+(?:st|nd|rd|th)\b",
    # references: a list of them only after a plural
    rf"\b(?i:{_PLACE})\s+{_ITEM}(?:{_TO_ITEM})?",
    rf"\b(?i:{_PLACE}(?:es|s))\s+{_ITEM}{_MORE_ITEMS}",
    rf"\b{_ABBREVIATED}\s?{_ITEM}(?:{_TO_ITEM})?",
    # names that hold digits: Law 31313, Blocks 56 and 88, HS 2603 and 2608
    rf"\b{_NAMED}[\s-](?:[Nn]o\.?\s|N\.?[º°]\s?)?{_ITEM}(?:[/-][\dA-Z]+)*",
    rf"\b{_NAMED}s\s{_ITEM}{_MORE_ITEMS}",
    r"\bHS\s\d+(?:(?:,\s|,?\s(?:and|or|to)\s)\d{4,10}\b)*",
    rf"(?<![\w$])(?!{_CURRENCY}\d|US\d|S\d)[^\W\d]\w*\d\w*(?:\.\d+)?",  # C021, G20, PM2.5
    r"\b(?:[A-Z][A-Z/]*|[A-Z][a-z][A-Z]?|Covid)[-‑]\d+[A-Z]?\b",  # COVID-19, PDF/UA-1, Su-25
    r"\b(?:[2-5]G|[23]D|\d{1,2}-digit)\b",
    r"\b(?:doi:\s?)?10\.\d{4,}/\S+|\bISBN\s[\dX-]+",
)

# Number words. The group `n` is the number; the group `plain` says that it is none after all.
_ONES = _any("one two three four five six seven eight nine")
_TEENS = _any("thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = _any("twenty thirty forty fifty sixty seventy eighty ninety")
# The ones are taken wherever they stand. (Python 3.11.2 gets the possessive "?+" wrong.)
_ABOVE_TWELVE = rf"(?:{_TENS}(?:[\s-]{_ONES}\b|(?![\s-]{_ONES}\b))|{_TEENS})"
_CARDINAL = rf"(?:{_ABOVE_TWELVE}|ten|eleven|twelve|{_ONES})"
_HUNDREDS = rf"(?:an?|{_CARDINAL})[\s-]+(?:hundred|thousand)(?:\s+and\s+{_CARDINAL})?"
_AMOUNT = rf"(?:half\s+an?|{_HUNDREDS}|{_CARDINAL}(?:\s+and\s+a\s+(?:half|quarter))?)"
_ORDINAL = _any("first second third fourth fifth sixth seventh eighth ninth")
_LARGE = _any("million billion trillion")
_NEAR = _any("about around nearly almost roughly some over under above below than least most")
_PART = _any("third quarter fifth sixth seventh eighth ninth tenth twentieth hundredth")
_PARTS = _any("thirds fifths sixths sevenths eighths ninths tenths hundredths")
_MUCH = r"as\s+(?:much|many|large|high|big)\b"
_MORE = rf"(?:more|less|fewer|larger|higher|lower|smaller|bigger|{_MUCH})\b"
_TIME = _any("century centuries decades? years? months? weeks? days? hours? miles? time way")
_IDIOM = rf"(?:the|this|that|its|an?)\s+(?:{_TIME}|story|battle|truth|picture|book)\b(?!['’])"
_WHICH = _any(
    "first second other latter former earlier later each either that this "
    "northern southern eastern western upper lower"
)
_OF_WHAT = rf"(?:as|the|what|its|their|more|larger|higher|that(?!\s+{_TIME})|\w+['’]s)\b"
# What follows a part when it is a part ("by a third in 2011") and not an ordinal ("a third port").
_ENDS = rf"(?=\s*(?:[.,;:!?)]|$)|\s(?:of|in|from|since|and|or|when|while|by|to|at|on|{_MORE})\b)"

_SPELLED = _compiled(
    # scales: two million, half a billion, two hundred; "a hundred" by itself is plain English
    rf"\b(?P<n>(?:{_AMOUNT}[\s-]+{_LARGE}|an?\s+{_LARGE}(?!-))\b)",
    rf"\b(?P<n>{_CARDINAL}[\s-]+(?:hundred|thousand|dozen)(?:\s+and\s+{_CARDINAL})?)\b",
    rf"\b{_NEAR}\s+(?P<n>a\s+(?:hundred|thousand))\b",
    # units: forty per cent, half a percentage point, ten dollars
    rf"\b(?P<n>{_AMOUNT}[\s-]+(?:{_PERCENT}|{_MEASURE.lower()}|{_MONEY}))\b",
    # multiples: twice as much, three times the size, tenfold; "the answer is twofold" is plain
    rf"\b(?P<n>twice|thrice|{_AMOUNT}\s+times)\s+{_OF_WHAT}",
    rf"\b(?P<plain>(?:is|are)\s+(?=(?:two|three)fold))?"
    rf"(?P<n>(?:{_HUNDREDS}|{_CARDINAL}|hundred|thousand)[\s-]?fold)\b",
    r"\b(?P<n>(?:tripl|trebl|quadrupl|quintupl)(?:ed|ing))\b",
    # parts: a third of exports, two thirds, by a quarter, more than half, one in five
    rf"\b(?P<n>(?:an?|one)[\s-]{_PART})\s+(?:of\b(?!\s+{_IDIOM})|{_MORE})",
    rf"\b(?P<n>one-{_PART}|{_ONES}[\s-]{_PARTS}|three[\s-]quarters)\b",
    rf"\b(?:{_NEAR}|by|to)\s+(?P<n>(?:an?|one)\s+{_PART})\b{_ENDS}",
    rf"\b(?:{_NEAR}|by|to)\s+(?P<n>half)\b(?!-|\s+(?:an?|dozen)\b|\s+(?:of\s+)?{_IDIOM})",
    rf"\b(?P<plain>{_WHICH}\s+)?(?P<n>half)\s+(?!(?:of\s+)?{_IDIOM})(?:of|the|{_MUCH})\b",
    rf"\b(?P<n>{_ONES}\s+(?:in|out\s+of)\s+(?:every\s+)?(?!one\b){_CARDINAL})\b"
    rf"(?!\s+(?:{_TIME}|stages|parts|languages|places|countries)\b)",
    # counts above twelve; ordinals, the twenty-foot container and a lesson's minutes are plain
    rf"\b(?P<n>{_ABOVE_TWELVE})\b(?![\s-]minutes?\b|-(?:{_ORDINAL}|foot)\b)",
)
