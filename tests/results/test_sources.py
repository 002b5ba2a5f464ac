"""What the lesson on why sources disagree shows beside the numbers that it prints."""

from peru_asia import indicators as ind


def test_five_steps_lead_from_the_register_to_the_tracker_by_either_ruler() -> None:
    rungs = {"start": 304, "kept": 1705.1, "new": 6861, "bought": 20862, "price": 22302}
    steps = ind.gap_steps(rungs | {"rest": 29250}).set_index("step")
    assert steps["difference_pct"].round().tolist() == [5, 18, 48, 5, 24]
    # ln(5.609), ln(4.024), ln(3.041), ln(1.069) and ln(1.312) over ln(96.22) = 4.567.
    assert steps["factor_pct"].round().tolist() == [38, 30, 24, 1, 6]
