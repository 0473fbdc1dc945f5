// Reads posts as Bluesky's own client does. Takes a JSON list of records on standard input, and prints one line of JSON for
// each: whether the lexicon accepts it, its length, and its text in pieces with what each piece links to.
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const require = createRequire(join(process.env.SUITE_PACKAGES, "package.json"));
const { AppBskyFeedPost, RichText } = require("@atproto/api");

for (const record of JSON.parse(await text(process.stdin))) {
  const verdict = AppBskyFeedPost.validateRecord(record);
  const rich = new RichText({ text: record.text, facets: record.facets });
  const pieces = [...rich.segments()].map((piece) => ({
    text: piece.text,
    link: piece.link?.uri,
    tag: piece.tag?.tag,
    mention: piece.mention?.did,
  }));
  const error = verdict.success ? null : String(verdict.error);
  console.log(JSON.stringify({ error, graphemes: rich.graphemeLength, bytes: rich.length, pieces }));
}
