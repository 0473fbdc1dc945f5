// A built site, read before, during and after planned work, without being built again.
//
// What is compared is what a reader sees, in both languages, never the structure of a page.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { Site, browse, leave, lines, pass, repository, until, visit } from "./support.mjs";

const noroshi = resolve(repository, process.env.NOROSHI ?? "target/debug/noroshi");

/** When the site is built; nothing runs yet. */
const BUILT = "2026-11-23T20:00:00+09:00";
/** One second after something starts or ends: the instants at which a reader comes. */
const SERIES_STARTS = "2026-11-24T01:00:01+09:00";
const API_STARTS = "2026-11-24T02:00:01+09:00";
const SERIES_ENDS = "2026-11-24T03:00:01+09:00";
const API_ENDS = "2026-11-24T05:00:01+09:00";
const APP_STARTS = "2026-11-24T06:00:01+09:00";
const APP_ENDS = "2026-11-24T07:00:01+09:00";

const content = {
  "site.yaml": `title: {en: Hoshi status, ja: 星の稼働状況}
url: https://status.example.com/
timezone: Asia/Tokyo
locales: [en, ja]
components:
  - {id: api, name: API, since: 2026-01-05}
  - {id: web, name: {en: Website, ja: ウェブサイト}, since: 2026-01-05}
  - {id: app, name: {en: Mobile app, ja: アプリ}, since: 2026-01-05}
  - {id: login, name: {en: Sign-in, ja: ログイン}, since: 2026-01-05}
`,
  // The clock may say that it begins, never that all is well.
  "maintenance/api.md": `---
title: {en: Work on the API, ja: API の作業}
kind: regular
affects: [api]
window: {start: 2026-11-24 02:00, end: 2026-11-24 05:00}
publish_at: 2026-11-20 12:00
---
The API stops.

## scheduled 2026-11-20 12:00

We announce this.
`,
  // The clock may say that it is over, too.
  "maintenance/app.md": `---
title: {en: Work on the app, ja: アプリの作業}
kind: regular
affects: [app]
window: {start: 2026-11-24 06:00, end: 2026-11-24 07:00}
publish_at: 2026-11-20 12:00
auto: both
---
The app stops.
`,
  // A series: its third occurrence falls into the night that is tested; the ones before were closed.
  "maintenance/weekly.md": `---
title: {en: Weekly work, ja: 毎週の作業}
kind: server
affects: [web]
window: {start: 2026-11-10 01:00, end: 2026-11-10 03:00}
recurrence: {rule: "FREQ=WEEKLY;BYDAY=TU", until: 2026-12-31 00:00}
publish_at: 2026-11-01 12:00
---
The website stops.

## completed 2026-11-10 02:50
occurrence: 2026-11-10

Done.

## completed 2026-11-17 02:50
occurrence: 2026-11-17

Done.
`,
};

const languages = ["en", "ja"];
const home = { en: "/", ja: "/ja/" };
const names = {
  en: { api: "API", web: "Website", app: "Mobile app", login: "Sign-in" },
  ja: { api: "API", web: "ウェブサイト", app: "アプリ", login: "ログイン" },
};

/** The theme's words by language and key. */
const words = Object.fromEntries(
  languages.map((language) => {
    const text = readFileSync(join(repository, `themes/default/messages/${language}.ftl`), "utf8");
    const pairs = [...text.matchAll(/^([\w-]+) = (.+)$/gm)].map(([, key, value]) => [key, value]);
    return [language, Object.fromEntries(pairs)];
  }),
);

function say(language, key) {
  const text = words[language][key];
  assert.ok(text, `the theme has no message \`${key}\` in ${language}`);
  return text;
}

const statuses = ["operational", "degraded_performance", "under_maintenance", "partial_outage", "major_outage"];
const at = (instant) => new Date(instant).toISOString();

let browser;
let site;
let root;
let tabs;

before(async () => {
  root = mkdtempSync(join(tmpdir(), "noroshi-browser-"));
  for (const [name, text] of Object.entries(content)) {
    const path = join(root, "content", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  browser = await browse();
  site = await Site.open();
});

after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(root, { recursive: true, force: true });
});

beforeEach(() => {
  tabs = [];
  site.folder = build(BUILT);
});

afterEach(async () => {
  const faults = await Promise.all(tabs.map(leave));
  assert.deepEqual(faults.flat(), []);
});

const built = new Map();

/** The folder of the site as of an instant. */
function build(instant) {
  if (!built.has(instant)) {
    const out = join(root, `public-${built.size}`);
    execFileSync(noroshi, ["build", "--root", root, "--out", out, "--as-of", instant], { stdio: "pipe" });
    built.set(instant, out);
  }
  return built.get(instant);
}

async function open(path, instant, options) {
  const tab = await visit(browser, site, { path, at: at(instant), ...options });
  tabs.push(tab);
  return tab;
}

/** The statuses that a reader sees beside a component's name on the home page. */
async function statusOf(tab, language, component) {
  const link = tab.getByRole("link", { name: names[language][component], exact: true });
  const row = tab.locator("main li").filter({ has: link });
  const seen = (await row.first().innerText()).split(/[\n\t·]+/).map((line) => line.trim());
  return statuses.filter((status) => seen.includes(say(language, `status-${status}`)));
}

/** The headline that a reader sees. */
const headline = (tab) => tab.locator("h1:visible").allInnerTexts();

/** What the home page claims about the present. */
async function claims(tab, language) {
  const components = Object.keys(names[language]);
  const rows = await Promise.all(components.map(async (c) => [c, (await statusOf(tab, language, c)).join()]));
  return { headline: await headline(tab), ...Object.fromEntries(rows) };
}

const sees = (all, text) => all.some((line) => line.includes(text));

/** Fails where one of `present` is not seen or one of `absent` is. */
function check(all, language, { present = [], absent = [] }) {
  for (const key of present) assert.ok(sees(all, say(language, key)), `\`${key}\` is missing in:\n${all.join("\n")}`);
  for (const key of absent) assert.ok(!sees(all, say(language, key)), `\`${key}\` is seen in:\n${all.join("\n")}`);
}

/** Lines that claim a state of the present without saying as of when. */
function bare(all, language) {
  const keys = [
    ...["update-scheduled", "update-in_progress", "update-verifying", "clock-in_progress", "clock-verifying"],
    ...statuses.flatMap((s) => [`status-${s}`, `state-${s}`]),
  ];
  const claims = keys.map((key) => say(language, key));
  // `as-of` without its time.
  const asOf = say(language, "as-of").replace(/\{.*\}/, "").trim().toLowerCase();
  const isStamped = (line) => line.toLowerCase().includes(asOf) || /\d\d:\d\d/.test(line);
  // The heading of an update: its time stands beside it.
  const isTime = (line) => /\d{4}.*\d\d:\d\d$/.test(line ?? "");
  // The stamp of the home page stands under its headline and covers what is below.
  const stamp = all.findIndex((line) => line.toLowerCase().includes(asOf) && !claims.some((c) => line.includes(c)));
  return all.filter((line, n) => {
    const parts = line.split(/ · |[,、，（(]/).map((part) => part.trim());
    if (!parts.some((part) => claims.includes(part))) return false;
    return !isStamped(line) && !isTime(all[n + 1]) && (stamp < 0 || stamp > n + 1);
  });
}

it("the eye that looks for claims without a time sees them", () => {
  const line = "As of November 23, 2026 00:00 JST";
  assert.deepEqual(bare(["API", "Operational"], "en"), ["Operational"]);
  assert.deepEqual(bare(["API", "正常"], "ja"), ["正常"]);
  assert.deepEqual(bare(["State", "Scheduled", "Window", "02:00–05:00 JST"], "en"), ["Scheduled"]);
  assert.deepEqual(bare(["Regular maintenance · Scheduled", "Operational", line], "en").length, 1);
  assert.deepEqual(bare(["Everything is working normally", line, "API", "Operational"], "en"), []);
  assert.deepEqual(bare(["Operational, as of Mon, Nov 23 00:00 JST"], "en"), []);
  assert.deepEqual(bare(["Scheduled", "November 20, 2026 12:00", "We announce this."], "en"), []);
});

for (const language of languages) {
  describe(`the home page in ${language}`, () => {
    it("says that all is well before the work", async () => {
      const tab = await open(home[language], BUILT);
      assert.deepEqual(await headline(tab), [say(language, "state-operational")]);
      assert.deepEqual(await statusOf(tab, language, "api"), ["operational"]);
      check(await lines(tab), language, {
        present: ["update-scheduled"],
        absent: ["clock-in_progress", "clock-verifying", "state-under_maintenance"],
      });
    });

    it("says that work is in progress from its start on", async () => {
      const tab = await open(home[language], API_STARTS);
      assert.deepEqual(await headline(tab), [say(language, "state-under_maintenance")]);
      assert.deepEqual(await statusOf(tab, language, "api"), ["under_maintenance"]);
      assert.deepEqual(await statusOf(tab, language, "login"), ["operational"]);
      check(await lines(tab), language, {
        present: ["clock-in_progress"],
        absent: ["clock-verifying", "state-operational"],
      });
    });

    it("says that the planned end has passed, not that all is well", async () => {
      const tab = await open(home[language], API_ENDS);
      assert.deepEqual(await headline(tab), [say(language, "state-under_maintenance")]);
      assert.deepEqual(await statusOf(tab, language, "api"), ["under_maintenance"]);
      check(await lines(tab), language, {
        present: ["clock-verifying"],
        absent: ["clock-in_progress", "state-operational"],
      });
    });

    it("turns while it is being read", async () => {
      const tab = await open(home[language], "2026-11-23T23:30:00+09:00");
      assert.deepEqual(await headline(tab), [say(language, "state-operational")]);
      // The site is away: nothing but the clock can turn the page.
      site.status = 503;
      try {
        await until(tab, at(API_STARTS));
        assert.deepEqual(await statusOf(tab, language, "api"), ["under_maintenance"]);
        await until(tab, at(API_ENDS));
        check(await lines(tab), language, { present: ["clock-verifying"] });
      } finally {
        site.status = 200;
      }
    });

    for (const instant of [BUILT, SERIES_STARTS, API_STARTS, SERIES_ENDS, API_ENDS, APP_STARTS, APP_ENDS]) {
      it(`claims at ${instant} what it would, were it built then`, async () => {
        const old = await claims(await open(home[language], instant), language);
        site.folder = build(instant);
        assert.deepEqual(old, await claims(await open(home[language], instant), language));
      });
    }
  });

  it(`the home page in ${language} becomes what is published while it is read`, async () => {
    const tab = await open(home[language], "2026-11-24T01:59:30+09:00");
    site.folder = build(API_STARTS);
    await pass(tab, 60_000);
    const fresh = await open(home[language], "2026-11-24T02:00:30+09:00");
    assert.deepEqual(await lines(tab), await lines(fresh));
  });

  const prefix = home[language];
  const pages = {
    maintenance: [`${prefix}maintenance/api/`, API_STARTS, API_ENDS],
    "occurrence of a series": [`${prefix}maintenance/weekly/2026-11-24/`, SERIES_STARTS, SERIES_ENDS],
  };
  for (const [what, [path, start, end]] of Object.entries(pages)) {
    describe(`the page of a ${what} in ${language}`, () => {
      it("says no state of the clock before the work", async () => {
        const all = await lines(await open(path, BUILT), "main");
        check(all, language, { absent: ["clock-in_progress", "clock-verifying"] });
      });

      it("says that work is in progress from its start on", async () => {
        const all = await lines(await open(path, start), "main");
        check(all, language, { present: ["clock-in_progress"], absent: ["clock-verifying"] });
      });

      it("says that the planned end has passed", async () => {
        const all = await lines(await open(path, end), "main");
        check(all, language, { present: ["clock-verifying"], absent: ["clock-in_progress"] });
      });
    });
  }

  describe(`without scripts, in ${language},`, () => {
    const addresses = {
      "the home page": "",
      "the page of a maintenance": "maintenance/api/",
      "the page of an occurrence": "maintenance/weekly/2026-11-24/",
      "the page of a series": "maintenance/weekly/",
      "the page of a component": "components/api/",
      "the page of a month": "history/2026/11/",
    };
    for (const [what, address] of Object.entries(addresses)) {
      it(`${what} claims nothing without saying as of when`, async () => {
        for (const instant of [BUILT, API_STARTS, API_ENDS]) {
          site.folder = build(instant);
          const tab = await open(prefix + address, instant, { javaScriptEnabled: false });
          const all = await lines(tab, "main");
          assert.deepEqual(bare(all, language), [], `built at ${instant}:\n${all.join("\n")}`);
        }
      });
    }
  });
}
