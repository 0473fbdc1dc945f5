// Starts a PDS, the server of a Bluesky account, and the PLC directory it needs, both on the loopback. Creates one account
// with an app password, and prints one line of JSON about it. Stops when its standard input closes.
//
// `SUITE_PACKAGES` names the folder of package.json and node_modules; `rates` as an argument turns on the server's limits.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(join(process.env.SUITE_PACKAGES, "package.json"));
const { AtpAgent } = require("@atproto/api");
const { PDS, envToCfg, envToSecrets } = require("@atproto/pds");
const plc = require("@did-plc/server");

const HANDLE = "hoshi.test";
const folder = mkdtempSync(join(tmpdir(), "noroshi-pds-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Finds a free port. The PDS writes its port into the accounts, so it must know it before it listens. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Makes a server listen on the loopback only. Both would listen on every address of the machine. */
function onLoopback(server) {
  const listen = server.app.listen.bind(server.app);
  server.app.listen = (port) => listen(port, "127.0.0.1");
  return server;
}

const directory = onLoopback(plc.PlcServer.create({ db: plc.Database.mock(), port: await freePort() }));
await directory.start();
const port = await freePort();
const environment = {
  devMode: true,
  port,
  dataDirectory: folder,
  blobstoreDiskLocation: join(folder, "blobs"),
  didPlcUrl: `http://127.0.0.1:${directory.server.address().port}`,
  serviceHandleDomains: [".test"],
  inviteRequired: false,
  rateLimitsEnabled: process.argv.includes("rates"),
  crawlers: [],
  // A port that refuses connections: this PDS has no AppView.
  bskyAppViewUrl: "http://127.0.0.1:9",
  bskyAppViewDid: "did:web:appview.invalid",
  jwtSecret: randomBytes(16).toString("hex"),
  adminPassword: randomBytes(16).toString("hex"),
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString("hex"),
};
const pds = onLoopback(await PDS.create(envToCfg(environment), envToSecrets(environment)));
await pds.start();

const url = `http://127.0.0.1:${port}`;
const agent = new AtpAgent({ service: url });
const password = randomBytes(16).toString("hex");
const { data: account } = await agent.createAccount({ handle: HANDLE, email: "status@example.com", password });
const { data: created } = await agent.com.atproto.server.createAppPassword({ name: "noroshi" });
const line = { url, handle: account.handle, did: account.did, password, app_password: created.password };
process.stdout.write(`${JSON.stringify(line)}\n`);

process.stdin.resume();
process.stdin.on("end", async () => {
  await pds.destroy();
  await directory.destroy();
  process.exit(0);
});
