"""Table ``mines``: mines and smelters of Peru with their place.

Download the ICMM Global Mining Dataset, edition of September 2025 (https://www.icmm.com), as
GeoJSON. The repository tth4vb/global_mining_prototype on GitHub keeps the public part: commit
c87393e, file frontend/src/data/mines.geojson.

Steps: facilities in Peru whose confidence is High or Moderate; words turned into codes; points cut
to five decimals (about a metre). Three facilities get their common names, and those that belong to
a project of the table projects_2013 get its id.

    python data/build/mines.py mines.geojson --out mines.csv
"""

import json
from pathlib import Path

import common
import pandas as pd

TABLE = "mines"
FIELDS = [
    "id",
    "name",
    "country",
    "assetType",
    "primaryCommodity",
    "secondaryCommodity",
    "otherCommodities",
    "confidenceFactor",
]
NAMES = {"ICMM01055": "Quellaveco", "ICMM01774": "Mina Justa", "ICMM08321": "Ilo"}
PROJECTS = {
    "ICMM07986": "JP1",
    "ICMM00568": "JP2",
    "ICMM00538": "JP3",
    "ICMM01055": "JP4",
    "ICMM01774": "KR5",
    "ICMM00686": "CN1",
    "ICMM13130": "CN3",
}
PLANNED = ["ICMM08961", "ICMM08875", "ICMM08115", "ICMM08300"]
NOTES = {
    "ICMM13642": "Listed with zinc; it reworks copper and iron tailings.",
    **dict.fromkeys(PLANNED, "A project, not a working mine."),
}
FACILITIES = {
    "Mine": "mine",
    "Mine;Plant": "mine_and_plant",
    "Smelter": "smelter",
    "Smelter;Refinery": "smelter_and_refinery",
}


def read(path: Path) -> pd.DataFrame:
    """Read the features: one row a facility, with longitude and latitude."""
    rows = []
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        lon, lat = feature["geometry"]["coordinates"][:2]
        properties = feature["properties"]
        rows.append(
            {name: properties.get(name) or "" for name in FIELDS} | {"lon": lon, "lat": lat}
        )
    return pd.DataFrame(rows)


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Select Peru's facilities and bring them into the table's codes."""
    frame = frame[
        frame["country"].eq("Peru") & frame["confidenceFactor"].isin(["High", "Moderate"])
    ]
    frame = pd.DataFrame(
        {
            "mine_id": frame["id"],
            "name": frame["id"].map(NAMES).fillna(frame["name"].str.strip()),
            "facility": frame["assetType"].map(FACILITIES),
            "commodity": frame["primaryCommodity"].map(_code),
            "second_commodity": frame["secondaryCommodity"].map(_code),
            "other_commodities": frame["otherCommodities"].map(
                lambda words: "; ".join(sorted(_code(w) for w in words.split(";") if w.strip()))
            ),
            "confidence": frame["confidenceFactor"].map(_code),
            "lat": frame["lat"],
            "lon": frame["lon"],
            "project_id": frame["id"].map(PROJECTS),
            "source": "icmm2025mines",
            "note": frame["id"].map(NOTES),
        }
    )
    point = {column: lambda degrees: common.number(round(degrees, 5)) for column in ("lat", "lon")}
    return common.table(TABLE, frame, ["mine_id"], point)


def _code(word: str) -> str:
    return word.strip().lower().replace(" ", "_")


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["geojson"], read, compile, __doc__)
