"""Table ``vaccine_doses``: vaccines against COVID-19 that arrived, and doses given by maker.

Download two files of the repository jmcastagnetto/covid-19-peru-vacunas on GitHub, which collects
the open data of Peru's health ministry:

1. datos/covid19_vaccine_arrivals_peru.csv, commit 14eb190 (arrivals, February to June 2021);
2. datos/vacunas_covid_fabricante.csv, commit 001483c (doses given by day and maker).

Steps: each arrival is a row; of the doses given, the running totals of the last day (8 July 2023)
in the general campaign, the largest first. A maker without a dose on that day has no row.

    python data/build/vaccine_doses.py covid19_vaccine_arrivals_peru.csv
        vacunas_covid_fabricante.csv --out vaccine_doses.csv
"""

from pathlib import Path

import common
import pandas as pd

TABLE = "vaccine_doses"
MAKERS = {
    "Sinopharm": "sinopharm",
    "Pfizer-BioNTech": "pfizer",
    "Oxford-AstraZeneca": "astrazeneca",
    "SINOPHARM": "sinopharm",
    "PFIZER": "pfizer",
    "ASTRAZENECA": "astrazeneca",
    "MODERNA": "moderna",
}


def read(arrivals: Path, given: Path) -> dict[str, pd.DataFrame]:
    """Read arrivals and doses given."""
    one, two = pd.read_csv(arrivals), pd.read_csv(given)
    common.need(
        one, ["nro", "fecha_de_llegada", "cantidad", "farmaceutica", "covax"], str(arrivals)
    )
    common.need(
        two, ["date", "vaccine", "total_vaccinations", "flag_vacunacion_general"], str(given)
    )
    return {"arrivals": one, "given": two}


def compile(originals: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Put arrivals and the last day's totals below each other."""
    one, two = originals["arrivals"], originals["given"]
    arrived = pd.DataFrame(
        {
            "dose_id": one["nro"].map("A{:02d}".format),
            "measure": "arrived",
            "date": one["fecha_de_llegada"],
            "maker": one["farmaceutica"].map(MAKERS),
            "doses": one["cantidad"],
            "covax": one["covax"],
            "source": "minsa2021arrivals",
            "note": one["covax"]
            .isna()
            .map({True: "The list does not say whether through COVAX.", False: ""}),
        }
    )
    two = two[two["flag_vacunacion_general"] & two["date"].eq(two["date"].max())]
    two = two.sort_values("total_vaccinations", ascending=False)
    given = pd.DataFrame(
        {
            "dose_id": [f"J{n:02d}" for n in range(1, len(two) + 1)],
            "measure": "administered_to_date",
            "date": two["date"],
            "maker": two["vaccine"].map(MAKERS),
            "doses": two["total_vaccinations"],
            "covax": None,
            "source": "minsa2023administered",
            "note": "Doses of the general campaign given up to the date.",
        }
    )
    return common.table(TABLE, pd.concat([arrived, given.astype(object)]), ["dose_id"])


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["arrivals", "given"], read, compile, __doc__)
