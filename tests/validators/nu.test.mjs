// The W3C's Nu checker over every page of the demo in every language that noroshi has, and over its stylesheet.
//
// Errors, warnings and remarks all count.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { build, demo, languages, pages, temporary } from "../browser/demo.mjs";
import { host } from "../browser/host.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/**
 * What the checker says of files below a folder: `[{ path, line, type, message, extract }, …]`.
 *
 * It is given addresses, not files: a policy that allows `'self'` allows nothing to a page that has no origin.
 */
async function check(folder, paths) {
  const site = await host(folder);
  const java = spawn("java", [
    // Deep pages, and a host that it would not ask otherwise.
    "-Xss4m",
    "-Dnu.validator.servlet.allow-forbidden-hosts=true",
    ...["-jar", jar, "--also-check-css", "--format", "json", "--stdout", "--exit-zero-always"],
    ...paths.map((path) => site.origin + path),
  ]);
  const output = { stdout: "", stderr: "" };
  for (const name of Object.keys(output)) java[name].setEncoding("utf8").on("data", (text) => (output[name] += text));
  const code = await new Promise((done, fail) => java.on("close", done).on("error", fail));
  await site.close();
  assert.equal(code, 0, output.stderr);
  const { messages } = JSON.parse(output.stdout);
  return messages.map(({ url, lastLine, type, subType, message, extract = "" }) => ({
    path: url?.replace(site.origin, ""),
    line: lastLine,
    type: subType ?? type,
    message,
    extract,
  }));
}

/** Faults as a text; the same fault on many pages is one, shown by its first. */
function report(faults) {
  const all = new Map();
  for (const fault of faults) {
    const key = `${fault.type}: ${fault.message}`;
    all.set(key, [...(all.get(key) ?? []), fault]);
  }
  const where = (places) => `${places.slice(0, 4).map(({ path, line }) => `${path}:${line}`).join(", ")}${places.length > 4 ? ` and ${places.length - 4} more` : ""}`;
  return [...all].map(([fault, places]) => `${fault}\n    ${places[0].extract.replace(/\s+/g, " ")}\n    ${where(places)}`).join("\n");
}

describe("the Nu checker", () => {
  let folder, all, said;

  before(async () => {
    folder = build(demo(languages()));
    const styles = readdirSync(join(folder, "assets/theme")).filter((name) => name.endsWith(".css")).map((name) => `/assets/theme/${name}`);
    all = [...pages(folder), ...styles];
    said = await check(folder, all);
  });

  it("is given every page in every language, and the stylesheet", (t) => {
    const known = languages();
    t.diagnostic(`${all.length} files in ${known.length} languages: ${known.join(", ")}`);
    assert.ok(known.length >= 2 && all.length > 60 * known.length, `${all.length} files`);
    assert.equal(all.filter((path) => path.endsWith(".css")).length, 1);
  });

  it("finds no fault", () => {
    if (said.length) assert.fail(`${said.length} faults\n${report(said)}`);
  });

  it("sees faults in a page, in its policy and in a stylesheet", async () => {
    const broken = temporary("broken");
    cpSync(folder, broken, { recursive: true });
    const spoil = (path, old, fresh) => {
      const text = readFileSync(join(broken, path), "utf8");
      assert.ok(text.includes(old), `${path} has no ${old}`);
      writeFileSync(join(broken, path), text.replace(old, fresh));
    };
    const style = all.find((path) => path.endsWith(".css"));
    spoil("index.html", "<main", "<bogus></bogus><main");
    spoil("faq/index.html", "style-src 'self'", "style-src 'none'");
    spoil(style, "*{", "p{colour:red}*{");
    const found = await check(broken, ["/", "/faq/", style]);
    for (const [path, words] of [["/", "bogus"], ["/faq/", "stylesheet"], [style, "colour"]])
      assert.ok(found.some((fault) => fault.path === path && fault.message.includes(words)), `nothing about ${words} in ${path}:\n${report(found)}`);
  });
});
