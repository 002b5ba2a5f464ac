"""Static files of the web book: fonts, icons, the Vega bundle, style sheet and script."""

import re
import shutil
from pathlib import Path
from urllib.parse import quote

import vl_convert

from peru_asia import files, paths
from peru_asia.charts import look
from peru_asia.errors import BookError

_ICON_SCRIPT = "scripts/fontawesome.js"
_ICONS = (  # of the theme's, those that the pages show
    "fa-angle-left", "fa-angle-right", "fa-arrow-up", "fa-bars", "fa-circle-half-stroke",
    "fa-list", "fa-magnifying-glass", "fa-moon", "fa-sun",
)  # fmt: skip


def write(folder: Path) -> None:
    """Write every static file of the book into `folder`, where those of the theme are already."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(paths.STATIC, folder, ignore=files.left_by_editors, dirs_exist_ok=True)
    css = (paths.STATIC / "book.css").read_text("utf-8")
    drawn = _icon_rules((folder / _ICON_SCRIPT).read_text("utf-8"))
    (folder / "book.css").write_text(css + drawn + _dark_colours(), "utf-8")
    # Vega, Vega-Lite and vega-embed from the wheel that draws the static pictures too. Wrapped,
    # because its top-level names collide with those of Sphinx's own scripts.
    # Without a snippet it is all of vega-embed, which the types of the wheel do not know.
    bundle = vl_convert.javascript_bundle(vl_version="6.4")  # ty: ignore[missing-argument]
    (folder / "vega-bundle.js").write_text(f"(()=>{{{bundle}}})();\n", "utf-8")


def without_icon_script(page: str) -> str:
    """Return a page's HTML without the theme's icon script, which style rules replace.

    Raises
    ------
    BookError : if the page shows an icon that the style sheet does not draw
    """
    for icon in set(re.findall(r"fa-solid (fa-[a-z-]+)", page)) - set(_ICONS):
        raise BookError(f"a page shows the icon {icon}; add it to _ICONS in book/web/assets.py")
    return re.sub(rf"\s*<script[^>]*{re.escape(_ICON_SCRIPT)}[^>]*></script>", "", page)


def _icon_rules(script: str) -> str:
    """Return style rules that draw the icons in use with their outlines in the theme's script."""
    # That is half a megabyte and holds two thousand.
    rules = [
        "\n/* Icons: Font Awesome Free, CC BY 4.0. */",
        '.fa-solid::before{content:"";display:inline-block;width:1em;height:1em;'
        "vertical-align:-.125em;background:currentcolor;mask:var(--icon) center/contain no-repeat}",
    ]
    for icon in sorted(_ICONS):
        outline = r':\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","(M[^"]+)"\]'
        outlines = re.findall(rf'"?\b{icon.removeprefix("fa-")}"?{outline}', script)
        if not outlines:
            raise BookError(f"the theme's icon script holds no outline of {icon}")
        width, height, path = outlines[-1]  # brands and outlined icons come before the solid ones
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        svg = f'{head}<path d="{path}"/></svg>'
        rules.append(f'.{icon}{{--icon:url("data:image/svg+xml,{quote(svg)}")}}')
    return "\n".join(rules) + "\n"


def _dark_colours() -> str:
    """Return style rules that re-colour every drawing on a dark page."""
    from peru_asia.charts import palette  # brings Altair, which most builds can do without

    drawing = 'html[data-theme="dark"] :is(.lf-view, .finding-picture)'
    rules = [
        f'{drawing} [{what}="{light}"]{{{what}:{dark}}}'
        for light, dark in (look.DARK | palette.DARK).items()
        for what in ("fill", "stroke")
    ]
    head = "\n/* From charts/base/look.py: what each colour becomes on a dark page. */\n"
    return head + "\n".join(rules)
