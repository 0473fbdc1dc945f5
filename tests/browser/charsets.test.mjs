// What pages of others embed, on pages in the character sets of others, from servers that name none.
//
// A script without a charset is read in that of its page. In some of them the last byte of a letter and the
// backslash after it make one letter, and a quote that was escaped ends its string.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { NOON, build, temporary, theme, write } from "./demo.mjs";
import { host, listen } from "./host.mjs";
import { browse, leave, visit } from "./support.mjs";

/** `[as a page names it, as iconv does, words that it has, what a page begins with]` */
const CHARSETS = [
  ["Shift_JIS", "SHIFT_JIS", "表示ソフトの能力"],
  ["EUC-JP", "EUC-JP", "表示ソフトの能力"],
  ["ISO-2022-JP", "ISO-2022-JP", "表示ソフトの能力"],
  ["GBK", "GBK", "交易状态"],
  ["gb18030", "GB18030", "交易状态"],
  ["Big5", "BIG5", "交易狀態"],
  ["EUC-KR", "EUC-KR", "거래 상태"],
  ["windows-1252", "CP1252", "Café négocié"],
  ["UTF-16LE", "UTF-16LE", "表示ソフト 거래", [0xff, 0xfe]],
  ["UTF-16BE", "UTF-16BE", "表示ソフト 거래", [0xfe, 0xff]],
];
const isWide = (charset) => charset.startsWith("UTF-16");

/** A letter whose last byte takes the backslash after it along, where this browser reads UTF-8 in a character set. */
function thief(charset) {
  const [decoder, encoder] = [new TextDecoder(charset), new TextEncoder()];
  for (let code = 0x3041; code < 0xffe0; code++) {
    if (code >= 0xd800 && code < 0xf900) continue;
    const read = decoder.decode(encoder.encode(`"${String.fromCodePoint(code)}\\"`));
    if (!read.includes("\\") && read.endsWith('"')) return String.fromCodePoint(code);
  }
  return undefined;
}

const STOLEN = ["Shift_JIS", "GBK", "gb18030", "Big5"];
const attack = (letter) => `${letter}"+alert(document.domain)}]}};//`;
const MESSAGE = 'ッ"+alert(document.domain)}]}};//';
/** The letter of each character set that has one. */
const thieves = {};
/** Each is shown on every page. Three are what a banner shows at most. */
let titles;

const site = () => ({
  "site.yaml": `title: ${JSON.stringify(attack("ッ"))}
url: https://status.example.com/
timezone: Asia/Tokyo
locales: [en, ja]
theme: ${theme}
components: [{id: api, name: ${JSON.stringify(attack("表ソ能ﾃｽﾄ"))}, since: 2026-01-05}]
`,
  ...Object.fromEntries(
    titles.map((title, n) => [
      `incidents/fault-${n}.md`,
      `---
title: ${JSON.stringify(title)}
severity: moderate
affects: [api]
started: 2026-11-20 10:15
scope: x
---
x

## investigating 2026-11-20 10:30

${MESSAGE}
`,
    ]),
  ),
});

let browser, status, shop;
const root = temporary("charsets");
const out = join(root, "public");
/** The script with this title of an entry, and its data in UTF-8 as older versions wrote it. */
let inUtf8;
/** What the shop itself serves as `/raw.js`. */
let served = "";

/** Pages of the shop by their path. */
const pages = new Map();

function encode(text, [charset, name, , mark = []]) {
  const bytes = execFileSync("iconv", ["-f", "UTF-8", "-t", name], { input: text });
  pages.set(`/${charset}/`, Buffer.concat([Buffer.from(mark), bytes]));
  return `${shop.origin}/${charset}/`;
}

before(async () => {
  browser = await browse();
  const tab = await browser.newPage();
  for (const [charset] of CHARSETS.filter(([charset]) => !isWide(charset))) thieves[charset] = await tab.evaluate(`(${thief})("${charset}")`);
  titles = [
    attack("ッ"),
    [...new Set(Object.values(thieves).filter(Boolean))].map(attack).join(" "),
    "表 ソ 能 ﾃｽﾄ｡ 中文 한글 é 👩‍🚀 𠮷 </script><script>alert(2)</script><!-- ]]> \\ ' ` ${alert(3)}",
  ];
  status = await host(out, { charset: false });
  write(root, site());
  build(root, { at: NOON, url: `${status.origin}/`, out });
  status.refresh();
  shop = await listen((request, response) => {
    if (request.url === "/raw.js") return response.writeHead(200, { "Content-Type": "text/javascript" }).end(served);
    const page = pages.get(decodeURI(request.url));
    response.writeHead(page ? 200 : 404, { "Content-Type": "text/html" });
    response.end(page);
  });
  const script = readFileSync(join(out, "embed/banner.js"), "utf8");
  const [, json] = script.match(/const data = (.*);\nconst doc/);
  const data = JSON.parse(json);
  // The words of the site stand before those of the entries: only the letter that is tried may end a string.
  inUtf8 = (title) => {
    const plain = { ...data.en, title: "x", words: {}, items: [{ ...data.en.items[0], title }] };
    return script.replace(json, () => JSON.stringify({ locales: ["en"], en: plain }));
  };
});

after(async () => {
  await browser?.close();
  await status?.close();
  await shop?.close();
});

/** Opens a page of the shop in a character set; a script that runs what it should not leaves `alerts`. */
async function open(body, row) {
  const [charset, , words] = row;
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="${charset}"><title>Shop</title></head><body><p id="words">${words}</p>${body}</body></html>`;
  const before = { content: "window.alerts = []; window.alert = (what) => window.alerts.push(what);" };
  const tab = await visit(browser, undefined, { at: NOON, path: encode(html, row), before });
  // Else nothing would be tried.
  assert.equal(await tab.evaluate(() => document.characterSet), charset);
  assert.equal(await tab.locator("#words").innerText(), words);
  return tab;
}

const alerts = (tab) => tab.evaluate(() => window.alerts);
const shown = (tab) => tab.locator("noroshi-banner li a").allInnerTexts();
const sorted = (list) => [...list].sort();
/** As a reader sees it. */
const collapsed = (text) => text.replace(/\s+/g, " ");

describe("the attack", () => {
  it("has a letter in each character set in which one can take a backslash along", () => {
    assert.deepEqual(Object.keys(thieves).filter((charset) => thieves[charset]), STOLEN);
  });

  for (const row of CHARSETS.filter(([charset]) => STOLEN.includes(charset))) {
    it(`runs on a page in ${row[0]} where the data is not ASCII`, async () => {
      served = inUtf8(attack(thieves[row[0]]));
      const tab = await open(`<script src="/raw.js"></script>`, row);
      assert.deepEqual(await alerts(tab), ["127.0.0.1"]);
      await leave(tab);
    });
  }
});

describe("what is published", () => {
  it("is ASCII, whatever others may embed", () => {
    const files = readdirSync(out, { recursive: true }).filter((name) => /\.(js|json|svg|css)$/.test(name) && !/^manifest(\.json|\/)/.test(name));
    assert.ok(files.length > 15, `${files}`);
    for (const name of files) {
      const at = readFileSync(join(out, name)).findIndex((byte) => byte > 0x7e);
      assert.equal(at, -1, `${name} at byte ${at}`);
    }
  });
});

for (const row of CHARSETS) {
  describe(`a page in ${row[0]}`, () => {
    it("shows the words of the banner, and runs nothing else", async () => {
      // As `/embed/` shows it. A page in UTF-16 needs the attribute: it reads everything two bytes a letter.
      for (const attribute of isWide(row[0]) ? ['charset="utf-8"'] : ["", 'charset="utf-8"']) {
        const tab = await open(`<script src="${status.origin}/embed/banner.js" ${attribute}></script>`, row);
        assert.deepEqual(sorted(await shown(tab)), sorted(titles.map(collapsed)));
        assert.ok((await tab.locator("noroshi-banner li").first().innerText()).includes(MESSAGE));
        assert.equal(await tab.locator("noroshi-banner section").getAttribute("aria-label"), attack("ッ"));
        assert.deepEqual(await alerts(tab), []);
        assert.deepEqual(await leave(tab), []);
      }
    });

    if (isWide(row[0])) {
      it("shows nothing where a tag without charset makes a script of two bytes a letter", async () => {
        const tab = await open(`<script src="${status.origin}/embed/banner.js"></script>`, row);
        assert.equal(await tab.locator("noroshi-banner").count(), 0);
        assert.deepEqual(await alerts(tab), []);
        assert.deepEqual(await leave(tab), ["error: Invalid or unexpected token"]);
      });
    }

    it("reads the data by every way of reading", async () => {
      const address = `${status.origin}/embed/banner.json`;
      const tab = await open("<p>x</p>", row);
      const read = await tab.evaluate(async (address) => {
        const fetched = await (await fetch(address)).json();
        const asked = await new Promise((done) => {
          const request = new XMLHttpRequest();
          request.onload = () => done(JSON.parse(request.responseText));
          request.open("GET", address);
          request.send();
        });
        return [fetched, asked].map((data) => data.items.map((item) => item.title));
      }, address);
      for (const found of read) assert.deepEqual(sorted(found), sorted(titles.map(collapsed)));
      // As a script it is refused by its type, or a syntax error.
      await tab.evaluate((address) => new Promise((done) => {
        const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: done });
        document.body.append(script);
      }), address);
      assert.deepEqual(await alerts(tab), []);
      await leave(tab);
    });

    it("shows the frame and the badge", async () => {
      const tab = await open(`<iframe src="${status.origin}/embed/banner/"></iframe><img src="${status.origin}/badge.svg" alt="">`, row);
      const frame = tab.frames().find((frame) => frame.url().endsWith("/embed/banner/"));
      await frame.waitForLoadState();
      assert.equal(await frame.evaluate(() => document.characterSet), "UTF-8");
      const text = await frame.locator("main").innerText();
      for (const title of titles) assert.ok(collapsed(text).includes(collapsed(title)), text);
      assert.ok(await tab.locator("img").evaluate((img) => img.decode().then(() => img.naturalWidth > 0)));
      assert.deepEqual(await alerts(tab), []);
      assert.deepEqual(await leave(tab), []);
    });
  });
}

describe("a badge", () => {
  it("says its words where no server names a character set", async () => {
    for (const [path, words] of [["/badge.svg", attack("ッ")], ["/components/api/badge.svg", attack("表ソ能ﾃｽﾄ")]]) {
      const tab = await visit(browser, status, { at: NOON, path });
      assert.ok((await tab.locator("title").textContent()).startsWith(`${words}: `));
      await tab.context().close();
    }
  });
});
