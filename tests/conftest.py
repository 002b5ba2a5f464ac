"""Settings that all tests share."""

import pandas as pd
import pytest
from hypothesis import settings

from peru_asia import claims

# The same examples on every machine, however slow it is, and no files left behind.
settings.register_profile("book", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("book")


@pytest.fixture(scope="session")
def ledger() -> pd.DataFrame:
    """The ledger of all claims, made once; not to be changed."""
    return claims.ledger()
