// Full marks from Lighthouse in all four categories, as it measures phones by default.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { ACTIVE, build, demo, temporary } from "../browser/demo.mjs";
import { host } from "../browser/host.mjs";

const RUNS = 3;
/** Another program on the machine can only slow a run, so that many runs are made until enough have full marks. */
const TRIES = 9;
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let site, chrome, folder;

before(async () => {
  folder = temporary("lighthouse");
  site = await host(folder, { compress: true });
  // Canonical addresses must be those that are asked for.
  build(demo(["ja", "en"]), { url: `${site.origin}/`, out: folder });
  site.refresh();
  chrome = await launch({ chromePath: process.env.CHROME_PATH, chromeFlags: flags, logLevel: "error" });
});

after(async () => {
  await chrome?.kill();
  await site?.close();
});

/** The marks of one run by category, and the audits that cost some. */
async function mark(path) {
  const { lhr } = await lighthouse(site.origin + path, { port: chrome.port, output: "json", logLevel: "error" });
  assert.equal(lhr.runtimeError, undefined);
  const marks = Object.values(lhr.categories).map(({ id, score }) => [id, score === null ? null : Math.round(score * 100)]);
  const weighed = new Set(Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight).map(({ id }) => id)));
  const lost = Object.values(lhr.audits)
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, score, displayValue = "", details }) => {
      const what = details?.items?.slice(0, 3).map(({ node, url, description, source }) => node?.snippet ?? url ?? description ?? source?.url).filter(Boolean) ?? [];
      return `${weighed.has(id) ? "" : "(no weight) "}${id} ${score} ${displayValue} ${what.join(" | ")}`.trimEnd();
    });
  return { marks: Object.fromEntries(marks), lost, speed: lhr.environment.benchmarkIndex };
}

describe("Lighthouse gives full marks", () => {
  for (const [what, path] of Object.entries({ "the home page": "/", "the page of the active incident": `/${ACTIVE}` })) {
    it(`to ${what}, ${RUNS} times`, async (t) => {
      let fast = 0;
      // The first run finds everything cold: the browser, and files that a host would have packed long ago.
      await mark(path);
      for (let n = 0; n < TRIES && fast < RUNS; n++) {
        const { marks, lost, speed } = await mark(path);
        t.diagnostic(`${Object.entries(marks).map(([id, score]) => `${id} ${score}`).join(", ")} (the machine: ${speed})`);
        for (const audit of lost) t.diagnostic(`    ${audit.slice(0, 160)}`);
        // Categories that a newer Lighthouse adds are shown, and promised by nobody. What is no matter of time holds
        // in every run.
        for (const id of ["accessibility", "best-practices", "seo"]) assert.equal(marks[id], 100, id);
        if (marks.performance === 100) fast += 1;
      }
      assert.equal(fast, RUNS, `of ${TRIES} runs, those with full marks for speed`);
    });
  }

  it("not to a page that is worse", async () => {
    const page = join(folder, "index.html");
    const text = readFileSync(page, "utf8");
    const worse = text.replace(/ lang="ja"/, "").replace(/<meta name="description"[^>]*>/, "").replace("<main", '<img src="nowhere.png"><main');
    writeFileSync(page, worse);
    site.refresh();
    try {
      const { marks } = await mark("/");
      for (const category of ["accessibility", "best-practices", "seo"]) assert.ok(marks[category] < 100, `${category} is ${marks[category]}`);
    } finally {
      writeFileSync(page, text);
      site.refresh();
    }
  });
});
