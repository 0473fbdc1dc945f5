// YAML as the language server of editors reads it: texts come in as a JSON list, values go out as one.

import { readFileSync } from "node:fs";
import { parse } from "yaml";

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => parse(text) ?? {})));
