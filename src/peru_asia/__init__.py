"""Helpers and build of the executable book *Peru Looks Across the Pacific*.

The rooms of the house, each importing only from those below it:

``book``
    All that knows Jupyter Book: figures, numbers, tables, the Sphinx extension, PDF, build.
``claims``
    What the sources said against what the tables say.
``charts``
    Tables in, Altair charts out.
``indicators``
    Pure functions on tidy tables.
``data``
    The data package as typed tables, and its checks.
``lazy``, ``paths``
    How a package imports its modules when they are used; where things are.
"""

__version__ = "2026.11.0"
