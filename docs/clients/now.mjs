// What a component does now, or at another time: node now.mjs api [2026-11-20T10:15:00Z] < now.json
import { readFileSync } from "node:fs";

const [component, time] = process.argv.slice(2);
const site = JSON.parse(readFileSync(0, "utf8"));
const at = time ? Date.parse(time) : Date.now();
if (at < Date.parse(site.as_of) || at >= Date.parse(site.until)) {
  throw new Error("this file says nothing of that time: fetch it again");
}
const { turns } = site.components.find(({ id }) => id === component);
// The first turn begins at `as_of`.
const turn = turns.findLast(({ from }) => Date.parse(from) <= at);
console.log(turn.status, turn.mode ?? "-", turn.certain ? "certain" : "planned");
