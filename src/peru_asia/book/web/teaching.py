"""What the teaching part prints of all chapters."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from peru_asia import paths, uses
from peru_asia.book.text import anatomy, chapters


class ObjectivesByChapter(SphinxDirective):
    """``{objectives-by-chapter}``: question, objectives and minutes of each chapter."""

    def run(self) -> list[nodes.Node]:
        """Return the table, written from the chapters themselves."""
        lines = [
            "```{list-table} Question, objectives and minutes of each chapter",
            ":name: tab-objectives",
            ":class: book-table cards",
            ":header-rows: 1",
            ":widths: 22 28 42 8",
            "",
            "* - Chapter\n  - Question\n  - Objectives\n  - Minutes",
        ]
        uses.note_file(paths.TOC)
        for path in chapters.numbered():
            chapter = anatomy.read(path)
            uses.note(f"anatomy:{path.relative_to(paths.ROOT)}")
            objectives = "\n    ".join(f"- {objective}" for objective in chapter.objectives)
            lines.append(
                f"* - {{doc}}`/{paths.relative(path.with_suffix(''))}`\n  - {chapter.question}\n"
                f"  - {objectives}\n  - {chapter.minutes}"
            )
        return self.parse_text_to_nodes("\n".join([*lines, "```"]))
