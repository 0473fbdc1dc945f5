// A built site as a host would serve it: its files, under the headers of its own `_headers`.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** A server on the loopback at a free port; `close` ends it with every connection. */
export async function listen(answer) {
  const server = createServer(answer);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/**
 * Serves `folder`, which may still be empty; after something was published there, `refresh` reads it again.
 *
 * `charset: false` names no character set in any answer, as a server does that nobody told.
 */
export async function host(folder, { compress = false, charset = true } = {}) {
  let rules = [];
  const files = new Map();
  const site = await listen((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = load(path);
    if (!file) return refuse(response);
    const headers = { "Content-Type": types[extname(file.name)] ?? "application/octet-stream", ...headersOf(rules, path) };
    if (!charset) headers["Content-Type"] = headers["Content-Type"].replace(/;.*/, "");
    const [body, encoding] = compress ? pack(file, request.headers["accept-encoding"] ?? "") : [file.body];
    if (encoding) Object.assign(headers, { "Content-Encoding": encoding, Vary: "Accept-Encoding" });
    response.writeHead(200, headers);
    response.end(body);
  });

  function load(path) {
    const name = normalize(path).replace(/\/$/, "/index.html");
    if (!files.has(name)) {
      try {
        files.set(name, { name, body: readFileSync(join(folder, name)) });
      } catch {
        return undefined;
      }
    }
    return files.get(name);
  }

  /** Every host of static files shows the site's own page for what is not there. */
  function refuse(response) {
    const page = load("/404.html");
    response.writeHead(404, { "Content-Type": types[".html"], ...(page && headersOf(rules, "/404.html")) });
    response.end(page?.body);
  }

  site.refresh = () => {
    files.clear();
    rules = readRules(readFileSync(join(folder, "_headers"), "utf8"));
  };
  if (existsSync(join(folder, "_headers"))) site.refresh();
  return site;
}

/** `[[address, ["Name: value", …]], …]` */
function readRules(text) {
  const rules = [];
  for (const line of text.split("\n").filter(Boolean)) {
    if (line.startsWith("  ")) rules.at(-1)[1].push(line.trim());
    else rules.push([line, []]);
  }
  return rules;
}

/** The headers that the rules give an address. */
function headersOf(rules, path) {
  const matches = (rule) => {
    const [before, after] = rule.split("*");
    if (after === undefined) return rule === path;
    return path.startsWith(before) && path.endsWith(after) && path.length >= before.length + after.length;
  };
  const found = rules.filter(([rule]) => matches(rule)).flatMap(([, lines]) => lines);
  const headers = found.map((line) => line.split(/: (.*)/).slice(0, 2));
  // Hosts differ in what they do with two values of one header.
  assert.equal(new Set(headers.map(([name]) => name)).size, headers.length, `${path} is given a header twice`);
  return Object.fromEntries(headers);
}

/** The bytes that go over the wire, packed once as a host packs them ahead. */
function pack(file, accepted) {
  const way = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : undefined;
  if (!way) return [file.body];
  file[way] ??= way === "br" ? squeeze(file.body) : gzipSync(file.body, { level: 9 });
  return [file[way], way];
}

/** Brotli at its best. */
export function squeeze(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}
