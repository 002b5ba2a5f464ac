"""A result of the chapter on claims that no pin says."""

from peru_asia.charts import audit
from peru_asia.claims import cells


def test_the_cell_that_lies_farthest_off() -> None:
    # The alt text names it: chemicals, which may hold refined oil in the paper.
    table = cells()
    shown = audit.named_cells(table, {code: code for code in table["partner"].unique()})
    far = shown.loc[shown["difference"].abs().idxmax()]
    assert (far["row"], far["column"]) == ("Table 2: chemical", "WLD 2011")
