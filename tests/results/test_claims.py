"""Results of the chapter on claims that no pin says."""

from peru_asia import claims, data


def test_the_cell_that_lies_farthest_off() -> None:
    # The alt text names it: chemicals, which may hold refined oil in the paper.
    shown = claims.named_cells(claims.cells(), data.short_names("partners"))
    far = shown.loc[shown["difference"].abs().idxmax()]
    assert (far["row"], far["column"]) == ("Table 2: chemical", "World 2011")


def test_no_plan_of_the_paper_came_as_announced() -> None:
    # The answer in two sentences says so in words.
    ledger = claims.ledger()
    of_paper = ledger[ledger["plan"] & ledger["source"].eq("sanborn2013")]
    assert "reproduced" not in set(of_paper["verdict"])
    assert (of_paper["verdict"] == "plan_changed").sum() >= 10
