/* Makes each static chart interactive when it comes into view. A chart on the page is
     <div class="chart" data-chart="ID" role="img" aria-label="…"> static SVG(s) </div>
   The static chart stays in the document: for printing, and where anything fails. */
(() => {
  "use strict";
  const phone = matchMedia("(max-width: 639.98px)");
  const scripts = new Map();

  const load = (source) => {
    if (!scripts.has(source)) {
      scripts.set(source, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = source;
        script.onload = resolve;
        script.onerror = () => reject(new Error(source));
        document.head.append(script);
      }));
    }
    return scripts.get(source);
  };

  // The figure is laid out for one width; like the static chart it is scaled to the room there is.
  const fit = (box) => {
    const live = box.querySelector(":scope > .live");
    if (!live || !box.clientWidth) return;
    const scale = box.clientWidth / live.clientWidth;
    live.style.transform = `scale(${scale})`;
    live.style.marginBottom = `${live.clientHeight * (scale - 1)}px`;
  };

  const draw = async (box) => {
    const id = box.dataset.chart;
    await Promise.all([load("assets/plotly.min.js"), load(`charts/${id}.js`)]);
    const figure = window.reportgenCharts[id][phone.matches ? "narrow" : "wide"];
    const live = document.createElement("div");
    live.className = "live";
    live.style.width = `${figure.layout.width}px`;
    live.style.height = `${figure.layout.height}px`;
    const old = box.querySelector(":scope > .live");
    if (old) {
      Plotly.purge(old);
      old.remove();
    }
    box.append(live);
    try {
      await Plotly.newPlot(live, structuredClone(figure.data), structuredClone(figure.layout), { displayModeBar: false });
      box.classList.add("drawn");
      fit(box);
    } catch (error) {
      box.classList.remove("drawn");
      live.remove();
      throw error;
    }
  };

  const upgrade = (box) => draw(box).catch(() => {}); // the static chart stays

  const start = () => {
    const boxes = [...document.querySelectorAll(".chart[data-chart]")];
    const seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        upgrade(target);
      }
    }, { rootMargin: "100px" });
    const sized = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));
    boxes.forEach((box) => { seen.observe(box); sized.observe(box); });
    phone.addEventListener("change", () => boxes.filter((box) => box.matches(".drawn")).forEach(upgrade));
  };

  if ("IntersectionObserver" in window) start();
})();
