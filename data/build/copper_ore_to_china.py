"""Table ``copper_ore_to_china``: Peru's exports of copper ore (HS 260300) to China.

Download from UN Comtrade (https://comtradeplus.un.org), free account, as CSV: annual goods, HS as
reported, reporter Peru, partner China, exports, commodity 260300, 2014-2024. The table was drawn in
2025-26; a later draw may hold revised values.

Steps: US$ divided by a million; 2020-2022 marked, since the returns of these years were not
revised with the customs agency's figures.

    python data/build/copper_ore_to_china.py TradeData.csv --out copper_ore_to_china.csv
"""

from pathlib import Path

import common
import comtrade
import pandas as pd

TABLE = "copper_ore_to_china"
UNREVISED = (
    "From the same unrevised returns as the total to China, which is 13 to 16% below the revised "
    "one."
)


def read(path: Path) -> pd.DataFrame:
    """Read Peru's reports: year, flow, partner, product and US$."""
    return comtrade.read(path)


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Select copper ore to China and mark the unrevised years."""
    frame = frame[
        frame["flow"].eq("X") & frame["partner"].eq("CHN") & frame["product"].eq("260300")
    ]
    low = frame["year"].between(2020, 2022)
    frame = frame.assign(
        flow="export",
        hs_code=frame["product"],
        value_usd_m=frame["usd"] / 1e6,
        quality=low.map({True: "below_revised", False: "ok"}),
        note=low.map({True: UNREVISED, False: ""}),
    )
    return common.table(TABLE, frame, ["year"], {"value_usd_m": common.number})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["download"], read, compile, __doc__)
