"""The scripts under data/build, each on a few lines of its original."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from peru_asia import paths
from peru_asia.data import describe
from peru_asia.data.package import tables
from peru_asia.errors import BookError

BUILD = paths.DATA / "build"
SHARED = {"common", "comtrade", "pink_sheet", "sunat", "wits_summary"}
SCRIPTS = sorted(path.stem for path in BUILD.glob("*.py") if path.stem not in SHARED)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch):
    """Import a script as ``python data/build/…`` does, and forget it afterwards."""
    monkeypatch.syspath_prepend(str(BUILD))
    before = set(sys.modules)

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    yield load
    for name in set(sys.modules) - before:
        if name in SHARED or name in SCRIPTS:
            del sys.modules[name]


# Lines of the originals, with their headings; where each comes from stands in its script. The lines
# that a script must pass over are partly made up.

MACRO = """country_code,Country,year,indicator_name,series,value
ARE,United Arab Emirates,2005,GDP_CURRENT,NY.GDP.MKTP.CD,180617467964.602
PER,Peru,2005,GDP_CURRENT,NY.GDP.MKTP.CD,76060606060.6061
PER,Peru,2005,GDP_GROWTH,NY.GDP.MKTP.KD.ZG,6.28506032509601
PER,Peru,2005,INFLATION,FP.CPI.TOTL.ZG,1.61630193862544
PER,Peru,2005,TRADE_GDP,NE.TRD.GNFS.ZS,47.3573174768394
CHN,China,2005,REER,PX.REX.REER,84.2
"""

TARIFFS = """country_code,Country,year,indicator_name,series,value
PER,Peru,2014,APPLIED_WEIGHTED,TM.TAX.MRCH.WM.FN.ZS,1.86
PER,Peru,2014,MFN_WEIGHTED,TM.TAX.MRCH.WM.AR.ZS,1.43
PER,Peru,2015,APPLIED_WEIGHTED,TM.TAX.MRCH.WM.FN.ZS,1.8
PER,Peru,2015,MFN_WEIGHTED,TM.TAX.MRCH.WM.AR.ZS,1.8
"""

SUMMARY = """Reporter,Partner,Product categories,Indicator Type,Indicator,2015,2014,2004
Peru,...,...,Development,GDP (current US$ Mil),      189111.14,      201021.34,66768.70
Peru,China,All Products,Export,Trade (US$ Mil)-Top 5 Export Partner,      7332.90,7024.63,1244.70
Peru,World,Animal,Export,Export(US$ Mil),      811.66,      999.83,      269.88
Peru,World,Capital goods,Export,Export(US$ Mil),      440.52,      503.06,      101.93
Peru,World,All Products,Export,Exports (in US$ Mil),      33244.87,      38459.25, 12726.50
Peru,World,All Products,Import,Imports (in US$ Mil),      38104.61,      42193.57, 10101.03
Peru,World,Animal,Export,Export Product share(%),      2.44,      2.60,      2.12
Peru,World,All Products,Tariff,Simple Average (%),,      2.80,
Peru,World,All Products,Tariff,Weighted Average (%),,      1.43,
"""

MADDISON = """Entity,Year,GDP per capita,Population,GDP
China,1870,945.0,358000000.0,338310000000.0
China,1871,,358988000.0,
Peru,1870,1675.0,2606000.0,4365050000.0
Peru,2018,12310.0847,31382084.41,386316117149.65
"""

# Peru is the second state of a dyad with the United States (2) and the first with Japan (740).
DYADS = """ccode1,ccode2,year,importer1,importer2,flow1,flow2,source1,source2
2,135,1955,United States of America,Peru,130.0,150.2,2,2
135,260,1955,Peru,German Federal Republic,26.7,31.0,2,2
135,740,2008,Peru,Japan,1267.0,2114.83,2,2
135,740,1914,Peru,Japan,-9,0.1,-9,1
2,20,1955,United States of America,Canada,1.0,1.0,2,2
"""

NATIONAL = """\
ccode,statename,stateabb,year,imports,exports,alt_imports,alt_exports,source1,source2,version
130,Ecuador,ECU,1870,3.1,3.2,,,1,1,4
135,Peru,PER,1870,12.5,21.875,,,1,1,4
135,Peru,PER,1871,12.63157939910889,22.10526275634766,,,1,1,4
135,Peru,PER,1881,,,,,,,4
"""

FINANCE = """ccode,year,oof_amt,oof_adj,oda_amt,oda_adj,vof_amt,vof_adj
130,2021,0,0,12607570,12607570,0,0
135,2003,0,0,2923276.48845424,2923276.48845424,0,0
135,2010,2785453871.59248,2785453871.59248,3735681.1123663224,3735681.1123663224,0,0
"""

ARRIVALS = """nro,fecha_de_llegada,cantidad,vacuna,farmaceutica,covax,last_update
1,2021-02-07,300000,BBIBP-CorV,Sinopharm,FALSE,2021-06-10
4,2021-03-10,117500,Tozinamerán,Pfizer-BioNTech,TRUE,2021-06-10
11,2021-04-18,276000,AZD1222,Oxford-AstraZeneca,TRUE,2021-06-10
"""

GIVEN = """location,date,vaccine,vaccinations,total_vaccinations,flag_vacunacion_general
Peru,2021-04-12,PFIZER,2,533,FALSE
Peru,2023-07-07,PFIZER,2169,53809625,TRUE
Peru,2023-07-08,MODERNA,77,6635617,TRUE
Peru,2023-07-08,PFIZER,639,53810264,TRUE
Peru,2023-07-08,SINOPHARM,63,21312915,TRUE
"""

COMTRADE = """\
refYear,reporterISO,flowCode,partnerISO,partner2Code,cmdCode,customsCode,motCode,primaryValue
2014,PER,X,CHN,0,260300,C00,0,3414420350.57
2020,PER,X,CHN,0,260300,C00,0,5860071295.3
2017,PER,M,CHN,0,TOTAL,C00,0,8861240013.4
2017,PER,M,CHN,0,TOTAL,C00,2100,8500000000.0
2014,PER,M,CHN,0,TOTAL,C00,0,8914607839.8
"""

WITS = {
    "2016": {"CHN": {"x": 8483938.095, "m": 8244370.738}},
    "2004": {
        "CHN": {"x": 1244698.894, "m": 768123.778},
        "OAS": {"x": 242591.054, "m": 151156.783},
        "NZE": {"m": 1.0},
    },
}

MINES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-72.283245, -14.09415]},
            "properties": {
                "name": "Las Bambas",
                "id": "ICMM13619",
                "confidenceFactor": "High",
                "groupNames": "Las Bambas",
                "assetType": "Mine",
                "country": "Peru",
                "primaryCommodity": "copper",
                "secondaryCommodity": "gold",
                "otherCommodities": "molybdenum;silver",
            },
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-76.4497, -11.0146]},
            "properties": {
                "name": "Huaron Mines",
                "id": "ICMM00649",
                "confidenceFactor": "Very Low",
                "assetType": "Mine",
                "country": "Peru",
                "primaryCommodity": "silver",
            },
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-36.51, -6.24805]},
            "properties": {
                "name": "Brejui",
                "id": "ICMM00375",
                "confidenceFactor": "High",
                "assetType": "Mine",
                "country": "Brazil",
                "primaryCommodity": "tin",
            },
        },
    ],
}

UNCTAD = """\
"Year","Economy Label","Direction Label","Flow Label","US$ at current prices in millions"
1990,"Peru","Inward","Stock",1330
2024,"Peru","Inward","Stock",138836.766
2024,"Peru","Outward","Stock",1
2024,"Peru","Inward","Flow",1
"""

# Votes of Peru and the United States in the first six roll calls; Canada's are passed over.
VOTES = """rcid,country,country_code,vote
3,United States,US,yes
3,Canada,CA,no
3,Peru,PE,yes
4,United States,US,no
4,Peru,PE,no
5,United States,US,no
5,Peru,PE,no
6,United States,US,no
6,Peru,PE,yes
7,United States,US,no
7,Peru,PE,yes
8,United States,US,no
8,Peru,PE,yes
"""

CALLS = """rcid,session,importantvote,date,unres,amend,para,short,descr
3,1,0,1946-01-01,R/1/66,1,0,"AMENDMENTS, RULES OF PROCEDURE","TO ADOPT A CUBAN AMENDMENT"
4,1,0,1946-01-02,R/1/79,0,0,SECURITY COUNCIL ELECTIONS,"TO ADOPT A USSR PROPOSAL"
5,1,0,1946-01-04,R/1/98,0,0,VOTING PROCEDURE,"THE MAJORITY VOTE.\\""\"""
6,1,0,1946-01-04,R/1/107,0,0,DECLARATION OF HUMAN RIGHTS,TO ADOPT A CUBAN PROPOSAL
7,1,0,1946-01-02,R/1/295,1,0,GENERAL ASSEMBLY ELECTIONS,TO ADOPT A 6TH COMMITTEE AMENDMENT
8,1,0,1946-01-05,R/1/297,1,0,ECOSOC POWERS,TO ADOPT A SECOND 6TH COMM. AMENDMENT
"""

# Six roll calls of 2019, made up: three of them China against the United States, in one of which
# China said no; in one Japan was absent, in one China abstained.
SIDES = """rcid,country,country_code,vote
1,Peru,PE,yes
1,China,CN,yes
1,United States,US,no
1,Japan,JP,no
2,Peru,PE,yes
2,China,CN,no
2,United States,US,yes
3,Peru,PE,abstain
3,China,CN,yes
3,United States,US,no
3,Japan,JP,abstain
4,Peru,PE,yes
4,China,CN,abstain
4,United States,US,yes
4,Japan,JP,yes
5,Peru,PE,yes
5,China,CN,yes
5,United States,US,yes
5,Japan,JP,yes
6,China,CN,yes
6,United States,US,no
6,Japan,JP,yes
"""

MARKS = """rcid,session,importantvote,date,short
1,74,,2019-12-27,ONE
2,74,1,2019-12-27,TWO
3,74,,2019-12-27,THREE
4,74,,2019-12-27,FOUR
5,74,0,2019-12-27,FIVE
6,74,,2019-12-27,SIX
"""

LALL = {"product": ["0011", "2871", "9710"], "lall": ["PP", "RB2", "Gold"]}
LALL_HS = "hs6,sitc3,lall_code\n230120,08142,LDC01\n260300,2831,LDC03\n710812,97101,LDC99\n"

IDEAL = {
    "iso3c": ["PER", "PER", "RUS"],
    "year": [1990, 2024, 2024],
    "idealpointfp": [-0.4999499, -0.1684504, -0.5984852],
    "q5fp": [-0.8468565, -0.3154556, -0.7426238],
    "q95fp": [-0.1875164, -0.0213697, -0.4562058],
    "nvotesfp": [85, 101, 101],
    "idealpointall": [-0.335931, None, None],
    "q5all": [-0.6045383, None, None],
    "q95all": [-0.104088, None, None],
    "nvotesall": [98, None, None],
}

MONTHS = [
    *("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"),
    *("Julio", "Agosto", "Setiembre", "Octubre", "Noviembre", "Diciembre"),
]
FULL = [1.0] * 12  # where the months themselves are not read, only counted


def sheet(*lines: list[object]) -> pd.DataFrame:
    """One year of a SUNAT workbook: title, months, lines with their names in columns C to E."""
    head = [["CUADRO"], [None, None, "Detalle", None, None, *MONTHS, "Total"], []]
    tail = [[None, None, "Fuente: SUNAT"]]
    return grid([*head, *lines, *tail])


def grid(cells: list[list[object]]) -> pd.DataFrame:
    width = max(map(len, cells))
    return pd.DataFrame([[*row, *[None] * (width - len(row))] for row in cells], dtype=object)


def line(depth: int, name: str, total: float, months: list[float] | None = None) -> list[object]:
    names: list[object] = [None] * 5
    names[2 + depth] = name
    months = FULL if months is None else months
    return [*names, *months, *[None] * (12 - len(months)), total]


CHINA_2005 = [
    *(149479103.82, 59376414.75, 161735934.82, 123987619.73, 178747438.32, 198149793.11),
    *(194505199.85, 181372460.78, 106863382.16, 133869940.9, 125144300.67, 265302612.42),
]
CHINA_2025 = [2211670832.035, 1651677545.524, 2023320671.209, 1162999751.126]
TOTAL_2025 = [6429674714.794999, 5560748634.742001, 5894052109.582998, 4601631293.609004]
G6 = {
    "Indice": pd.DataFrame([["Cuadros"]]),
    "2005": sheet(
        line(0, "CHINA", 1878534201.33, CHINA_2005),
        line(0, "MEXICO", 332089468.7),
        line(0, "ESPA\u00d0A", 558362491.95),
    ),
    "2025": sheet(
        line(0, "CHINA", 7049668799.894, CHINA_2025),
        line(0, "Total general", 22486106752.729, TOTAL_2025),
    ),
}
F1 = {
    "2005": sheet(
        line(0, "Total", 12495676440.236),
        line(0, "BIENES DE CONSUMO", 2337168041.404),
        line(1, "1. BIENES DE CONSUMO NO DURADERO", 1370068517.077),
        line(2, "11  PRODUCTOS ALIMENTICIOS", 467840019.78),
    )
}
G1 = {
    "2005": sheet(
        line(0, "Total (I+II+III)", 17299923405.18),
        line(0, "I.Productos Tradicionales", 12949564150.52),
        line(1, "Minero", 9789855095.49),
        line(2, "Cobre", 3471795294.75),
    ),
    "2024": sheet(
        line(0, "I. Productos Tradicionales", 52920725329.597),
        line(1, "Pesquero tradicional", 2287925261.787),
        line(1, "Minero", 45571152800.407),
        line(2, "Plomo 1/", 2477133244.254),
        line(2, "Resto 3/", 1538041986.019),
        line(0, "II. Productos No Tradicionales", 20467771295.826),
        line(1, "Pesquero no tradicional", 1315868211.182),
        line(1, "Resto", 614166346.049),
        line(2, "Varios (incluye joyeria)", 316460879.728),
        line(0, "III.Otros 5/", 205446691.85),
    ),
}

PINK = {  # heading: unit, nominal and real price of 2011, price of January 2011
    "Crude oil, average": ("($/bbl)", 104.00939752553, 93.66840555253, 92.69),
    "Coffee, Arabica": ("($/kg)", 5.97613692133, 5.38196768852, 5.82),
    "Fish meal": ("($/mt)", 1442.05831804281, 1298.68364377055, 1324.83),
    "Iron ore, cfr spot": ("($/dmtu)", 167.75416666667, 151.0754382805, 179.18),
    "Copper": ("($/mt)", 8828.1875, 7950.4570425072, 9555.7),
    "Lead": ("($/mt)", 2400.81208333333, 2162.11462836215, 2601.65),
    "Tin **": ("($/mt)", 26053.675, 23463.3240273775, 27465.25),
    "Zinc": ("($/mt)", 2193.90041666667, 1975.77487091739, 2371.55),
    "Gold": ("($/troy oz)", 1569.21083333333, 1413.19419428434, 1360.46),
    "Silver": ("($/troy oz)", 35.22411666667, 31.72200708453, 28.51),
    "Shrimps, Mexican": ("($/kg)", 1.0, 1.0, 1.0),
}


def pink(period: object, which: int) -> pd.DataFrame:
    """A sheet of the Pink Sheet: titles, names, units, one row of prices."""
    return grid(
        [
            ["World Bank Commodity Price Data (The Pink Sheet)"],
            [],
            [None, *PINK],
            [None, *(values[0] for values in PINK.values())],
            [period, *(values[which] for values in PINK.values())],
        ]
    )


ANNUAL = {"Annual Prices (Nominal)": pink(2011, 1), "Annual Prices (Real)": pink(2011, 2)}
MONTHLY = {"Monthly Prices": pink("2011M01", 3)}

ORIGINALS: dict[str, list[object]] = {
    "commodity_prices": [ANNUAL],
    "commodity_prices_monthly": [MONTHLY],
    "copper_ore_to_china": [COMTRADE],
    "development_finance": [FINANCE],
    "exports_by_destination": [json.dumps(WITS), G6],
    "exports_by_product_group": [SUMMARY],
    "exports_by_sector": [G1],
    "fdi_stock_total": [UNCTAD],
    "imports_by_use": [F1],
    "lall_classification": [pd.DataFrame(LALL, dtype=object), LALL_HS],
    "long_run_gdp": [MADDISON],
    "long_run_trade": [DYADS, NATIONAL],
    "macro": [MACRO],
    "mines": [json.dumps(MINES)],
    "tariffs": [SUMMARY, TARIFFS],
    "trade_by_partner": [json.dumps(WITS), SUMMARY, G6, F1, COMTRADE],
    "trade_by_partner_monthly": [G6],
    "un_ideal_points": [pd.DataFrame(IDEAL)],
    "un_vote_agreement": [VOTES, CALLS],
    "un_vote_sides": [SIDES, MARKS],
    "vaccine_doses": [ARRIVALS, GIVEN],
}
# How many rows the excerpt gives.
ROWS = {
    "commodity_prices": 20,
    "commodity_prices_monthly": 9,
    "copper_ore_to_china": 2,
    "development_finance": 6,
    "exports_by_destination": 5,
    "exports_by_product_group": 12,
    "exports_by_sector": 14,
    "fdi_stock_total": 10,
    "imports_by_use": 4,
    "lall_classification": 6,
    "long_run_gdp": 3,
    "long_run_trade": 12,
    "macro": 4,
    "mines": 1,
    "tariffs": 6,
    "trade_by_partner": 10,
    "trade_by_partner_monthly": 12,
    "un_ideal_points": 3,
    "vaccine_doses": 6,
}


@pytest.fixture
def compiled(script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write a script's originals, read them with it and compile its table."""
    books: dict[str, dict[str, pd.DataFrame]] = {}

    def read_excel(path: Path, sheet_name: str | None, header: None) -> object:
        return books[path.name] if sheet_name is None else books[path.name][sheet_name]

    # The workbooks are kept as grids: reading the file itself is the work of openpyxl.
    monkeypatch.setattr(pd, "read_excel", read_excel)

    def compile_(name: str) -> pd.DataFrame:
        originals = []
        for number, original in enumerate(ORIGINALS[name]):
            path = tmp_path / f"{name}-{number}"
            if isinstance(original, str):
                path.write_text(original, "utf-8")
            elif isinstance(original, pd.DataFrame):
                single = {c: "float32" for c in original if c.startswith(("ideal", "q"))}
                original.astype(single).to_stata(path, write_index=False)
            else:
                books[path.name] = original
            originals.append(path)
        module = script(name)
        return module.compile(module.read(*originals))

    return compile_


def rows(frame: pd.DataFrame) -> set[tuple[str, ...]]:
    return set(map(tuple, frame.to_numpy().tolist()))


def committed(name: str) -> pd.DataFrame:
    return pd.read_csv(describe(name).path, dtype="str", keep_default_na=False)


def test_every_script_is_tested() -> None:
    assert sorted(ORIGINALS) == SCRIPTS


@pytest.mark.parametrize("name", sorted(ROWS))
def test_excerpt_gives_rows_of_the_table(compiled, name: str) -> None:
    frame = compiled(name)
    if name == "tariffs":  # it also names the years that the excerpt leaves out
        frame = frame[frame["note"] != "Not reported for this year."]
    assert len(frame) == ROWS[name]
    assert list(frame) == list(committed(name))
    assert rows(frame) <= rows(committed(name))


def test_votes_are_counted(compiled) -> None:
    """Six roll calls of 1946: three of them yes against no."""
    assert rows(compiled("un_vote_agreement")) == {("1946", "USA", "6", "3", "3", "50.0")}


def test_sides_are_counted_only_where_two_powers_are_opposed(compiled) -> None:
    """By hand; the sixth roll call counts nowhere, because Peru was absent."""
    assert rows(compiled("un_vote_sides")) == {
        # year, other, important, votes of all three, opposed, China yes, as China, as other, none
        ("2019", "USA", "unknown", "3", "2", "2", "1", "0", "1"),
        ("2019", "USA", "yes", "1", "1", "0", "0", "1", "0"),
        ("2019", "USA", "no", "1", "0", "0", "0", "0", "0"),
        ("2019", "JPN", "unknown", "3", "1", "1", "1", "0", "0"),
        ("2019", "JPN", "no", "1", "0", "0", "0", "0", "0"),
    }


@pytest.mark.parametrize("name", SCRIPTS)
def test_broken_table_is_refused_and_not_written(
    compiled, script, name: str, tmp_path: Path
) -> None:
    frame = compiled(name)
    key = describe(name).resource["schema"]["primaryKey"][0]
    broken = pd.concat([frame, frame.iloc[:1].assign(**{key: ""})], ignore_index=True)
    out = tmp_path / "table.csv"
    out.write_text("as it was", "utf-8")
    with pytest.raises(BookError, match=f"{name}: .*nothing written(.|\n)*column {key}"):
        script(name).validate(broken)
    with pytest.raises(BookError):
        script("common").write(name, broken, out)
    assert out.read_text("utf-8") == "as it was"
    assert not list(tmp_path.glob(".*"))


def test_row_that_stands_twice_is_refused(compiled, script) -> None:
    frame = compiled("macro")
    with pytest.raises(BookError, match="macro: 1 error, nothing written\nrow 6: "):
        script("macro").validate(pd.concat([frame, frame.iloc[:1]], ignore_index=True))


def test_committed_tables_keep_their_form(script) -> None:
    """Written again, a table is the same to the byte: line ends, quotes and empty cells."""
    for name in SCRIPTS:
        text = committed(name).to_csv(index=False, lineterminator="\n")
        assert text.encode() == describe(name).path.read_bytes(), name


def test_command(tmp_path: Path) -> None:
    """From the original to the table, and a message for another file."""
    original, out = tmp_path / "wdi.csv", tmp_path / "macro.csv"
    original.write_text(MACRO, "utf-8")

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, BUILD / "macro.py", *arguments]
        return subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, cwd=tmp_path
        )

    done = run(original, "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out}: 4 rows\n"
    assert rows(pd.read_csv(out, dtype="str", keep_default_na=False)) <= rows(committed("macro"))
    written = out.read_bytes()
    original.write_text(MADDISON, "utf-8")
    failed = run(original, "--out", out)
    assert failed.returncode == 1
    assert "no column country_code, year, series, value" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert out.read_bytes() == written


def test_readme_lists_every_table() -> None:
    """The overview names each table once, with its script where there is one."""
    text = (BUILD / "README.md").read_text("utf-8")
    listed = {}
    for row in text.splitlines():
        if row.startswith("| `"):
            name, how = (cell.strip() for cell in row.strip("|").split("|")[:2])
            assert name not in listed, name
            listed[name.strip("`")] = how
    assert list(listed) == list(tables())
    for name, how in listed.items():
        assert (f"`{name}.py`" in how) == (name in SCRIPTS), name
