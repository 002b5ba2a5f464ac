"""Reader of a download from UN Comtrade (CSV, as comtradeplus.un.org gives it)."""

from pathlib import Path

import common
import pandas as pd

ALL = {"partner2Code": "0", "customsCode": "C00", "motCode": "0", "mosCode": "0"}


def read(path: Path) -> pd.DataFrame:
    """Return Peru's reports: year, flow (M or X), partner, product and US$.

    Sub-records by second partner, customs procedure or transport are left out, since adding
    them to the total counts a flow twice.
    """
    frame = pd.read_csv(path, dtype="str", encoding="latin-1", index_col=False)
    columns = ["refYear", "reporterISO", "flowCode", "partnerISO", "cmdCode", "primaryValue"]
    common.need(frame, columns, str(path))
    keep = frame["reporterISO"].eq("PER")
    for column, whole in ALL.items():
        if column in frame:
            keep &= frame[column].eq(whole)
    frame = frame.loc[keep, columns].drop(columns="reporterISO")
    frame.columns = ["year", "flow", "partner", "product", "usd"]
    return frame.astype({"year": int, "usd": float}).reset_index(drop=True)
