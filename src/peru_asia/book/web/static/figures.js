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

  const figures = [...document.querySelectorAll(".live-figure")];
  const written = (figure) => JSON.parse(figure.querySelector("script").textContent);
  let shared;

  // Rows that several figures draw stand with the first of them.
  function specOf(figure) {
    const spec = written(figure);
    shared ??= Object.assign({}, ...figures.map((other) => written(other).datasets));
    const text = JSON.stringify({ ...spec, datasets: undefined });
    const used = Object.entries(shared).filter(([name]) => text.includes(JSON.stringify(name)));
    return { ...spec, datasets: { ...spec.datasets, ...Object.fromEntries(used) } };
  }

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
    await Promise.all(["400", "600"].map((w) => document.fonts.load(`${w} 13px "Book Sans"`)));
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
    keepTooltipAfterTap(live);
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

  // A finger that leaves the screen counts as a pointer that leaves the mark, and Vega would hide
  // the tooltip of a tap at once. Bring it back until the next touch elsewhere.
  function keepTooltipAfterTap(live) {
    let tapped;
    const tell = (kind, event) =>
      tapped.dispatchEvent(
        new PointerEvent(kind, { bubbles: true, clientX: event.clientX, clientY: event.clientY }),
      );
    live.addEventListener("pointerup", (event) => {
      if (event.pointerType !== "touch") return;
      tapped = event.target;
      setTimeout(() => ["pointerover", "pointermove"].forEach((kind) => tell(kind, event)), 50);
    });
    document.addEventListener("pointerdown", (event) => {
      if (tapped && !live.contains(event.target)) tell("pointerout", event);
    });
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
      link.href = picture(await view.toCanvas(2), spec.usermeta.credit).toDataURL("image/png");
      link.download = `${figure.dataset.name}.png`;
      link.click();
    });
    tools.append(png, dataTable(spec));
  }

  // The drawing on white, with the credit below it, at twice the size of the screen.
  function picture(drawing, credit) {
    const [size, step, edge] = [22, 28, 8];
    const font = `${size}px "Book Sans", sans-serif`;
    const measure = document.createElement("canvas").getContext("2d");
    measure.font = font;
    const lines = [];
    for (const text of credit) {
      let line = "";
      for (const word of text.split(" ")) {
        const longer = line ? `${line} ${word}` : word;
        if (line && measure.measureText(longer).width > drawing.width - 2 * edge) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      lines.push(line);
    }
    const sheet = document.createElement("canvas");
    sheet.width = drawing.width;
    sheet.height = drawing.height + step * (lines.length + 1);
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(drawing, 0, 0);
    pen.font = font;
    pen.fillStyle = "#5b6772";
    lines.forEach((line, n) => pen.fillText(line, edge, drawing.height + step * (n + 1)));
    return sheet;
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
  figures.forEach((figure) => near.observe(figure));
})();
