/* Follows a job: its stages as they come; when it ends, the page is loaded again with what came of it. */
(() => {
  "use strict";
  // One click is one draft; whoever comes back finds the button as it was.
  document.addEventListener("submit", ({ target }) => target.querySelectorAll("button").forEach((each) => { each.disabled = true; }));
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });

  const list = document.querySelector("[data-events]");
  if (!list) return;
  const seen = new Set([...list.children].map((item) => item.dataset.stage));
  const follow = () => {
    const source = new EventSource(list.dataset.events);
    source.addEventListener("stage", ({ lastEventId, data }) => {
      if (seen.has(lastEventId)) return;
      seen.add(lastEventId);
      const item = document.createElement("li");
      item.dataset.stage = lastEventId;
      item.textContent = data;
      list.append(item);
      const title = document.getElementById("progress");
      if (seen.size === 1) title.textContent = title.dataset.begun;
      document.getElementById("ahead")?.remove();
    });
    source.addEventListener("end", () => {
      source.close();
      location.reload();
    });
    // A browser tries again by itself unless the server answered with an error: while it restarts, a proxy does.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(follow, 3000);
    });
  };
  follow();
})();
