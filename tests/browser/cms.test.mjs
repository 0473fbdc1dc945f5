// People without git: an entry is changed and another begun through the forms of `init --cms`, in a browser
// whose clock is another one, against a repository on this machine.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { NOON, demo, noroshi, temporary } from "./demo.mjs";
import { host } from "./host.mjs";
import { browse } from "./support.mjs";

const here = import.meta.dirname;
const bundle = join(here, "node_modules/.decap-cms/package/dist");
const proxy = join(here, "node_modules/decap-server/dist/index.js");

/** As the team in Tokyo wrote it; the browser stands in New York. */
const ENTRY = "content/incidents/2026-01-15-slow-orders.md";
const HOUR = "2026-02-01T12:00:00+09:00";

/** Entries of the demo that hold what forms find hard: months, statuses by component, parts, series. */
const DEMO = [
  "incidents/2026-11/2026-11-20-btc-order-delay",
  "incidents/2026-10/2026-10-14-trading-halt",
  "maintenance/2026-10-29-charts-update",
  "maintenance/2026-11-24-regular",
  "maintenance/weekly",
];

/** Whoever commits here is nobody, and no setting of this machine counts. */
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

/** Makes a repository of a folder, with all that is in it. */
function commit(folder) {
  const git = (...args) => execFileSync("git", args, { cwd: folder, env });
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "--message=begun");
}

describe("The editor", () => {
  const root = temporary("cms");
  const path = (name) => join(root, name);
  const read = (name) => readFileSync(path(name), "utf8");
  const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8", env });
  const running = [];
  let browser;
  let site;

  function run(...args) {
    const { status, stdout, stderr } = spawnSync(noroshi, [...args, "--root", root], { encoding: "utf8" });
    return { status, said: stdout + stderr };
  }

  before(async () => {
    assert.equal(run("init").status, 0);
    change("content/site.yaml", "timezone: Etc/UTC", "timezone: Asia/Tokyo");
    change("content/site.yaml", "faq:\n", "kinds: [{id: bank, name: Bank}]\nfields: [{id: funds, name: Money, on: [incident], values: [{id: none, name: Not touched}]}]\nfaq:\n");
    // What the manual of the starter asks for is another question: forms must make what a parser takes.
    const manual = read("content/site.yaml").indexOf("\n# The rules of your team");
    assert.ok(manual > 0);
    writeFileSync(path("content/site.yaml"), read("content/site.yaml").slice(0, manual + 1));
    commit(root);
    browser = await browse();
  });

  after(async () => {
    await browser?.close();
    await site?.close();
    for (const process of running) process.kill();
  });

  function change(name, from, to) {
    const text = read(name);
    assert.ok(text.includes(from), `${name}: ${from}`);
    writeFileSync(path(name), text.replace(from, to));
  }

  /** Starts a program; its first line that matches, once it has said it. */
  function start(command, args, more, ready) {
    const process_ = spawn(command, args, { cwd: root, env: { ...env, ...more } });
    running.push(process_);
    return new Promise((done, fail) => {
      let said = "";
      const hear = (part) => {
        said += part;
        const found = said.match(ready);
        if (found) done(found);
      };
      process_.stdout.on("data", hear);
      process_.stderr.on("data", hear);
      process_.on("exit", () => fail(new Error(said)));
    });
  }

  /** Lets the editor write into a repository; the port at which it may. */
  async function serveRepository(folder) {
    const port = await free();
    const more = { PORT: `${port}`, MODE: "git", GIT_REPO_DIRECTORY: folder, BIND_HOST: "127.0.0.1" };
    await start(process.execPath, [proxy], more, /listening/i);
    return port;
  }

  /** A tab that notes what no page of ours may cause. */
  async function open(origin, login = "Login", first = "Incidents") {
    const context = await browser.newContext({ timezoneId: "America/New_York", locale: "en-US" });
    const tab = await context.newPage();
    tab.faults = [];
    tab.on("pageerror", (error) => tab.faults.push(`error: ${error.message}`));
    tab.on("console", (line) => {
      if (line.text().includes("Content Security Policy")) tab.faults.push(line.text());
    });
    tab.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "127.0.0.1") tab.faults.push(`request: ${request.url()}`);
    });
    await tab.goto(`${origin}/admin/`);
    await tab.getByRole("button", { name: login }).click();
    // The titles of entries are headings too, and may hold the word.
    await tab.getByRole("heading", { name: first, exact: true }).waitFor();
    return tab;
  }

  async function publish(tab) {
    await tab.getByRole("button", { name: "Publish", exact: true }).click();
    await tab.getByText("Publish now", { exact: true }).click();
    await tab.waitForURL(/\/entries\//);
    await tab.getByText("CHANGES SAVED").waitFor();
  }

  const choose = (tab, label, option) =>
    tab.getByRole("group", { name: label, exact: true }).getByRole("button", { name: option, exact: true }).click();

  it("is written once its file is there, and says how to get it", () => {
    const asked = run("init", "--cms", "local");
    assert.equal(asked.status, 0, asked.said);
    assert.match(asked.said, /npm pack decap-cms@3\.16\.3/);
    const dist = path("node_modules/decap-cms/dist");
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, "decap-cms.js"), "another");
    const refused = run("init", "--cms", "local");
    assert.equal(refused.status, 3, refused.said);
    assert.match(refused.said, /is not decap-cms 3\.16\.3/);
    cpSync(bundle, dist, { recursive: true });
    const done = run("init", "--cms", "local");
    assert.equal(done.status, 0, done.said);
    assert.ok(existsSync(path("content/static/admin/decap-cms.js")));
    rmSync(path("node_modules"), { recursive: true });
  });

  it("is never written over what somebody changed", async () => {
    const port = await serveRepository(root);
    change("content/static/admin/config.yml", "127.0.0.1:8081", `127.0.0.1:${port}`);
    const refused = run("init", "--cms", "local");
    assert.equal(refused.status, 3, refused.said);
    assert.match(refused.said, /config\.yml` has manual changes/);
    assert.match(read("content/static/admin/config.yml"), new RegExp(`127.0.0.1:${port}`));
    git("add", ".");
    git("commit", "--quiet", "--message=editor");
  });

  it("changes an entry in the preview, and every time stays the instant that it was", async () => {
    change(ENTRY, "detected: 2026-01-15 09:52", "detected: 2026-01-15T00:52:00Z");
    git("commit", "--quiet", "--all", "--message=with an offset");
    const [, origin] = await start(noroshi, ["serve", "--port", "0", "--root", root], {}, /serving (\S+)\/;/);
    const before = facts();
    const tab = await open(origin);
    await tab.getByRole("link", { name: "Orders were slow" }).click();
    await tab.getByLabel("Title", { exact: true }).fill("Orders were slow: some");
    await choose(tab, "Severity", "Moderate");
    const body = tab.getByLabel("Text and updates (optional)");
    const words = await body.inputValue();
    assert.match(words, /## investigating 2026-01-15 10:00\nnext_update: 10:30\n/);
    await body.fill(`${words}\nNo. Each was placed once.\n`);
    await publish(tab);
    const text = read(ENTRY);
    assert.match(text, /^---\n# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/incident\.json\ntitle: /);
    assert.match(text, /\nseverity: moderate\n/);
    assert.match(text, /## investigating 2026-01-15 10:00\nnext_update: 10:30\n/);
    assert.match(text, /\n {2}reporter: somebody on call\n/);
    assert.doesNotMatch(text, /withdrawn|publish_at/);
    // As the CMS writes what has an offset.
    assert.match(text, /\ndetected: 2026-01-15T00:52:00\.000Z\n/);
    assert.deepEqual(facts(), before);
    assert.deepEqual(tab.faults, []);
    assert.match(git("log", "-1", "--format=%s"), /slow-orders/);
    await tab.context().close();
  });

  it("begins an incident and a maintenance under the policy of the published site", async () => {
    assert.equal(run("build", "--as-of", HOUR).status, 0);
    site = await host(path("public"));
    const tab = await open(site.origin);
    await tab.goto(`${site.origin}/admin/#/collections/incidents/new`);
    await tab.getByLabel("Title", { exact: true }).fill("ログインできません");
    await choose(tab, "Severity", "Critical");
    await choose(tab, "What is affected", "API (api)");
    await tab.getByLabel("Start of the impact", { exact: true }).fill("2026-01-20 09:10");
    await choose(tab, "Money", "Not touched");
    const scope = tab.getByLabel("Scope (optional)");
    await scope.fill("x");
    await scope.fill("");
    await tab
      .getByLabel("Text and updates (optional)")
      .fill("Nobody can sign in.\n\n## investigating 2026-01-20 09:20\nnext_update: 09:50\n\nWe look for the cause.\n");
    await publish(tab);
    const text = read("content/incidents/2026-01-20-09-10.md");
    assert.match(text, /\naffects:\n {2}- api\n/);
    assert.doesNotMatch(text, /scope/);

    await tab.goto(`${site.origin}/admin/#/collections/maintenance/new`);
    await tab.getByLabel("Title", { exact: true }).fill("Bank holiday");
    await choose(tab, "Kind", "Bank");
    await tab.getByLabel("Start", { exact: true }).first().fill("2026-03-01 02:00");
    await tab.getByLabel("End, or `unknown`", { exact: true }).first().fill("unknown");
    await publish(tab);
    const work = read("content/maintenance/2026-03-01-02-00.md");
    assert.match(work, /\nkind: bank\naffects: \[\]\nwindow:\n {2}start: 2026-03-01 02:00\n {2}end: unknown\n/);
    assert.deepEqual(tab.faults, []);
    await tab.context().close();

    const checked = run("check", "--as-of", HOUR, "--format", "json");
    assert.equal(checked.status, 0, checked.said);
    assert.match(checked.said, /no problems found|^(?!.*"severity":"error")/s);
    assert.equal(run("build", "--as-of", HOUR).status, 0);
    const page = readFileSync(path("public/incidents/2026-01-20-09-10/index.html"), "utf8");
    assert.match(page, /2026-01-20T00:10:00Z/);
  });

  it("opens an incident on a phone with eight taps, the login among them", async () => {
    const context = await browser.newContext({
      timezoneId: "America/New_York",
      locale: "en-US",
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const tab = await context.newPage();
    await tab.clock.setFixedTime("2026-01-21T00:10:00Z");
    let taps = 0;
    const tap = async (target) => {
      taps += 1;
      await target.tap();
      const { scrollWidth, innerWidth } = await tab.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        innerWidth,
      }));
      assert.ok(scrollWidth <= innerWidth, `tap ${taps}: ${scrollWidth} pixels on a screen of ${innerWidth}`);
    };
    const button = (name) => tab.getByRole("button", { name, exact: true });
    await tab.goto(`${site.origin}/admin/`);
    await tap(button("Login"));
    await tap(tab.locator(`a[href$="incidents/new"]`));
    await tap(tab.getByLabel("Title", { exact: true }));
    await tab.keyboard.insertText("Orders fail");
    await tap(button("Critical"));
    await tap(button("API (api)"));
    await tap(tab.getByLabel(/^Text and updates/));
    await tab.keyboard.insertText("Orders are refused. We look for the cause.");
    await tap(button("Publish"));
    await tap(tab.getByText("Publish now", { exact: true }));
    await tab.getByText("CHANGES SAVED").waitFor();
    assert.ok(taps <= 8, `${taps} taps`);

    // The time is that of the site, not of the phone.
    const text = read("content/incidents/2026-01-21-09-10.md");
    assert.match(text, /\nseverity: critical\naffects:\n {2}- api\nstarted: 2026-01-21 09:10\n---\n/);
    assert.match(text, /\n## investigating 2026-01-21 09:10\n\nOrders are refused\. We look for the cause\.\n?$/);
    const checked = run("check", "--as-of", "2026-01-21T10:00:00+09:00");
    assert.equal(checked.status, 0, checked.said);
    await context.close();
  });

  it("shows readers' words in its preview, and on a phone either them or the form", async () => {
    const context = await browser.newContext({ locale: "en-US", viewport: { width: 390, height: 844 } });
    const tab = await context.newPage();
    await tab.goto(`${site.origin}/admin/`);
    await tab.getByRole("button", { name: "Login" }).click();
    await tab.locator(`a[href$="incidents/new"]`).click();
    await tab.getByLabel("Title", { exact: true }).fill("Orders fail");
    await choose(tab, "Severity", "Critical");
    await choose(tab, "What is affected", "API (api)");
    await tab.getByLabel(/^Text and updates/).fill("**Nobody** can sign in.");
    const frame = tab.frameLocator("iframe");
    assert.equal(await tab.locator("iframe").count(), 0);
    await tab.getByRole("button", { name: "Toggle preview" }).click();
    await frame.getByRole("heading", { name: "Orders fail" }).waitFor();
    assert.equal(await frame.locator(".chip").innerText(), "Critical");
    assert.equal(await frame.locator("strong").innerText(), "Nobody");
    assert.match(await frame.locator("dl").innerText(), /API \(api\)/);
    assert.ok(!(await tab.getByLabel("Title", { exact: true }).isVisible()));
    await context.close();
  });

  it("is no page of the site: it is not listed, and no policy of a page is weaker for it", () => {
    assert.doesNotMatch(readFileSync(path("public/sitemap.xml"), "utf8"), /admin/);
    const headers = readFileSync(path("public/_headers"), "utf8");
    assert.match(headers, /^\/admin\/\*\n(?: {2}.*\n)* {2}X-Robots-Tag: noindex\n/m);
    assert.doesNotMatch(headers, /unsafe/);
    for (const file of readdirSync(path("public"), { recursive: true })) {
      if (file.endsWith(".html") && !file.startsWith("admin")) {
        assert.doesNotMatch(readFileSync(path(`public/${file}`), "utf8"), /unsafe-|decap/, file);
      }
    }
  });

  it("changes entries of the demo in Japanese and leaves alone what it does not show", async () => {
    const demonstration = demo(["ja", "en"]);
    const admin = join(demonstration, "content/static/admin");
    mkdirSync(admin, { recursive: true });
    for (const file of readdirSync(bundle)) cpSync(join(bundle, file), join(admin, file));
    assert.equal(spawnSync(noroshi, ["init", "--cms", "local", "--root", demonstration]).status, 0);
    commit(demonstration);
    const config = join(admin, "config.yml");
    const port = await serveRepository(demonstration);
    writeFileSync(config, readFileSync(config, "utf8").replace("127.0.0.1:8081", `127.0.0.1:${port}`));
    const check = () => {
      const args = ["check", "--as-of", NOON, "--format", "json", "--root", demonstration];
      return spawnSync(noroshi, args, { encoding: "utf8" }).stdout;
    };
    const told = check();
    const origin = (await start(noroshi, ["serve", "--port", "0", "--root", demonstration], {}, /serving (\S+)\/;/))[1];
    const tab = await open(origin, "ログイン", "障害");
    for (const entry of DEMO) {
      const file = join(demonstration, `content/${entry}.md`);
      const [collection] = entry.split("/");
      const before = readFileSync(file, "utf8");
      // From one entry straight to another, the CMS keeps the form of the first.
      await tab.goto("about:blank");
      await tab.goto(`${origin}/admin/#/collections/${collection}/entries/${entry.slice(collection.length + 1)}`);
      const [, words] = before.match(/^title: (.+)$/m);
      await tab.waitForFunction((words) => [...document.querySelectorAll("input")].some((i) => i.value === words), words);
      await tab.getByLabel("題名", { exact: true }).fill(`${words}（更新）`);
      await tab.getByRole("button", { name: "公開", exact: true }).click();
      await tab.getByText("公開する", { exact: true }).click();
      await tab.getByText("保存済").waitFor();
      const after = readFileSync(file, "utf8");
      assert.match(after, /（更新）/);
      const body = (text) => text.split("\n---\n").slice(1).join("\n---\n").trim();
      assert.equal(body(after), body(before));
      assert.equal(check(), told, entry);
    }
    assert.deepEqual(tab.faults, []);
    await tab.context().close();
  });

  /** The instants that the entry states, as the API of the site tells them. */
  function facts() {
    const out = temporary("cms-built");
    const built = run("build", "--out", out, "--as-of", HOUR);
    assert.equal(built.status, 0, built.said);
    const page = readFileSync(join(out, "incidents/2026-01-15-slow-orders/index.html"), "utf8");
    return [...page.matchAll(/datetime="([^"]+)"/g)].map(([, at]) => at);
  }
});

/** A port of the loopback that nobody listens on. */
function free() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
