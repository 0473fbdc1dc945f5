// What themes/default/assets/banner.js does as a guest on the pages of others.
//
// Two servers: `shop` is the page that shows the banner, `status` the site that it comes from.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { browse, leave, lines, look, until, visit } from "./support.mjs";

const source = readFileSync(new URL("../../themes/default/assets/banner.js", import.meta.url), "utf8");
const TOKEN = "/*DATA*/ null /*DATA*/";
const published = (data) => source.replace(TOKEN, () => JSON.stringify(data));

const START = "2026-11-24T02:00:00Z";
const at = (offset) => new Date(Date.parse(START) + offset).toISOString();
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let browser;
let shop;
let status;
/** Tabs of the running test; each is left without a fault. */
let tabs;

/** Serves `answer(path)` on the loopback: `{body, type, status, headers}`, nothing for 404, `null` for no answer ever. */
async function serve() {
  const site = { asked: [], answer: () => undefined };
  const server = createServer((request, response) => {
    const path = new URL(request.url, site.origin).pathname;
    site.asked.push({ path, headers: request.headers });
    const found = site.answer(path);
    if (found === null) return;
    const { body = "", type = "text/html; charset=utf-8", status = 200, headers = {} } = found ?? { status: 404 };
    response.writeHead(status, { "Content-Type": type, ...headers });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  site.origin = `http://127.0.0.1:${server.address().port}`;
  site.close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  /** How often a path was asked for. */
  site.times = (path) => site.asked.filter((a) => a.path === path).length;
  return site;
}

before(async () => {
  browser = await browse();
});

after(async () => {
  await browser.close();
});

// Servers of its own for each test: what a tab asked for last may still be on its way when it is closed.
beforeEach(async () => {
  tabs = [];
  shop = await serve();
  status = await serve();
});

afterEach(async () => {
  const faults = await Promise.all(tabs.map(leave));
  await Promise.all([shop.close(), status.close()]);
  assert.deepEqual(faults.flat(), []);
});

const incident = (more = {}) => ({
  id: "urn:uuid:1",
  kind: "incident",
  entry: "btc-stops",
  title: "Bitcoin deposits are late",
  message: "We are looking for the cause.",
  tone: "partial",
  components: ["btc.deposit"],
  when: null,
  start: at(-HOUR),
  end: null,
  updated_at: at(-MINUTE),
  url: `${status.origin}/en/incidents/btc-stops/`,
  until: null,
  states: [{ at: null, until: null, state: "investigating", label: "Investigating" }],
  ...more,
});

const maintenance = (more = {}) =>
  incident({
    id: "urn:uuid:2",
    kind: "maintenance",
    title: "Work on the API",
    message: "The API stops.",
    tone: "maintenance",
    components: ["api"],
    when: "Nov 24, 15:00–16:00 JST",
    start: at(4 * HOUR),
    end: at(5 * HOUR),
    until: at(6 * HOUR),
    states: [
      { at: null, until: at(4 * HOUR), state: "scheduled", label: "Scheduled" },
      { at: at(4 * HOUR), until: at(5 * HOUR), state: "in_progress", label: "In progress" },
      { at: at(5 * HOUR), until: null, state: "verifying", label: "Being confirmed" },
    ],
    ...more,
  });

const banner = (items, more = {}) => ({
  version: 1,
  title: "Hoshi status",
  url: `${status.origin}/en/`,
  json: `${status.origin}/en/embed/banner.json`,
  lang: "en",
  dir: "ltr",
  effective: at(-MINUTE),
  next_change: null,
  status: "partial_outage",
  words: { region: "Status of Hoshi", close: "Close", more: "{n} more" },
  items,
  ...more,
});

const japanese = (items) =>
  banner(items, {
    title: "星取引所 稼働状況",
    url: `${status.origin}/`,
    json: `${status.origin}/embed/banner.json`,
    lang: "ja",
    words: { region: "星取引所の稼働状況", close: "閉じる", more: "ほか{n}件" },
  });

/** The first locale is English here, so that most tests need no attribute. */
const data = (...items) => ({ locales: ["en", "ja"], en: banner(items), ja: japanese(items) });

/** What a page that allows as little as possible sends. */
const strict = () =>
  `default-src 'none'; script-src ${status.origin}; connect-src ${status.origin}; require-trusted-types-for 'script'`;

/**
 * Opens a page of the shop. `news`: what banner.json answers, by default what is baked in.
 *
 * `scripts` is how many times the script stands there, `head` whether before the body and without `defer`.
 */
async function open(baked, options = {}) {
  const { attributes = "", policy = strict(), body = "<p>Our wares</p>", style = "", scripts = 1, head, ...rest } = options;
  const defer = head ? "" : "defer";
  const line = `<script src="${status.origin}/embed/banner.js" ${defer} ${attributes}></script>`.repeat(scripts);
  shop.asked = [];
  status.asked = [];
  shop.answer = (path) => ({
    headers: policy ? { "Content-Security-Policy": policy } : {},
    body: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title>
${style && `<style>${style}</style>`}${path === "/without" ? "" : line}</head><body>${body}</body></html>`,
  });
  const json = (of) => () => of && { body: JSON.stringify(of), ...cross };
  status.answer = (path) => status.files[path]?.();
  status.files = {
    "/embed/banner.js": () => ({ body: options.script ?? published(baked), ...javascript }),
    "/embed/banner.json": json(baked?.ja),
    "/en/embed/banner.json": json(baked?.en),
    "/en/incidents/btc-stops/": () => ({ body: "<!DOCTYPE html><title>Entry</title>" }),
  };
  // What `settled` waits for includes the reading of an answer.
  const before = `Response.prototype.json = function () { return this.text().then(JSON.parse) };${rest.before ?? ""}`;
  const path = `${shop.origin}${options.path ?? "/"}`;
  const tab = await visit(browser, undefined, { at: START, ...rest, path, before: { content: before } });
  tabs.push(tab);
  return tab;
}

const javascript = {
  type: "text/javascript; charset=utf-8",
  headers: { "Access-Control-Allow-Origin": "*" },
};

const cross = {
  type: "application/json",
  headers: { "Access-Control-Allow-Origin": "*", "Set-Cookie": "tracked=1", "Cache-Control": "max-age=600" },
};

/** What banner.json answers from now on: an object, text, or a function for everything else. */
function answer(what, path = "/en/embed/banner.json") {
  const body = typeof what === "string" ? what : JSON.stringify(what);
  status.files[path] = typeof what === "function" ? what : () => ({ body, ...cross });
}

/** Moves the clock on; what was asked for on the way is answered. */
async function pass(tab, milliseconds) {
  await tab.clock.runFor(milliseconds);
  await tab.evaluate(() => window.settled());
}

const element = "noroshi-banner";
const titles = (tab) => tab.locator(`${element} li a`).allInnerTexts();
const labels = (tab) => tab.locator(`${element} li b`).allInnerTexts();
const shown = (tab) => tab.locator(element).count();
const close = (tab, title) => tab.getByRole("button", { name: `Close: ${title}` });
const said = (tab) => tab.locator(`${element} [role=status]`).textContent();

describe("the source", () => {
  it("has the place of the data exactly once, and is valid with null", async () => {
    assert.equal(source.split(TOKEN).length, 2);
    assert.equal(source.split("/*DATA*/").length, 3);
    const tab = await open(null, { script: source });
    assert.equal(await shown(tab), 0);
  });

  it("is read by browsers that know a shadow DOM and nothing newer", () => {
    // ES2018 and later: optional chaining, ??, object spread, a catch without a name, regular expressions with lookbehind.
    const code = source.replace(/^\s*\/\/.*$/gm, "");
    assert.doesNotMatch(code, /\?\.[a-z([]|\?\?|catch\s*\{|\{\s*\.\.\.|\(\?<|\bimport\b|\bawait\s+import/);
  });

  it("holds nothing that a policy forbids", () => {
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createElement\("style"\)/);
  });

  it("is at most 10,000 bytes, 4,200 in brotli", async () => {
    const { brotliCompressSync } = await import("node:zlib");
    assert.ok(Buffer.byteLength(source) <= 10_000, `${Buffer.byteLength(source)} bytes`);
    assert.ok(brotliCompressSync(source).length <= 4_200, `${brotliCompressSync(source).length} bytes in brotli`);
  });
});

describe("showing", () => {
  it("adds no element while there is nothing to say", async () => {
    const tab = await open(data());
    assert.equal(await shown(tab), 0);
    assert.deepEqual(await tab.evaluate(() => [...document.body.children].map((e) => e.localName)), ["p"]);
  });

  it("says state, title, time and newest words, first in the page, under a policy that forbids nearly all", async () => {
    const tab = await open(data(incident(), maintenance()));
    assert.deepEqual(await lines(tab, `${element} ul`), [
      "Investigating Bitcoin deposits are late",
      "We are looking for the cause.",
      "✕",
      "Scheduled Work on the API Nov 24, 15:00–16:00 JST",
      "The API stops.",
      "✕",
    ]);
    assert.equal(await tab.evaluate(() => document.body.firstElementChild.localName), element);
    assert.deepEqual(await tab.evaluate(() => window.breaches), []);
    const sheets = await tab.evaluate((e) => document.querySelector(e).shadowRoot.adoptedStyleSheets.length, element);
    assert.equal(sheets, 1);
  });

  it("waits for the body when it stands in the head without defer", async () => {
    // On the window, this is heard after what the document heard.
    const before = `addEventListener("DOMContentLoaded", () => (window.early = document.querySelector("${element}") !== null));`;
    const tab = await open(data(incident()), { head: true, before });
    assert.equal(await tab.evaluate(() => window.early), true);
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late"]);
    assert.equal(await tab.evaluate(() => document.body.firstElementChild.localName), element);
  });

  it("stands where data-target says, or on top when there is no such place", async () => {
    for (const [target, parent] of [
      ["#here", "here"],
      ["#nowhere", "body"],
      ["][", "body"],
      ["", "body"],
    ]) {
      const body = `<p>a</p><div id="here"><i>b</i></div>`;
      const tab = await open(data(incident()), { body, attributes: `data-target="${target}"` });
      const [found, first] = await tab.evaluate((e) => {
        const host = document.querySelector(e);
        return [host.parentNode.id || host.parentNode.localName, host.parentNode.firstElementChild === host];
      }, element);
      assert.deepEqual([found, first], [parent, true], target);
    }
  });

  it("stands on top with data-position=top", async () => {
    const tab = await open(data(incident()), { attributes: `data-position="top"` });
    assert.equal(await tab.evaluate(() => document.body.firstElementChild.localName), element);
  });

  it("stays in the flow: the page begins below it", async () => {
    const tab = await open(data(incident()), { viewport: { width: 320, height: 600 } });
    const band = await tab.locator(element).boundingBox();
    const words = await tab.getByText("Our wares").boundingBox();
    assert.ok(words.y >= band.y + band.height);
  });

  it("shows three at most, the first of the data first, and links to the rest", async () => {
    const five = [1, 2, 3, 4, 5].map((n) => incident({ id: `${n}`, title: `Fault ${n}` }));
    const tab = await open(data(...five));
    assert.deepEqual(await titles(tab), ["Fault 1", "Fault 2", "Fault 3"]);
    const more = tab.getByRole("link", { name: "2 more" });
    assert.equal(await more.getAttribute("href"), `${status.origin}/en/`);
    await close(tab, "Fault 2").click();
    assert.deepEqual(await titles(tab), ["Fault 1", "Fault 3", "Fault 4"]);
    await tab.getByRole("link", { name: "1 more" }).waitFor();
    await close(tab, "Fault 1").click();
    assert.equal(await tab.locator(".more").count(), 0);
  });

  it("comes back when the page throws its content away", async () => {
    const tab = await open(data(incident()));
    await tab.evaluate(() => document.body.replaceChildren());
    assert.equal(await shown(tab), 0);
    await pass(tab, MINUTE);
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late"]);
  });

  it("is shown once when it is loaded twice", async () => {
    const tab = await open(data(incident()), { scripts: 2 });
    assert.equal(await shown(tab), 1);
    await pass(tab, MINUTE);
    assert.equal(status.times("/en/embed/banner.json"), 1);
  });

  it("does not stand in the way of another status site's banner", async () => {
    const baked = data(incident());
    const tab = await open(baked);
    const other = published({ locales: ["en"], en: banner([incident({ title: "Another" })], { json: "" }) });
    status.files["/other.js"] = () => ({ body: other, ...javascript });
    await tab.evaluate((src) => {
      const policy = trustedTypes.createPolicy("test", { createScriptURL: (s) => s });
      const script = Object.assign(document.createElement("script"), { src: policy.createScriptURL(src) });
      document.head.append(script);
      return new Promise((done) => (script.onload = done));
    }, `${status.origin}/other.js`);
    assert.deepEqual(await titles(tab), ["Another", "Bitcoin deposits are late"]);
  });

  it("works as a module, with everything at its default", async () => {
    const tab = await open(data(incident(), maintenance()), { attributes: `type="module" data-components="api"` });
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late", "Work on the API"]);
  });
});

describe("a guest", () => {
  it("leaves no name on the window", async () => {
    const names = () => Reflect.ownKeys(window).map(String).sort();
    const without = await (await open(data(incident()), { path: "/without" })).evaluate(names);
    const tab = await open(data(incident()));
    assert.equal(await shown(tab), 1);
    assert.deepEqual(await tab.evaluate(names), without);
  });

  it("sets no cookie, sends none, says not where it stands, and asks nobody else", async () => {
    const tab = await open(data(incident()));
    const asked = [];
    tab.on("request", (request) => asked.push(request.url()));
    await tab.evaluate(() => (document.cookie = "session=secret"));
    await pass(tab, 3 * MINUTE);
    assert.deepEqual(new Set(asked), new Set([`${status.origin}/en/embed/banner.json`]));
    const { headers } = status.asked.find((a) => a.path.endsWith(".json"));
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.referer, undefined);
    assert.deepEqual((await tab.context().cookies()).map((c) => c.name), ["session"]);
    assert.deepEqual(await tab.evaluate(() => Object.keys(localStorage)), []);
  });

  it("works without leave to connect, with what is baked in", async () => {
    const policy = `default-src 'none'; script-src ${status.origin}; require-trusted-types-for 'script'`;
    const tab = await open(data(incident(), maintenance()), { policy });
    await pass(tab, 2 * MINUTE);
    await until(tab, at(4 * HOUR));
    assert.deepEqual(await labels(tab), ["Investigating", "In progress"]);
    const breaches = await tab.evaluate(() => window.breaches.splice(0));
    assert.deepEqual(new Set(breaches), new Set(["policy: connect-src"]));
    // The browser's own reports; an uncaught rejection would be an error.
    assert.ok(tab.faults.every((fault) => fault.startsWith("console: ")), tab.faults.join("\n"));
    tab.faults.length = 0;
  });

  const style = `* { display: none !important; color: red !important; font-size: 40px !important; animation: x 1s; }
html, head, body { display: block !important } head * { display: none !important }
p, b, div { position: fixed !important } noroshi-banner { opacity: 0 !important; margin: 99px !important; position: absolute !important }`;

  it("is not reached by the page's styles", async () => {
    const looks = (tab) =>
      tab.evaluate((e) => {
        const { shadowRoot } = document.querySelector(e);
        return [shadowRoot.host, ...shadowRoot.querySelectorAll("*")].map((e) => {
          const s = getComputedStyle(e);
          return [e.localName, s.display, s.color, s.fontSize, s.position, s.opacity, s.margin, s.animationName].join(" ");
        });
      }, element);
    const policy = `${strict()}; style-src 'unsafe-inline'`;
    const plain = await open(data(incident()), { policy, style: "body { display: block }" });
    const wild = await open(data(incident()), { policy, style });
    assert.deepEqual(await looks(wild), await looks(plain));
    assert.equal(await wild.getByRole("link", { name: "Bitcoin deposits are late" }).isVisible(), true);
  });

  it("does not reach the page with its own", async () => {
    const body = `<section><ul><li class="major"><b>a</b><a href="/x">b</a><button>c</button><span class="more said">d</span></ul></section>`;
    const looks = (tab) =>
      tab.evaluate(() => {
        const every = [...document.querySelectorAll("html, body, section, section *")];
        return every.map((e) => JSON.stringify(Object.fromEntries([...getComputedStyle(e)]
          .filter((name) => !/origin|inset|top|bottom/.test(name))
          .map((name) => [name, getComputedStyle(e)[name]]))));
      });
    const without = await looks(await open(data(incident()), { body, path: "/without" }));
    const withIt = await looks(await open(data(incident()), { body }));
    // The body is higher by the band, and that alone.
    const but = (list) => list.map((s) => s.replace(/"(height|block-size|perspective-[a-z]+)":"[^"]*"/g, ""));
    assert.deepEqual(but(withIt), but(without));
  });
});

describe("closing", () => {
  it("hides what was closed, also after a reload, until there is something new", async () => {
    const tab = await open(data(incident(), maintenance()));
    await close(tab, "Bitcoin deposits are late").click();
    assert.deepEqual(await titles(tab), ["Work on the API"]);
    await tab.reload();
    assert.deepEqual(await titles(tab), ["Work on the API"]);
    const next = incident({ id: "urn:uuid:1b", message: "We have found the cause." });
    answer(banner([next, maintenance()], { effective: START }));
    await pass(tab, MINUTE);
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late", "Work on the API"]);
  });

  it("takes the element away with the last", async () => {
    const tab = await open(data(incident()));
    await close(tab, "Bitcoin deposits are late").click();
    assert.equal(await shown(tab), 0);
    await pass(tab, 3 * MINUTE);
    assert.equal(await shown(tab), 0);
  });

  it("keeps the last fifty, as a list under one key", async () => {
    const tab = await open(data(incident()));
    await tab.evaluate(() => (localStorage["noroshi-banner"] = JSON.stringify(Array.from({ length: 60 }, (_, n) => `old ${n}`))));
    await close(tab, "Bitcoin deposits are late").click();
    const kept = await tab.evaluate(() => ({ ...localStorage }));
    assert.deepEqual(Object.keys(kept), ["noroshi-banner"]);
    const ids = JSON.parse(kept["noroshi-banner"]);
    assert.deepEqual([ids.length, ids[0], ids.at(-1)], [50, "old 11", "urn:uuid:1"]);
  });

  for (const [what, before] of [
    ["is forbidden", `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } });`],
    ["is full", `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") };`],
    ["does not exist", `delete window.localStorage;`],
  ]) {
    it(`is remembered as long as the page where storage ${what}`, async () => {
      const tab = await open(data(incident(), maintenance()), { before });
      await close(tab, "Bitcoin deposits are late").click();
      await pass(tab, 2 * MINUTE);
      assert.deepEqual(await titles(tab), ["Work on the API"]);
    });
  }

  it("does not mind what else stands under its key", async () => {
    for (const value of ["", "{", "null", "7", '{"a":1}', "[null, 3, {}]"]) {
      const before = `localStorage["noroshi-banner"] = ${JSON.stringify(value)};`;
      const tab = await open(data(incident()), { before });
      await close(tab, "Bitcoin deposits are late").click();
      assert.equal(await shown(tab), 0, value);
      assert.match(await tab.evaluate(() => localStorage["noroshi-banner"]), /"urn:uuid:1"\]$/);
    }
  });

  it("is noticed in the other tabs of the page", async () => {
    const tab = await open(data(incident()));
    await tab.evaluate(() => (localStorage["noroshi-banner"] = '["urn:uuid:1"]'));
    await pass(tab, MINUTE);
    assert.equal(await shown(tab), 0);
  });
});

describe("attributes", () => {
  it("data-locale takes the language, or the one that it is a kind of, or the first", async () => {
    const baked = data(incident());
    baked.ja.items = [incident({ title: "ビットコインの入金の遅れ", url: `${status.origin}/incidents/btc-stops/` })];
    for (const [locale, lang] of [
      ["en", "en"],
      ["en-GB", "en"],
      ["EN-gb-oxendict", "en"],
      ["ja", "ja"],
      ["ja-JP", "ja"],
      ["fr", "en"],
      ["jav", "en"],
      ["constructor", "en"],
      ["", "en"],
    ]) {
      const tab = await open(baked, { attributes: `data-locale="${locale}"` });
      assert.equal(await tab.getByRole("region").getAttribute("lang"), lang, locale);
      await pass(tab, MINUTE);
      assert.equal(status.times(lang === "en" ? "/en/embed/banner.json" : "/embed/banner.json"), 1, locale);
    }
  });

  it("data-components keeps what touches one of them, and what touches everybody", async () => {
    const items = [incident(), maintenance(), incident({ id: "3", title: "For all", components: [] })];
    for (const [components, expected] of [
      ["", ["Bitcoin deposits are late", "Work on the API", "For all"]],
      ["api", ["Work on the API", "For all"]],
      ["btc.deposit, api", ["Bitcoin deposits are late", "Work on the API", "For all"]],
      ["btc", ["For all"]],
      ["btc.trade", ["For all"]],
    ]) {
      const tab = await open(data(...items), { attributes: `data-components="${components}"` });
      assert.deepEqual(await titles(tab), expected, components);
    }
  });

  it("data-ahead waits with what is announced, and with nothing else", async () => {
    const items = [maintenance(), incident({ start: at(4 * HOUR) })];
    const both = ["Work on the API", "Bitcoin deposits are late"];
    for (const [ahead, expected] of [
      ["3h", both.slice(1)],
      ["239m", both.slice(1)],
      ["240m", both],
      ["1d", both],
      ["0h", both.slice(1)],
      ["soon", both],
      ["-1h", both],
      ["", both],
    ]) {
      const tab = await open(data(...items), { attributes: `data-ahead="${ahead}"` });
      assert.deepEqual(await titles(tab), expected, ahead);
    }
  });

  it("data-ahead lets it appear by the clock", async () => {
    const tab = await open(data(maintenance()), { at: at(-7 * SECOND), attributes: `data-ahead="3h"` });
    await until(tab, at(HOUR - 1));
    assert.equal(await shown(tab), 0);
    await until(tab, at(HOUR));
    assert.equal(await shown(tab), 1);
  });
});

describe("the clock", () => {
  it("lets states take turns, and ends what has its time", async () => {
    // Out of step with the minutes at which the news is asked for.
    const tab = await open(data(maintenance()), { at: at(-7 * SECOND) });
    const seen = [];
    for (const offset of [0, 4 * HOUR - 1, 4 * HOUR, 5 * HOUR - 1, 5 * HOUR, 6 * HOUR - 1]) {
      await until(tab, at(offset));
      seen.push((await labels(tab)).join());
    }
    assert.deepEqual(seen, ["Scheduled", "Scheduled", "In progress", "In progress", "Being confirmed", "Being confirmed"]);
    await until(tab, at(6 * HOUR));
    assert.equal(await shown(tab), 0);
  });

  it("catches up when the page is looked at again", async () => {
    for (const event of ["visibilitychange", "pageshow"]) {
      const tab = await open(data(maintenance()));
      await look(tab, false);
      await tab.clock.setSystemTime(new Date(at(4 * HOUR)));
      assert.deepEqual(await labels(tab), ["Scheduled"]);
      if (event === "pageshow") await look(tab, true, null);
      await look(tab, true, event);
      assert.deepEqual(await labels(tab), ["In progress"]);
    }
  });

  it("shows an item without a state that holds, without a word for it", async () => {
    const tab = await open(data(incident({ states: [{ at: at(HOUR), until: null, state: "x", label: "Later" }] })));
    assert.deepEqual(await lines(tab, `${element} li p`), ["Bitcoin deposits are late"]);
    await until(tab, at(HOUR));
    assert.deepEqual(await labels(tab), ["Later"]);
  });
});

describe("news", () => {
  const NEXT = () => incident({ id: "urn:uuid:9", title: "Trading stops", tone: "major" });
  const path = "/en/embed/banner.json";

  it("is asked for once a minute while somebody looks", async () => {
    const tab = await open(data(incident()));
    assert.equal(status.times(path), 0);
    await pass(tab, MINUTE - 1);
    assert.equal(status.times(path), 0);
    await pass(tab, 1);
    assert.equal(status.times(path), 1);
    for (let n = 0; n < 5; n++) await pass(tab, MINUTE);
    assert.equal(status.times(path), 6);
  });

  it("is not asked for while nobody looks, and at once when somebody does again", async () => {
    const tab = await open(data(incident()));
    await look(tab, false);
    await pass(tab, HOUR);
    assert.equal(status.times(path), 0);
    await look(tab, true);
    await pass(tab, 0);
    assert.equal(status.times(path), 1);
    await look(tab, false);
    await pass(tab, 10 * SECOND);
    await look(tab, true);
    await pass(tab, 0);
    assert.equal(status.times(path), 1);
    await pass(tab, 50 * SECOND);
    assert.equal(status.times(path), 2);
  });

  it("is asked for afresh, past what the browser keeps", async () => {
    const tab = await open(data(incident()));
    await pass(tab, MINUTE);
    answer(banner([NEXT()], { effective: START }));
    await pass(tab, MINUTE);
    assert.deepEqual(await titles(tab), ["Trading stops"]);
    assert.equal(status.asked.at(-1).headers["cache-control"], "max-age=0");
  });

  it("adds what is new, changes what is other, and takes away what has ended", async () => {
    const tab = await open(data(incident()));
    answer(banner([NEXT(), incident()], { effective: START }));
    await pass(tab, MINUTE);
    assert.deepEqual(await titles(tab), ["Trading stops", "Bitcoin deposits are late"]);
    answer(banner([incident({ id: "urn:uuid:10", message: "Found." })], { effective: at(MINUTE) }));
    await pass(tab, MINUTE);
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late"]);
    assert.equal(await tab.getByText("Found.").isVisible(), true);
    answer(banner([], { effective: at(2 * MINUTE) }));
    await pass(tab, MINUTE);
    assert.equal(await shown(tab), 0);
    answer(banner([incident()], { effective: at(3 * MINUTE) }));
    await pass(tab, MINUTE);
    assert.equal(await shown(tab), 1);
  });

  it("is ignored when it is older than what is shown", async () => {
    const tab = await open(data(incident()));
    answer(banner([], { effective: at(-MINUTE - SECOND) }));
    await pass(tab, MINUTE);
    assert.equal(await shown(tab), 1);
    answer(banner([], { effective: at(-MINUTE) }));
    await pass(tab, MINUTE);
    assert.equal(await shown(tab), 0);
  });

  const cross500 = () => ({ status: 500, body: JSON.stringify(banner([], { effective: START })), ...cross });
  for (const [what, broken] of Object.entries({
    "is an error": () => cross500,
    "is not found": () => () => undefined,
    "is broken": () => '{"version": 1, "items": [',
    "is empty": () => "",
    "is null": () => "null",
    "is a list": () => "[]",
    "is text": () => '"closed for tonight"',
    "is a page": () => "<!DOCTYPE html><title>Sign in</title>",
    "has no items": () => ({ ...banner([], { effective: START }), items: null }),
    "has no time": () => banner([], { effective: null }),
    "is of a version to come": () => banner([], { effective: START, version: 2 }),
    "is not for pages of others": () => () => ({ body: JSON.stringify(banner([], { effective: START })), type: "application/json" }),
  })) {
    it(`changes nothing when it ${what}, and the next is taken`, async () => {
      const tab = await open(data(incident()));
      answer(broken());
      await pass(tab, MINUTE);
      await pass(tab, MINUTE);
      assert.deepEqual(await titles(tab), ["Bitcoin deposits are late"]);
      assert.equal(status.times(path), 2);
      answer(banner([NEXT()], { effective: START }));
      await pass(tab, MINUTE);
      assert.deepEqual(await titles(tab), ["Trading stops"]);
      // The browser itself notes an answer that was not meant for this page.
      tab.faults = tab.faults.filter((fault) => !fault.includes("blocked by CORS policy"));
    });
  }

  it("changes nothing when it never comes, and the next is taken", async () => {
    const tab = await open(data(incident()));
    answer(() => null);
    await tab.clock.runFor(2 * MINUTE);
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late"]);
    answer(banner([NEXT()], { effective: START }));
    await tab.clock.runFor(MINUTE);
    await tab.getByText("Trading stops").waitFor();
  });

  it("changes nothing when the line is cut", async () => {
    const tab = await open(data(incident()));
    await tab.context().setOffline(true);
    await pass(tab, 3 * MINUTE);
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late"]);
  });

  it("is still asked for when the clock is set back by a day", async () => {
    const tab = await open(data(incident()));
    await tab.clock.setSystemTime(new Date(at(-24 * HOUR)));
    await pass(tab, MINUTE);
    await pass(tab, MINUTE);
    assert.ok(status.times(path) >= 1);
  });

  it("is asked for nowhere when the data names no address", async () => {
    for (const json of [null, "", "javascript:alert(1)", "/embed/banner.json", "data:application/json,{}"]) {
      const tab = await open({ locales: ["en"], en: banner([incident()], { json }) });
      let asked = 0;
      tab.on("request", () => asked++);
      await pass(tab, 3 * MINUTE);
      assert.deepEqual([asked, await shown(tab)], [0, 1], json);
    }
  });

  it("goes on being asked for where the data was baked, whatever an answer says", async () => {
    const tab = await open(data(incident()));
    answer(banner([incident()], { effective: START, json: `${shop.origin}/else.json` }));
    await pass(tab, MINUTE);
    await pass(tab, MINUTE);
    assert.deepEqual([status.times(path), shop.times("/else.json")], [2, 0]);
  });
});

describe("hostile data", () => {
  it("is shown as text", async () => {
    const bad = `<img src=x onerror="window.hit = 1"><script>window.hit = 1</script>&amp;`;
    const words = { region: bad, close: bad, more: `${bad}{n}` };
    const items = [1, 2, 3, 4].map((n) =>
      incident({ id: `${n}`, title: `${n}${bad}`, message: bad, when: bad, tone: `major" onclick="hit = 1`, states: [{ label: bad }] }),
    );
    const tab = await open({ locales: ["en"], en: banner(items, { words, title: bad, lang: bad, dir: bad }) }, { policy: "" });
    assert.equal((await titles(tab))[0], `1${bad}`);
    const kinds = await tab.evaluate((e) => [...new Set([...document.querySelector(e).shadowRoot.querySelectorAll("*")].map((e) => e.localName))], element);
    assert.deepEqual(kinds.sort(), ["a", "b", "button", "div", "li", "p", "path", "section", "span", "svg", "ul"]);
    assert.equal(await tab.evaluate(() => window.hit), undefined);
  });

  it("makes no link but to https and http", async () => {
    const urls = ["javascript:window.hit=1", " javascript:window.hit=1", "JaVaScRiPt:hit=1", "data:text/html,x", "javascript://x/%0ahit=1", "ftp://x/y", "//evil.example/", "/x", "https:x", "blob:https://x/y"];
    for (const url of urls) {
      const tab = await open({ locales: ["en"], en: banner([1, 2, 3, 4].map((n) => incident({ id: `${n}`, url })), { url }) });
      assert.equal(await tab.locator(`${element} a`).count(), 4);
      assert.equal(await tab.locator(`${element} a[href]`).count(), 0, url);
    }
  });

  const nothings = [null, undefined, 0, 7, -1, true, "", "x", [], [null], {}, { toString: null, valueOf: null }, { length: 3 }, "__proto__", "constructor"];

  it("throws nothing, whatever stands in place of the whole", async () => {
    const tab = await open(data());
    for (const nothing of nothings) {
      for (const all of [nothing, { locales: nothing, en: banner([incident()]) }, { locales: ["en"], en: nothing }, { locales: [nothing, "en"], en: banner([]) }]) {
        status.files["/embed/banner.js"] = () => ({ body: published(all), ...javascript });
        await tab.reload();
        await pass(tab, MINUTE);
        assert.deepEqual([...tab.faults, ...(await tab.evaluate(() => window.breaches))], [], JSON.stringify(all));
      }
    }
  });

  it("throws nothing, whatever stands in place of a value, and shows the others", async () => {
    // A good one with a new name each time: what broke would go on showing the last.
    let count = 0;
    const good = () => incident({ id: "good", title: `Good ${count}` });
    const tab = await open(data(good()));
    const see = async (made, what) => {
      answer({ ...made, effective: at(count * SECOND) });
      await pass(tab, MINUTE);
      assert.ok((await titles(tab)).includes(`Good ${count}`), what);
      count++;
    };
    for (const nothing of nothings) {
      const said = JSON.stringify(nothing);
      await see(banner([nothing, good()]), said);
      // Every value of an item at once, and each by itself.
      const keys = Object.keys(incident());
      await see(banner([Object.fromEntries(keys.map((key) => [key, nothing])), good()]), said);
      const each = keys.map((key, n) => ({ ...maintenance({ id: `${key} ${n}` }), [key]: nothing }));
      for (let n = 0; n < each.length; n += 2) await see(banner([...each.slice(n, n + 2), good()]), said);
      const inner = ["at", "until", "state", "label"].map((key) => ({ at: null, until: null, label: "x", [key]: nothing }));
      await see(banner([incident({ id: said, states: [nothing, ...inner] }), good()]), said);
      await see(banner([incident({ id: `${said}c`, components: [nothing] }), good()]), said);
      for (const key of ["title", "url", "json", "lang", "dir", "next_change", "status", "words"])
        await see({ ...banner([good()]), [key]: nothing }, `${key} ${said}`);
      await see(banner([1, 2, 3].map((n) => incident({ id: `w${n}` })).toSpliced(0, 0, good()), { words: { region: nothing, close: nothing, more: nothing } }), said);
    }
  });

  it("is shown once when an id comes twice", async () => {
    const tab = await open(data(incident(), incident()));
    assert.deepEqual(await titles(tab), ["Bitcoin deposits are late"]);
  });

  it("is borne when it is deep or long", async () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    const tab = await open(data(incident()));
    const text = JSON.stringify(banner([incident({ title: "Deep", id: "d", states: "DEEP" })], { effective: START }));
    answer(text.replace('"DEEP"', deep));
    await pass(tab, MINUTE);
    assert.deepEqual(await titles(tab), ["Deep"]);
    answer(banner([incident({ id: "l", title: "長".repeat(5000) })], { effective: at(MINUTE) }));
    await pass(tab, MINUTE);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false);
  });

  it("does not end the script that it is baked into", async () => {
    const tab = await open(data(incident({ title: "a*/ $& $1 ` ${x} \\ </script> \u2028b" })));
    assert.match((await titles(tab))[0], /^a\*\/ \$& \$1 ` \$\{x\} \\ <\/script>\s+b$/);
  });
});

describe("reading", () => {
  it("is a region with a list, links and buttons that say what they close", async () => {
    const tab = await open(data(incident(), maintenance()));
    assert.equal(
      await tab.locator(element).ariaSnapshot(),
      `- region "Status of Hoshi":
  - status
  - list:
    - listitem:
      - paragraph:
        - text: Investigating
        - link "Bitcoin deposits are late":
          - /url: ${status.origin}/en/incidents/btc-stops/
      - paragraph: We are looking for the cause.
      - 'button "Close: Bitcoin deposits are late"': ✕
    - listitem:
      - paragraph:
        - text: Scheduled
        - link "Work on the API":
          - /url: ${status.origin}/en/incidents/btc-stops/
        - text: Nov 24, 15:00–16:00 JST
      - paragraph: The API stops.
      - 'button "Close: Work on the API"': ✕`,
    );
  });

  it("says its language and direction", async () => {
    for (const [lang, dir] of [
      ["en", "ltr"],
      ["ar", "rtl"],
    ]) {
      const tab = await open({ locales: [lang], [lang]: banner([incident()], { lang, dir }) });
      const region = tab.getByRole("region");
      assert.deepEqual([await region.getAttribute("lang"), await region.getAttribute("dir")], [lang, dir]);
      const [text, button] = [await tab.locator(`${element} li div`).boundingBox(), await tab.locator(`${element} button`).boundingBox()];
      assert.equal(text.x < button.x, dir === "ltr");
    }
  });

  it("is announced when it appears and when it changes, not when it was only asked for", async () => {
    const tab = await open(data(incident()));
    assert.equal(await said(tab), "");
    await tab.clock.runFor(SECOND);
    assert.equal(await said(tab), "Investigating Bitcoin deposits are late We are looking for the cause.");
    await tab.clock.runFor(5 * SECOND);
    assert.equal(await said(tab), "");
    await tab.evaluate((e) => {
      window.changes = 0;
      const watched = { childList: true, subtree: true, characterData: true, attributes: true };
      new MutationObserver((list) => (window.changes += list.length)).observe(document.querySelector(e).shadowRoot, watched);
    }, element);
    for (let n = 0; n < 3; n++) await pass(tab, MINUTE);
    assert.equal(status.times("/en/embed/banner.json"), 3);
    assert.equal(await tab.evaluate(() => window.changes), 0);
    answer(banner([maintenance(), incident()], { effective: START }));
    await pass(tab, MINUTE);
    await tab.clock.runFor(SECOND);
    assert.equal(await said(tab), "Scheduled Work on the API Nov 24, 15:00–16:00 JST The API stops.");
    assert.equal(await tab.locator(`${element} [role=status]`).evaluate((e) => getComputedStyle(e).clipPath), "inset(50%)");
  });

  it("is used by keyboard: link, button, next link, next button, the rest", async () => {
    const four = [1, 2, 3, 4].map((n) => incident({ id: `${n}`, title: `Fault ${n}` }));
    const tab = await open(data(...four), { body: `<a href="#x">Our wares</a>` });
    const focused = () => tab.evaluate((e) => {
      const a = document.querySelector(e).shadowRoot.activeElement ?? document.activeElement;
      return `${a.localName} ${a.getAttribute("aria-label") ?? a.textContent}`;
    }, element);
    const seen = [];
    for (let n = 0; n < 8; n++) {
      await tab.keyboard.press("Tab");
      seen.push(await focused());
    }
    const each = [1, 2, 3].flatMap((n) => [`a Fault ${n}`, `button Close: Fault ${n}`]);
    assert.deepEqual(seen, [...each, "a 1 more", "a Our wares"]);
    // Closing hands the focus to the next.
    await close(tab, "Fault 1").focus();
    await tab.keyboard.press("Enter");
    assert.equal(await focused(), "button Close: Fault 2");
    await tab.keyboard.press("Space");
    assert.equal(await focused(), "button Close: Fault 3");
  });

  it("keeps the focus where it is when something else changes", async () => {
    const tab = await open(data(incident()));
    await tab.getByRole("link", { name: "Bitcoin deposits are late" }).focus();
    answer(banner([incident({ id: "urn:uuid:1b", message: "Found." })], { effective: START }));
    await pass(tab, MINUTE);
    await tab.getByText("Found.").waitFor();
    assert.equal(await tab.evaluate((e) => document.querySelector(e).shadowRoot.activeElement.localName, element), "a");
  });

  it("opens the entry in a new tab that cannot reach back", async () => {
    const tab = await open(data(incident()));
    const link = tab.getByRole("link", { name: "Bitcoin deposits are late" });
    assert.deepEqual([await link.getAttribute("target"), await link.getAttribute("rel")], ["_blank", "noopener"]);
    const [page] = await Promise.all([tab.context().waitForEvent("page"), link.click()]);
    await page.waitForURL(/btc-stops/);
    assert.equal(await page.evaluate(() => window.opener), null);
  });

  it("shows where the focus is, and gives a finger room", async () => {
    const tab = await open(data(incident()));
    for (let n = 0; n < 2; n++) {
      await tab.keyboard.press("Tab");
      const outline = await tab.evaluate((e) => {
        const style = getComputedStyle(document.querySelector(e).shadowRoot.activeElement);
        return [style.outlineStyle, style.outlineWidth];
      }, element);
      assert.deepEqual(outline, ["solid", "3px"]);
    }
    const box = await tab.locator(`${element} button`).boundingBox();
    assert.ok(box.width >= 24 && box.height >= 24);
  });

  for (const colorScheme of ["light", "dark"]) {
    it(`has a contrast of 4.5 in ${colorScheme}`, async () => {
      for (const tone of ["major", "partial", "degraded", "maintenance", "info", "unheard-of"]) {
        const items = [1, 2, 3, 4].map((n) => incident({ id: `${n}`, tone, when: "noon" }));
        const tab = await open(data(...items), { colorScheme });
        const low = await tab.evaluate((e) => {
          const { shadowRoot } = document.querySelector(e);
          const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
          const light = (color) => {
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => (v <= 10 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4));
            if (a < 1) throw new Error(`${color} is not opaque`);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return [...shadowRoot.querySelectorAll("b, a, span, button, li p, svg")].flatMap((e) => {
            const style = getComputedStyle(e);
            const [x, y] = [light(e.localName === "svg" ? style.fill : style.color), light(getComputedStyle(e.closest("li, .more")).backgroundColor)];
            const ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
            return ratio < 4.5 ? [`${e.localName} ${ratio}`] : [];
          });
        }, element);
        assert.deepEqual(low, [], tone);
      }
    });
  }

  it("has a shape of its own for each tone", async () => {
    const tones = ["major", "partial", "degraded", "maintenance", "info"];
    const shapes = new Set();
    for (const tone of tones) {
      const tab = await open(data(incident({ tone })));
      shapes.add(await tab.locator(`${element} path`).getAttribute("d"));
    }
    assert.equal(shapes.size, tones.length);
  });

  it("has borders, and shapes in the colour of the text, where colours are forced", async () => {
    const tab = await open(data(incident()), { forcedColors: "active" });
    const [item, button, fill, color] = await tab.evaluate((e) => {
      const style = (query) => getComputedStyle(document.querySelector(e).shadowRoot.querySelector(query));
      return [style("li").borderBottomStyle, style("button").borderTopStyle, style("svg").fill, style("p:not(.said)").color];
    }, element);
    assert.deepEqual([item, button], ["solid", "solid"]);
    assert.equal(fill, color);
  });

  it("moves nothing", async () => {
    assert.doesNotMatch(source, /transition|animat|@keyframes|scroll-behavior/);
  });

  it("fits into 320 px, and into letters twice as large", async () => {
    const items = [incident({ title: "https://status.example.com/a-very-long-address-without-a-place-to-break/".repeat(2) }), maintenance()];
    const policy = `${strict()}; style-src 'unsafe-inline'`;
    for (const style of ["", "html { font-size: 200% }"]) {
      const tab = await open(data(...items), { policy, style, viewport: { width: 320, height: 600 } });
      assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), 320);
    }
  });
});

describe("an old browser", () => {
  it("without a shadow DOM shows nothing, and asks for nothing", async () => {
    const tab = await open(data(incident()), { before: "delete Element.prototype.attachShadow;" });
    await pass(tab, MINUTE);
    assert.deepEqual([await shown(tab), status.times("/en/embed/banner.json")], [0, 0]);
  });

  for (const [name, remove] of Object.entries({
    fetch: "delete window.fetch;",
    "AbortSignal.timeout": "delete AbortSignal.timeout;",
    AbortSignal: "delete window.AbortSignal;",
  })) {
    it(`without ${name} still shows, and lets states take turns`, async () => {
      const tab = await open(data(maintenance()), { before: remove });
      await pass(tab, MINUTE);
      await until(tab, at(4 * HOUR));
      assert.deepEqual(await labels(tab), ["In progress"]);
    });
  }

  for (const [name, remove] of Object.entries({
    "made stylesheets": "delete window.CSSStyleSheet;",
    adoptedStyleSheets: "Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', { set() { throw new TypeError('no') } });",
    "adoptedStyleSheets, without a word": "delete ShadowRoot.prototype.adoptedStyleSheets;",
  })) {
    it(`without ${name} sets its styles on the elements, within the policy`, async () => {
      const tab = await open(data(incident(), maintenance()), { before: remove });
      const [display, background, bar, padding] = await tab.evaluate((e) => {
        const host = document.querySelector(e);
        const style = getComputedStyle(host.shadowRoot.querySelector("li"));
        return [getComputedStyle(host).display, style.backgroundColor, style.borderInlineStartColor, style.paddingTop];
      }, element);
      assert.deepEqual([display, background, bar, padding], ["block", "rgb(255, 255, 255)", "rgb(168, 67, 0)", "8px"]);
      await close(tab, "Bitcoin deposits are late").click();
      assert.deepEqual(await titles(tab), ["Work on the API"]);
    });
  }
});
