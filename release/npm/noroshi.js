#!/usr/bin/env node
// Starts the program from the package that npm installed for this system.
"use strict";
const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const name = `noroshi-${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${name}/bin/noroshi${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  console.error(`noroshi: there is no program for this system: the package ${name} is not installed.`);
  console.error("If you installed with --no-optional or --omit=optional, install again without it.");
  process.exit(3);
}
const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// The terminal sends Ctrl-C to the program as well; it ends in its own way, and its exit code counts.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`noroshi: cannot start ${program}: ${error.message}`);
  process.exit(3);
});
child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
