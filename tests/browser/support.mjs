// What both suites stand on: a site that can change between two requests, and a page at a given instant.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const script = readFileSync(join(repository, "themes/default/assets/script.js"));
const style = readFileSync(join(repository, "themes/default/assets/style.css"));

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** Serves on the loopback until closed: `site.page` for every page, or the files below `site.folder`. */
export class Site {
  /** HTML that is served at every address without an ending. */
  page = "";
  /** A built site; takes the place of `page`. */
  folder;
  /** What pages are answered with. `undefined`: the connection breaks. `null`: no answer ever comes. */
  status = 200;
  /** Where pages have moved to. */
  moved;
  /** How often a page was asked for. */
  asked = 0;

  static async open() {
    const site = new Site();
    site.server = createServer((request, response) => site.answer(request, response));
    await new Promise((done) => site.server.listen(0, "127.0.0.1", done));
    site.origin = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, this.origin).pathname);
    const isPage = !extname(path) || path.endsWith(".html");
    if (isPage) this.asked++;
    if (isPage && this.status === undefined) return response.destroy();
    if (isPage && this.status === null) return;
    if (isPage && this.moved && path !== this.moved) {
      response.writeHead(301, { Location: this.moved });
      return response.end();
    }
    const body = this.body(path);
    const status = body === undefined ? 404 : isPage ? this.status : 200;
    const type = types[isPage ? ".html" : extname(path)] ?? "application/octet-stream";
    response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": policy, "Cache-Control": "max-age=600" });
    response.end(body ?? "");
  }

  body(path) {
    if (path === "/favicon.ico") return "";
    if (this.folder) {
      const name = normalize(path).replace(/\/$/, "/index.html");
      try {
        return readFileSync(join(this.folder, name));
      } catch {
        return undefined;
      }
    }
    if (path === "/script.js") return script;
    if (path === "/style.css") return style;
    return this.page;
  }
}

/** Debian's Chromium: nothing is downloaded for these tests. */
export function browse() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A tab whose clock stands at `at` until it is moved; with `timers` it stands for good, and timers run.
 *
 * `tab.faults` gathers what no page of a site may cause: errors, breaches of the policy, requests to others.
 */
export async function visit(browser, site, { at, path = "/", before, timers, ...options }) {
  const context = await browser.newContext({
    locale: "en-US",
    timezoneId: "Asia/Tokyo",
    // A smooth scroll takes time, and time stands.
    reducedMotion: "reduce",
    ...options,
  });
  const tab = await context.newPage();
  tab.faults = [];
  tab.on("pageerror", (error) => tab.faults.push(`error: ${error.message}`));
  tab.on("console", (line) => {
    // The browser itself notes each answer that is no success.
    const network = line.text().startsWith("Failed to load resource");
    if (line.type() === "error" && !network) tab.faults.push(`console: ${line.text()}`);
  });
  tab.on("request", (request) => {
    const url = new URL(request.url());
    if (site && url.origin !== site.origin) tab.faults.push(`request: ${url}`);
  });
  if (timers) {
    await tab.clock.setFixedTime(new Date(at));
  } else {
    // An installed clock runs until it is stopped, and can be stopped only ahead of where it is.
    await tab.clock.install({ time: Date.parse(at) - 3_600_000 });
    await tab.clock.pauseAt(new Date(at));
  }
  await tab.addInitScript(watch);
  if (before) await tab.addInitScript(before);
  await tab.goto(site ? site.origin + path : path);
  return tab;
}

/** Runs before any script of the page. */
function watch() {
  // Chance is the same in every run; a test that is about it sets another.
  Math.random = () => 0.5;
  window.breaches = [];
  addEventListener("securitypolicyviolation", (event) => window.breaches.push(`policy: ${event.violatedDirective}`));
  window.touched = [];
  addEventListener("DOMContentLoaded", () => {
    const names = { attributes: true, childList: true, characterData: true, subtree: true };
    new MutationObserver((list) => window.touched.push(...list.map((m) => m.target.id || m.target.nodeName))).observe(
      document,
      names,
    );
  });
  let pending = 0;
  const track = (promise) => {
    const done = () => pending--;
    pending++;
    promise.then(done, done);
    return promise;
  };
  const { fetch } = window;
  window.fetch = (...what) => track(fetch(...what));
  const { text } = Response.prototype;
  Response.prototype.text = function () {
    return track(text.call(this));
  };
  const { port1, port2 } = new MessageChannel();
  const task = () =>
    new Promise((done) => {
      port1.onmessage = done;
      port2.postMessage(0);
    });
  window.settled = async () => {
    do await task();
    while (pending);
  };
}

/** The names of nodes that were touched since the last call. */
export const touched = (tab) => tab.evaluate(() => window.touched.splice(0));

/** What went wrong in a tab; closes it. */
export async function leave(tab) {
  const breaches = await tab.evaluate(() => window.breaches ?? []).catch(() => []);
  await tab.context().close();
  return [...tab.faults, ...breaches];
}

/** What a reader sees, line by line. */
export async function lines(tab, selector = "body") {
  const text = await tab.locator(selector).first().innerText();
  return text.split(/[\n\t]+/).map((line) => line.trim()).filter(Boolean);
}

/** Moves the clock to an instant; timers that are due run on the way. */
export async function until(tab, instant) {
  const now = await tab.evaluate(() => Date.now());
  await tab.clock.runFor(new Date(instant) - now);
}

/** Moves the clock on in steps; what the page asks for on the way is answered before the next step. */
export async function pass(tab, milliseconds) {
  // Shorter than the page's patience with an answer.
  const step = Math.max(9_000, Math.ceil(milliseconds / 200));
  for (let left = milliseconds; left > 0; left -= step) {
    await tab.clock.runFor(Math.min(left, step));
    await tab.evaluate(() => window.settled());
  }
}

/** A phone in a pocket: timers sleep, the page is told when it is looked at again. */
export async function look(tab, visible, event = "visibilitychange") {
  await tab.evaluate(
    ([visible, event]) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => !visible });
      Object.defineProperty(document, "visibilityState", {
        configurable: true,
        get: () => (visible ? "visible" : "hidden"),
      });
      if (!event) return;
      const target = event === "visibilitychange" ? document : window;
      target.dispatchEvent(new Event(event, { bubbles: event === "visibilitychange" }));
    },
    [visible, event],
  );
}
