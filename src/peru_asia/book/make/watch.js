// Lets a page follow what its writer saves; in no built book, only `peru-asia watch` sends it.
(() => {
  const mine = `"${document.currentScript.dataset.page}"`;
  const kept = `watch:${location.pathname}`;
  const folds = () => [...document.querySelectorAll("main details:not(.lf-data), main .toggle-button")];
  const isOpen = (fold) => fold.open ?? fold.getAttribute("aria-expanded") === "true";

  const box = document.createElement("div");
  box.id = "watch";
  box.innerHTML = `<style>
    #watch { position: fixed; inset: auto 0 0; z-index: 2000; pointer-events: none;
      font: 1rem/1.4 system-ui, sans-serif; color: var(--pst-color-text-base, CanvasText); }
    #watch > * { background: var(--pst-color-surface, Canvas); pointer-events: auto; }
    #watch p { width: fit-content; margin: 0 0 0 auto; padding: 0.2rem 0.8rem; font-size: 0.85rem; }
    #watch p:empty, #watch [role=alert]:empty { display: none; }
    #watch [role=alert] { border-top: 4px solid #c0392b; }
    #watch summary { padding: 0.5rem 1rem; font-weight: 600; cursor: pointer; }
    #watch pre { max-height: 45vh; margin: 0; padding: 0.5rem 1rem 1rem; overflow: auto; border: 0;
      background: none; color: inherit; font-size: 0.9rem; white-space: pre-wrap; }
    html:has(#watch details[open]) body { padding-bottom: 50vh; }
    @media print { #watch { display: none; } }
  </style><p role="status"></p><div role="alert"></div>`;
  document.body.append(box);
  const [mark, alert] = box.querySelectorAll("[role]");

  function say(error) {
    if (error === (alert.querySelector("pre")?.textContent ?? "")) return;
    alert.innerHTML = error && `<details open>
      <summary>The book does not build; you see the last one that did.</summary>
      <pre tabindex="0" role="region" aria-label="What is wrong"></pre></details>`;
    if (error) alert.querySelector("pre").textContent = error;
  }

  async function catchUp() {
    const page = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    if (page.headers.get("ETag") === mine) return;
    sessionStorage.setItem(kept, JSON.stringify({ top: scrollY, open: folds().map(isOpen) }));
    location.reload();
  }

  function connect() {
    const socket = new WebSocket(`ws://${location.host}/_watch`);
    socket.onmessage = ({ data }) => {
      const { building, error } = JSON.parse(data);
      mark.textContent = building ? "Building …" : "";
      say(error);
      if (!building && !error) catchUp();
    };
    socket.onclose = () => {
      mark.textContent = "Not watched any more";
      setTimeout(connect, 1000);
    };
  }

  // The last to be called: whatever makes folds has made them.
  document.addEventListener("DOMContentLoaded", () => {
    const { top, open } = JSON.parse(sessionStorage.getItem(kept) ?? "{}");
    sessionStorage.removeItem(kept);
    folds().forEach((fold, n) => {
      if (open && open[n] === !isOpen(fold)) (fold.querySelector("summary") ?? fold).click();
    });
    if (top !== undefined) scrollTo({ top, behavior: "instant" });
    connect();
  });
})();
