// The Worker of `noroshi init --timer cloudflare`, with a site, a GitHub and a clock of this test. node alone
// runs it: `node --test tests/readers/worker.mjs`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

// A module whose name ends in `.js`, without a package.json beside it.
const source = readFileSync(new URL("../../src/cli/starter/cloudflare/worker.js", import.meta.url), "utf8");
const { default: worker } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

const NOON = "2026-11-20T12:00:00Z";
const at = (minutes) => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();
const ENV = {
  SITE: "https://status.example/path",
  REPOSITORY: "team/status",
  WORKFLOW: "status.yml",
  BRANCH: "release/1",
  NET_MINUTES: 60,
  GITHUB_TOKEN: "secret",
};
const WORKFLOW = "https://api.github.com/repos/team/status/actions/workflows/status.yml/";

const manifest = (next) =>
  ["{", '  "generator": "noroshi 0.1.0",', '  "told": ["\\"next_change\\": \\"2000-01-01T00:00:00Z\\""],']
    .concat(next === undefined ? [] : [`  "next_change": "${next}",`])
    .concat('  "parts": {', '    "manifest/0123456789abcdef.json": {"sha256": "00", "size": 0, "holds": "leaf"}', "  }", "}")
    .join("\n");

// Runs the Worker at noon and returns the requests that it sent.
async function tick({ next, last, site = new Response(manifest(next)), dispatch = new Response(null, { status: 204 }) }) {
  const sent = [];
  const real = { fetch: globalThis.fetch, now: Date.now, log: console.log, warn: console.warn };
  globalThis.fetch = async (address, init = {}) => {
    sent.push({ address, ...init });
    if (address.startsWith("https://status.example/")) return site;
    assert.equal(init.headers.authorization, "Bearer secret");
    assert.ok(init.headers["user-agent"], "GitHub refuses requests without one");
    if (address === `${WORKFLOW}dispatches`) return dispatch;
    return Response.json({ workflow_runs: last === undefined ? [] : [{ created_at: last }] });
  };
  Date.now = () => Date.parse(NOON);
  console.log = console.warn = () => {};
  try {
    await worker.scheduled({}, ENV);
  } finally {
    globalThis.fetch = real.fetch;
    Date.now = real.now;
    console.log = real.log;
    console.warn = real.warn;
  }
  return sent;
}

const started = async (world) => (await tick(world)).filter(({ method }) => method === "POST").length === 1;

test("The Worker starts a run at the minute of the change and not before.", async () => {
  assert.equal(await started({ next: at(1), last: at(-30) }), false);
  assert.equal(await started({ next: at(0), last: at(-30) }), true);
  assert.equal(await started({ next: at(-2), last: at(-30) }), true, "a missed minute is caught up");
});

test("The Worker starts one run for a change, and another after 15 minutes if the site stays old.", async () => {
  assert.equal(await started({ next: at(-1), last: at(-1) }), false);
  assert.equal(await started({ next: at(-14), last: at(-14) }), false);
  assert.equal(await started({ next: at(-16), last: at(-15) }), true);
});

test("The Worker starts a run after an hour without one, whatever the manifest says.", async () => {
  for (const next of [at(600), undefined]) {
    assert.equal(await started({ next, last: at(-59) }), false);
    assert.equal(await started({ next, last: at(-60) }), true);
  }
  assert.equal(await started({ next: at(600) }), true, "no run at all");
});

test("The Worker relies on its net while it cannot read the manifest.", async () => {
  for (const last of [at(-59), at(-60)]) {
    const site = new Response("gone", { status: 404 });
    assert.equal(await started({ last, site }), last === at(-60));
  }
});

test("The Worker reads the beginning of the manifest only, in pieces of any size.", async () => {
  const text = manifest(at(0));
  let sent = 0;
  const body = new ReadableStream({
    pull(to) {
      // Endless: the list of parts never stops.
      to.enqueue(new TextEncoder().encode(text[sent] ?? " "));
      sent += 1;
    },
  });
  assert.equal(await started({ last: at(-30), site: new Response(body) }), true);
  assert.ok(sent < text.length, `${sent}`);
});

test("The requests are those that GitHub and caches need.", async () => {
  const [site, runs, dispatch] = await tick({ next: at(0), last: at(-30) });
  assert.equal(site.address, `https://status.example/path/manifest.json?${Date.parse(NOON) / 60_000}`);
  assert.equal(runs.address, `${WORKFLOW}runs?branch=release%2F1&per_page=1`);
  assert.deepEqual([dispatch.address, dispatch.body], [`${WORKFLOW}dispatches`, '{"ref":"release/1"}']);
  assert.equal(site.headers.authorization, undefined, "the site never sees the token");
});

test("A refusal of GitHub fails the run of the Worker and names the reason.", async () => {
  const dispatch = new Response('{"message":"Bad credentials"}', { status: 401 });
  await assert.rejects(tick({ next: at(0), last: at(-30), dispatch }), /401 .*Bad credentials/);
});
