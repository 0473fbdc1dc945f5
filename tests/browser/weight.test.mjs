// What pages of the demo weigh on the wire: one round trip of a fresh connection carries some 14 kB.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { ACTIVE, build, demo, pages } from "./demo.mjs";
import { squeeze } from "./host.mjs";

let folder;

before(() => {
  folder = build(demo(["ja", "en"]));
});

const text = (path) => readFileSync(join(folder, path.replace(/\/$/, "/index.html")), "utf8");
const weight = (path) => squeeze(readFileSync(join(folder, path.replace(/\/$/, "/index.html")))).length;
const figure = (number) => number.toLocaleString("en").padStart(7);

/** The tags of a page that have a name, as written. */
const tags = (html, name) => [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, "g"))].map(([tag]) => tag);

/** What a browser must have to show a page: `{ style: [address], script: [address] }`, from the root of the site. */
function needs(path) {
  const address = (tag) => new URL(tag.match(/(?:href|src)="([^"]*)"/)[1], `https://s.example${path}`).pathname;
  const html = text(path);
  return {
    style: tags(html, "link").filter((tag) => tag.includes('rel="stylesheet"')).map(address),
    script: tags(html, "script").filter((tag) => tag.includes("src=")).map(address),
  };
}

describe("weight", () => {
  for (const path of ["/", "/en/"]) {
    it(`${path} with its stylesheet and script is at most 14,000 bytes`, (t) => {
      const { style, script } = needs(path);
      const parts = [path, ...style, ...script].map((part) => [part, weight(part)]);
      const whole = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
      for (const [part, bytes] of parts) t.diagnostic(`${figure(bytes)}  ${part}`);
      t.diagnostic(`${figure(whole)}  in all`);
      assert.ok(whole <= 14_000, `${whole} bytes`);
    });
  }

  it("the script is at most 2,000 bytes", () => {
    for (const script of needs("/").script) assert.ok(weight(script) <= 2_000, `${script} has ${weight(script)} bytes`);
  });

  it("the page of each incident is at most 10,000 bytes", (t) => {
    const all = pages(folder).filter((path) => path.includes("/incidents/")).map((path) => [path, weight(path)]);
    assert.ok(all.length > 30);
    const [heaviest] = all.sort((a, b) => b[1] - a[1]);
    t.diagnostic(`${figure(heaviest[1])}  ${heaviest[0]}, the heaviest`);
    assert.deepEqual(all.filter(([, bytes]) => bytes > 10_000), []);
  });

  for (const prefix of ["/", "/en/"]) {
    it(`${prefix}${ACTIVE} with all that it needs is at most 10,000 bytes`, (t) => {
      const path = prefix + ACTIVE;
      const { style, script } = needs(path);
      const whole = [path, ...style, ...script].reduce((sum, part) => sum + weight(part), 0);
      t.diagnostic(`${figure(whole)}  ${path} in all`);
      assert.ok(whole <= 10_000, `${whole} bytes`);
    });
  }
});

describe("every page", () => {
  /** Pages at old addresses lead on, and hold nothing else. */
  const isMoved = (html) => html.includes('http-equiv="refresh"');
  const check = (find) => {
    const found = pages(folder).flatMap((path) => find(text(path), path).map((finding) => `${path}: ${finding}`));
    assert.deepEqual(found, []);
  };

  it("has one stylesheet and one script", () => {
    check((html, path) => {
      const { style, script } = needs(path);
      const wanted = isMoved(html) ? 0 : 1;
      return style.length === wanted && script.length === wanted ? [] : [`${style.length} stylesheets, ${script.length} scripts`];
    });
    const all = pages(folder).map(needs);
    assert.equal(new Set(all.flatMap(({ style }) => style)).size, 1, "they are the same on all pages");
    assert.equal(new Set(all.flatMap(({ script }) => script)).size, 1);
  });

  it("has a script that waits for the page, and data besides it, no more", () => {
    check((html) => tags(html, "script").filter((tag) => !/^<script defer src="[^"]+">$/.test(tag) && tag !== '<script type="application/ld+json">'));
  });

  it("has nothing inline: no style, no handler", () => {
    check((html) => [...tags(html, "style"), ...tags(html, "[a-z][a-z0-9-]*").filter((tag) => /\s(style|on[a-z]+)\s*=/.test(tag.replace(/"[^"]*"/g, '""')))]);
  });
});
