"""An invented year for tables of a copy of the data package, and what its report asks for."""

import re
from pathlib import Path

import pandas as pd
import pytest

from peru_asia import paths
from peru_asia.data import check, load
from peru_asia.data.package import describe
from peru_asia.errors import BookError


def use_copy(root: Path, patch: pytest.MonkeyPatch) -> None:
    """Let the package be the one in `root`."""
    patch.setattr(paths, "ROOT", root)
    patch.setattr(paths, "DATA", root / "data")
    patch.setattr(paths, "DESCRIPTOR", root / "data" / "datapackage.yaml")
    patch.setattr(paths, "PACKAGE", root / "data" / "package.yaml")


def report() -> list[str]:
    """Return what the check says, line by line, without its count; nothing if all is well."""
    try:
        check.check()
    except BookError as error:
        return str(error).splitlines()[1:]
    return []


def add_year(table: str, *columns: str, **cells: str) -> int:
    """Add the rows of the last year once more, as those of the next; return how many."""
    path = describe(table).path
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    years = frame[columns[0]].str[:4]
    new = frame[years == years.max()].assign(**cells)
    for column in columns:
        new[column] = new[column].map(lambda text: f"{int(text[:4]) + 1}{text[4:]}")
    pd.concat([frame, new]).to_csv(path, index=False, lineterminator="\n")
    return len(new)


def mend_prices(cells: list[str]) -> None:
    """Put the means of the months in the place of prices copied from the year before."""
    path = describe("commodity_prices").path
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    for cell in cells:
        row, mean = re.search(
            r"row (\d+), column price: .* is not the mean (\S+) of", cell
        ).groups()
        frame.loc[int(row) - 2, "price"] = mean
    frame.to_csv(path, index=False, lineterminator="\n")


def add_to_reporters(new: pd.DataFrame) -> pd.DataFrame:
    """Add to trade_reporters the rows that it must share with trade_by_partner; return them."""
    reporters = load("trade_reporters")
    shared = new[new["partner"].isin(reporters["partner"]) & (new["basis"] == "reported")]
    rows = shared.assign(reporter="PER")
    like = reporters[reporters["reporter"] == "PER"]
    rows = rows.merge(
        like.drop_duplicates(["flow", "source", "partner"], keep="last")[
            ["flow", "source", "partner", *like.columns.difference(rows.columns)]
        ],
        on=["flow", "source", "partner"],
    )
    path = describe("trade_reporters").path
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    text = rows[frame.columns].astype("str").replace({"True": "true", "False": "false"})
    text = text.replace({"nan": "", "None": "", "<NA>": ""})
    pd.concat([frame, text]).to_csv(path, index=False, lineterminator="\n")
    return shared
