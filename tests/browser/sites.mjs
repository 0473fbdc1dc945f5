// Sites of other sizes and with other names than the demo, as texts below `content/`.

import { theme } from "./demo.mjs";

const head = (locale) => `title: Hoshi status
url: https://status.example.com/
timezone: Asia/Tokyo
locales: [${locale}]
theme: ${theme}
publisher: {name: Hoshi Exchange Inc.}
`;

const quote = (text) => JSON.stringify(text);

/** Three components and nothing else. */
export const small = {
  "site.yaml": `${head("en")}components:
  - {id: web, name: Website, since: 2026-01-05}
  - {id: app, name: App, since: 2026-01-05}
  - {id: api, name: API, since: 2026-01-05}
`,
};

/** Forty components in eight groups; two have had a bad day. */
export const large = {
  "site.yaml": `${head("en")}components:
${Array.from(
  { length: 8 },
  (_, group) => `  - id: group-${group}
    name: Services of region ${group + 1}
    components:
${Array.from({ length: 5 }, (_, n) => `      - {id: service-${group}-${n}, name: Transfers by route ${group + 1}.${n + 1}, since: 2026-01-05}`).join("\n")}`,
).join("\n")}
`,
  "incidents/halt.md": incident("Transfers halted", "2026-11-10", "service-1-2, service-6-0", "resolved"),
};

const assets = ["ビットコイン(BTC)", "イーサリアム(ETH)", "エックスアールピー(XRP)", "日本円", "ビットコインキャッシュ(BCH)", "ポルカドット(DOT)"];

/** Thirty assets by four functions. */
export const matrix = {
  "site.yaml": `${head("ja")}components:
  - id: assets
    name: 銘柄ごとの取引と入出金
    rows:
${Array.from({ length: 30 }, (_, n) => `      - {id: asset-${n}, name: ${quote(assets[n] ?? `第${n + 1}銘柄(A${n + 1})`)}}`).join("\n")}
    columns:
      - {id: trade, name: 売買}
      - {id: deposit, name: 入金・預入}
      - {id: withdraw, name: 出金・送付}
      - {id: lending, name: 貸暗号資産}
`,
  "incidents/halt.md": incident("入金の停止", "2026-11-20", "asset-2.deposit, asset-7.deposit", "調査中"),
};

/** Names as hard to set as names get. */
export const hard = {
  japanese: "アルトコイン無期限先物およびオプションの証拠金取引サービス（スマートフォンアプリ版および法人向け接続を含む）",
  german: "Kryptowährungshandelsplattformzahlungsverkehrsabwicklungsamts",
  arabic: "خدمة تداول العقود الآجلة الدائمة وخيارات الأصول المشفرة بالهامش للأفراد والشركات عبر التطبيق",
  thai: "บริการซื้อขายสัญญาซื้อขายล่วงหน้าแบบไม่มีวันหมดอายุของสินทรัพย์ดิจิทัลสำหรับลูกค้าบุคคลและนิติบุคคล",
  unbroken: "abcdefghij".repeat(12),
  emoji: "🧑‍🚀🚀🏦💴👩‍👩‍👧‍👦🇯🇵🔥👍🏽".repeat(4),
};

const names = Object.entries(hard);

/** Components, groups, rows, columns and titles with hard names. */
export const named = {
  "site.yaml": `${head("en")}components:
${names.map(([id, name]) => `  - {id: ${id}, name: ${quote(name)}, since: 2026-01-05}`).join("\n")}
${names.map(([id, name]) => `  - {id: group-${id}, name: ${quote(name)}, components: [{id: in-${id}, name: ${quote(name)}, since: 2026-01-05}]}`).join("\n")}
  - id: table
    name: ${quote(hard.japanese)}
    rows:
${names.map(([id, name]) => `      - {id: row-${id}, name: ${quote(name)}}`).join("\n")}
    columns:
${names.slice(0, 4).map(([id, name]) => `      - {id: column-${id}, name: ${quote(name)}}`).join("\n")}
`,
  ...Object.fromEntries(
    names.flatMap(([id, name]) => [
      [`incidents/${id}.md`, incident(name, "2026-11-20", id, "investigating")],
      [
        `maintenance/${id}.md`,
        `---
title: ${quote(name)}
kind: regular
affects: [in-${id}, row-${id}.column-${names[0][0]}]
window: {start: 2026-11-27 02:00, end: 2026-11-27 05:00}
publish_at: 2026-11-20 09:00
---
${name}

## scheduled 2026-11-20 09:00

${name}
`,
      ],
    ]),
  ),
};

function incident(title, day, affects, status) {
  return `---
title: ${quote(title)}
severity: moderate
affects: [${affects}]
started: ${day} 10:15
scope: ${quote(title)}
---
${title}

## ${status} ${day} 10:30
${status === "resolved" ? "ended: 10:25\n" : ""}
${title}
`;
}
