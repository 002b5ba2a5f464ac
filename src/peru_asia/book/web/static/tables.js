// Long tables of the book can be searched, narrowed by columns that the chapter chose, and sorted by
// a click on a heading.
(() => {
  "use strict";
  const LONG = 25; // rows from which it helps

  for (const table of document.querySelectorAll("table.book-table")) {
    const body = table.tBodies[0];
    if (!table.caption || !body || body.rows.length < LONG) continue;
    const rows = [...body.rows];

    const label = document.createElement("label");
    label.className = "table-search";
    const input = Object.assign(document.createElement("input"), { type: "search" });
    const count = document.createElement("span");
    count.setAttribute("role", "status");
    label.append("Search this table ", input);
    const choices = [...table.tHead.rows[0].cells].flatMap((head, column) => {
      if (!head.classList.contains("filter")) return [];
      const cell = (row) => row.cells[column].textContent.trim();
      const choice = document.createElement("select");
      choice.setAttribute("aria-label", head.textContent.trim());
      choice.add(new Option("all", ""));
      for (const value of [...new Set(rows.map(cell))].sort()) choice.add(new Option(value));
      const named = document.createElement("label");
      named.className = "table-search";
      named.append(`${head.textContent.trim()} `, choice);
      return [{ cell, choice, named }];
    });
    const tools = document.createElement("div");
    tools.className = "table-tools";
    tools.append(label, ...choices.map(({ named }) => named), count);
    (table.closest(".pst-scrollable-table-container") ?? table).before(tools);
    const narrow = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden =
          !words.every((word) => text.includes(word)) ||
          choices.some(({ cell, choice }) => choice.value && cell(row) !== choice.value);
        left += !row.hidden;
      }
      const asked = words.length || choices.some(({ choice }) => choice.value);
      count.textContent = asked ? `${left} of ${rows.length} rows` : "";
    };
    for (const tool of [input, ...choices.map(({ choice }) => choice)]) {
      tool.addEventListener("input", narrow);
    }

    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "table-sort";
      button.append(...(head.querySelector("p") ?? head).childNodes);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[column].textContent.trim();
        const order = new Intl.Collator("en", { numeric: true }).compare;
        const plain = (text) => Number(text.replaceAll(",", "").replace("\u2212", "-"));
        body.append(
          ...[...body.rows].sort((a, b) => {
            const [x, y] = [key(a), key(b)];
            const numbers = x && y && !Number.isNaN(plain(x)) && !Number.isNaN(plain(y));
            return (numbers ? plain(x) - plain(y) : order(x, y)) * (down ? -1 : 1);
          }),
        );
      });
    });
  }
})();
