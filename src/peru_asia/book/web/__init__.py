"""The Sphinx side: how Sphinx is run, which pages it writes, and what makes it quick."""
