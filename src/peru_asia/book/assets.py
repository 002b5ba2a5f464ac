"""Static files of the web book: fonts, the Vega bundle, style sheet and script."""

import shutil
from pathlib import Path

import vl_convert

from peru_asia import paths
from peru_asia.charts import theme


def write(folder: Path) -> None:
    """Write every static file of the book into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(paths.STATIC, folder, dirs_exist_ok=True)
    css = (paths.STATIC / "book.css").read_text("utf-8")
    (folder / "book.css").write_text(css + dark_colours(), "utf-8")
    # Vega, Vega-Lite and vega-embed from the wheel that draws the static pictures too. Wrapped,
    # because its top-level names collide with those of Sphinx's own scripts.
    bundle = vl_convert.javascript_bundle(vl_version="6.4")
    (folder / "vega-bundle.js").write_text(f"(()=>{{{bundle}}})();\n", "utf-8")


def dark_colours() -> str:
    """Return style rules that re-colour every drawing on a dark page."""
    rules = [
        f'html[data-theme="dark"] .lf-view [{what}="{light}"]{{{what}:{dark}}}'
        for light, dark in theme.DARK.items()
        for what in ("fill", "stroke")
    ]
    return "\n/* From charts/theme.py: what each colour becomes on a dark page. */\n" + "\n".join(
        rules
    )
