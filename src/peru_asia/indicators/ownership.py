"""Output attributed to the countries of those who own the mines.

`owners` is the table ``mine_owners``, one row a holder and span: ``mine``, ``holder``, ``country``,
``stake_pct`` (missing where no source prints it), ``controls``, ``year_from`` and ``year_to`` (both
counted, the latter missing if the holding goes on) and ``source``. Holdings count for whole years.
"""

from collections.abc import Callable, Sequence
from typing import Literal, get_args

import pandas as pd

from peru_asia.errors import BookError

Rule = Literal["equity", "control"]  # by what output is attributed

UNKNOWN = "unknown"  # in the place of a country whose holders nobody names
JOINT = "joint"  # likewise, where the holders are known and none controls


def holders_in(owners: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of shareholders that hold in a year.

    Examples
    --------
    >>> owners = data.load("mine_owners").query("mine == 'antamina'")
    >>> ind.ownership.holders_in(owners, 2020)[["holder", "stake_pct"]].to_dict("split")["data"]
    [['BHP', 33.75], ['Glencore', 33.75], ['Teck', 22.5], ['Mitsubishi', 10.0]]
    """
    ended = owners["year_to"].notna() & (owners["year_to"] < year)
    return owners[(owners["year_from"] <= year) & ~ended]


def roster(
    owners: pd.DataFrame, year: int, *, name: Callable[[str], str] | None = None
) -> pd.DataFrame:
    """Return the holders of a year in words, largest first, and the country in control.

    Parameters
    ----------
    name : turns the code of a country into words that follow each holder in brackets; without it no
        country is written

    Returns
    -------
    One row a mine, in the order of the table: ``mine``, ``holders`` (such as
    ``BHP 33.75; Mitsubishi 10``), ``control`` (missing where none controls) and ``source`` (keys
    with commas).

    Raises
    ------
    BookError : if two countries control a mine

    Examples
    --------
    >>> owners = data.load("mine_owners").query("mine == 'antamina'")
    >>> ind.ownership.roster(owners, 2020).at[0, "holders"]
    'BHP 33.75; Glencore 33.75; Teck 22.5; Mitsubishi 10'
    """
    held = holders_in(owners, year)
    control = _control(held).set_index("mine")["country"].replace(JOINT, None)
    rows = []
    for mine, group in held.groupby("mine", sort=False, observed=True):
        ordered = group.sort_values("stake_pct", ascending=False, kind="stable")
        parts = [
            row["holder"]
            + ("" if name is None else f" ({name(row['country'])})")
            + ("" if pd.isna(row["stake_pct"]) else f" {row['stake_pct']:g}")
            for row in ordered.to_dict("records")
        ]
        keys = ",".join(sorted(set(group["source"])))
        rows.append((mine, "; ".join(parts), control[mine], keys))
    return pd.DataFrame(rows, columns=["mine", "holders", "control", "source"]).astype(object)


def attribute(output: pd.DataFrame, owners: pd.DataFrame, *, year: int, rule: Rule) -> pd.DataFrame:
    """Attribute the output of mines to countries, by equity or by control.

    By equity a country has ``sum over mines of output x stake / 100`` of its holders; what no
    known holder owns is `UNKNOWN`. By control the whole mine goes to the country of the holder
    that controls it, to `JOINT` if the holders are known and none controls, and to `UNKNOWN` if
    no holder is known. Holders are not looked through to their own shareholders, and the
    country is that of the group, wherever its vehicle is registered.

    Parameters
    ----------
    output : one row a mine of one period: ``mine`` and ``output_t``. A row whose mine is missing or
        is not among the owners is `UNKNOWN`.
    owners : a stake that is missing counts as not known: by equity that part is `UNKNOWN`, by
        control it matters not
    year : whose holders count

    Returns
    -------
    One row a mine and country: ``mine``, ``country`` and ``output_t``. The parts of a mine add up
    to its output; parts of nothing are left out.

    Raises
    ------
    ValueError : if `rule` is neither, or output is negative or missing
    BookError : if the stakes of a mine exceed the whole, or two countries control it

    Examples
    --------
    >>> owners = data.load("mine_owners").query("mine == 'antamina'")
    >>> hundred = pd.DataFrame({"mine": ["antamina"], "output_t": [100.0]})
    >>> ind.ownership.attribute(hundred, owners, year=2020, rule="equity")
           mine country  output_t
    0  antamina     AUS     33.75
    1  antamina     CAN     22.50
    2  antamina     CHE     33.75
    3  antamina     JPN     10.00
    """
    if rule not in get_args(Rule):
        raise ValueError(f"output is attributed by equity or control, not by {rule}")
    if not (output["output_t"] >= 0).all():
        raise ValueError("output to attribute must be known and not negative")
    held = holders_in(owners, year)
    split = _stakes(held) if rule == "equity" else _control(held)
    named = output["mine"].astype(object)
    whole = output.assign(mine=named.where(named.notna(), UNKNOWN))[["mine", "output_t"]]
    parts = whole.merge(split, on="mine", how="left")
    parts["country"] = parts["country"].astype(object).where(parts["country"].notna(), UNKNOWN)
    parts["output_t"] *= parts["weight"].fillna(1.0)
    grouped = parts.groupby(["mine", "country"], as_index=False, sort=False)["output_t"].sum()
    return grouped[grouped["output_t"] > 0].reset_index(drop=True)


def _stakes(held: pd.DataFrame) -> pd.DataFrame:
    """Return each mine's countries with their weights; what is not owned is unknown."""
    weights = held.groupby(["mine", "country"], observed=True)["stake_pct"].sum().div(100)
    weights = weights.rename("weight").reset_index().astype({"mine": object, "country": object})
    sums = weights.groupby("mine")["weight"].sum()
    if (sums > 1 + 1e-9).any():
        raise BookError(f"the stakes of {sums.idxmax()} exceed 100 %")
    rest = (1 - sums).clip(lower=0).rename("weight").reset_index().assign(country=UNKNOWN)
    return pd.concat([weights, rest], ignore_index=True)


def _control(held: pd.DataFrame) -> pd.DataFrame:
    """Return the controlling country of each mine, with the weight one."""
    ruling = held[held["controls"]].groupby("mine", observed=True)["country"].unique()
    torn = ruling[ruling.map(len) > 1]
    if not torn.empty:
        raise BookError(f"{torn.index[0]} is controlled from {' and '.join(torn.iloc[0])}")
    mines = held["mine"].astype(object).unique()
    country = [ruling[mine][0] if mine in ruling.index else JOINT for mine in mines]
    return pd.DataFrame({"mine": mines, "country": country}, dtype=object).assign(weight=1.0)


def held_share(parts: pd.DataFrame, among: Sequence[str], *, total: float) -> tuple[float, float]:
    """Return the least and the most that some countries can have of a total, in per cent.

    The least is what is attributed to them. The most adds all that is `UNKNOWN`, and what the
    total holds beyond the parts.

    Parameters
    ----------
    parts : as `attribute` returns it
    among : codes of the countries
    total : output of the whole, tonnes

    Raises
    ------
    ValueError : if the total is not positive or the parts exceed it by more than a thousandth,
        which rounding cannot explain

    Examples
    --------
    >>> parts = pd.DataFrame({"country": ["CHN", "CAN", "unknown"], "output_t": [30.0, 50, 10]})
    >>> ind.ownership.held_share(parts, ["CHN"], total=100)
    (30.0, 50.0)
    """
    if total <= 0 or parts["output_t"].sum() > total * 1.001:
        raise ValueError("the parts exceed the total, or there is none")
    known = parts.loc[parts["country"].isin(list(among)), "output_t"].sum()
    others = parts.loc[~parts["country"].isin([*among, UNKNOWN]), "output_t"].sum()
    return float(100 * known / total), float(100 * max(total - others, known) / total)
