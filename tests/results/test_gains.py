"""Results of the chapter "Who gains?" that its facts do not print."""

from peru_asia import data, indicators


def test_textiles_lag_behind_all_other_exports_too() -> None:
    sold = data.load("exports_by_sector").pivot(index="year", columns="item", values="value_usd_m")
    others = (sold["total"] - sold["textiles"]).astype(float)
    pace = indicators.kept_pace(sold["textiles"].astype(float), others, base=2005)
    # The facts have the other four of the five yardsticks.
    assert sold["textiles"][2024] < pace[2024]


def test_no_duty_is_called_saved_where_no_rate_is_known() -> None:
    rates = data.load("tariffs").query("importer == 'PER' and year >= 2005")
    rates = rates.pivot(index="year", columns="measure", values="rate_pct").astype(float)
    imports = data.load("imports_by_use").query("item == 'total'").set_index("year")["value_usd_m"]
    saved = indicators.duty_saved(
        imports, rates["mfn_weighted_mean"], rates["applied_weighted_mean"], base=2005
    )
    assert saved.loc[[2012, 2015, 2016]].isna().all(axis=None)


def test_the_ports_are_on_the_coast_of_lima_and_ica() -> None:
    sites = data.load("project_sites")
    assert set(sites[sites["kind"] == "port"]["department"]) == {"Lima", "Ica"}
