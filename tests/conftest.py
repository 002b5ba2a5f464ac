"""Settings that all tests share."""

from hypothesis import settings

# The same examples on every machine, however slow it is, and no files left behind.
settings.register_profile("book", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("book")
