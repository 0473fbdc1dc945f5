// Loads the page again when the site has changed, and steps through time. Never published.
"use strict";
(() => {
  // Where time stands still, it does so for the script of the page, too.
  const at = Date.parse(document.documentElement.dataset.now);
  if (at) Date.now = () => at;
  const bar = document.getElementById("noroshi-preview");
  const shown = bar && bar.dataset.version;

  // One page waits for changes and tells the others: a browser opens six connections to a host, and a page that
  // waits keeps one for as long as it is open.
  const channel = new BroadcastChannel("noroshi-preview");
  let newest;
  const follow = (version) => {
    if (version !== shown) location.reload();
  };
  const wait = () => new Promise((done) => {
    const events = new EventSource("/~noroshi/events");
    events.onmessage = ({ data }) => {
      newest = data;
      channel.postMessage(data);
      follow(data);
    };
    addEventListener("pagehide", () => {
      events.close();
      done();
    });
  });
  channel.onmessage = ({ data }) => {
    if (data !== "newest?") follow(data);
    else if (newest) channel.postMessage(newest);
  };
  if (navigator.locks) {
    navigator.locks.request("noroshi-preview", wait);
    channel.postMessage("newest?");
  } else wait();
  // A page that the browser kept has missed what was told meanwhile.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });

  if (bar) {
    bar.addEventListener("click", (event) => {
      const step = event.target.dataset.step;
      if (step) fetch("/~noroshi/step/" + step, { method: "POST" });
    });
  }
})();
