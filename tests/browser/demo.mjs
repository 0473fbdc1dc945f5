// The demo of this repository, built into a folder of its own in the languages that a suite asks for.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "../..");
export const noroshi = resolve(repository, process.env.NOROSHI ?? "target/debug/noroshi");

/** A built-in theme; all that is promised of pages is promised of each. */
export const theme = process.env.THEME ?? "default";

/** An incident is open, one maintenance goes on, others are announced. */
export const NOON = "2026-11-20T12:00:00+09:00";
/** The incident that is open at noon. */
export const ACTIVE = "incidents/2026-11-20-btc-order-delay/";

/** A folder that is gone when the process ends, however it ends. */
export function temporary(name) {
  const folder = mkdtempSync(join(tmpdir(), `noroshi-${name}-`));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The languages that the program has messages for: it names them where it is asked for another. */
export function languages() {
  const root = temporary("languages");
  write(root, { "site.yaml": "title: x\nurl: https://s.example/\ntimezone: UTC\nlocales: [xx]\n" });
  const { stdout, stderr } = spawnSync(noroshi, ["check", "--root", root, "--format", "json"], { encoding: "utf8" });
  const line = stdout.split("\n").find((line) => line.includes("site/unknown-locale"));
  if (!line) throw new Error(`${noroshi} names no languages:\n${stdout}${stderr}`);
  return [...JSON.parse(line).help.matchAll(/`([\w-]+)`/g)].map(([, tag]) => tag);
}

/** Writes texts by their names below `content/` of a root. */
export function write(root, content) {
  for (const [name, text] of Object.entries(content)) {
    const path = join(root, "content", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** A root that holds the demo in these languages, with what `sites/` has of them laid over. */
export function demo(locales) {
  const root = temporary("demo");
  cpSync(join(repository, "content"), join(root, "content"), { recursive: true });
  const arabic = join(here, "sites/arabic");
  if (locales.includes("ar") && existsSync(arabic)) cpSync(arabic, join(root, "content"), { recursive: true });
  const path = join(root, "content/site.yaml");
  // Its entries are written in Japanese; files without a suffix are in the first language.
  const order = ["ja", ...locales.filter((language) => language !== "ja")];
  const facts = readFileSync(path, "utf8")
    .replace(/^locales: .*$/m, `locales: [${order.join(", ")}]`)
    .replace(/^theme: .*$/m, `theme: ${theme}`);
  writeFileSync(path, facts);
  return root;
}

/** Builds a root; the folder of the site. */
export function build(root, { at = NOON, url, out = join(root, "public") } = {}) {
  const args = ["build", "--root", root, "--out", out, "--as-of", at, ...(url ? ["--base-url", url] : [])];
  execFileSync(noroshi, args, { stdio: "pipe" });
  return out;
}

/** The address of every page of a built site, in order. */
export function pages(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => `/${relative(folder, join(entry.parentPath ?? entry.path, entry.name))}`.replace(/\/index\.html$/, "/"))
    .sort();
}
