"""Reader of the World Bank's WITS Trade Summary of one country, all years (CSV)."""

from pathlib import Path

import common
import pandas as pd


def read(path: Path) -> pd.DataFrame:
    """Return one row for each partner, product, indicator and year with a figure."""
    frame = pd.read_csv(path, encoding="latin-1", skipinitialspace=True)
    keys = ["Partner", "Product categories", "Indicator Type", "Indicator"]
    common.need(frame, keys, str(path))
    years = [column for column in frame.columns if column.isdigit()]
    long = frame.melt(keys, years, "year", "value")
    long.columns = ["partner", "product", "type", "indicator", "year", "value"]
    long["year"] = long["year"].astype(int)
    long["value"] = pd.to_numeric(long["value"], errors="coerce")
    return long.dropna(subset=["value"]).reset_index(drop=True)
