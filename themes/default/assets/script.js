// What the clock alone may say.
"use strict";
{
const doc = document, { lang, dataset } = doc.documentElement, state = doc.body.dataset;
const spread = 5e3 + Math.random() * 2e4;
let last, good, timer, button, on, site, plain, local;
const born = last = good = Date.now();

const each = (top, query, f) => {
	for (const e of top.querySelectorAll(query)) try { f(e) } catch {}
};
const add = (e, how, span, name, text) => {
	if (!span || span.className != name) {
		e[how](span = doc.createElement("span"));
		span.className = name;
		span.setAttribute("aria-live", "off");
	}
	if (span.textContent != text) span.textContent = text;
};
const clock = more => new Intl.DateTimeFormat(lang, {
	month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...more
});

const show = top => {
	const now = Date.now();
	let turn = 1 / 0;
	each(top, "[data-at],[data-until]", e => {
		const at = Date.parse(e.dataset.at), until = Date.parse(e.dataset.until);
		e.toggleAttribute("hidden", now < at || now >= until);
		if (at > now) turn = Math.min(turn, at);
		if (until > now) turn = Math.min(turn, until);
	});
	plain && each(top, "time[data-ago]", e => {
		let n = Math.ceil((Date.parse(e.dateTime) - now) / 6e4), unit = "minute";
		if (Math.abs(n) > 59) n = Math.round(n / 60), unit = "hour";
		if (Math.abs(n) > 23 && unit != "minute") n = Math.round(n / 24), unit = "day";
		add(e, "append", e.lastChild, "ago", ` (${new Intl.RelativeTimeFormat(lang, { numeric: n ? "always" : "auto" }).format(n, unit)})`);
	});
	each(top, "time[datetime*=T]:not([data-window] *,.ago),[data-window]", e => {
		const { window } = e.dataset, [a, b] = (window || e.dateTime).split("/").map(Date.parse), from = plain.format(a);
		if (site.format(a) == from) return;
		button.hidden = false;
		if (on) add(e, "after", e.nextSibling, "local", " \u00b7 " + (
			b ? from + " \u2013 " + local.format(b).replace(from.slice(0, -5), "") : local.format(a) + (window ? " \u2013" : "")
		));
	});
	return turn;
};

// What is equal stays.
const merge = (old, fresh) => {
	if (old.isEqualNode(fresh)) return;
	for (const n of [...old.getAttributeNames(), ...fresh.getAttributeNames()])
		fresh.hasAttribute(n) ? old.setAttribute(n, fresh.getAttribute(n)) : old.removeAttribute(n);
	const rest = [...old.childNodes], drop = n => rest.splice(0, n).forEach(e => e.remove());
	for (const b of [...fresh.childNodes]) {
		const n = rest.findIndex((a, n) => a.isEqualNode(b) && !(n && b.data) || b.id && a.nodeName + a.id == b.nodeName + b.id);
		if (n < 0) old.insertBefore(b, rest[0]);
		else drop(n), merge(rest.shift(), b);
	}
	drop(1 / 0);
};

const load = async () => {
	last = Date.now();
	try {
		const got = await fetch(location, { cache: "no-cache", signal: AbortSignal.timeout?.(3e4) });
		const page = new DOMParser().parseFromString(got.ok && !got.redirected && await got.text(), "text/html");
		const main = page.querySelector("main"), { id } = doc.activeElement;
		each(main, "details[id]", e => e.open = doc.getElementById(e.id).open);
		show(main);
		merge(doc.querySelector("main"), main);
		if (doc.title != page.title) doc.title = page.title;
		delete state.next;
		delete state.active;
		Object.assign(state, page.body.dataset);
		good = Date.now();
		doc.getElementById(id).focus({ preventScroll: true });
	} catch {}
	const late = Date.now() - 12e4;
	each(doc, ".stale", e => e.toggleAttribute("hidden",
		state.active == null || Date.parse(state.active) > late || !(Date.parse(state.next) < late || good < late)
	));
	tick();
};

const tick = () => {
	const turn = show(doc), now = Date.now(), first = Math.max(Date.parse(state.next) || 1 / 0, born) + spread;
	if (last > now) last = good = now;
	let due = first > last ? first : last + Math.min(last - first + 6e4, 9e5);
	if (state.active != null) due = Math.min(due, Math.max(last, Date.parse(state.active) || 0) + 45e3 + spread);
	if (doc.hidden || !location.host) due = 1 / 0;
	if (now >= due) load();
	clearTimeout(timer);
	timer = setTimeout(tick, Math.min(turn, due, now + (doc.hidden ? 2e9 : 3e4)) - now);
};

addEventListener("load", () => each(doc, ".zone", e => {
	button = e;
	plain = clock();
	site = clock({ timeZone: dataset.zone });
	local = clock({ timeZoneName: "shortOffset" });
	e.querySelector("span").textContent = plain.resolvedOptions().timeZone;
	e.onclick = () => {
		on = on ? "" : "1";
		e.setAttribute("aria-pressed", !!on);
		each(doc, ".local", e => e.remove());
		tick();
		try { localStorage["noroshi-zone"] = on } catch {}
	};
	on = localStorage["noroshi-zone"];
	e.setAttribute("aria-pressed", !!on);
}));
for (const e of ["visibilitychange", "pageshow", "focus"]) addEventListener(e, tick);
tick();
}
