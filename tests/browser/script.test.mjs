// The contract of themes/default/assets/script.js, against small pages made here.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { Site, browse, leave, lines, look, pass, script, touched, until, visit } from "./support.mjs";

const START = "2026-11-24T02:00:00Z";
/** An instant some milliseconds away from `START`. */
const at = (offset) => new Date(Date.parse(START) + offset).toISOString();
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let browser;
let site;
/** Tabs of the running test; each is left without a fault. */
let tabs;

before(async () => {
  browser = await browse();
});

after(async () => {
  await browser.close();
});

// A server of its own for each test: what a tab asked for last may still be on its way when it is closed.
beforeEach(async () => {
  tabs = [];
  site = await Site.open();
});

afterEach(async () => {
  const faults = await Promise.all(tabs.map(leave));
  await site.close();
  assert.deepEqual(faults.flat(), []);
});

function html({ main = "", lang = "en", zone = "Asia/Tokyo", body = "", title = "Status", outside = "" }) {
  return `<!DOCTYPE html>
<html lang="${lang}" data-zone="${zone}">
<head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="/style.css">
<script src="/script.js" defer></script></head>
<body ${body}>
<p class="note stale" role="status" hidden>This page may be out of date.</p>
<main id="main">
${main}
</main>
<footer><button type="button" class="zone" hidden aria-pressed="false">Also in <span></span></button></footer>
${outside}</body></html>`;
}

/** Opens the page that the site serves now. */
async function open(options = {}) {
  const tab = await visit(browser, site, { at: START, ...options });
  tabs.push(tab);
  // What was filled in as soon as the page was there is no change.
  await touched(tab);
  return tab;
}

async function see(main, options = {}) {
  site.page = html({ main, ...options });
  return open(options);
}

/** How often the page was asked for in each of these spans of time. */
async function asks(tab, spans) {
  const counts = [];
  for (const span of spans) {
    const before = site.asked;
    await pass(tab, span);
    counts.push(site.asked - before);
  }
  return counts;
}

const luck = (n) => `Math.random = () => ${n}`;
const stale = (tab) => tab.locator(".stale").isVisible();

describe("size", () => {
  it("is at most 2,000 bytes in brotli", () => {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    const size = brotliCompressSync(script, options).length;
    assert.ok(size <= 2000, `${size} bytes`);
  });

  it("is at most 2,048 bytes in gzip", () => {
    const size = gzipSync(script, { level: 9 }).length;
    assert.ok(size <= 2048, `${size} bytes`);
  });
});

describe("what turns", () => {
  const turns = `<p id="before" data-until="${START}">Scheduled</p>
<p id="during" data-at="${START}" data-until="${at(HOUR)}" hidden>In progress</p>
<p id="after" data-at="${at(HOUR)}" hidden>Being confirmed</p>`;

  it("shows at load what holds then, whatever the server showed", async () => {
    for (const [offset, text] of [
      [-DAY, "Scheduled"],
      [-1, "Scheduled"],
      [0, "In progress"],
      [HOUR - 1, "In progress"],
      [HOUR, "Being confirmed"],
      [400 * DAY, "Being confirmed"],
    ]) {
      const tab = await see(turns, { at: at(offset) });
      assert.deepEqual(await lines(tab, "main"), [text], `at ${offset}`);
    }
  });

  it("turns at the very millisecond", async () => {
    const tab = await see(turns, { at: at(-20 * MINUTE - 7) });
    await until(tab, at(-1));
    assert.deepEqual(await lines(tab, "main"), ["Scheduled"]);
    await until(tab, START);
    assert.deepEqual(await lines(tab, "main"), ["In progress"]);
    await until(tab, at(HOUR - 1));
    assert.deepEqual(await lines(tab, "main"), ["In progress"]);
    await until(tab, at(HOUR));
    assert.deepEqual(await lines(tab, "main"), ["Being confirmed"]);
  });

  it("turns what only begins, and what only ends", async () => {
    for (const [main, expected] of [
      [`<p data-at="${START}" hidden>a</p>`, ["", "a"]],
      [`<p data-until="${START}">z</p>`, ["z", ""]],
    ]) {
      const tab = await see(main, { at: at(-7 * SECOND) });
      const seen = [];
      for (const instant of [at(-1), START]) {
        await until(tab, instant);
        seen.push((await lines(tab, "main")).join());
      }
      assert.deepEqual(seen, expected);
    }
  });

  it("touches nothing but what turns, and only then", async () => {
    const tab = await see(turns, { at: at(-HOUR) });
    await until(tab, at(-1));
    assert.deepEqual(await touched(tab), []);
    await until(tab, START);
    assert.deepEqual(await touched(tab), ["before", "during"]);
    await until(tab, at(HOUR - 1));
    assert.deepEqual(await touched(tab), []);
  });

  it("hides what a rule of the stylesheet lays out", async () => {
    const tab = await see(`<div class="state" data-until="${START}">old</div><span class="chip" data-at="${START}">new</span>`);
    assert.deepEqual(await lines(tab, "main"), ["new"]);
  });

  it("turns pictures as well as words", async () => {
    const tab = await see(`<svg id="picture" data-at="${START}" hidden width="9" height="9"></svg>`, { at: at(-1) });
    assert.equal(await tab.locator("svg").isVisible(), false);
    await until(tab, START);
    assert.equal(await tab.locator("svg").isVisible(), true);
  });

  it("waits for what is further away than timers reach", async () => {
    const count = () => {
      window.timers = 0;
      const set = window.setTimeout;
      window.setTimeout = (...args) => (window.timers++, set(...args));
    };
    const tab = await see(`<p data-at="${at(60 * DAY)}" hidden>then</p>`, { before: count });
    await look(tab, false);
    await tab.clock.runFor(60 * DAY - 1);
    assert.deepEqual(await lines(tab, "main"), []);
    await tab.clock.runFor(1);
    assert.deepEqual(await lines(tab, "main"), ["then"]);
    const timers = await tab.evaluate(() => window.timers);
    assert.ok(timers < 10, `${timers} timers in 60 days`);
  });

  for (const event of ["visibilitychange", "pageshow", "focus"]) {
    it(`catches up on ${event} after its timers slept`, async () => {
      const tab = await see(turns, { at: at(-HOUR) });
      await look(tab, false);
      await tab.clock.setSystemTime(new Date(at(MINUTE)));
      assert.deepEqual(await lines(tab, "main"), ["Scheduled"]);
      if (event !== "visibilitychange") await look(tab, true, null);
      await look(tab, true, event);
      assert.deepEqual(await lines(tab, "main"), ["In progress"]);
    });
  }

  it("turns back when the clock is set back", async () => {
    const tab = await see(turns, { at: at(MINUTE) });
    await tab.clock.setSystemTime(new Date(at(-MINUTE)));
    await look(tab, true);
    assert.deepEqual(await lines(tab, "main"), ["Scheduled"]);
  });

  it("shows the server's text where scripts do not run", async () => {
    const tab = await see(turns, { at: at(HOUR), javaScriptEnabled: false });
    assert.deepEqual(await lines(tab, "main"), ["Scheduled"]);
  });
});

describe("relative times", () => {
  const moments = (offsets) =>
    offsets.map((o) => `<p>by <time datetime="${at(o)}" data-ago>12:10</time>, we say</p>`).join("\n");

  it("are said in the page's language, in minutes, hours and days", async () => {
    const cases = {
      en: [
        [0, "this minute"],
        [-30 * SECOND, "this minute"],
        [-MINUTE, "1 minute ago"],
        [-12 * MINUTE - 59 * SECOND, "12 minutes ago"],
        [-59 * MINUTE, "59 minutes ago"],
        [-HOUR, "1 hour ago"],
        [-100 * MINUTE, "2 hours ago"],
        [-23 * HOUR, "23 hours ago"],
        [-DAY, "1 day ago"],
        [-9 * DAY, "9 days ago"],
        [20 * MINUTE, "in 20 minutes"],
        [20 * MINUTE - 59 * SECOND, "in 20 minutes"],
        [3 * HOUR, "in 3 hours"],
        [2 * DAY, "in 2 days"],
      ],
      ja: [
        [-12 * MINUTE, "12 分前"],
        [20 * MINUTE, "20 分後"],
        [-3 * HOUR, "3 時間前"],
        [-2 * DAY, "2 日前"],
      ],
    };
    for (const [lang, pairs] of Object.entries(cases)) {
      const tab = await see(moments(pairs.map(([offset]) => offset)), { lang });
      const expected = pairs.map(([, words]) => `by 12:10 (${words}), we say`);
      assert.deepEqual(await lines(tab, "main"), expected);
    }
  });

  it("never call 46 hours ago yesterday", async () => {
    const tab = await see(moments([-46 * HOUR, -70 * HOUR]), { lang: "ja" });
    assert.doesNotMatch((await lines(tab, "main")).join(), /昨日|一昨日/);
  });

  it("move on every half minute, and a promise that has passed reads as past", async () => {
    const tab = await see(moments([2 * MINUTE]));
    const words = async () => (await lines(tab, "main"))[0].match(/\((.*)\)/)[1];
    const seen = [await words()];
    for (let step = 0; step < 8; step++) {
      await tab.clock.runFor(30 * SECOND);
      seen.push(await words());
    }
    const now = "this minute";
    const then = "in 1 minute";
    assert.deepEqual(seen, ["in 2 minutes", "in 2 minutes", then, then, now, now, "1 minute ago", "1 minute ago", "2 minutes ago"]);
  });

  it("touch nothing while their text is the same", async () => {
    const tab = await see(moments([-12 * MINUTE, -5 * HOUR]));
    await tab.clock.runFor(59 * SECOND);
    assert.deepEqual(await touched(tab), []);
    await tab.clock.runFor(30 * SECOND);
    assert.deepEqual(await touched(tab), ["SPAN"]);
  });

  it("rest while nobody looks, and are right at once when somebody does", async () => {
    const tab = await see(moments([-12 * MINUTE]));
    await look(tab, false);
    await tab.clock.runFor(10 * MINUTE);
    assert.deepEqual(await touched(tab), []);
    await look(tab, true);
    assert.deepEqual(await lines(tab, "main"), ["by 12:10 (22 minutes ago), we say"]);
  });

  it("are not read out each minute where changes are announced", async () => {
    const tab = await see(`<div aria-live="polite">${moments([-MINUTE])}</div>`);
    assert.equal(await tab.locator(".ago").getAttribute("aria-live"), "off");
  });
});

describe("the visitor's zone", () => {
  const berlin = { timezoneId: "Europe/Berlin" };
  const main = `<p id="time">began <time datetime="${START}">11:00</time>.</p>
<p id="day"><time datetime="2026-11-24">Nov 24</time></p>
<p id="window"><span data-window="${START}/${at(3 * HOUR)}">11:00 to 14:00</span></p>
<p id="night"><span data-window="${at(20 * HOUR)}/${at(23 * HOUR)}"><time datetime="${at(20 * HOUR)}">07:00</time> to 10:00</span></p>
<p id="open"><span data-window="${START}/">from 11:00</span></p>`;
  const there = [
    "began 11:00 · Nov 24, 03:00 GMT+1.",
    "Nov 24",
    "11:00 to 14:00 · Nov 24, 03:00 – 06:00 GMT+1",
    "07:00 to 10:00 · Nov 24, 23:00 – Nov 25, 02:00 GMT+1",
    "from 11:00 · Nov 24, 03:00 GMT+1 –",
  ];
  const here = ["began 11:00.", "Nov 24", "11:00 to 14:00", "07:00 to 10:00", "from 11:00"];
  const button = (tab) => tab.locator("button.zone");
  const pressed = (tab) => button(tab).getAttribute("aria-pressed");

  it("is offered by name, shown beside each time, and taken away again", async () => {
    const tab = await see(main, berlin);
    assert.equal(await button(tab).innerText(), "Also in Europe/Berlin");
    assert.equal(await pressed(tab), "false");
    assert.deepEqual(await lines(tab, "main"), here);
    await button(tab).click();
    assert.equal(await pressed(tab), "true");
    assert.deepEqual(await lines(tab, "main"), there);
    await button(tab).click();
    assert.equal(await pressed(tab), "false");
    assert.deepEqual(await lines(tab, "main"), here);
    assert.equal(await tab.locator(".local").count(), 0);
  });

  it("is written in the page's language", async () => {
    const tab = await see(main, { ...berlin, lang: "ja" });
    await button(tab).click();
    const [time, , window, night] = await lines(tab, "main");
    assert.equal(time, "began 11:00 · 11月24日 03:00 GMT+1.");
    assert.equal(window, "11:00 to 14:00 · 11月24日 03:00 – 06:00 GMT+1");
    assert.equal(night, "07:00 to 10:00 · 11月24日 23:00 – 11月25日 02:00 GMT+1");
  });

  it("is remembered", async () => {
    const tab = await see(main, berlin);
    await button(tab).click();
    await tab.reload();
    assert.equal(await pressed(tab), "true");
    assert.deepEqual(await lines(tab, "main"), there);
    await button(tab).click();
    await tab.reload();
    assert.equal(await pressed(tab), "false");
    assert.deepEqual(await lines(tab, "main"), here);
  });

  it("is not offered where clocks show the same, whatever the zone is called", async () => {
    for (const timezoneId of ["Asia/Tokyo", "Asia/Seoul"]) {
      const tab = await see(main, { timezoneId });
      assert.equal(await button(tab).isVisible(), false);
    }
  });

  it("is not offered where the page shows no time", async () => {
    const tab = await see(`<time datetime="2026-11-24">Nov 24</time>`, berlin);
    assert.equal(await button(tab).isVisible(), false);
  });

  it("is offered where clocks differ in a part of the year, and shown at those times", async () => {
    const times = `<p><time datetime="2026-01-10T10:00:00Z">10:00</time></p>
<p><time datetime="2026-07-10T10:00:00Z">10:00</time></p>`;
    const tab = await see(times, { timezoneId: "Europe/London", zone: "UTC" });
    await button(tab).click();
    assert.deepEqual(await lines(tab, "main"), ["10:00", "10:00 · Jul 10, 11:00 GMT+1"]);
  });

  it("stands after a relative time, not within it", async () => {
    const tab = await see(`<p><time datetime="${START}" data-ago>11:00</time></p>`, berlin);
    await button(tab).click();
    assert.deepEqual(await lines(tab, "main"), ["11:00 (this minute) · Nov 24, 03:00 GMT+1"]);
    await tab.clock.runFor(MINUTE);
    assert.deepEqual(await lines(tab, "main"), ["11:00 (1 minute ago) · Nov 24, 03:00 GMT+1"]);
  });

  it("hides with the time it belongs to", async () => {
    const tab = await see(`<p><time datetime="${START}" data-until="${at(MINUTE)}">11:00</time></p>`, berlin);
    await button(tab).click();
    await tab.clock.runFor(MINUTE);
    assert.deepEqual(await lines(tab, "main"), []);
  });

  it("works where nothing may be remembered", async () => {
    const forbid = () => {
      const get = () => {
        throw new DOMException("forbidden", "SecurityError");
      };
      Object.defineProperty(window, "localStorage", { get });
    };
    const tab = await see(main, { ...berlin, before: forbid });
    await button(tab).click();
    assert.deepEqual(await lines(tab, "main"), there);
    await button(tab).click();
    assert.deepEqual(await lines(tab, "main"), here);
  });

  it("works without ranges of time", async () => {
    const old = () => delete Intl.DateTimeFormat.prototype.formatRange;
    const tab = await see(main, { ...berlin, before: old });
    await button(tab).click();
    assert.deepEqual(await lines(tab, "main"), there);
  });

  it("has a button that a finger can hit", async () => {
    const tab = await see(main, berlin);
    const box = await button(tab).boundingBox();
    assert.ok(box.height >= 24 && box.width >= 24, `${box.width} × ${box.height}`);
  });
});

describe("a page that is open while the site is built again", () => {
  const next = `data-next="${at(10 * MINUTE)}"`;

  it("is asked for again 5 to 25 seconds after its next change", async () => {
    for (const [n, seconds] of [
      [0, 5],
      [0.999999, 25],
    ]) {
      for (const body of [next, `${next} data-active`]) {
        const tab = await see("", { body, before: luck(n), at: at(10 * MINUTE - 20 * SECOND) });
        const counts = await asks(tab, [20 * SECOND + seconds * SECOND - 1, SECOND]);
        assert.deepEqual(counts, [0, 1], `${body}, chance ${n}`);
      }
    }
  });

  it("is asked for about every minute while something is active", async () => {
    for (const [n, seconds] of [
      [0, 50],
      [0.999999, 70],
    ]) {
      const tab = await see("", { body: "data-active", before: luck(n) });
      const span = seconds * SECOND;
      assert.deepEqual(await asks(tab, [span - 1, SECOND, span, span]), [0, 1, 1, 1], `chance ${n}`);
    }
  });

  it("rests until what will be active begins, and is asked for about every minute from then on", async () => {
    for (const [n, seconds] of [
      [0, 50],
      [0.999999, 70],
    ]) {
      const tab = await see("", { body: `data-active="${at(4 * HOUR)}"`, before: luck(n) });
      const span = seconds * SECOND;
      assert.deepEqual(await asks(tab, [4 * HOUR + span - 1, 1, span, span]), [0, 1, 1, 1], `chance ${n}`);
    }
  });

  it("does not warn of what is not active yet", async () => {
    const body = `data-next="${at(-HOUR)}" data-active="${at(HOUR)}"`;
    const tab = await see("", { body });
    await pass(tab, HOUR + 2 * MINUTE);
    assert.equal(await stale(tab), false);
    await pass(tab, MINUTE);
    assert.equal(await stale(tab), true);
  });

  it("is never asked for without a reason", async () => {
    const tab = await see(`<time datetime="${START}" data-ago>11:00</time>`);
    assert.deepEqual(await asks(tab, [DAY]), [0]);
    const later = await see("", { body: `data-next="${at(2 * DAY)}"` });
    assert.deepEqual(await asks(later, [DAY]), [0]);
  });

  it("is asked for at growing intervals while nothing is active, without a warning", async () => {
    const tab = await see("", { body: next });
    const first = 10 * MINUTE + 15 * SECOND;
    assert.deepEqual(await asks(tab, [first - 1, 1]), [0, 1]);
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      // A second of grace in each: answers take their time.
      assert.deepEqual(await asks(tab, [minutes * MINUTE - SECOND, SECOND]), [0, 1], `${minutes} min`);
    }
    assert.equal(await stale(tab), false);
  });

  it("is asked for soon after it was opened late", async () => {
    const tab = await see("", { body: `data-next="${at(-5 * HOUR)}"` });
    assert.deepEqual(await asks(tab, [15 * SECOND - 1, 1, MINUTE - SECOND, SECOND]), [0, 1, 0, 1]);
  });

  it("is left alone while nobody looks, and asked for at once when somebody does", async () => {
    const tab = await see("<p>old</p>", { body: `${next} data-active` });
    await look(tab, false);
    assert.deepEqual(await asks(tab, [HOUR]), [0]);
    site.page = html({ main: "<p>new</p>", body: "data-active" });
    await look(tab, true);
    await pass(tab, 1);
    assert.equal(site.asked, 2);
    assert.deepEqual(await lines(tab, "main"), ["new"]);
  });

  it("asks once, not once for each event, when a phone wakes", async () => {
    const tab = await see("", { body: `${next} data-active` });
    await look(tab, false);
    await tab.clock.setSystemTime(new Date(at(HOUR)));
    for (const event of ["visibilitychange", "pageshow", "focus"]) await look(tab, true, event);
    assert.deepEqual(await asks(tab, [SECOND]), [0]);
    assert.equal(site.asked, 2);
  });

  it("does not fall silent when the clock is set back", async () => {
    const tab = await see("", { body: "data-active" });
    await tab.clock.setSystemTime(new Date(at(-DAY)));
    await look(tab, true);
    assert.deepEqual(await asks(tab, [MINUTE]), [1]);
  });

  it("takes the new words, title and attributes, and turns what is new to the present", async () => {
    const tab = await see("<p>old</p>", { body: `${next} data-active`, title: "Old", timezoneId: "Europe/Berlin" });
    await tab.locator("main").evaluate((main) => (window.kept = main));
    site.page = html({
      title: "New",
      body: `data-next="${at(30 * MINUTE)}" data-other="x"`,
      main: `<p hidden data-at="${START}">now</p><p data-until="${START}">then</p>
<p><time datetime="${at(MINUTE)}" data-ago>11:01</time></p>`,
    });
    await pass(tab, 70 * SECOND);
    assert.deepEqual(await lines(tab, "main"), ["now", "11:01 (this minute)"]);
    assert.equal(await tab.title(), "New");
    const { kept, ...state } = await tab.evaluate(() => ({ ...document.body.dataset, kept: window.kept.isConnected }));
    assert.deepEqual(state, { next: at(30 * MINUTE), other: "x" });
    assert.equal(kept, true, "the page was not loaded anew");
    assert.equal(await tab.locator("button.zone").isVisible(), true);
    await tab.locator("button.zone").click();
    assert.deepEqual(await lines(tab, "main"), ["now", "11:01 (this minute) · Nov 24, 03:01 GMT+1"]);
    // Nothing is active any more: the page rests.
    assert.deepEqual(await asks(tab, [10 * MINUTE]), [0]);
  });

  it("turns what is new at its very millisecond", async () => {
    const tab = await see("<p>old</p>", { body: "data-active" });
    site.page = html({ main: `<p hidden data-at="${at(67 * SECOND)}">now</p>` });
    await pass(tab, 67 * SECOND - 1);
    assert.deepEqual(await lines(tab, "main"), []);
    await pass(tab, 1);
    assert.deepEqual(await lines(tab, "main"), ["now"]);
  });

  it("shows the visitor's zone in new words too", async () => {
    const tab = await see("<p>old</p>", { body: "data-active", timezoneId: "Europe/Berlin" });
    await tab.evaluate(() => (localStorage["noroshi-zone"] = "1"));
    await tab.reload();
    site.page = html({ main: `<p><time datetime="${START}">11:00</time></p>`, body: "data-active" });
    await pass(tab, 70 * SECOND);
    assert.deepEqual(await lines(tab, "main"), ["11:00 · Nov 24, 03:00 GMT+1"]);
  });

  it("touches nothing where the new page says the same", async () => {
    const main = `<section id="s"><p data-at="${at(-1)}" hidden>now</p></section>
<details id="q"><summary>Question</summary>Answer</details>
<p><time datetime="${at(-5 * HOUR)}">06:00</time></p>`;
    const tab = await see(main, { body: "data-active", timezoneId: "Europe/Berlin" });
    await tab.locator("button.zone").click();
    await tab.locator("summary").click();
    await tab.evaluate(() => getSelection().selectAllChildren(document.querySelector("#q")));
    await touched(tab);
    await pass(tab, 70 * SECOND);
    assert.equal(site.asked, 2);
    assert.deepEqual((await touched(tab)).filter((name) => name !== "BODY"), []);
    assert.match(await tab.evaluate(() => `${getSelection()}`), /Question/);
  });

  const question = (id, text, more = "") => `<details id="${id}" ${more}><summary id="s-${id}">${text}</summary>Answer to ${text}</details>`;

  it("leaves open what was opened, and closed what was closed", async () => {
    const tab = await see(`<div>${question("a", "A")}${question("b", "B")}${question("c", "C", "open")}</div>`, {
      body: "data-active",
    });
    await tab.locator("#s-a").click();
    await tab.locator("#s-c").click();
    site.page = html({
      body: "data-active",
      main: `<p>more</p><div class="other">${question("new", "New")}${question("b", "B")}${question("a", "A!")}${question("c", "C!", "open")}</div>`,
    });
    await pass(tab, 70 * SECOND);
    const open = await tab.locator("details").evaluateAll((all) => all.filter((d) => d.open).map((d) => d.id));
    assert.deepEqual(open, ["a"]);
    assert.match((await lines(tab, "main")).join("|"), /^more\|.*Answer to A!/);
  });

  it("keeps the focus where it was", async () => {
    const tab = await see(`<div>${question("a", "A")}</div><p><a id="link" href="/x">Link</a></p>`, { body: "data-active" });
    const focus = () => tab.evaluate(() => document.activeElement.id);
    await tab.locator("#link").focus();
    site.page = html({ body: "data-active", main: `<p>first</p>${"<p>more</p>".repeat(60)}<section><a id="link" href="/y">Link</a></section>` });
    await pass(tab, 70 * SECOND);
    assert.equal(await focus(), "link");
    assert.equal(await tab.evaluate(() => scrollY), 0);
    assert.equal(await tab.locator("#link").getAttribute("href"), "/y");
    await tab.locator("button.zone").evaluate((b) => (b.hidden = false, b.id = "outside", b.focus()));
    site.page = html({ body: "data-active", main: "<p>nothing</p>" });
    await pass(tab, 70 * SECOND);
    assert.equal(await focus(), "outside");
  });

  it("does not move the reader", async () => {
    const tall = Array.from({ length: 80 }, (_, n) => `<p>Line ${n}</p>`).join("");
    const tab = await see(`<p>old</p>${tall}`, { body: "data-active" });
    const place = () => tab.evaluate(() => [...document.querySelectorAll("p")].find((p) => p.textContent === "Line 50").getBoundingClientRect().top);
    await tab.evaluate(() => scrollTo({ top: 900, behavior: "instant" }));
    const before = await place();
    site.page = html({ body: "data-active", main: `<p>new</p>${tall}` });
    await pass(tab, 70 * SECOND);
    assert.equal((await lines(tab, "main"))[0], "new");
    assert.equal(await place(), before);
  });

  it("keeps a container with an id, so that what changes in it is announced", async () => {
    const state = (c, words) => `<section id="state" class="${c}" aria-live="polite"${c === "ok" ? "" : " title=more"}><h1>${words}</h1></section>`;
    const tab = await see(state("major", "Down"), { body: "data-active" });
    await tab.locator("#state").evaluate((e) => (window.kept = e));
    site.page = html({ body: "data-active", main: `<p>first</p>${state("ok", "Up")}` });
    await pass(tab, 70 * SECOND);
    const now = await tab.locator("#state").evaluate((e) => [e === window.kept, e.className, e.title, e.textContent]);
    assert.deepEqual(now, [true, "ok", "", "Up"]);
  });

  it("keeps what is the same, though something new stands before it", async () => {
    const tab = await see("<h2>A</h2>\n<p>a</p>\n<h2>B</h2>\n<p>b</p>", { body: "data-active" });
    await tab.evaluate(() => (window.kept = [...document.querySelectorAll("main > *")]));
    site.page = html({ body: "data-active", main: "<h2>New</h2>\n<p>new</p>\n<h2>A</h2>\n<p>a</p>\n<p>b</p>" });
    await pass(tab, 70 * SECOND);
    assert.deepEqual(await lines(tab, "main"), ["New", "new", "A", "a", "b"]);
    assert.deepEqual(await tab.evaluate(() => window.kept.map((e) => e.isConnected)), [true, true, false, true]);
  });

  it("becomes the new page whatever the old one was", async () => {
    // Pages drawn from a seeded generator: the same ones in every run.
    let seed = 7;
    const draw = (n) => (seed = (seed * 48271) % 2147483647) % n;
    const tree = (depth) => {
      const kind = draw(6);
      const id = draw(2) ? ` id="i${draw(12)}"` : "";
      if (!depth || kind === 0) return `word ${draw(5)} `;
      const tag = ["p", "div", "section", "ul", "span"][kind - 1];
      const inner = Array.from({ length: draw(4) }, () => tree(depth - 1)).join(draw(2) ? "\n" : "");
      return tag === "p" ? `<p${id}>word ${draw(5)}</p>` : `<${tag}${id} class="c${draw(3)}">${inner}</${tag}>`;
    };
    const main = () => Array.from({ length: 5 }, () => tree(3)).join("\n");
    const tab = await see(main(), { body: "data-active" });
    for (let round = 0; round < 25; round++) {
      site.page = html({ body: "data-active", main: main() });
      await pass(tab, 70 * SECOND);
      const same = await tab.evaluate(async (text) => {
        const page = new DOMParser().parseFromString(text, "text/html");
        return page.querySelector("main").isEqualNode(document.querySelector("main"));
      }, site.page);
      assert.ok(same, `round ${round}`);
    }
  });

  for (const status of [404, 500, 503]) {
    it(`keeps what it has when the answer is ${status}`, async () => {
      const tab = await see("<p>old</p>", { body: "data-active" });
      site.page = html({ main: "<p>Not found</p>", title: "Error" });
      site.status = status;
      await pass(tab, 70 * SECOND);
      assert.equal(site.asked, 2);
      assert.deepEqual(await lines(tab, "main"), ["old"]);
      assert.equal(await tab.title(), "Status");
      assert.equal(await tab.evaluate(() => "active" in document.body.dataset), true);
    });
  }

  it("keeps what it has when the page has moved, since its links would lead elsewhere", async () => {
    const tab = await see("<p>old</p>", { body: "data-active" });
    site.page = html({ main: `<p><a href="../">new</a></p>` });
    site.moved = "/deeper/down/";
    await pass(tab, 70 * SECOND);
    assert.equal(site.asked, 3);
    assert.deepEqual(await lines(tab, "main"), ["old"]);
  });

  it("keeps what it has when the answer is no page of ours", async () => {
    const tab = await see("<p>old</p>", { body: "data-active" });
    site.page = "<!DOCTYPE html><title>Moved</title><p>This page has moved";
    await pass(tab, 70 * SECOND);
    assert.deepEqual(await lines(tab, "main"), ["old"]);
    assert.equal(await tab.title(), "Status");
  });

  it("warns when the change that was due did not come, until it does", async () => {
    const old = { body: `data-next="${at(MINUTE)}" data-active`, main: "<p>old</p>" };
    const tab = await see(old.main, old);
    await pass(tab, 2 * MINUTE);
    assert.equal(await stale(tab), false);
    await pass(tab, 2 * MINUTE + 30 * SECOND);
    assert.equal(await stale(tab), true);
    site.page = html({ main: "<p>new</p>", body: `data-next="${at(HOUR)}" data-active` });
    await pass(tab, MINUTE + SECOND);
    assert.equal(await stale(tab), false);
    assert.deepEqual(await lines(tab, "main"), ["new"]);
  });

  for (const [what, status] of [
    ["breaks off", undefined],
    ["is an error", 503],
  ]) {
    it(`warns when the answer ${what} for two minutes, until it comes`, async () => {
      const tab = await see("<p>old</p>", { body: "data-active" });
      site.status = status;
      await pass(tab, 110 * SECOND);
      assert.equal(await stale(tab), false);
      await pass(tab, 80 * SECOND);
      assert.equal(await stale(tab), true);
      site.status = 200;
      await pass(tab, 61 * SECOND);
      assert.equal(await stale(tab), false);
    });
  }

  it("warns when no answer ever comes", async () => {
    const tab = await see("<p>old</p>", { body: "data-active" });
    site.status = null;
    await tab.clock.runFor(4 * MINUTE);
    await tab.locator(".stale").waitFor();
  });

  it("warns no more once nothing is active", async () => {
    const tab = await see("<p>old</p>", { body: `data-next="${at(-HOUR)}" data-active` });
    await pass(tab, MINUTE);
    assert.equal(await stale(tab), true);
    site.page = html({ main: "<p>new</p>", body: `data-next="${at(-HOUR)}"` });
    await pass(tab, MINUTE);
    assert.equal(await stale(tab), false);
  });

  it("asks for nothing when it is a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "noroshi-browser-"));
    try {
      const turning = `<p data-at="${START}" hidden>now</p>`;
      const page = html({ main: turning, body: `data-next="${at(-HOUR)}" data-active` });
      writeFileSync(join(folder, "index.html"), page.replaceAll('"/s', '"s'));
      writeFileSync(join(folder, "script.js"), script);
      const path = pathToFileURL(join(folder, "index.html")).href;
      const tab = await visit(browser, undefined, { at: START, path });
      let requests = 0;
      tab.on("request", () => requests++);
      await tab.clock.runFor(HOUR);
      assert.deepEqual(await lines(tab, "main"), ["now"]);
      assert.equal(requests, 0);
      assert.deepEqual(await leave(tab), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("any page, any browser", () => {
  it("leaves no name behind", async () => {
    const names = () => Object.getOwnPropertyNames(window).sort();
    site.page = "<!DOCTYPE html><title>Without</title>";
    const without = await (await open()).evaluate(names);
    const tab = await see("");
    assert.deepEqual(await tab.evaluate(names), without);
  });

  it("does nothing on a page that has nothing to do", async () => {
    site.page = `<!DOCTYPE html><title>Empty</title><script src="/script.js" defer></script><p>Words`;
    const tab = await open();
    await tab.clock.runFor(HOUR);
    await look(tab, false);
    await look(tab, true);
    assert.deepEqual(await touched(tab), []);
    assert.deepEqual(await lines(tab), ["Words"]);
  });

  it("lets one broken value spoil nothing else", async () => {
    const main = `<p data-at="soon" data-until="">a</p><p>b <time datetime="12T" data-ago>noon</time></p>
<p data-window="/">c</p><p data-window="">d</p><p>e <time datetime="PT3H">three hours</time></p>
<p data-at="${START}" hidden>f</p><p><time datetime="${START}" data-ago>g</time></p>`;
    for (const zone of ["Mars/Base", "Asia/Tokyo"]) {
      const tab = await see(main, { zone, body: `data-next="never"`, timezoneId: "Europe/Berlin" });
      await tab.clock.runFor(MINUTE);
      assert.deepEqual(await lines(tab, "main"), ["a", "b noon", "c", "d", "e three hours", "f", "g (1 minute ago)"]);
      assert.equal(await tab.locator("button.zone").isVisible(), zone === "Asia/Tokyo");
    }
  });

  it("asks for a page without a warning, a button or a title all the same", async () => {
    const bare = (words) => `<!DOCTYPE html><html lang="en"><script src="/script.js" defer></script><body data-active><main>${words}</main>`;
    site.page = bare("old");
    const tab = await open();
    site.page = bare("new");
    await pass(tab, 70 * SECOND);
    assert.deepEqual(await lines(tab), ["new"]);
  });

  const features = {
    "Intl.RelativeTimeFormat": () => delete Intl.RelativeTimeFormat,
    "Intl.DateTimeFormat": () => delete Intl.DateTimeFormat,
    Intl: () => delete window.Intl,
    "AbortSignal.timeout": () => delete AbortSignal.timeout,
    fetch: () => delete window.fetch,
    DOMParser: () => delete window.DOMParser,
  };
  for (const [name, remove] of Object.entries(features)) {
    it(`still turns what turns without ${name}`, async () => {
      const main = `<p data-until="${at(MINUTE)}">then</p><p data-at="${at(MINUTE)}" hidden>now</p>
<p><time datetime="${START}" data-ago>11:00</time></p>`;
      const tab = await see(main, { body: "data-active", before: remove, timezoneId: "Europe/Berlin" });
      assert.equal((await lines(tab, "main"))[0], "then");
      await tab.clock.runFor(3 * MINUTE);
      assert.equal((await lines(tab, "main"))[0], "now");
    });
  }
});
