// The demo as it is published, read from pages of others: the banner, the frame, the addresses to copy.
//
// The status site answers with the headers of its own `_headers`, as a host would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { NOON, build, temporary } from "./demo.mjs";
import { host, listen } from "./host.mjs";
import { browse, leave, lines, pass, repository, visit } from "./support.mjs";

let browser, status, shop;
const folder = temporary("channels");

function publish(at) {
  build(repository, { at, url: `${status.origin}/`, out: folder });
  status.refresh();
}

before(async () => {
  browser = await browse();
  status = await host(folder);
  const policy = `default-src 'none'; script-src ${status.origin}; connect-src ${status.origin}; frame-src ${status.origin}; img-src ${status.origin}; require-trusted-types-for 'script'`;
  shop = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://x");
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy });
    const what = searchParams.get("frame")
      ? `<iframe src="${status.origin}${searchParams.get("frame")}" title="x" width="600" height="600"></iframe>`
      : `<script src="${status.origin}/embed/banner.js" ${searchParams.get("with") ?? ""} defer></script>`;
    response.end(`<!DOCTYPE html><html lang="en"><title>Shop</title><body>${what}<h1>Trade</h1>`);
  });
  publish(NOON);
});

after(async () => {
  await browser.close();
  await status.close();
  await shop.close();
});

/** A page of the shop; what it asks of the status site is no fault. */
const open = (query, at = NOON) => visit(browser, undefined, { at, path: `${shop.origin}/?${query}` });
const banner = (tab) => tab.locator("noroshi-banner");

describe("banner", () => {
  it("shows what the demo has, in either language, under the policy of the page", async () => {
    for (const [query, words] of [
      ["", ["ビットコインの注文受付の遅れ", "XRP の出金・送付の緊急メンテナンス", "原因特定", "作業中"]],
      ["with=data-locale%3D%22en%22", ["Identified", "In progress"]],
    ]) {
      const tab = await open(query);
      const text = (await lines(tab, "noroshi-banner section")).join("\n");
      for (const word of words) assert.ok(text.includes(word), `${word} is not in ${text}`);
      assert.deepEqual(await leave(tab), []);
    }
  });

  it("holds only what touches a row or a group that is asked for", async () => {
    const tab = await open("with=data-components%3D%22xrp%22");
    const text = (await lines(tab, "noroshi-banner section")).join("\n");
    assert.ok(text.includes("XRP の出金・送付") && !text.includes("ビットコインの注文受付"), text);
    assert.deepEqual(await leave(tab), []);
  });

  it("hears of what is published while the page is open, with the headers of the site", async () => {
    publish("2026-11-20T10:30:00+09:00");
    const tab = await open("", "2026-11-20T10:30:00+09:00");
    assert.ok((await lines(tab, "noroshi-banner section")).join("\n").includes("調査中"));
    publish(NOON);
    await pass(tab, 70_000);
    assert.ok((await lines(tab, "noroshi-banner section")).join("\n").includes("原因特定"));
    assert.deepEqual(await leave(tab), []);
  });

  it("is not there while nothing is active or announced", async () => {
    publish("2026-09-02T12:00:00+09:00");
    const tab = await open("", "2026-09-02T12:00:00+09:00");
    const shown = JSON.parse(readFileSync(join(folder, "embed/banner.json"), "utf8")).items.length;
    assert.equal(await banner(tab).count(), shown === 0 ? 0 : 1);
    publish(NOON);
    assert.deepEqual(await leave(tab), []);
  });
});

describe("frame", () => {
  it("may be shown by others and says the same; no other page may", async () => {
    const tab = await open("frame=/embed/banner/");
    const text = await tab.frameLocator("iframe").locator("main").innerText();
    for (const word of ["一部の機能に障害が発生しています", "ビットコインの注文受付の遅れ"]) assert.ok(text.includes(word), text);
    const links = await tab.frameLocator("iframe").locator("a").evaluateAll((all) => all.map((a) => [a.target, a.rel]));
    assert.ok(links.length > 2 && links.every(([target, rel]) => target === "_blank" && rel === "noopener"));
    assert.deepEqual(await leave(tab), []);
    const refused = await open("frame=/");
    const faults = await leave(refused);
    assert.ok(faults.some((fault) => /frame-ancestors|X-Frame-Options/.test(fault)), JSON.stringify(faults));
  });
});

describe("addresses", () => {
  it("are selected whole by one click", async () => {
    const tab = await visit(browser, status, { at: NOON, path: "/en/subscribe/" });
    await tab.locator("#rss code").first().click();
    assert.equal(await tab.evaluate(() => getSelection().toString()), `${status.origin}/en/feed.xml`);
    await tab.locator("#component-api summary").click();
    assert.ok((await lines(tab, "#component-api")).includes(`${status.origin}/en/components/api/calendar.ics`));
    assert.deepEqual(await leave(tab), []);
  });

  it("show badges that say in words what they show", async () => {
    const tab = await visit(browser, status, { at: NOON, path: "/embed/" });
    const pictures = await tab.locator("img").evaluateAll((all) => all.map((img) => [img.alt, img.complete && img.naturalWidth > 0]));
    assert.equal(pictures[0][0], "星取引所 稼働状況: 一部停止");
    assert.ok(pictures[0][1], "the badge of the site is a picture");
    assert.ok(pictures.length > 10);
    assert.deepEqual(await leave(tab), []);
  });
});
