"""The date that the PDF bears."""

import pytest

from peru_asia.book.print import pdf


def test_the_date_is_the_month_of_the_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(pdf, "__version__", "2026.11.3")
    assert f"{pdf._published():%Y-%m-%d %H:%M}" == "2026-11-01 00:00"


def test_a_date_that_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert pdf._published().timestamp() == 86400
