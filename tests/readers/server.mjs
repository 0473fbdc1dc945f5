// What an editor with yaml-language-server shows: files come in as JSON, `{root, files: {name: {text, at?}}}`;
// for each go out the messages, and what is suggested at a line and column where one is asked for.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const { root, files } = JSON.parse(readFileSync(0, "utf8"));
const folder = dirname(createRequire(import.meta.url).resolve("yaml-language-server/package.json"));
const server = spawn(process.execPath, [join(folder, "bin/yaml-language-server"), "--stdio"]);
const settings = { validate: true, completion: true, schemaStore: { enable: false } };
const answers = new Map();
const told = new Map();
let received = Buffer.alloc(0);
let last = 0;

server.stdout.on("data", (part) => {
  received = Buffer.concat([received, part]);
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const size = Number(/Content-Length: (\d+)/.exec(received.subarray(0, end))[1]);
    if (received.length < end + 4 + size) return;
    hear(JSON.parse(received.subarray(end + 4, end + 4 + size)));
    received = received.subarray(end + 4 + size);
  }
});

function hear(message) {
  if (message.method === "textDocument/publishDiagnostics") {
    told.get(message.params.uri)?.(message.params.diagnostics.map((found) => found.message));
  } else if (message.method && message.id !== undefined) {
    const sections = message.method === "workspace/configuration" ? message.params.items : [];
    send({ id: message.id, result: sections.map(({ section }) => (section === "yaml" ? settings : {})) });
  } else if (message.id !== undefined) {
    answers.get(message.id)?.(message.result);
  }
}

function send(message) {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function ask(method, params) {
  return new Promise((done) => {
    answers.set(++last, done);
    send({ id: last, method, params });
  });
}

const capabilities = { workspace: { configuration: true }, textDocument: { completion: {}, publishDiagnostics: {} } };
await ask("initialize", { processId: null, rootUri: pathToFileURL(root).href, capabilities });
send({ method: "initialized", params: {} });
const shown = {};
for (const [name, { text, at }] of Object.entries(files)) {
  const uri = pathToFileURL(join(root, name)).href;
  const messages = new Promise((done) => told.set(uri, done));
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  shown[name] = { messages: await messages };
  if (at) {
    const position = { line: at[0], character: at[1] };
    const found = await ask("textDocument/completion", { textDocument: { uri }, position });
    shown[name].suggested = found.items.map((item) => item.label);
  }
}
process.stdout.write(JSON.stringify(shown));
server.kill();
