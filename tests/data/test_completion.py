"""Names of tables are found without the book: they are shown, and complete while one types."""

import json
import subprocess
import sys

from IPython.lib.pretty import pretty

from peru_asia import data

TYPED = {
    'data.load("trade_by_partner_m': ["trade_by_partner_monthly"],
    "data.load('trade_by_partner_m": ["trade_by_partner_monthly"],
    'x = data.describe("partn': ["partners"],
    'data.span("trade_by_partner", "partn': ["partners"],
    'data.tables()["partn': ["partners"],
    'facts = book.facts("partn': ["partners"],
    'data.load("': sorted(data.tables()),
    'data.load("no_such_tab': [],
    'data.load("partners"': [],
    'print("partn': [],
}
COMPLETE = """
import json, sys
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("from peru_asia import book, data")
found = []
for shell.Completer.use_jedi in (True, False):
    for typed in json.loads(sys.argv[1]):
        with provisionalcompleter():
            found.append([each.text for each in shell.Completer.completions(typed, len(typed))])
print(json.dumps(found))
"""


def test_tables_complete_where_one_is_asked_for() -> None:
    run = subprocess.run(
        [sys.executable, "-c", COMPLETE, json.dumps(list(TYPED))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(run.stdout)
    tables = set(data.tables())
    for typed, offered in zip([*TYPED, *TYPED], found, strict=True):
        right = TYPED[typed]
        assert sorted(offered) == right if right else not tables.intersection(offered), typed


def test_without_a_shell_nothing_of_it_is_imported() -> None:
    code = "import sys\nfrom peru_asia import data\nassert 'IPython' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_tables_show_their_names_and_titles() -> None:
    tables = data.tables()
    lines = str(tables).splitlines()
    assert pretty(tables) == repr(tables) == str(tables)
    for line, (name, table) in zip(lines, tables.items(), strict=True):
        assert line.split(maxsplit=1) == [name, table.title]
    assert tables["partners"].columns[0] == "partner"
