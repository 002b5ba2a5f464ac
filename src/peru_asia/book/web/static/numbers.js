// Shows where a number comes from to whoever points at it, taps it or reaches it with the keyboard.
(() => {
  "use strict";
  const numbers = document.querySelectorAll(".traced");
  if (!numbers.length) return;

  const box = document.createElement("div");
  box.id = "number-origin";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  document.body.append(box);
  let shown;
  let leaving;

  const element = (name, text, attributes = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...attributes });

  function show(number) {
    clearTimeout(leaving);
    if (shown === number) return;
    hide();
    shown = number;
    const { words, expression, tables } = JSON.parse(number.dataset.origin);
    if (words) box.append(element("p", words, { className: "words" }));
    const from = element("p", "From ");
    tables.forEach((table, index) => {
      if (index) from.append(", ");
      from.append(element("a", table.name, { href: table.href }), ` (edition ${table.edition})`);
    });
    if (tables.length) box.append(from);
    if (expression) box.append(element("code", expression));
    if (!box.childNodes.length) return;
    box.hidden = false;
    number.setAttribute("aria-describedby", box.id);
    const at = number.getBoundingClientRect();
    const room = document.documentElement.clientWidth - box.offsetWidth - 8;
    box.style.left = `${window.scrollX + Math.max(8, Math.min(at.left, room))}px`;
    box.style.top = `${window.scrollY + at.bottom + 6}px`;
  }

  function hide() {
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
    box.hidden = true;
    box.replaceChildren();
  }

  // The pointer needs a moment to travel from the number to the link in the box.
  const leave = () => (leaving = setTimeout(hide, 250));

  for (const number of numbers) {
    number.addEventListener("pointerenter", () => show(number));
    number.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && leave());
    number.addEventListener("focus", () => show(number));
    number.addEventListener("blur", leave);
    number.addEventListener("click", () => show(number));
  }
  box.addEventListener("pointerenter", () => clearTimeout(leaving));
  box.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".traced, #number-origin")) hide();
  });
})();
