import pytest

from peru_asia.book.cells.forms import NBSP
from peru_asia.book.text import number_check
from peru_asia.book.text.typed_numbers import HIDDEN, typed_numbers

FINE = [
    # years and dates
    "Exports fell in 1998 and again in 2009.",
    "From 1990 to 2011 the share of Asia grew.",
    "The period 1990-2011 is the paper's, 1990–2011 with a dash, and 2003/04 a fishing year.",
    "In the 1960s and 1970s, and by the mid-1990s, Japan led; the '90s were lean, the 80s worse.",
    "The agreement of 2 May 2025 replaced that of 1 March 2010.",
    "It entered into force on March 1, 2010, and not in May 2025.",
    "The port opened on 14 November 2024; the talks ran from 12–14 November and on 2 and 3 May.",
    "The edition was downloaded on 2025-05-02.",
    "Coolies came from 1849 to 1874, and the viceroyalty dates from 1542.",
    "Pre-2005 values leave out gold, and post-2005 values do not.",
    "In 2012 workers blocked the road, and the 2011 exports were a record.",
    "Up to 2004 exports come from Comtrade.",
    "Values are in constant 2010 dollars, that is 2010 US$, or in 2007 soles.",
    "Export prices, 1994 = 100.",
    # ordinals
    "The 19th century, the 21st, and the twenty-first.",
    "Peru was China's 2nd partner in the region, and the 3rd for copper.",
    "The thirtieth meeting took place in the nineteenth year.",
    # references
    "Figure 1 and Tables 5-7 come from Section 2; see also Chapters 2, 3 and 4.",
    "Article 3 of the treaty, Annex 2B and Part II say otherwise.",
    "See pp. 23–45, vol. 3, no. 2, and Step 1 on page 12.",
    "Row 344 of the table, column 3 and Section 2.1 of the report.",
    # names that hold digits
    "COVID-19 closed the ports, and Covid-19 the markets.",
    "CNPC bought Block 8 and a share in Blocks 56 and 88, Lote X and Lote Z-1.",
    "Copper ore is HS 260300, lead ore HS 2607, and HS 2603, 2607 and 2608 are ores.",
    "Law 31313, Law No. 29785 and Supreme Decree 004-2019-EM changed the rules.",
    "We follow SITC Rev. 3 and ISIC Rev. 4.",
    "We use the classes of Lall (2000) and codes of ISO 3166.",
    "The G20, the G-20 and the Group of 77 met after APEC 2016.",
    "Convention 169 of the ILO asks for consultation, as Resolution 2758 asked for recognition.",
    "The text is under CC BY 4.0, runs on Python 3.11 and Jupyter Book 1, and meets PDF/UA-1.",
    "The Su-25, the MiG-29, the B-52 and the Type 209 are arms; Law N° 31968 is of 2023Q4.",
    "Cuadro G 6 of the yearbook has it, and so has Cuadro 12.",
    "Claim C021 and table T3 name PM2.5, CO2 and H1N1; networks are 5G.",
    "Codes at the 6-digit level, in UTF-8.",
    f"Exports {HIDDEN} in 2011, at US${NBSP}{HIDDEN} and {HIDDEN} per cent.",
    "Current US$ m; US$ alone is a unit.",
    # number words
    "The answer in two sentences, three promises and one table.",
    "Three markets, three fates, and the twelve months of a year.",
    "Of the five shares four are met, and all eleven ports are shown.",
    "Over the two decades Peru signed three agreements in ten years.",
    "The third quarter, a third port, a third party, a third possibility and a second look.",
    "Exports are half of the story, and half a century is not half an hour.",
    "The first half of 2011 and the second half of the year were alike.",
    "A quarter of a century ago, trade doubled; since then, it has halved and doubled again.",
    "Hundreds of firms, thousands of workers and millions of tonnes passed.",
    "A share that cannot exceed a hundred is not a million-dollar question.",
    "Allow about forty minutes, or a forty-minute session, or forty-five minutes.",
    "A twenty-foot container is the unit of ports.",
    "The reason is twofold: price and quantity.",
    "It was signed three times, and Peru was elected twice that year.",
    "The mine was built in three stages, one in each decade, and one of the ten countries left.",
    "Double counting and a double tax are different, as are the double and the half.",
    "A percentage point is not a per cent; the percentages differ.",
    "A dozen firms, half a dozen mines.",
]

CAUGHT = [
    # digits with a unit
    ("China took 17 per cent of exports.", ["17"]),
    ("China took 17% of exports.", ["17"]),
    ("China took 17.5 percent.", ["17.5"]),
    ("The gap is 0.5 percentage points.", ["0.5"]),
    ("Sales of US$ 349 million.", ["349"]),
    ("Sales of US$1,234.5 million and $20.", ["1,234.5", "20"]),
    (f"Sales of US${NBSP}2000 in 2011.", ["2000"]),
    ("The mine cost 7.4 billion.", ["7.4"]),
    ("Peru sold 2000 tonnes of fishmeal.", ["2000"]),
    ("Copper costs 1990 dollars a tonne.", ["1990"]),
    ("The port is 80 km from Lima.", ["80"]),
    ("Exports grew 20 times.", ["20"]),
    ("Exports grew 20-fold.", ["20"]),
    ("A loan of S/ 500.", ["500"]),
    ("Between 15 and 20 per cent.", ["15", "20"]),
    ("Between 15–20%.", ["15", "20"]),
    ("A drop of −3.2 points.", ["3.2"]),
    # digits without one
    ("We cover 23 economies.", ["23"]),
    ("China had 1,234 firms in 2011.", ["1,234"]),
    (f"China had 12{NBSP}345 firms.", ["12 345"]),
    ("The mine employs 1500 workers and 2000 people of 1999 families.", ["1500", "2000", "1999"]),
    ("Nearly 2000 left, and more than 1500 stayed.", ["2000", "1500"]),
    ("A 30-year concession for 2 firms.", ["30", "2"]),
    ("In Figure 3, 23 economies are shown.", ["23"]),
    ("Peru ranks 7 of 21.", ["7", "21"]),
    ("A ratio of 1:3, or ½.", ["1", "3", "½"]),
    ("Shares of China (17) and Japan (12) in 1990.", ["17", "12"]),
    ("The index stands at 0.38.", ["0.38"]),
    ("China 17 and Japan 12.", ["17", "12"]),
    ("The top-10 products.", ["10"]),
    ("By 2011.5 or 20115 or 3,2011.", ["2011.5", "20115", "3,2011"]),
    ("A loan of USD17 and a fine of 5M.", ["17", "5"]),
    # number words that measure
    ("China took forty per cent of exports.", ["forty per cent"]),
    ("It rose by half a percentage point.", ["half a percentage point"]),
    ("One per cent of exports.", ["One per cent"]),
    ("A loan of two billion dollars.", ["two billion"]),
    ("Values under one million.", ["one million"]),
    ("A million workers and half a billion dollars.", ["A million", "half a billion"]),
    ("Three hundred and twenty firms.", ["Three hundred and twenty"]),
    ("About a hundred firms, and two dozen mines.", ["a hundred", "two dozen"]),
    ("Ten dollars a barrel and twelve kilometres.", ["Ten dollars", "twelve kilometres"]),
    # parts
    ("A third of exports went to China.", ["A third"]),
    ("Two thirds went to Asia, three quarters by sea.", ["Two thirds", "three quarters"]),
    ("One-third remained.", ["One-third"]),
    ("Half of exports, or half the exports.", ["Half", "half"]),
    ("More than half went to Asia.", ["half"]),
    ("Imports fell by a quarter.", ["a quarter"]),
    ("Imports fell to nearly a third in 2009.", ["a third"]),
    ("China counts a tenth more than Peru.", ["a tenth"]),
    ("It costs half as much.", ["half"]),
    ("One in five firms, and two out of three mines.", ["One in five", "two out of three"]),
    # multiples
    ("Twice as much as Japan.", ["Twice"]),
    ("Three times as much, ten times the size.", ["Three times", "ten times"]),
    ("A tenfold rise, and a twenty-five-fold one.", ["tenfold", "twenty-five-fold"]),
    ("A hundredfold rise and a twofold one.", ["A hundredfold", "twofold"]),
    ("Exports tripled, then quadrupled.", ["tripled", "quadrupled"]),
    # counts above twelve
    ("Twenty-three partners.", ["Twenty-three"]),
    ("Peru has eighteen agreements.", ["eighteen"]),
    ("A thirty-year concession.", ["thirty"]),
    ("Twenty months, twenty years.", ["Twenty", "twenty"]),
]


def numbers(chapter: str) -> list[tuple[int, str]]:
    """Line and number of each problem of a chapter."""
    found = []
    for problem in number_check.problems_in(chapter):
        line, _, what = problem.partition(": ")
        found.append((int(line.removeprefix("line ")), what.split("'")[1]))
    return found


@pytest.mark.parametrize("sentence", FINE)
def test_years_references_names_and_plain_english_may_be_typed(sentence: str) -> None:
    assert typed_numbers(sentence) == []


@pytest.mark.parametrize(("sentence", "typed"), CAUGHT, ids=[sentence for sentence, _ in CAUGHT])
def test_a_typed_number_is_caught(sentence: str, typed: list[str]) -> None:
    assert [number.text for number in typed_numbers(sentence)] == typed


@pytest.mark.parametrize("sentence", [FINE[4], CAUGHT[0][0], CAUGHT[32][0]])
def test_a_sentence_means_the_same_over_two_lines(sentence: str) -> None:
    folded = sentence.replace(" ", "\n")
    assert [n.text for n in typed_numbers(folded)] == [n.text for n in typed_numbers(sentence)]


NOTEBOOK = """\
---
title: Peru
kernelspec:
  display_name: Python 3 (ipykernel)
---

"""

STRUCTURE = {
    "paragraph": ("One line,\nanother with 17 firms\nand a third.", [(2, "17")]),
    "emphasis": ("It took **17**%\nand *forty* per cent.", [(1, "17"), (2, "forty per cent")]),
    "heading": ("# Peru\n\n## The 17 mines", [(3, "17")]),
    "list": ("1. A\n2. Then 17\n   - in it 18\n\n     19 below", [(2, "17"), (3, "18"), (5, "19")]),
    "table": ("| Year | Share |\n|---|--:|\n| 1990 | 17 |\n| 2011 | 18 |", [(3, "17"), (4, "18")]),
    "definition": ("Market\n: Peru sold 17\n\nRival\n: and 18", [(2, "17"), (5, "18")]),
    "quotation": ("> He said\n> 17 firms.", [(2, "17")]),
    "footnote": ("Text.[^17]\n\n[^17]: From 18 firms.", [(3, "18")]),
    "admonition": (
        "```{admonition} The 17 rules\n:class: tip\n\nIn 1990\nthere were 18.\n```",
        [(1, "17"), (5, "18")],
    ),
    "colon fence": (":::{note}\nThere are 17.\n:::", [(2, "17")]),
    "nested directives": (
        "````{note}\nText\n\n```{tip}\nThere are 17.\n```\n````",
        [(5, "17")],
    ),
    "directive within a list": ("- Text\n\n  ```{note}\n  There are 17.\n  ```", [(4, "17")]),
    "exercise": ("```{exercise} Count 17\n:label: ex-18\n\nDo 19.\n```", [(1, "17"), (4, "19")]),
    "solution": ("```{solution} ex 17\nDo 19.\n```", [(2, "19")]),
    "grid": ("````{grid} 1 2 3\n```{grid-item-card} Four 4\n:columns: 6\nA\n```\n````", [(2, "4")]),
    "picture": (
        "```{figure} img17.png\n:alt: Has 18 bars\n:width: 300\nShows 19.\n```",
        [(2, "18"), (4, "19")],
    ),
    "picture in a line": ("![Has 18 bars](img17.png)", [(1, "18")]),
    "list table": ("```{list-table} All 17\n:width: 1\n* - A\n  - 18\n```", [(1, "17"), (4, "18")]),
    "options between dashes": (
        "```{figure} a.png\n---\nwidth: 300\nalt: Has 18 bars\n---\nShows 19.\n```",
        [(4, "18"), (6, "19")],
    ),
    "roles": ("{glue:text}`y17` {claim}`C069` {numref}`f-17`\n{cite:t}`a-22` {ref}`a-1`.", []),
    "a role's title": ("See {doc}`the 17 tables <a18>`,\n{numref}`Figure %s <f-1>`.", [(1, "17")]),
    "after a role over two lines": ("A {ref}`long\ntitle <x>` and\n17 more.", [(3, "17")]),
    "number of a role with a unit": ("It took {glue:text}`a17` per cent.", []),
    "links": (
        "The [20 firms](https://x.org/17 '18') at https://x.org/19 and <https://x.org/20>\nand 21.",
        [(1, "20"), (2, "21")],
    ),
    "inline code": ("Write `17 per cent`, ``18``\nand\n`19\n20` and 21.", [(4, "21")]),
    "code": ("```text\n17 firms\n```\n\n```{code-block} python\nx = 17\n```\n\n    17 firms", []),
    "mathematics": ("```{math}\nx = 17\n```\n\nSo {math}`x = 17`.", []),
    "comments": ("% 17 firms\n\nText <!-- 17 --> here.\n\n<!--\n17\n-->", []),
    "html": ("<p>In 1990\n17 <b>firms</b> &amp; <i id='n18'>so on</i></p>", [(2, "17")]),
    "targets and ids": ("(sec-17)=\n# Peru\n\n[Text]{.a17 #b18}", []),
    "entities": ("Ores &amp; metals, M&amp;A,\n17 firms.", [(2, "17")]),
    "front matter": ("---\ntitle: The 17 mines\nversion: 18\n---\n\n# Peru", [(2, "17")]),
    "substitutions": (
        "---\nsubstitutions:\n  a:\n    n: 17 firms\n---\n\n{{ n }} {{ n18 }}",
        [(4, "17")],
    ),
}

CELLS = {
    "code": ("x = 17\nprint('17 firms', x)", []),
    "caption": (
        ":tags: [hide-input]\n:mystnb:\n:  figure:\n:    name: fig-17\n:    caption: |\n"
        ":      In 1990 and\n:      17 firms, see {cite:t}`a-18`.\n\nx = 1",
        [(7, "17")],
    ),
    "folded caption": (
        ":mystnb:\n:  figure:\n:    caption: >-\n:      In 1990\n:      17 firms.\n\nx = 1",
        [(5, "17")],
    ),
    "short caption": (":mystnb:\n:  figure:\n:    caption: 'Peru: 17'\n\nx = 1", [(3, "17")]),
    "plain caption": (
        ":mystnb:\n:  figure:\n:    caption: In\n:      17\n\nx = 1",
        [(4, "17")],
    ),
    "picture": (":mystnb:\n:  image:\n:    alt: 17 bars\n:    width: 18\n\nx = 1", [(3, "17")]),
    "alt": ("book.figure(chart, alt='There are 17 bars')", [(1, "17")]),
    "facts in an alt": ("book.figure(c, facts, alt='{a17} of 18 in {last}')", [(1, "18")]),
    "note of an f-string": (
        "book.table(\n    frame,\n    note=(\n        f'In 1990 {x[17]:.18f}% of '\n"
        "        f'{y(2):,.0f} million, '\n        f'17 {z} in {year}'\n    ),\n)",
        [(6, "17")],
    ),
    "nested quotes": ("book.table(f, note=f\"{x['a17']} and 18\")", [(1, "18")]),
    "table": (
        "book.table(\n    frame.head(17),\n    caption='The 18 firms',\n    name='tab-19',\n"
        "    note='Of '\n    '20 firms',\n)",
        [(3, "18"), (6, "20")],
    ),
    "role in a note": (
        "book.table(f, note='See {numref}`f-17`, {cite:t}`a-8`, 19.')",
        [(1, "19")],
    ),
    "sum of strings": ("book.table(f, note='It has ' + '17 bars ' + name + str(18))", [(1, "17")]),
    "choice": ("book.table(f, note='has 17' if up else 'has 18')", [(1, "17"), (1, "18")]),
    "joined": ("book.table(f, note='; '.join(f'{n} has 17' for n in x[18]))", [(1, "17")]),
    "a variable": ("text = 'It has 17'\nbook.figure(c, alt=text)", [(1, "17")]),
    "a variable of an earlier cell": (
        "text = 'It has '\ntext += '17'\n```\n\nProse.\n\n```{code-cell}\nbook.figure(c, alt=text)",
        [(2, "17")],
    ),
    "three quotes": ("book.figure(c, alt='''In 1990\n17 bars''')", [(2, "17")]),
    "a magic command": ("%matplotlib inline\nbook.figure(c, alt='It has 17')", [(2, "17")]),
}


@pytest.mark.parametrize("case", STRUCTURE)
def test_prose_is_read_wherever_it_stands_and_nothing_else_is(case: str) -> None:
    chapter, expected = STRUCTURE[case]
    assert numbers(chapter) == expected


@pytest.mark.parametrize("case", CELLS)
def test_of_a_cell_captions_notes_and_descriptions_are_read(case: str) -> None:
    cell, expected = CELLS[case]
    chapter = f"{NOTEBOOK}```{{code-cell}} ipython3\n{cell}\n```\n"
    above = NOTEBOOK.count("\n") + 1
    assert [(line - above, number) for line, number in numbers(chapter)] == expected


@pytest.mark.parametrize(
    "alt", ["f'It has {x:.0f}%'", "'It has ' + words", "', '.join(parts)", "'up' if up else 'down'"]
)
def test_an_alt_text_prints_nothing_but_facts(alt: str) -> None:
    chapter = f"{NOTEBOOK}```{{code-cell}} ipython3\nbook.figure(c,\n    alt={alt})\n```\n"
    [problem] = number_check.problems_in(chapter)
    line = NOTEBOOK.count("\n") + 3
    assert problem.startswith(f"line {line}: alt= prints a value by itself; add it to the chapter")


def test_the_message_says_where_what_and_how_to_mend() -> None:
    [problem] = number_check.problems_in(
        "# Peru\n\nIn 1990 China took only a little, but 17 per cent of all."
    )
    assert problem == (
        "line 3: typed number '17' in \"... took only a little, but 17 per cent of all.\"; "
        "add it to the facts in a cell and print it with {glue:text}, quote it with "
        "{claim}, or mark it: put '% number: 17, and the reason' on the line before this block"
    )


@pytest.mark.parametrize(
    "chapter",
    [
        "% number: 23 economies, as the paper counts them\nAmong the 23 economies of Asia.",
        "% number: 23 economies, as the paper counts them\n\nIn Asia\nare 23\neconomies.",
        "% number: 23, as the paper\n% counts them\nAmong the 23 economies.",
        "% number: 1,200 firms, the law's own number\n% number: forty per cent, the law's limit\n"
        "It is 1,200 firms or forty per cent.",
        "- a\n\n  % number: 17, the law's own number\n  with 17",
        "% number: 17, the law's own number\n- a\n- b with 17",
        "% number: 17, the law's own number\n\n| a |\n|---|\n| 17 |",
        "% number: 17, the law's own number\n```{note}\nText\n\nand 17.\n```",
        "```{note}\n% number: 17, the law's own number\nIt is 17.\n```",
        "% number: one million, the edge of the frame\n```{code-cell}\n:mystnb:\n:  figure:\n"
        ":    caption: Under one million\n\nbook.figure(c, alt='Under one million')\n```",
    ],
)
def test_a_mark_with_a_reason_excuses_a_number_in_the_block_after_it(chapter: str) -> None:
    assert number_check.problems_in(chapter) == []


@pytest.mark.parametrize(
    ("chapter", "lines"),
    [
        ("% number: 17, the law's own number\nFirst 17.\n\nThen 17.", [4]),
        ("First 17.\n\n% number: 17, the law's own number", [1, 3]),
        ("% number: 17, the law's own number\nFirst 17 and 18.", [2]),
        ("% number: 17, the law's own number\nFirst 17.5 per cent.", [1, 2]),
        ("% number: 17 firms, the law's own number\nFirst 17 mines.", [1, 2]),
        ("% number: 7, the law's own number\nFirst 17.", [1, 2]),
        ("% number: forty, the law's own number\nIt is forty per cent.", [1, 2]),
        ("- a 17\n- b\n\n  % number: 17, the law's own number\n  with c", [1, 4]),
    ],
)
def test_a_mark_excuses_nothing_else(chapter: str, lines: list[int]) -> None:
    assert [line for line, _ in numbers(chapter)] == lines


@pytest.mark.parametrize(
    "mark", ["% number: 17", "% number: 17,", "% number: 17, so", "% Number: 17", "% numbers:17"]
)
def test_a_mark_needs_a_reason(mark: str) -> None:
    [problem] = number_check.problems_in(f"{mark}\nThe 17 firms.")
    assert problem.startswith("line 1: the mark for '17' gives no reason; write '% number: 17, and")


def test_a_mark_without_a_number_excuses_nothing() -> None:
    assert [line for line, _ in numbers("% number:\nThe 17 firms.")] == [1, 2]


@pytest.mark.parametrize("year", ["in 2011", "a number of firms", "17"])
def test_a_mark_that_is_not_needed_is_named(year: str) -> None:
    [problem] = number_check.problems_in(f"% number: {year}, the law's own number\nFirms in 2011.")
    assert problem.startswith(
        f"line 1: the mark for '{year}' excuses nothing in the block after it"
    )


def test_other_comments_are_no_marks() -> None:
    assert number_check.problems_in("% number of firms: ask the author\nText.") == []


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("x = 1\nx = = 2", "line 3: this cell is not Python (invalid syntax)"),
        (":tags: [a\n\nx = 1", "line 2: these options are not YAML"),
    ],
)
def test_what_cannot_be_read_is_a_problem_too(cell: str, message: str) -> None:
    [problem] = number_check.problems_in(f"```{{code-cell}}\n{cell}\n```")
    assert problem.startswith(message)


def test_nothing_that_cannot_be_read_hides_what_can() -> None:
    found = number_check.problems_in(
        "```{code-cell}\nx = = 1\n```\n\n```{note}\n:a: [b\n\n17 firms.\n```\n\n18 mines.\n"
    )
    assert [problem.partition(": ")[0] for problem in found] == [
        "line 2", "line 6", "line 8", "line 11"
    ]  # fmt: skip
