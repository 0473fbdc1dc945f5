// `noroshi serve --drafts` and the pages of others that are open in the same browser.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { NOON, noroshi, temporary, theme, write } from "./demo.mjs";
import { listen } from "./host.mjs";
import { browse } from "./support.mjs";

const DRAFT = "A word under embargo";

const root = temporary("preview");
const file = join(root, "content/notices/plan.md");
let browser, preview, shop, child;

before(async () => {
  browser = await browse();
  write(root, {
    "site.yaml": `title: Hoshi status
url: https://status.example.com/
timezone: Asia/Tokyo
locales: [en]
theme: ${theme}
components: [{id: api, name: API, since: 2026-01-05}]
`,
    "notices/plan.md": `---
title: ${DRAFT}
draft: true
pinned: true
publish_at: 2026-11-19 09:00
---
${DRAFT}.
`,
    "notices/known.md": `---
title: Known
publish_at: 2026-11-20 13:00
---
x
`,
  });
  child = spawn(noroshi, ["serve", "--root", root, "--port", "0", "--drafts", "--as-of", NOON]);
  preview = await new Promise((done, fail) => {
    let said = "";
    child.stdout.on("data", (part) => {
      said += part;
      const found = said.match(/serving (\S+)\/;/);
      if (found) done(found[1]);
    });
    child.stderr.on("data", (part) => (said += part));
    child.on("exit", () => fail(new Error(said)));
  });
  shop = await listen((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(request.url === "/" ? `<!DOCTYPE html><html lang="en"><title>Shop</title><body><h1>Trade</h1></body></html>` : "");
  });
});

after(async () => {
  await browser?.close();
  await shop?.close();
  child?.removeAllListeners("exit");
  child?.kill();
});

/** A tab that notes what it asks the preview for, and with which status that is answered. */
async function open(address, context) {
  const tab = await (context ?? (await browser.newContext())).newPage();
  tab.asked = [];
  tab.answered = [];
  tab.on("request", (request) => request.url().startsWith(preview) && tab.asked.push(request.url()));
  tab.on("response", (response) => response.url().startsWith(preview) && tab.answered.push([response.url(), response.status()]));
  await tab.goto(address);
  return tab;
}

/** Loads an address as an element of a page; what became of it. */
const load = (tab, name, attributes) =>
  tab.evaluate(
    ([name, attributes]) =>
      new Promise((done) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.onload = () => done("load");
        element.onerror = () => done("error");
        document.body.append(element);
      }),
    [name, attributes],
  );

const bar = (tab) => tab.locator("#noroshi-preview");

describe("the preview", () => {
  it("shows the draft, to the reader and to its own pages", async () => {
    const tab = await open(`${preview}/`);
    assert.ok((await tab.locator("main").innerText()).includes(DRAFT));
    assert.ok((await bar(tab).innerText()).includes("Includes drafts."));
    const script = await tab.evaluate(async () => (await fetch("/embed/banner.js")).text());
    assert.ok(script.includes(DRAFT), "there is something to read for others");
    assert.equal(await load(tab, "script", { src: "/embed/banner.js" }), "load");
    assert.ok((await tab.locator("noroshi-banner section").innerText()).includes(DRAFT));
    await tab.context().close();
  });

  it("steps through time", async () => {
    const tab = await open(`${preview}/`);
    await tab.getByRole("button", { name: "Next change" }).click();
    await bar(tab).getByText("as of 2026-11-20 13:00:00 JST").waitFor();
    await tab.getByRole("button", { name: "Previous change" }).click();
    await bar(tab).getByText("as of 2026-11-20 00:00:00 JST").waitFor();
    await tab.context().close();
  });

  it("renews ten pages that are open at once, also after the first of them is closed", async () => {
    const context = await browser.newContext();
    const tabs = [];
    for (let n = 0; n < 10; n++) tabs.push(await open(`${preview}/notices/plan/`, context));
    const change = (words) => writeFileSync(file, readFileSync(file, "utf8").replace(/\n---\n[^]*$/, `\n---\n${words}\n`));
    change("Said otherwise.");
    for (const tab of tabs) await tab.getByText("Said otherwise.").waitFor();
    await tabs.shift().close();
    change("Said once more.");
    for (const tab of tabs) await tab.getByText("Said once more.").waitFor();
    await context.close();
  });
});

for (const [what, at] of [
  ["another site", (origin) => origin.replace("127.0.0.1", "localhost")],
  ["another port of this machine", (origin) => origin],
]) {
  describe(`a page of ${what}`, () => {
    it("gets nothing by any element or request", async () => {
      const tab = await open(`${at(shop.origin)}/`);
      for (const [name, attributes] of [
        ["script", { src: `${preview}/embed/banner.js` }],
        ["script", { src: `${preview}/embed/banner.js`, type: "module" }],
        ["script", { src: `${preview}/embed/banner.js`, crossorigin: "" }],
        ["img", { src: `${preview}/badge.svg` }],
        ["link", { rel: "stylesheet", href: `${preview}/~noroshi/preview.css` }],
        ["link", { rel: "preload", as: "script", href: `${preview}/embed/banner.js` }],
        ["object", { data: `${preview}/notices/plan/` }],
        ["object", { data: `${preview}/badge.svg`, type: "image/svg+xml" }],
        ["video", { src: `${preview}/embed/banner.js` }],
      ]) {
        assert.equal(await load(tab, name, attributes), "error", `${name} ${JSON.stringify(attributes)}`);
      }
      for (const name of ["iframe", "embed"]) await load(tab, name, { src: `${preview}/notices/plan/` });
      await load(tab, "link", { rel: "prefetch", href: `${preview}/notices/plan/` });
      const read = await tab.evaluate(async (preview) => {
        const tried = [];
        for (const options of [{}, { mode: "no-cors" }, { mode: "no-cors", method: "POST" }, { headers: { "x-a": "b" } }]) {
          for (const path of ["/embed/banner.json", "/~noroshi/step/next"]) {
            tried.push(await fetch(preview + path, options).then((answer) => answer.text(), () => ""));
          }
        }
        tried.push(await new Promise((done) => {
          const events = new EventSource(`${preview}/~noroshi/events`);
          events.onmessage = (event) => done(event.data);
          events.onerror = () => done("");
        }));
        return tried;
      }, preview);
      assert.deepEqual(read.filter(Boolean), []);
      assert.equal(await tab.locator("noroshi-banner").count(), 0);
      for (const frame of tab.frames()) assert.ok(!(await frame.content()).includes(DRAFT), frame.url());
      assert.deepEqual(tab.answered.filter(([, status]) => status !== 403), []);
      assert.ok(tab.asked.length >= 20, `${tab.asked}`);
      await tab.context().close();
    });

    it("leads the reader to a page by a link, and keeps no hold of it", async () => {
      const tab = await open(`${at(shop.origin)}/`);
      const [page] = await Promise.all([
        tab.context().waitForEvent("page"),
        tab.evaluate((address) => {
          window.opened = window.open(address);
        }, `${preview}/`),
      ]);
      await bar(page).waitFor();
      assert.ok((await page.locator("main").innerText()).includes(DRAFT));
      assert.equal(await page.evaluate(() => window.opener), null);
      assert.equal(await tab.evaluate(() => window.opened.closed), true);
      await tab.evaluate((address) => (location.href = address), `${preview}/`);
      await bar(tab).waitFor();
      await tab.context().close();
    });
  });
}
