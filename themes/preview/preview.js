// Loads the page again when the site has changed, and steps through time. Never published.
"use strict";
(() => {
  // Where time stands still, it does so for the script of the page, too.
  const at = Date.parse(document.documentElement.dataset.now);
  if (at) Date.now = () => at;
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
