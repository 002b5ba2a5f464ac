"""Table ``lall_classification``: Lall's technological classes by three-digit SITC group.

Download two files from GitHub:

1. Lall (2000), SITC Rev. 2 at four digits: repository camilavalenciaro/CEPII, commit 1a8ec0c, file
   hs96/concordance/Lall_ProductClassification.dta (columns product and lall);
2. UNCTADstat, SITC Rev. 3 products by technological categories (Lall 2000), crossed with HS 2012:
   repository JBrunoLLeao/brics-dashboard, commit 411a137, file data/lookup_hs6_lall.csv (columns
   sitc3 and lall_code).

Steps: codes cut to three digits, within which the class never varies; UNCTAD's codes LDC01 to LDC10
turned into Lall's; classes Gold and Special of the first file are unclassified. The English label
of a group is this project's own, kept from the table as it stands.

    python data/build/lall_classification.py Lall_ProductClassification.dta lookup_hs6_lall.csv
"""

from pathlib import Path

import common
import pandas as pd

from peru_asia.errors import BookError

TABLE = "lall_classification"
CLASSES = {
    "PP": ("Primary products", "primary"),
    "RB1": ("Resource-based manufactures from farming and forestry", "resource_based"),
    "RB2": ("Other resource-based manufactures", "resource_based"),
    "LT1": ("Low technology: textiles, clothing and footwear", "low"),
    "LT2": ("Low technology: other products", "low"),
    "MT1": ("Medium technology: vehicles", "medium"),
    "MT2": ("Medium technology: process industries", "medium"),
    "MT3": ("Medium technology: engineering", "medium"),
    "HT1": ("High technology: electronics and electrical", "high"),
    "HT2": ("High technology: other products", "high"),
    "UN": ("Unclassified", "unclassified"),
}
UNCTAD = {f"LDC{n:02d}": code for n, code in enumerate(list(CLASSES)[:10], 1)} | {"LDC99": "UN"}


def read(lall: Path, unctad: Path) -> pd.DataFrame:
    """Read both lists: revision, product code, class and source."""
    two, three = pd.read_stata(lall), pd.read_csv(unctad, dtype="str")
    common.need(two, ["product", "lall"], str(lall))
    common.need(three, ["sitc3", "lall_code"], str(unctad))
    two = two[["product", "lall"]].set_axis(["product", "lall_class"], axis=1).astype("str")
    two["lall_class"] = two["lall_class"].replace({"Gold": "UN", "Special": "UN"})
    three = three[["sitc3", "lall_code"]].set_axis(["product", "lall_class"], axis=1)
    three["lall_class"] = three["lall_class"].map(UNCTAD)
    return pd.concat(
        [
            two.assign(sitc_revision=2, source="lall2000"),
            three.assign(sitc_revision=3, source="unctadlall"),
        ],
        ignore_index=True,
    )


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Cut the codes to groups and add the labels."""
    keys = ["sitc_revision", "sitc_group"]
    frame = frame.assign(sitc_group=frame["product"].str[:3])
    frame = frame[[*keys, "lall_class", "source"]].drop_duplicates()
    mixed = frame[frame.duplicated(keys)]
    if not mixed.empty:
        raise BookError(f"{TABLE}: more than one class in {', '.join(mixed['sitc_group'])}")
    labels = common.committed(TABLE)[[*keys, "group_label"]].astype({"sitc_revision": int})
    frame = frame.merge(labels, how="left")
    frame["class_label"] = frame["lall_class"].map(lambda code: CLASSES[code][0])
    frame["tier"] = frame["lall_class"].map(lambda code: CLASSES[code][1])
    return common.table(TABLE, frame, keys)


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["lall", "unctad"], read, compile, __doc__)
