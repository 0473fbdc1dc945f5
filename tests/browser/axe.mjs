// What axe-core has to say about the page in a tab.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { contrast, palette, pixels } from "./pixels.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Every finding as one text, with its rule, target and HTML.
 *
 * The tab must have been opened with `bypassCSP`, since axe comes as a text, and with `timers`, since it waits.
 */
export async function inspect(tab) {
  if (!(await tab.evaluate(() => "axe" in window))) await tab.evaluate(source);
  const { violations, incomplete } = await tab.evaluate(run);
  const unclear = [];
  for (const finding of incomplete) {
    const ratio = await measure(tab, finding.target);
    if (!(ratio.measured >= ratio.wanted)) unclear.push({ ...finding, reason: `${finding.reason}; measured ${ratio.measured}` });
  }
  return [...violations, ...unclear].map(({ id, target, html, reason }) => `${id}: ${target}\n    ${html.slice(0, 300)}\n    ${reason}`);
}

/** Runs in the page. */
async function run() {
  const isMeant = ({ ruleId, tags }) =>
    // AAA is beyond what was promised; all else that axe knows, what it holds back as experimental, too.
    !tags.includes("deprecated") &&
    !tags.some((tag) => /^wcag\d*aaa$/.test(tag)) &&
    // It asks for a look at everything that is hidden, and finds nothing by itself.
    ruleId !== "hidden-content";
  const values = axe.getRules().filter(isMeant).map(({ ruleId }) => ruleId);
  const found = await axe.run(document, { runOnly: { type: "rule", values }, resultTypes: ["violations", "incomplete"] });
  const brief = ({ id, nodes }) =>
    nodes.map(({ target, html, any, all, none }) => ({
      id,
      target: target.join(" "),
      html,
      reason: [...any, ...all, ...none].map(({ message }) => message).join("; "),
    }));
  const unclear = found.incomplete.filter(({ id }) => id === "color-contrast");
  return { violations: found.violations.flatMap(brief), incomplete: unclear.flatMap(brief) };
}

/**
 * Where axe cannot tell a background, as beside a line that is drawn, the pixels can: the text is made transparent and
 * what is then seen in its place is compared with its colour.
 */
async function measure(tab, target) {
  const text = await tab.evaluate((target) => {
    const element = document.querySelector(target);
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const range = document.createRange();
    const nodes = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const rects = nodes
      .flatMap((node) => (range.selectNodeContents(node), [...range.getClientRects()]))
      // As far as it can be seen.
      .map(({ left, top, right, bottom }) => [Math.max(left, 0), Math.max(top, 0), Math.min(right, innerWidth), Math.min(bottom, innerHeight)])
      .filter(([left, top, right, bottom]) => right - left >= 1 && bottom - top >= 1);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const size = parseFloat(fontSize);
    element.style.setProperty("color", "transparent", "important");
    // A line under the letters is no ground behind them.
    element.style.setProperty("text-decoration", "none", "important");
    return {
      colour: [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)],
      rects: rects.map(([x, y, right, bottom]) => ({ x, y, width: right - x, height: bottom - y })),
      // Large text (WCAG 2.2, 1.4.3).
      wanted: size >= 24 || (size >= 18.66 && fontWeight >= 700) ? 3 : 4.5,
    };
  }, target);
  let measured = text.rects.length ? Infinity : 0;
  for (const clip of text.rects) {
    const seen = palette(await pixels(tab, { clip }));
    measured = Math.min(measured, ...seen.map((colour) => contrast(colour, text.colour)));
  }
  await tab.evaluate((target) => ["color", "text-decoration"].forEach((name) => document.querySelector(target).style.removeProperty(name)), target);
  return { measured, wanted: text.wanted };
}
