/* Follows a job: its stages as they come; when it ends, the page is loaded again with what came of it. */
(() => {
  "use strict";
  const list = document.querySelector("[data-events]");
  if (!list) return;
  const source = new EventSource(list.dataset.events);
  const seen = new Set([...list.children].map((item) => item.dataset.stage));
  source.addEventListener("stage", ({ lastEventId, data }) => {
    if (seen.has(lastEventId)) return;
    seen.add(lastEventId);
    const item = document.createElement("li");
    item.dataset.stage = lastEventId;
    item.textContent = data;
    list.append(item);
  });
  source.addEventListener("end", () => {
    source.close();
    location.reload();
  });
})();
