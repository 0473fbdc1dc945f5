// Questions to a page; each function runs inside of it and stands for itself.

/** What sticks out of the page to the side, or cannot be reached. */
export function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`the document is ${scrollWidth} px wide in ${clientWidth}`] : [];
  const isKept = (element) => {
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      const { overflowX, clipPath } = getComputedStyle(e);
      if (e !== element && /auto|scroll/.test(overflowX)) return true;
      // For screen readers alone.
      if (clipPath !== "none") return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility()) continue;
    const { left, right, width } = element.getBoundingClientRect();
    if (!width || (left >= -1 && right <= clientWidth + 1) || isKept(element)) continue;
    found.push(`${element.localName}.${element.getAttribute("class") ?? ""} from ${Math.round(left)} to ${Math.round(right)} in ${clientWidth}: ${element.textContent.trim().slice(0, 40)}`);
  }
  return found;
}

/** What can be scrolled to the side: on paper it is cut. */
export function cut() {
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
    .filter((e) => getComputedStyle(e).overflowX !== "visible")
    .map((e) => `${e.localName}.${e.className} is ${e.scrollWidth} px wide in ${e.clientWidth}: ${e.textContent.trim().slice(0, 40)}`);
}

/** Numbers what the keyboard must reach, in the order of the document, as it looks without the focus. */
export function number() {
  const all = document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]");
  window.stops = [...all].filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
  window.plain = window.stops.map((e) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(e);
    return [outlineStyle, outlineWidth, outlineColor, boxShadow].join();
  });
  return window.stops.map((e) => `${e.localName}: ${e.textContent.trim().slice(0, 40)}`);
}

/** Where the focus is, as a person sees it. */
export function focus() {
  /** Whether one stop lies in a box that stands beside that of another, further on in the direction of reading. */
  const isBeside = (from, to) => {
    let [a, b] = [from, to];
    while (!a.parentElement.contains(to)) a = a.parentElement;
    while (!b.parentElement.contains(from)) b = b.parentElement;
    const [here, there] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    const isRtl = getComputedStyle(a.parentElement).direction === "rtl";
    return isRtl ? there.right <= here.left + 1 : there.left >= here.right - 1;
  };
  const e = document.activeElement;
  const index = window.stops.indexOf(e);
  if (index < 0) return { index, what: `${e.localName}#${e.id}.${e.getAttribute("class") ?? ""}` };
  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(e);
  const isRinged = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  const isMarked = isRinged && [outlineStyle, outlineWidth, outlineColor, boxShadow].join() !== window.plain[index];
  const [{ x, y, width, height }] = e.getClientRects();
  const seen = document.elementFromPoint(x + width / 2, y + height / 2);
  const last = window.stops[index - 1];
  return {
    index,
    what: `${e.localName}: ${e.textContent.trim().slice(0, 40)}`,
    isMarked,
    isSeen: e.contains(seen),
    over: seen ? `${seen.localName}.${seen.getAttribute("class") ?? ""}` : "nothing: it is out of sight",
    isInTable: Boolean(e.closest("table")),
    isBeside: Boolean(last) && isBeside(last, e),
    isInMain: Boolean(e.closest("main")),
    y: Math.round(y + scrollY),
  };
}

/** Headings that no address leads to. */
export function unlinkable() {
  return [...document.querySelectorAll("main :is(h1, h2, h3)")]
    .filter((h) => !h.id && !h.closest("section[id], article[id], li[id], details[id]"))
    .map((h) => `${h.localName}: ${h.textContent.trim().slice(0, 60)}`);
}

/** Texts in a script that is not the page's, without a word on their language. */
export function unmarked() {
  const scripts = { ja: /[\u3041-\u3096\u30a1-\u30fa]/, ar: /[\u0620-\u064a]/ };
  const found = [];
  const judge = (text, element, what) => {
    const { lang } = element.closest("[lang]") ?? { lang: "" };
    for (const [language, letters] of Object.entries(scripts))
      if (letters.test(text) && lang.split("-")[0] !== language)
        found.push(`${language} in ${lang}, ${what}: ${text.trim().slice(0, 60)} (${element.outerHTML.slice(0, 120)})`);
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    // What is for machines names its language by itself.
    if (parentElement.localName !== "script") judge(data, parentElement, parentElement.localName);
  }
  for (const name of ["alt", "title", "aria-label", "content"])
    for (const element of document.querySelectorAll(`[${name}]`)) judge(element.getAttribute(name), element, `@${name}`);
  return found;
}

/** A page that is not written in the direction of its language. */
export function direction() {
  const wanted = new Intl.Locale(document.documentElement.lang).getTextInfo().direction;
  const { direction } = getComputedStyle(document.body);
  // Pages at old addresses have one line, in the direction that browsers begin with.
  const said = document.dir || "ltr";
  return direction === wanted && said === wanted ? [] : [`dir is “${document.dir}”, the direction ${direction}, and that of ${document.documentElement.lang} is ${wanted}`];
}

/** What moves, or would. */
export function motion() {
  const found = document.getAnimations().map((a) => `an animation of ${a.effect?.target?.localName}`);
  for (const e of [document.documentElement, ...document.querySelectorAll("body, body *")]) {
    for (const pseudo of [undefined, "::before", "::after"]) {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e, pseudo);
      const where = `${e.localName}.${e.getAttribute("class") ?? ""}${pseudo ?? ""}`;
      if (transitionDuration.split(",").some((time) => parseFloat(time) > 0)) found.push(`${where} has a transition`);
      if (animationName !== "none") found.push(`${where} has an animation`);
      if (scrollBehavior !== "auto") found.push(`${where} scrolls smoothly`);
    }
  }
  return found;
}

/** The colours of every visible text and background, as sRGB: `[[text, [r, g, b], [r, g, b]], …]`. */
export function paints() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  // One over the other, as they are painted on a sheet.
  const blend = (...colours) => {
    for (const colour of ["#fff", ...colours]) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const texts = [...document.querySelectorAll("html, body, body *")].filter(
    (e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()),
  );
  const grounds = (e) => (e ? [...grounds(e.parentElement), getComputedStyle(e).backgroundColor] : []);
  return texts.map((e) => [e.textContent.trim().slice(0, 40), blend(...grounds(e), getComputedStyle(e).color), blend(...grounds(e))]);
}

/** Texts that are cut off where they are shown; a sign may stand alone where the words to it stand beside its table. */
export function clipped() {
  const sign = (e) => e.querySelector("use")?.getAttribute("href");
  const isExplained = (e) =>
    [...(e.closest("table")?.closest(".card, section, main").querySelectorAll("*") ?? [])].some(
      (other) => other !== e && other.checkVisibility() && other.scrollWidth <= other.clientWidth && sign(other) === sign(e) && other.textContent.trim() === e.textContent.trim(),
    );
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && e.clientWidth > 1 && getComputedStyle(e).clipPath === "none" && e.textContent.trim())
    .filter((e) => {
      const { overflowX, overflowY } = getComputedStyle(e);
      const isCut = (overflow, whole, shown) => /hidden|clip/.test(overflow) && whole > shown + 1;
      return isCut(overflowX, e.scrollWidth, e.clientWidth) || isCut(overflowY, e.scrollHeight, e.clientHeight);
    })
    .filter((e) => !(sign(e) && isExplained(e)))
    .map((e) => `${e.localName}.${e.className} shows ${e.clientWidth}×${e.clientHeight} px of ${e.scrollWidth}×${e.scrollHeight}: ${e.textContent.trim().slice(0, 40)}`);
}

/** Texts that stand in a column of single letters. */
export function towers() {
  const found = [];
  const letters = new Intl.Segmenter();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const length = [...letters.segment(data.trim())].length;
    if (length < 4 || !parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const lines = new Set([...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top))).size;
    if (lines > 2 && length / lines < 2.5) found.push(`${parentElement.localName} “${data.trim().slice(0, 40)}” of ${length} letters takes ${lines} lines`);
  }
  return found;
}

/** Cells that do not stand below the heading of their column. */
export function astray() {
  const found = [];
  for (const table of document.querySelectorAll("main table")) {
    const headings = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.getBoundingClientRect());
    for (const row of table.tBodies[0]?.rows ?? [])
      for (const [n, cell] of [...row.cells].entries()) {
        const { left, right, top } = cell.getBoundingClientRect();
        const heading = headings[n];
        if (!heading || Math.abs(left - heading.left) > 1 || Math.abs(right - heading.right) > 1 || top < heading.bottom - 1)
          found.push(`“${cell.textContent.trim().slice(0, 20)}” from ${Math.round(left)} to ${Math.round(right)}, its heading from ${Math.round(heading?.left)} to ${Math.round(heading?.right)}`);
      }
  }
  return found;
}
