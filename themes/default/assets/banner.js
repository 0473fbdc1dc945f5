// Shows on pages that are not ours what the status site says now. Everything after `defer` may be left out:
// <script src=".../embed/banner.js" defer data-locale="en" data-components="api,web" data-ahead="48h" data-target="#id">
// It is a guest: it names nothing, throws nothing, asks nobody but the status site, and needs no more of a policy than
// script-src (and connect-src, for news). Its syntax is known to every browser that has a shadow DOM.
(() => {
"use strict";
const data = /*DATA*/ null /*DATA*/;
const doc = document, own = (doc.currentScript || {}).dataset || {}, KEY = "noroshi-banner";
if (!data || !doc.documentElement.attachShadow) return;

// Whatever comes: text is text, a list is a list, and what is no time (NaN) is neither before nor after another.
const text = v => typeof v == "string" ? v : "";
const list = v => Array.isArray(v) ? v : [];
const time = v => Date.parse(text(v));
const isLink = v => /^https?:\/\//i.test(v);

const locales = list(data.locales).map(text), site = text(Object(data[locales[0]]).json);
let tag = text(own.locale).toLowerCase(), locale;
while (tag && !(locale = locales.find(l => l.toLowerCase() == tag))) tag = tag.replace(/-?[^-]*$/, "");
let news = Object(data[locale || locales[0]]);
const address = text(news.json);
const parts = text(own.components).split(/[\s,]+/).filter(Boolean);
const [, count, unit] = /^(\d+)([mhd])$/.exec(text(own.ahead)) || [];
const ahead = count * { m: 6e4, h: 36e5, d: 864e5 }[unit];

// A second copy asks whether there is a first, which leaves no name in the page.
if (!doc.dispatchEvent(new CustomEvent(KEY, { detail: site, cancelable: true }))) return;
doc.addEventListener(KEY, e => e.detail === site && e.preventDefault());

const SHAPES = {
	degraded: "M8 1 .5 14.5h15zM7.1 6h1.8v4.4H7.1zm0 5.4h1.8v1.7H7.1z",
	maintenance: "m8 0 8 8-8 8-8-8zM7.1 4.2v4.2l3 1.8.9-1.4-2.1-1.2V4.2z",
	partial: "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 1.9v12.2A6.1 6.1 0 0 1 8 1.9Z",
	major: "M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7zM4.4 5.7 6.7 8l-2.3 2.3 1.3 1.3L8 9.3l2.3 2.3 1.3-1.3L9.3 8l2.3-2.3-1.3-1.3L8 6.7 5.7 4.4z",
	info: "M2 0h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2V2a2 2 0 0 1 2-2Zm5 3v2h2V3zm0 4v6h2V7z"
};
// One rule a line and nothing but elements: where no sheet can be made, they are set on each of these.
const PLAIN = `:host{all:initial!important;display:block!important}
section{--card:#fff;--ink:#1d1f23;--soft:#575a62;--line:#e3e0d8;position:relative;font:medium/1.5 system-ui,sans-serif;overflow-wrap:anywhere;color:var(--ink)}
ul{list-style:none;margin:0;padding:0}
li{display:flex;gap:.75em;padding:.5em;border-bottom:1px solid var(--line);border-inline-start:6px solid var(--c)}
li,.more{background:var(--card)}
.degraded{--c:#805a00}
.maintenance{--c:#2f4fa8}
.partial{--c:#a84300}
.major{--c:#b3202c}
.info{--c:#575a62}
svg{width:1.25em;height:1.25em;flex:none;margin:.25em;fill:var(--c)}
li div{flex:1;min-width:0;padding-block:.125em}
p{margin:0;max-width:60em}
b{color:var(--c);margin-inline-end:.25em}
span{display:inline-block;color:var(--soft);font-variant-numeric:tabular-nums}
a{color:inherit;font-weight:600;text-underline-offset:.2em}
button{flex:none;width:2em;height:2em;padding:0;border:0;border-radius:4px;background:none;color:inherit;font:inherit;cursor:pointer}
.more{padding:.375em 3.375em;max-width:none;border-bottom:1px solid var(--line)}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}`;
const MORE = `:host{color-scheme:light dark!important}
:lang(ja){line-break:strict;word-break:auto-phrase}
a[href]::after{content:"\u00a0\u2197"/""}
a:hover{text-decoration-thickness:2px}
button:hover{background:var(--line)}
:focus-visible{outline:3px solid;outline-offset:1px}
@supports(color:color-mix(in oklab,red,red)){li{background:color-mix(in oklab,var(--c) 9%,var(--card));border-bottom-color:color-mix(in oklab,var(--c) 35%,var(--line))}}
@media(prefers-color-scheme:dark){section{--card:#1b1d21;--ink:#eceae4;--soft:#a9acb3;--line:#2e3137}.degraded{--c:#e2b33c}.maintenance{--c:#8fa9f5}.partial{--c:#f28c4a}.major{--c:#ff7b80}.info{--c:#a9acb3}}
@media(forced-colors:active){svg{fill:CanvasText}button{border:1px solid}}`;

const make = (name, set, ...inside) => {
	const e = Object.assign(doc.createElement(name), set);
	for (const a of ["role", "aria-label"]) if (Object(set)[a]) e.setAttribute(a, set[a]);
	e.append(...inside);
	return e;
};
const link = (words, url) => make("a", Object.assign({ textContent: words, target: "_blank", rel: "noopener" }, isLink(url) && { href: url }));

const said = make("p", { className: "said", role: "status" }), box = make("div"), region = make("section", { role: "region" }, said, box);
const host = make(KEY), root = host.attachShadow({ mode: "open" });
root.append(region);
let sheet;
try {
	sheet = new CSSStyleSheet();
	sheet.replaceSync(PLAIN + MORE);
	root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
} catch (_) {
	sheet = null;
}

let seen = "", heard = [], closed = [], last = Date.now(), timer;

const stored = () => {
	try { return list(JSON.parse(localStorage[KEY])) } catch (_) { return [] }
};
const close = id => {
	closed.push(id);
	try { localStorage[KEY] = JSON.stringify(stored().concat(id).slice(-50)) } catch (_) {}
	tick();
};

const row = (item, words) => {
	const tone = SHAPES.hasOwnProperty(item.tone) ? item.tone : "info";
	const [svg, path] = ["svg", "path"].map(name => doc.createElementNS("http://www.w3.org/2000/svg", name));
	svg.setAttribute("viewBox", "0 0 16 16");
	svg.setAttribute("aria-hidden", "true");
	path.setAttribute("d", SHAPES[tone]);
	svg.append(path);
	const head = make("p", {}, link(item.title, item.url)), body = make("div", {}, head);
	if (item.label) head.prepend(make("b", {}, item.label), " ");
	if (item.when) head.append(" ", make("span", {}, item.when));
	if (item.message) body.append(make("p", {}, item.message));
	return make("li", { className: tone }, svg, body, make("button", {
		type: "button", textContent: "\u2715", "aria-label": `${text(words.close) || "Close"}: ${item.title}`, onclick: () => close(item.id)
	}));
};

// What is to be seen at an instant, and when the clock changes that.
const due = now => {
	const gone = new Set(closed.concat(stored())), items = [];
	let turn = Infinity;
	const holds = (at, until) => {
		for (const t of [at, until]) if (t > now) turn = Math.min(turn, t);
		return !(now < at || now >= until);
	};
	for (const it of list(news.items).map(Object)) {
		const item = {}, touched = list(it.components);
		for (const key of ["id", "title", "message", "tone", "when", "url"]) item[key] = text(it[key]);
		item.id = item.id || item.title;
		if (!item.title || gone.has(item.id) || parts.length && touched.length && !touched.some(c => parts.includes(c))) continue;
		if (!holds(it.kind === "maintenance" ? time(it.start) - ahead : NaN, time(it.until))) continue;
		gone.add(item.id);
		item.label = text(Object(list(it.states).map(Object).find(s => holds(time(s.at), time(s.until)))).label);
		items.push(item);
	}
	return { items, turn };
};

const show = items => {
	const words = Object(news.words), top = items.slice(0, 3), rest = items.length - top.length;
	const name = text(words.region) || text(news.title), more = (text(words.more) || "+{n}").replace("{n}", rest);
	const look = JSON.stringify([top, rest && more, text(news.lang), news.dir === "rtl", name, text(words.close), text(news.url)]);
	if (look == seen && (host.isConnected || !items.length)) return;
	seen = look;

	const focus = root.activeElement, at = [...root.querySelectorAll("li")].findIndex(e => e.contains(focus));
	region.lang = text(news.lang);
	region.dir = news.dir === "rtl" ? "rtl" : "ltr";
	region.setAttribute("aria-label", name);
	box.textContent = "";
	box.append(make("ul", { role: "list" }, ...top.map(item => row(item, words))));
	if (rest) box.append(make("p", { className: "more" }, link(more, text(news.url))));
	if (!sheet) PLAIN.replace(/(.+?){(.+)}/g, (_, query, rules) => {
		for (const e of query == ":host" ? [host] : root.querySelectorAll(query)) e.style.cssText += rules;
	});

	if (!items.length) host.remove();
	else if (!host.isConnected) {
		let target;
		try { target = doc.querySelector(own.target) } catch (_) {}
		(target || doc.body).prepend(host);
	}
	const rows = [...root.querySelectorAll("li")], next = rows[Math.min(at, rows.length - 1)];
	if (focus && next) (next.querySelector(focus.localName) || next.lastChild).focus({ preventScroll: true });

	// Heard once: a live region speaks when it changes, not when it comes, and what it said would be read again.
	const lines = top.map(item => [item.label, item.title, item.when, item.message].filter(Boolean).join(" "));
	const fresh = lines.filter(l => !heard.includes(l)).join("\n");
	heard = lines;
	if (fresh) {
		setTimeout(() => said.textContent = fresh, 200);
		setTimeout(() => said.textContent = "", 5e3);
	}
};

const load = async () => {
	try {
		const got = await fetch(address, {
			cache: "no-cache", credentials: "omit", referrerPolicy: "no-referrer",
			signal: AbortSignal.timeout && AbortSignal.timeout(3e4)
		});
		const next = got.ok && Object(await got.json());
		if (next.version === news.version && Array.isArray(next.items) && time(next.effective) >= (time(news.effective) || 0)) news = next;
	} catch (_) {}
	tick();
};

const tick = () => {
	const now = Date.now();
	let turn = Infinity;
	try {
		const what = due(now);
		turn = what.turn;
		show(what.items);
	} catch (_) {}
	clearTimeout(timer);
	if (doc.hidden) return;
	if (last > now) last = now;
	if (now - last >= 6e4) {
		last = now;
		if (isLink(address)) load();
	}
	timer = setTimeout(tick, Math.min(turn, last + 6e4) - now);
};

const start = () => {
	doc.addEventListener("visibilitychange", tick);
	addEventListener("pageshow", tick);
	tick();
};
if (doc.readyState == "loading") doc.addEventListener("DOMContentLoaded", start);
else start();
})();
