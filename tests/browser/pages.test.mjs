// Every kind of page of the demo, in Japanese, English and Arabic, as people with other eyes, hands and machines meet it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { inspect } from "./axe.mjs";
import { ACTIVE, NOON, build, demo, languages, pages, temporary, theme } from "./demo.mjs";
import { host } from "./host.mjs";
import { kinds, kindsOf } from "./kinds.mjs";
import { contrast, palette, pixels } from "./pixels.mjs";
import * as probe from "./probes.mjs";
import { browse, leave, lines, visit } from "./support.mjs";

const known = languages();
const locales = ["ja", "en", "ar"].filter((language) => known.includes(language));
const first = locales[0];
const home = (language) => (language === first ? "/" : `/${language}/`);
const PHONE = { width: 320, height: 800 };
const DESK = { width: 1280, height: 800 };

let browser, site, folder;

before(async () => {
  folder = build(demo(locales));
  site = await host(folder);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

const open = (path, options) => visit(browser, site, { at: NOON, path, ...options });

/** Opens a tab for `use`, and leaves it without a fault. */
async function look(path, options, use) {
  const tab = await open(path, options);
  const result = await use(tab).finally(async () => (tab.left = await leave(tab)));
  assert.deepEqual(tab.left, []);
  return result;
}

/** A page that leads on at once is held where it is. */
const hold = (tab) => tab.route((url) => url.pathname.includes("/incidents/2026-09-25"), (route) => route.fulfill({ status: 204 }));
/** Pages at old addresses, which lead on at once. */
const isMoved = (path) => readFileSync(join(folder, path.endsWith("/") ? `${path}index.html` : path), "utf8").includes('http-equiv="refresh"');

/** Takes a tab to every kind of page in a language; what `use` finds is gathered with its page. */
async function each(tab, language, use) {
  await hold(tab);
  const found = [];
  for (const [what, path] of kindsOf(language, first)) {
    await tab.goto(site.origin + path);
    for (const finding of (await use(tab, what, path)) ?? []) found.push(`${what} (${path}): ${finding}`);
  }
  return found;
}

/** Fails with what was found; a broken stylesheet would fill a book. */
function none(found) {
  const rest = found.length > 60 ? [`and ${found.length - 60} more`] : [];
  if (found.length) assert.fail(`${found.length} findings\n${[...found.slice(0, 60), ...rest].join("\n")}`);
}

const walks = new Map();

/** Questions that need no tab of their own, answered on one walk through a language: `{ question: [finding, …], … }`. */
function walk(language) {
  const ask = async (tab, answers) => {
    await each(tab, language, async (_, what, path) => {
      const note = (question, findings) => answers[question].push(...findings.map((finding) => `${what} (${path}): ${finding}`));
      note("headings", await tab.evaluate(probe.unlinkable));
      note("tongues", await tab.evaluate(probe.unmarked));
      note("direction", await tab.evaluate(probe.direction));
      for (const width of [320, 360, 768, 1280, 3840]) {
        await tab.setViewportSize({ width, height: 800 });
        note("overflow", (await tab.evaluate(probe.overflow)).map((finding) => `at ${width} px ${finding}`));
      }
    });
    return answers;
  };
  if (!walks.has(language)) walks.set(language, look(home(language), {}, (tab) => ask(tab, { headings: [], tongues: [], direction: [], overflow: [] })));
  return walks.get(language);
}

describe("axe finds nothing", () => {
  const looks = ["light", "dark"].flatMap((colorScheme) => [PHONE, DESK].map((viewport) => ({ colorScheme, viewport })));
  for (const language of locales) {
    it(`on any kind of page in ${language}, light and dark, 320 and 1280 px wide`, async () => {
      const tab = await open(home(language), { timers: true, bypassCSP: true });
      const found = await each(tab, language, async () => {
        // By finding: in which looks it is there.
        const all = new Map();
        for (const { colorScheme, viewport } of looks) {
          await tab.emulateMedia({ colorScheme });
          await tab.setViewportSize(viewport);
          for (const finding of await inspect(tab)) all.set(finding, [...(all.get(finding) ?? []), `${colorScheme} ${viewport.width}`]);
        }
        return [...all].map(([finding, where]) => `${finding}\n    seen in ${where.join(", ")}`);
      });
      await leave(tab);
      none(found);
    });
  }
});

describe("the browser reports nothing", () => {
  for (const language of locales) {
    it(`on any page in ${language}: no error, no breach of the policy, no request to others`, async () => {
      const mine = pages(folder).filter((path) => locales.find((l) => path.startsWith(`/${l}/`)) === (language === first ? undefined : language));
      assert.ok(mine.length > 50, `there are only ${mine.length} pages`);
      const tab = await open(home(language), { viewport: DESK });
      const found = [];
      for (const path of mine) {
        await tab.goto(site.origin + path);
        if (isMoved(path)) await tab.waitForURL((url) => url.pathname !== path);
        const breaches = await tab.evaluate(() => window.breaches);
        found.push(...[...tab.faults.splice(0), ...breaches].map((fault) => `${path}: ${fault}`));
      }
      await leave(tab);
      none(found);
    });
  }
});

describe("nothing moves by itself", () => {
  /** Runs before any script of the page. */
  const observe = () => {
    window.shifts = [];
    const name = (node) => (node ? `${node.localName ?? node.nodeName}.${node.className ?? ""} "${node.textContent.trim().slice(0, 40)}"` : "?");
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) window.shifts.push(`moved by ${value.toFixed(4)}: ${sources.map((s) => name(s.node)).join(", ")}`);
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver(() => (window.painted = true)).observe({ type: "paint", buffered: true });
  };
  /** A screenshot is of a painted page; nothing else waits for that while the clock stands. */
  const paint = (tab) => tab.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 } });

  for (const viewport of [PHONE, DESK]) {
    for (const language of locales) {
      it(`on any kind of page in ${language}, ${viewport.width} px wide, though the script comes late`, async () => {
        const tab = await open(home(language), { viewport, before: observe });
        // On a slow line the page is painted long before its script is there.
        await tab.route(/\/assets\/.*\.js$/, async (route) => {
          for (let n = 0; n < 40 && !(await tab.evaluate(() => window.painted)); n++) await paint(tab);
          await route.continue();
        });
        const found = await each(tab, language, async () => {
          await tab.evaluate(() => document.fonts.ready);
          await paint(tab);
          await tab.clock.runFor(59_000);
          await paint(tab);
          await tab.clock.setSystemTime(new Date(NOON));
          return tab.evaluate(() => window.shifts);
        });
        await leave(tab);
        none(found);
      });
    }
  }
});

describe("nothing sticks out to the side", () => {
  for (const language of locales) {
    it(`on any kind of page in ${language}, from 320 to 3840 px`, async () => none((await walk(language)).overflow));

    it(`on any kind of page in ${language} with letters of twice the size, 320 px wide`, async () => {
      const found = await look(home(language), { viewport: PHONE }, async (tab) => {
        const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
        const usual = await size();
        const client = await tab.context().newCDPSession(tab);
        // What a reader sets in the browser.
        await client.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
        return each(tab, language, async () => {
          const now = await size();
          return [...(now >= 2 * usual ? [] : [`its letters are ${now} px high`]), ...(await tab.evaluate(probe.overflow))];
        });
      });
      none(found);
    });
  }
});

describe("the distance of a promised time", () => {
  for (const language of locales) {
    it(`stands beside it on the home page in ${language}, 1280 px wide, and within the page at 320 px`, async () => {
      const found = await look(home(language), { viewport: DESK }, async (tab) => {
        const rows = () =>
          tab.evaluate(() =>
            [...document.querySelectorAll(".promise time.ago")].map((ago) => {
              const [own, before] = [ago, ago.previousElementSibling].map((e) => e.getBoundingClientRect());
              const inside = own.left >= 0 && own.right <= document.documentElement.clientWidth;
              return { words: ago.parentElement.innerText, beside: own.top < before.bottom && before.top < own.bottom, inside };
            }),
          );
        const wide = await rows();
        await tab.setViewportSize(PHONE);
        const narrow = await rows();
        assert.ok(wide.length > 0 && wide.every(({ words }) => words.includes("(")), "the script has written distances");
        return [...wide.filter(({ beside }) => !beside), ...narrow.filter(({ inside }) => !inside)].map(({ words }) => words);
      });
      none(found);
    });
  }
});

describe("without scripts", () => {
  for (const language of locales) {
    for (const [what, path] of Object.entries({ "the home page": "", "the page of an incident": ACTIVE })) {
      it(`${what} in ${language} says the same facts`, async () => {
        const read = (javaScriptEnabled) =>
          // The reader's zone is another than the site's: the script has something to add.
          look(home(language) + path, { javaScriptEnabled, timezoneId: "Europe/Berlin" }, async (tab) => {
            // What only the reader's clock and zone can say.
            if (javaScriptEnabled) await tab.evaluate(() => document.querySelectorAll(".ago, .local, button.zone").forEach((e) => e.remove()));
            return lines(tab);
          });
        const without = await read(false);
        assert.ok(without.length > 30);
        assert.deepEqual(await read(true), without);
      });
    }
  }
});

describe("the keyboard", () => {
  for (const language of locales) {
    for (const viewport of [PHONE, DESK]) {
      it(`visits everything on the home page in ${language} once, in the order of reading, ${viewport.width} px wide`, async () => {
        const found = await look(home(language), { viewport }, async (tab) => {
          const stops = await tab.evaluate(probe.number);
          assert.ok(stops.length > 30, `there are only ${stops.length} stops`);
          const all = [];
          let last = { y: 0 };
          for (let n = 0; n < stops.length; n++) {
            await tab.keyboard.press("Tab");
            const now = await tab.evaluate(probe.focus);
            if (now.index !== n) return [...all, `stop ${n} should be “${stops[n]}” and is “${now.what}”`];
            if (!now.isMarked) all.push(`the focus cannot be seen on “${now.what}”`);
            if (!now.isSeen) all.push(`“${now.what}” has the focus, and where it is one sees ${now.over}`);
            // A line or so: things side by side need not stand on one line. A column that is read leads to the next.
            if (!now.isInTable && !last.isInTable && !now.isBeside && now.y < last.y - 32) all.push(`the focus jumps back from ${last.y} to ${now.y} at “${now.what}”`);
            const [name] = (await tab.locator(":focus").ariaSnapshot()).match(/"(?:[^"\\]|\\.)+"|: \S.*/) ?? [];
            if (!name) all.push(`“${now.what}” has no name`);
            last = now;
          }
          await tab.keyboard.press("Tab");
          const { index, what } = await tab.evaluate(probe.focus);
          if (index > 0) all.push(`after the last stop the focus goes to “${what}”`);
          return all;
        });
        none(found);
      });
    }

    it(`goes to the text first, back, and opens questions, in ${language}`, async () => {
      await look(home(language), { viewport: PHONE }, async (tab) => {
        const stops = await tab.evaluate(probe.number);
        await tab.keyboard.press("Tab");
        const skip = await tab.evaluate(() => document.activeElement.hash);
        assert.equal(skip, "#main", "the first stop skips to the text");
        await tab.keyboard.press("Enter");
        const top = await tab.evaluate(() => document.querySelector("#main").getBoundingClientRect().top);
        assert.ok(top < 100, `the text begins at ${top}`);
        await tab.keyboard.press("Tab");
        const begun = await tab.evaluate(probe.focus);
        assert.ok(begun.isInMain, `the next stop is “${begun.what}”`);
        await tab.keyboard.press("Shift+Tab");
        await tab.keyboard.press("Tab");
        assert.equal((await tab.evaluate(probe.focus)).index, begun.index, "a step back and one ahead lead nowhere else");

        const question = stops.findIndex((stop) => stop.startsWith("summary"));
        for (let n = begun.index; n < question; n++) await tab.keyboard.press("Tab");
        const isOpen = () => tab.evaluate(() => document.activeElement.localName === "summary" && document.activeElement.parentElement.open);
        assert.equal(await isOpen(), false);
        await tab.keyboard.press("Enter");
        assert.equal(await isOpen(), true);
        await tab.keyboard.press("Space");
        assert.equal(await isOpen(), false);
        await tab.keyboard.press("Shift+Tab");
        assert.equal((await tab.evaluate(probe.focus)).index, question - 1);
      });
    });
  }
});

describe("states are told apart by their shapes", () => {
  const paths = ["", "incidents/2026-11-05-site-unreachable/", "incidents/2026-09-30-api-errors/"];
  for (const [how, options] of Object.entries({
    "in light": { colorScheme: "light" },
    "in the dark": { colorScheme: "dark" },
    "in forced colours": { forcedColors: "active" },
    "in forced colours in the dark": { forcedColors: "active", colorScheme: "dark" },
  })) {
    it(how, async () => {
      const shapes = new Map();
      for (const path of paths) {
        await look(home(first) + path, { ...options, deviceScaleFactor: 2 }, async (tab) => {
          const icons = tab.locator("main svg:visible:has(use)");
          const names = await icons.evaluateAll((all) => all.map((svg) => svg.querySelector("use").getAttribute("href")));
          for (const [n, name] of names.entries()) {
            if (shapes.has(name)) continue;
            const picture = await pixels(tab, { locator: icons.nth(n) });
            const [ground] = palette(picture);
            // The shape may cover more than half of its square.
            const others = palette(picture).map((colour) => contrast(colour, ground));
            assert.ok(Math.max(...others) >= 3, `${name} is seen with a contrast of ${Math.max(...others)}`);
            const size = Math.min(picture.width, picture.height);
            const corner = picture.colours[0];
            // Sixteen points a side, so that icons of any size compare.
            const points = Array.from({ length: 256 }, (_, i) => picture.colours[Math.floor(((i >> 4) * size) / 16) * picture.width + Math.floor(((i & 15) * size) / 16)]);
            shapes.set(name, points.map((colour) => (contrast(colour, corner) >= 2 ? "#" : " ")).join(""));
          }
        });
      }
      assert.ok(shapes.size >= 5, `only ${[...shapes.keys()]} are shown`);
      const all = [...shapes];
      for (const [n, [name, shape]] of all.entries())
        for (const [other, outline] of all.slice(n + 1)) {
          const apart = [...shape].filter((point, i) => point !== outline[i]).length;
          assert.ok(apart >= 12, `${name} and ${other} differ in ${apart} of 256 points`);
        }
    });
  }

  it("and in bars in forced colours", async () => {
    await look(home(first), { forcedColors: "active" }, async (tab) => {
      const { ground, days } = await tab.evaluate(() => {
        const probe = document.body.appendChild(document.createElement("p"));
        probe.style.color = "Canvas";
        const ground = getComputedStyle(probe).color;
        const shapes = [...document.querySelectorAll("main svg:not(:has(use)) :is(path, rect)")].filter((shape) => shape.checkVisibility());
        // How high a day stands, and in which colour.
        const days = shapes.map((shape) => [shape.getAttribute("class"), getComputedStyle(shape).fill, shape.getBBox().height]);
        return { ground, days };
      });
      const looks = new Map(days.map(([state, fill, height]) => [state, `${fill} ${height}`]));
      assert.ok(looks.size >= 4, `only ${[...looks.keys()]} are shown`);
      assert.equal(new Set(looks.values()).size, looks.size, JSON.stringify([...looks]));
      for (const [state, fill] of days) assert.ok(state === "none" || fill !== ground, `${state} is ${fill} on ${ground}`);
    });
  });
});

describe("for those who want no motion", () => {
  it("nothing moves on any kind of page", async () => {
    const found = await look(home(first), { reducedMotion: "reduce", viewport: DESK }, (tab) =>
      each(tab, first, async () => {
        await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        await tab.keyboard.press("Tab");
        return tab.evaluate(probe.motion);
      }),
    );
    none(found);
  });
});

describe("on paper", () => {
  // What a sheet of A4 leaves between the margins that browsers use.
  const viewport = { width: 718, height: 1000 };
  const printed = ["home", "active incident", "resolved incident with a postmortem", "maintenance with a changed plan", "month", "component", "questions"];
  // How lines break, and which of two equal glyphs a font holds, is no matter.
  const squeeze = (text) => text.normalize("NFKC").replace(/[\s\u00ad]+/g, "");
  const publisher = {
    ja: ["星取引所株式会社", "暗号資産交換業者 関東財務局長 第00000号(架空)"],
    en: ["Hoshi Exchange Inc.", "Crypto-asset exchange operator No. 00000 (fictional)"],
  };

  /** What stands on the sheets. */
  async function paper(tab) {
    const file = join(temporary("paper"), "page.pdf");
    writeFileSync(file, await tab.pdf({ format: "A4" }));
    return squeeze(execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"], { encoding: "utf8" }));
  }

  for (const language of locales) {
    it(`each kind of page in ${language} is dark on white, whole, without what only a screen can do`, async () => {
      // In the dark, too, paper is white.
      const found = await look(home(language), { viewport, colorScheme: "dark" }, async (tab) => {
        await tab.emulateMedia({ media: "print" });
        const all = [];
        for (const kind of printed) {
          await tab.goto(site.origin + home(language) + kinds[kind]);
          const seen = await tab.locator(":is(nav, button, .skip, main ~ * button):visible").evaluateAll((all) => all.map((e) => `${e.localName} “${e.textContent.trim().slice(0, 30)}” is printed`));
          const pale = (await tab.evaluate(probe.paints))
            // Browsers leave grounds away unless they are told to print them.
            .filter(([, ink, ground]) => contrast(ink, ground) < 4.5 || contrast(ink, [255, 255, 255]) < 4.5)
            .map(([text, ink, ground]) => `“${text}” is ${ink} on ${ground}`);
          all.push(...[...seen, ...pale, ...(await tab.evaluate(probe.overflow)), ...(await tab.evaluate(probe.cut))].map((finding) => `${kind}: ${finding}`));
        }
        return all;
      });
      none(found);
    });

    // The order of letters in Arabic PDFs is that of the eye.
    if (language === "ar") continue;
    it(`each kind of page in ${language} says who publishes it, where it stands, and what is folded up`, async () => {
      const found = await look(home(language), { viewport }, async (tab) => {
        const all = [];
        for (const kind of printed) {
          await tab.goto(site.origin + home(language) + kinds[kind]);
          // Piece by piece: a browser may print the address of a link after it.
          const folded = await tab.locator("details:not([open]) :is(p, li)").evaluateAll((all) =>
            all.flatMap((e) => {
              const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
              const pieces = [];
              while (walker.nextNode()) if (walker.currentNode.data.trim()) pieces.push(walker.currentNode.data);
              return pieces;
            }),
          );
          const address = await tab.locator("link[rel=canonical]").getAttribute("href");
          const text = await paper(tab);
          const lost = (words) => !text.includes(squeeze(words));
          for (const words of [...publisher[language], address].filter(lost)) all.push(`${kind}: “${words}” is not printed`);
          const [hidden, ...more] = folded.filter(lost);
          if (hidden) all.push(`${kind}: “${hidden.slice(0, 60)}” is not printed, nor are ${more.length} other texts that are folded up`);
        }
        return all;
      });
      none(found);
    });
  }
});

describe("every page", () => {
  for (const language of locales) {
    it(`in ${language} has headings that can be linked to`, async () => none((await walk(language)).headings));
    it(`in ${language} says of each text in another script which language it is`, async () => none((await walk(language)).tongues));
    it(`in ${language} is written in its direction`, async () => none((await walk(language)).direction));
  }
});

describe("Arabic pages", { skip: locales.includes("ar") ? false : "the program has no Arabic yet" }, () => {
  it("are mirrored: the band of the state, its icon, the markers of lists", async () => {
    const sides = async (language, path, measure) => look(home(language) + path, { viewport: DESK }, (tab) => tab.evaluate(measure));
    const band = () => {
      const element = document.querySelector("#status section");
      const { borderLeftWidth, borderRightWidth } = getComputedStyle(element);
      const icon = element.querySelector("svg").getBoundingClientRect();
      const box = element.getBoundingClientRect();
      return { border: Math.sign(parseFloat(borderRightWidth) - parseFloat(borderLeftWidth)), icon: Math.sign(icon.left - box.left - (box.right - icon.right)) };
    };
    // Which sides have a border is the theme's; the default has a thick one where a line begins.
    const { border } = await sides("en", "", band);
    if (theme === "default") assert.equal(border, -1);
    assert.deepEqual(await sides("en", "", band), { border, icon: -1 });
    assert.deepEqual(await sides("ar", "", band), { border: -border || 0, icon: 1 });
    const list = () => {
      const lists = [...document.querySelectorAll("main :is(ul, ol)")].filter((e) => getComputedStyle(e).listStyleType !== "none");
      return [...new Set(lists.map((e) => Math.sign(parseFloat(getComputedStyle(e).paddingRight) - parseFloat(getComputedStyle(e).paddingLeft))))];
    };
    assert.deepEqual(await sides("en", "maintenance/2026-11-24-regular/", list), [-1]);
    assert.deepEqual(await sides("ar", "maintenance/2026-11-24-regular/", list), [1]);
  });
});
