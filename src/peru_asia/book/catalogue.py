"""The data catalogue: what the descriptor says of a table, as a section of MyST text."""

from peru_asia import data
from peru_asia.data import Table


def entry(table: Table) -> str:
    """Return what follows the heading of a table's section, as MyST text."""
    resource = table.resource
    rows = len(data.load(table.name))
    sources = "; ".join(f"{{cite:t}}`{key}`" for key in table.sources)
    terms = "; ".join(
        f"[{licence['title']}]({licence['path']})" if licence.get("path") else licence["title"]
        for licence in table.licences
    )
    # A path in this role starts at the top of the repository if it begins with a slash.
    link = f"{{download}}`{table.name}.csv </data/{resource['path']}>`"
    fields = "\n".join(
        f"* - `{field['name']}`\n  - {field['type']}\n  - {field['unit']}\n"
        f"  - {field['description']}{_constraints(field)}"
        for field in table.fields
    )
    return f"""
`{table.name}` · {rows:,} rows · covers {resource["coverage"]} · edition {table.vintage} · {link}

{resource["description"]}

Sources
: {sources}

Licence and terms
: {terms}

Gaps
: {resource["gaps"]}

How compiled
: {resource["compiled"]}

```{{list-table}}
:header-rows: 1
:widths: 20 12 12 56

* - Field
  - Type
  - Unit
  - Description
{fields}
```
"""


def _constraints(field: dict) -> str:
    """Say which values a field may take, where they are a closed list."""
    choices = field.get("constraints", {}).get("enum")
    return " One of " + ", ".join(f"`{choice}`" for choice in choices) + "." if choices else ""
