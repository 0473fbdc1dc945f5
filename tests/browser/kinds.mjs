// Every kind of page that the demo has, each by one address; what is not said here for a language is not there.

import { ACTIVE } from "./demo.mjs";

/** Addresses below the folder of a language. */
export const kinds = {
  "home": "",
  "active incident": ACTIVE,
  "resolved incident with a postmortem": "incidents/2026-11-05-site-unreachable/",
  "withdrawn incident": "incidents/2026-09-30-api-errors/",
  "maintenance ahead": "maintenance/2026-11-24-regular/",
  "maintenance going on": "maintenance/2026-11-20-xrp-node/",
  "maintenance with a changed plan": "maintenance/2026-09-15-ledger-update/",
  "postponed maintenance with an evaluation": "maintenance/2026-10-29-charts-update/",
  "cancelled maintenance": "maintenance/2026-11-11-web-server/",
  "series": "maintenance/weekly/",
  "occurrence": "maintenance/weekly/2026-11-17/",
  "notice": "notices/2026-11-20-withdrawals-rumour/",
  "history": "history/",
  "month": "history/2026/11/",
  "component": "components/api/",
  "retired component": "components/fax/",
  "cell of a matrix": "components/btc.withdraw/",
  "questions": "faq/",
  "questions of a category": "faq/assets/",
  "subscribe": "subscribe/",
  "embed": "embed/",
  "frame": "embed/banner/",
  "free page": "severity/",
};

/** Addresses that a site has once, in its first language. */
export const once = { "not found": "404.html", "moved": "news/1042/" };

/** `[what, address]` of each kind in a language; `first` is served at the root. */
export function kindsOf(language, first) {
  const prefix = language === first ? "/" : `/${language}/`;
  const own = language === first ? { ...kinds, ...once } : kinds;
  return Object.entries(own).map(([what, address]) => [what, prefix + address]);
}
