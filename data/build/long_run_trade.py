"""Table ``long_run_trade``: trade with ten partners and the world since 1870.

Download from the Correlates of War project (https://correlatesofwar.org/data-sets/bilateral-trade)
two files:

1. International Trade, version 3.0: dyadic_trade_3.0.csv (Barbieri, Keshk and Pollins 2009).
2. International Trade, version 4.0: National_COW_4.0.csv (Barbieri and Keshk 2016).

Steps: dyads of state 135 (Peru); flow1 holds what ccode1 buys from ccode2, flow2 the other way
round, so Peru's purchases stand in one or the other; -9 is missing, and a year counts only when
both flows of the dyad are known. West Germany (260) continues Germany (255); East Germany is left
out. Dyads of 1912 are marked as suspect. The national totals come from the second file.

    python data/build/long_run_trade.py dyadic_trade_3.0.csv National_COW_4.0.csv
"""

from pathlib import Path

import common
import pandas as pd

TABLE = "long_run_trade"
PERU = 135
STATES = {
    710: "CHN",
    740: "JPN",
    732: "KOR",
    713: "TWN",
    2: "USA",
    200: "GBR",
    255: "DEU",
    260: "DEU",
    220: "FRA",
    155: "CHL",
    140: "BRA",
    160: "ARG",
}
SUSPECT = (
    "All partners of 1912 together are six times the national total of imports and twice that of "
    "exports: some have a wrong scale."
)
MISSING = "No figure in the source (years of the War of the Pacific)."


def read(dyads: Path, national: Path) -> dict[str, pd.DataFrame]:
    """Read both files and turn Peru's dyads so that Peru's purchases come first."""
    one = ["ccode1", "ccode2", "year", "flow1", "flow2", "source1", "source2"]
    two = ["ccode2", "ccode1", "year", "flow2", "flow1", "source2", "source1"]
    frame = pd.read_csv(dyads, low_memory=False)
    common.need(frame, one, str(dyads))
    names = ["peru", "state", "year", "bought", "sold", "source_bought", "source_sold"]
    turned = pd.concat([frame[order].set_axis(names, axis=1) for order in (one, two)])
    turned = turned[turned["peru"].eq(PERU) & turned["bought"].ge(0) & turned["sold"].ge(0)]
    totals = pd.read_csv(national)
    common.need(totals, ["ccode", "year", "imports", "exports"], str(national))
    totals = totals.loc[totals["ccode"].eq(PERU), ["year", "imports", "exports"]]
    return {"dyads": turned, "national": totals.mask(totals.eq(-9))}


def compile(originals: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Put dyads and totals below each other and mark what is doubtful."""
    dyads = originals["dyads"]
    dyads = dyads[dyads["state"].isin(STATES)]
    partner = dyads["state"].map(STATES)
    parts = [
        pd.DataFrame(
            {
                "year": dyads["year"],
                "partner": partner,
                "flow": flow,
                "reporter": "PER" if flow == "import" else partner,
                "valuation": "cif",
                "value_usd_m": dyads[column],
                "cow_source": dyads[f"source_{column}"].astype(int).astype(str),
                "source": "barbieri2009cow",
            }
        )
        for column, flow in (("bought", "import"), ("sold", "export"))
    ]
    totals = originals["national"]
    parts += [
        pd.DataFrame(
            {
                "year": totals["year"].astype(int),
                "partner": "WLD",
                "flow": flow,
                "reporter": "PER",
                "valuation": "",
                "value_usd_m": totals[column],
                "cow_source": "",
                "source": "barbieri2016cow",
            }
        )
        for column, flow in (("imports", "import"), ("exports", "export"))
    ]
    frame = pd.concat(parts, ignore_index=True).assign(quality="ok", note="")
    suspect = frame["year"].eq(1912) & frame["partner"].ne("WLD")
    frame.loc[suspect, ["quality", "note"]] = ["suspect", SUSPECT]
    frame.loc[frame["partner"].eq("DEU") & frame["year"].between(1955, 1990), "note"] = (
        "West Germany."
    )
    frame.loc[frame["value_usd_m"].isna(), ["quality", "note"]] = ["missing", MISSING]
    return common.table(TABLE, frame, ["partner", "flow", "year"], {"value_usd_m": common.number})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["dyads", "national"], read, compile, __doc__)
