// Makes the static pictures of figures live when they come near the viewport.
// Nothing is fetched from elsewhere: Vega stands beside this file.
(() => {
  "use strict";
  const home = document.currentScript.src.replace(/figures\.js.*$/, "");
  let vega;

  function loadVega() {
    vega ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = home + "vega-bundle.js";
      script.onload = () => resolve(window.vegaEmbed);
      script.onerror = () => reject(new Error("vega-bundle.js did not load"));
      document.head.append(script);
    });
    return vega;
  }

  const specOf = (figure) => JSON.parse(figure.querySelector("script").textContent);

  async function upgrade(figure) {
    const view = figure.querySelector(".lf-view");
    const spec = specOf(figure);
    const picture = [...view.querySelectorAll(".lf-static")].find((s) => s.offsetWidth > 0);
    const live = document.createElement("div");
    live.className = "lf-live";
    view.append(live);
    const fits = figure.classList.contains("lf-fits");
    if (fits) {
      // The live view takes the place of the picture to the pixel: nothing on the page moves.
      spec.width = Math.floor(view.clientWidth);
      spec.height = Math.round(picture.getBoundingClientRect().height);
    }
    const embed = await loadVega();
    await Promise.all(["400", "600"].map((w) => document.fonts.load(`${w} 13px "Source Sans 3"`)));
    const result = await embed(live, spec, {
      mode: "vega-lite",
      renderer: "svg",
      actions: false,
      bind: figure.querySelector(".lf-controls"),
      tooltip: { theme: "book" },
    });
    label(figure);
    const svg = live.querySelector("svg");
    svg?.setAttribute("aria-hidden", "true");
    addTools(figure, result.view, spec);
    figure.classList.add("lf-ready");
    figure.dataset.state = "live";
    if (fits) {
      // Vega's own "container" width listens to the window; the column also changes with the sidebar.
      new ResizeObserver(() => {
        result.view.width(Math.floor(view.clientWidth)).runAsync();
      }).observe(view);
    }
  }

  // Controls that Vega makes carry their name as loose text; bind it to the input.
  function label(figure) {
    for (const input of figure.querySelectorAll(".lf-controls select, .lf-controls input")) {
      const name = input.closest(".vega-bind")?.querySelector(".vega-bind-name")?.textContent;
      if (name) input.setAttribute("aria-label", name.trim());
    }
  }

  function addTools(figure, view, spec) {
    const tools = figure.querySelector(".lf-tools");
    const png = document.createElement("button");
    png.type = "button";
    png.className = "lf-link";
    png.textContent = "Picture (PNG)";
    png.addEventListener("click", async () => {
      const link = document.createElement("a");
      link.href = await view.toImageURL("png", 2);
      link.download = `${figure.dataset.name}.png`;
      link.click();
    });
    tools.append(png, dataTable(spec));
  }

  function dataTable(spec) {
    const sets = Object.values(spec.datasets ?? {});
    const rows = sets.sort((a, b) => size(b) - size(a))[0] ?? spec.data?.values ?? [];
    const columns = Object.keys(rows[0] ?? {}).filter((name) => !name.startsWith("_"));
    const details = document.createElement("details");
    details.className = "lf-data";
    details.innerHTML = "<summary>View data</summary>";
    details.addEventListener("toggle", () => {
      if (details.querySelector("table")) return;
      const box = document.createElement("div");
      box.className = "lf-scroll";
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", "Data of this figure");
      const table = document.createElement("table");
      const head = table.createTHead().insertRow();
      for (const name of columns) {
        const cell = document.createElement("th");
        cell.scope = "col";
        cell.textContent = name;
        head.append(cell);
      }
      const body = table.createTBody();
      for (const row of rows) {
        const line = body.insertRow();
        for (const name of columns) line.insertCell().textContent = row[name] ?? "";
      }
      box.append(table);
      details.append(box);
    });
    return details;
  }

  const size = (rows) => rows.length * Object.keys(rows[0] ?? {}).length;

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        near.unobserve(entry.target);
        upgrade(entry.target).catch((error) => {
          // The picture stays; say why it is not live.
          entry.target.dataset.state = "static";
          console.error(`${entry.target.dataset.name}: ${error.message}`);
        });
      }
    },
    { rootMargin: "400px 0px" },
  );
  for (const figure of document.querySelectorAll(".live-figure")) near.observe(figure);
})();
