"""Run the code cells of chapters as a notebook would, without what builds the book.

``python run_cells.py NOTEBOOK…``: each with names of its own, shown as a notebook shows it.
"""

import ast
import json
import linecache
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

shown: set[type] = set()


def run(code: str, name: str, names: dict) -> None:
    code = re.sub(r"^( *)%.*$", r"\1pass", code, flags=re.M)  # what only IPython understands
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), names)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), name, "eval"), names)
        if type(value) not in shown:  # the others of its kind are shown in the same way
            shown.add(type(value))
            bundle = getattr(value, "_repr_mimebundle_", dict)()
            assert isinstance(bundle.get("text/html", "") or repr(value), str)


if __name__ == "__main__":
    for path in sys.argv[1:]:
        notebook, names = json.loads(Path(path).read_text("utf-8")), {"__name__": "__main__"}
        for number, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] == "code":
                with redirect_stdout(sys.stderr):  # what a cell prints is for its reader
                    run("".join(cell["source"]), f"<{Path(path).name}, cell {number}>", names)
        facts = names.get("facts", {})
        printed = {name: str(facts[name]) for name in getattr(facts, "_added", ())}
        print(json.dumps({Path(path).stem: printed}), flush=True)
