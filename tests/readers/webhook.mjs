// Verifies a delivery as a receiver does: reads `{"secret", "headers", "body"}` on stdin, and prints the payload.

import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  console.log(JSON.stringify(new Webhook(secret).verify(body, headers)));
} catch (error) {
  console.error(String(error));
  process.exit(1);
}
