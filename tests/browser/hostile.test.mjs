// Slots and style sheets of themes with hostile spellings: what `noroshi check` accepts must run no script and
// ask no other host, in a browser without any policy.
//
// Texts are made from a seed. SEED and ROUNDS in the environment try others, and more.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { noroshi as program, temporary } from "./demo.mjs";
import { listen } from "./host.mjs";
import { browse } from "./support.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 10);
const PER_ROUND = 80;
const LOCALES = ["en", "ja", "ko", "zh-Hans", "de", "fr", "es", "it", "pt-BR", "nl", "pl", "ru", "tr", "th", "vi", "ar"];
const PLACES = ["top", "home-top", "home-bottom", "footer", "head"];

/** A small generator with a seed (mulberry32). */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = chance(Number(process.env.SEED ?? 14));
const pick = (list) => list[Math.floor(random() * list.length)];
const few = (most) => Math.floor(random() * (most + 1));

const SAFE = ["{root}faq/", "/faq/", "#x", "https://other.invalid/", "mailto:a@b.invalid", "./javascript:a()", "{asset:logo.svg}"];
const HOSTILE = ["javascript:a()", "//evil.invalid/x", "https://evil.invalid/x", "data:text/html,<script>a()</script>", "{root}/evil.invalid/x", "\\\\evil.invalid/x", "vbscript:a()"];
const ENTITIES = { ":": "&colon;", "\t": "&Tab;", "/": "&sol;", "(": "&lpar;" };

/** The same address for a browser, or nearly. */
function spelled(address) {
  let out = "";
  for (const sign of address) {
    const way = random();
    if (way < 0.06) out += `&#${sign.codePointAt(0)};`;
    else if (way < 0.1) out += `&#x${sign.codePointAt(0).toString(16)}${pick([";", "", ";"])}`;
    else if (way < 0.16) out += ENTITIES[sign] ?? sign;
    else if (way < 0.2) out += sign + pick(["&Tab;", "&NewLine;", "\t", "\n", "&#0;", "&#8;"]);
    else if (way < 0.24) out += sign === "/" ? "\\" : sign.toUpperCase();
    else out += sign;
  }
  return (random() < 0.15 ? pick([" ", "&#1;", "\u{a0}", "&nbsp;", "\f", "\u{3000}"]) : "") + out;
}

function value() {
  const text = random() < 0.55 ? pick(SAFE) : spelled(random() < 0.3 ? pick(SAFE) : pick(HOSTILE));
  const quote = pick(['"', '"', '"', "'", ""]);
  return `${quote}${text}${quote}`;
}

const NAMES = ["href", "src", "class", "id", "title", "srcset", "xlink:href", "style", "onclick", "ONERROR", "onload", "action", "formaction", "ping", "poster", "background", "data-x", "aria-label", "data", "srcdoc", "fill", "filter", "attributeName", "to", "values", "content", "http-equiv", "usemap", "cite", "name", "autofocus", "onfocus", "tabindex"];

function attribute() {
  const name = pick(NAMES);
  const css = ["url(#x)", "url(//evil.invalid/x#y)", "u\\72l('//evil.invalid/x')", "image-set('//evil.invalid/x' 1x)", "red"];
  const known = { fill: css, filter: css, style: ["background:url(//evil.invalid/x)", "color:red"], onclick: ["a()"], ONERROR: ["a()"], onload: ["a()"], onfocus: ["a()"], attributeName: ["href"], to: ["javascript:a()"], srcdoc: ["<script>parent.a()</script>"], content: ["0;url=//evil.invalid/"], "http-equiv": ["refresh"] };
  return pick([" ", " ", "\n", "/", "\u{b}", " x "]) + name + pick(["=", "=", " = "]) + (known[name] ? `"${pick(known[name])}"` : value());
}

const ELEMENTS = ["p", "div", "a", "img", "span", "b", "table", "tr", "td", "ul", "li", "svg", "g", "use", "image", "rect", "title", "desc", "noscript", "button", "picture", "source", "input", "details", "select", "option", "my-x", "link", "meta", "style", "script", "template", "math", "mtext", "mglyph", "foreignObject", "animate", "set", "iframe", "object", "embed", "form", "base", "textarea", "xmp", "plaintext", "video", "audio", "map", "area", "filter", "feImage", "annotation-xml", "br", "hr"];
const GOOD = ELEMENTS.slice(0, 26);
const VOID = ["img", "source", "input", "link", "meta", "base", "embed", "br", "hr", "area"];
const ODD = ["<!--", "-->", "--!>", "<!-->", "<![CDATA[", "]]>", "</p>", "</noscript>", "</title>", "</svg>", "<", "&lt;", "<!-- x -->", "</ p>", "<?x?>", "<p", '"', "'>", "<svg><title>", "</script>", "<a href=javascript:a()>x</a>", "<img src=x onerror=a()>"];

function node(depth) {
  const way = random();
  if (depth > 4 || way < 0.2) return pick(["x", "A &amp; B", " ", "{ y }"]);
  if (way < 0.26) return pick(ODD);
  const name = random() < 0.85 ? pick(GOOD) : pick(ELEMENTS);
  const open = `<${random() < 0.05 ? name.toUpperCase() : name}${Array.from({ length: few(2) }, attribute).join("")}`;
  if (VOID.includes(name)) return `${open}>`;
  if (["use", "rect", "image", "set", "animate", "feImage"].includes(name) && random() < 0.8) return `${open}/>`;
  const inside = Array.from({ length: few(2) }, () => node(depth + 1)).join("");
  return `${open}>${inside}${random() < 0.96 ? `</${name}>` : ""}`;
}

/** One that is broken at one place more, sometimes. */
function mutated(text) {
  if (random() < 0.7) return text;
  const at = few(text.length);
  return pick([
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + pick(ODD) + text.slice(at),
    () => text.slice(0, at) + pick(["\0", "\r", "\u{200b}", "\u{feff}", "\t", "/", ">"]) + text.slice(at),
  ])();
}

function slot(place) {
  if (place === "head") {
    const tag = () => pick([`<meta${attribute()}>`, `<link rel="${pick(["me", "icon", "stylesheet", "preload", "style&#115;heet"])}" href=${value()}>`, `<script src=${value()}></script>`, `<noscript>${pick(["<p>", "<link rel=me href=/>", "<style>a{}</style>"])}</noscript>`]);
    return mutated(tag() + (random() < 0.3 ? tag() : ""));
  }
  return mutated(node(0) + node(0));
}

function escaped(text) {
  return [...text].map((c) => (/[a-z:/]/i.test(c) && random() < 0.15 ? `\\${c.codePointAt(0).toString(16)} ` : c)).join("");
}

function sheet() {
  const address = () => escaped(pick(["logo.svg", "logo.svg", "#x", "//evil.invalid/x", "https://evil.invalid/x", "data:image/png,x", "\\\\evil.invalid/x"]));
  const url = () => pick([() => `${escaped("url")}(${address()})`, () => `url("${address()}")`, () => `${escaped("image-set")}("${address()}" 1x)`, () => `image-set(var(--x) 1x)`, () => `-webkit-image-set(url(${address()}) 1x)`, () => `src("${address()}")`, () => "red"])();
  const rule = () => pick([
    () => `body{background-image:${url()}}`,
    () => `body::before{content:${url()}}`,
    () => `body{--x:"//evil.invalid/x";background:${url()}}`,
    () => `@font-face{font-family:f;src:${url()}}body{font-family:f}`,
    () => `@media all{body{cursor:${url()},auto}}`,
    () => `${escaped("@import").replace("\\40 ", "@")} ${pick(["", "/**/"])}"${address()}";`,
    () => `/* ${url()} */`,
    () => `body{list-style:${url()};mask:${url()}}`,
  ])();
  return mutated(rule() + rule());
}

/** Names of the files of a site's theme in which nothing is wrong. */
function accepted(site, files) {
  let out = "";
  try {
    out = execFileSync(program, ["--root", site, "check", "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    assert.equal(error.status, 1, "neither a panic nor a signal");
    out = error.stdout;
  }
  const found = out.split("\n").filter(Boolean).map((line) => JSON.parse(line)).filter((line) => line.severity === "error");
  const refused = new Set(found.map((line) => line.file));
  return files.filter(([name]) => !refused.has(name));
}

let browser, host, page;
const asked = [];

before(async () => {
  browser = await browse();
  host = await listen((request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    if (path !== "/") return response.writeHead(200, { "Content-Type": path.endsWith(".svg") ? "image/svg+xml" : "text/plain" }).end(path.endsWith(".svg") ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : "");
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page);
  });
});

after(async () => {
  await browser.close();
  await host.close();
});

/** What a page with a text does that it may not. */
async function misdeeds(tab, html) {
  page = html;
  asked.length = 0;
  await tab.goto(`${host.origin}/`, { waitUntil: "load" });
  const ran = await tab.evaluate(() => {
    const bad = [];
    const schemes = /^(javascript|vbscript|data|blob):/i;
    for (const element of document.querySelectorAll("body *, head *")) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) bad.push(`${element.localName} has ${name}`);
        if (/href$|^(src|action|formaction)$/.test(name)) {
          const read = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI).href : "";
          if (schemes.test(read)) bad.push(`${name} is ${read}`);
        }
      }
    }
    for (const element of document.querySelectorAll("[tabindex], button, input, a:not([href])")) {
      element.focus?.();
    }
    if (document.baseURI !== location.href) bad.push(`base is ${document.baseURI}`);
    if (!document.querySelector("body > main > #end") && !document.querySelector("frameset")) bad.push("the page is torn");
    return [...bad, ...(window.ran ? ["a script ran"] : [])];
  });
  return [...ran, ...asked];
}

describe("hostile", () => {
  it("slots and style sheets that are accepted run nothing and ask nobody else", { timeout: 600_000 }, async () => {
    const site = temporary("hostile");
    mkdirSync(join(site, "content"), { recursive: true });
    const config = `title: x\nurl: https://status.example.com/\ntimezone: UTC\ntheme: mine\nlocales: [en]\ncomponents: [{id: a, name: A}]\n`;
    writeFileSync(join(site, "content/site.yaml"), config);
    const context = await browser.newContext();
    await context.addInitScript(() => (window.a = () => (window.ran = true)));
    const tab = await context.newPage();
    tab.on("dialog", (dialog) => dialog.dismiss());
    await tab.route((url) => url.origin !== host.origin, (route) => {
      asked.push(`asks ${route.request().url()}`);
      return route.abort();
    });
    let tried = 0;
    let passed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      rmSync(join(site, "themes"), { recursive: true, force: true });
      mkdirSync(join(site, "themes/mine/slots"), { recursive: true });
      mkdirSync(join(site, "themes/mine/assets"), { recursive: true });
      writeFileSync(join(site, "themes/mine/assets/logo.svg"), "<svg/>");
      const files = [];
      for (const place of PLACES) {
        for (const locale of LOCALES) files.push([`themes/mine/slots/${place}.${locale}.html`, slot(place)]);
      }
      for (let n = 0; n < PER_ROUND; n++) files.push([`themes/mine/assets/s${n}.css`, sheet()]);
      for (const [name, text] of files) writeFileSync(join(site, name), text);
      assert.ok(readdirSync(join(site, "themes/mine/slots")).length > 0);
      const good = accepted(site, files);
      tried += files.length;
      passed += good.length;
      for (const [name, text] of good) {
        const placed = text.replaceAll("{root}", pick(["./", "/"])).replaceAll("{asset:logo.svg}", "./logo.svg").replaceAll("{lang}", "en");
        const head = name.includes("/head.") ? placed : name.endsWith(".css") ? `<style>${placed}</style>` : "";
        const body = name.includes("/slots/") && !name.includes("/head.") ? placed : "";
        const html = `<!DOCTYPE html><html lang="en"><head><title>x</title>${head}</head><body><main>${body}<p id="end"></p></main></body></html>`;
        const bad = await misdeeds(tab, html);
        assert.deepEqual(bad, [], `${name} (SEED ${process.env.SEED ?? 14}, round ${round}):\n${text}`);
      }
    }
    console.log(`${passed} of ${tried} texts were accepted`);
    assert.ok(passed > tried / 20, "a test of nothing");
    await context.close();
  });
});
