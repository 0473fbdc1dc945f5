// Sites of other shapes than the demo's: small, large, wide, and with names that are hard to set.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { inspect } from "./axe.mjs";
import { build, pages, NOON, temporary, write } from "./demo.mjs";
import { host } from "./host.mjs";
import * as probe from "./probes.mjs";
import * as sites from "./sites.mjs";
import { browse, leave, visit } from "./support.mjs";

const WIDTHS = [320, 768, 1280];

let browser;

before(async () => {
  browser = await browse();
});

after(async () => {
  await browser?.close();
});

/** The pages that differ: those of components with plain names are all alike. */
function different(folder, content) {
  if (content === sites.named) return pages(folder);
  const alike = (path) => path.replace(/^\/components\/.+/, "/components/");
  const all = pages(folder);
  return all.filter((path, n) => all.findIndex((other) => alike(other) === alike(path)) === n);
}

const shapes = { "three components": sites.small, "forty components in eight groups": sites.large, "a matrix of thirty assets by four functions": sites.matrix, "names that are hard to set": sites.named };

/** What is asked of each page at each width. */
const questions = {
  "has nothing that sticks out to the side": (tab) => tab.evaluate(probe.overflow),
  "cuts no text": (tab) => tab.evaluate(probe.clipped),
  "sets no name letter below letter": (tab) => tab.evaluate(probe.towers),
  "has each heading of a table above its column": (tab) => tab.evaluate(probe.astray),
  "is without a finding of axe": inspect,
};

/** The answers by question, each with where it was given; a page is opened once for all of them. */
async function ask(content) {
  const root = temporary("shapes");
  write(root, content);
  const folder = build(root);
  const site = await host(folder);
  const tab = await visit(browser, site, { at: NOON, timers: true, bypassCSP: true });
  const answers = Object.fromEntries(Object.keys(questions).map((question) => [question, new Map()]));
  for (const path of different(folder, content)) {
    await tab.goto(site.origin + path);
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 800 });
      for (const [question, find] of Object.entries(questions))
        for (const finding of await find(tab)) {
          const places = answers[question].get(finding) ?? new Set();
          answers[question].set(finding, places.add(`${path} at ${width} px`));
        }
    }
  }
  const faults = await leave(tab);
  await site.close();
  assert.deepEqual(faults, []);
  return answers;
}

for (const [what, content] of Object.entries(shapes)) {
  describe(`a site with ${what}`, () => {
    let answers;

    before(async () => {
      answers = await ask(content);
    });

    for (const question of Object.keys(questions)) {
      it(question, () => {
        const found = [...answers[question]].map(([finding, places]) => `${finding}\n    ${[...places].slice(0, 4).join(", ")}${places.size > 4 ? " …" : ""}`);
        if (found.length) assert.fail(`${found.length} findings\n${found.join("\n")}`);
      });
    }
  });
}

/** The home page of a site, 320 px wide. */
async function phone(content, use) {
  const root = temporary("shapes");
  write(root, content);
  const site = await host(build(root));
  const tab = await visit(browser, site, { at: NOON, viewport: { width: 320, height: 800 } });
  const result = await use(tab);
  assert.deepEqual(await leave(tab), []);
  await site.close();
  return result;
}

describe("on a phone", () => {
  it("forty components are no longer than 14,000 px", async () => {
    const height = await phone(sites.large, (tab) => tab.evaluate(() => document.documentElement.scrollHeight));
    assert.ok(height <= 14_000, `${height} px`);
  });

  it("no word in the name of an asset or of a column breaks", async () => {
    const lines = (all) =>
      all.flatMap((cell) => {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const node = walker.nextNode();
        return [...node.data.matchAll(/[^\s(・]+/g)].map((word) => {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          return [word[0], new Set([...range.getClientRects()].map(({ top }) => top)).size];
        });
      });
    const words = await phone(sites.matrix, (tab) => tab.locator("main .matrix th").evaluateAll(lines));
    assert.ok(words.length > 60, `${words.length} words`);
    for (const [word, count] of words) assert.equal(count, 1, `${word} stands on ${count} lines`);
  });
});
