// Loads the page again when the site has changed, and steps through time. Never published.
"use strict";
(() => {
  const bar = document.getElementById("noroshi-preview");
  const shown = bar && bar.dataset.version;
  const events = new EventSource("/~noroshi/events");
  events.onmessage = (event) => {
    if (event.data !== shown) location.reload();
  };
  addEventListener("pagehide", () => events.close());
  if (bar) {
    bar.addEventListener("click", (event) => {
      const step = event.target.dataset.step;
      if (step) fetch("/~noroshi/step/" + step, { method: "POST" });
    });
  }
})();
