"""Platforms, a hub and a mail server on the loopback, which hold each request to what the platforms publish.

A request that breaks a rule is answered with 4xx and remembered in `faults`. What a platform takes stands in its timeline, as
its readers see it: a repetition that the platform itself refuses does not. Each request has a number, and a test says what
happens to it instead of an answer."""

import base64
import hashlib
import hmac
import json
import re
import socket
import subprocess
import threading
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "announce-webhook.schema.json").read_text())

# No secret of anybody: the server below alone knows them.
HOOK = "T0001/B0002/slackwebhookaddress"
TOKENS = {
    "MASTODON_TOKEN": "mastodon-token-of-a-test",
    "LINE_TOKEN": "line-token-of-a-test",
    "BLUESKY_APP_PASSWORD": "abcd-efgh-ijkl-mnop",
    "HOOK_SECRET": "whsec_" + base64.b64encode(b"a secret that signs all requests").decode(),
    "X_API_KEY": "x-api-key-of-a-test",
    "X_API_SECRET": "x-api-secret-of-a-test",
    "X_ACCESS_TOKEN": "1-x-access-token-of-a-test",
    "X_ACCESS_SECRET": "x-access-secret-of-a-test",
}
HANDLE = "status.example.com"
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"

# Where a repetition makes no second post, by means of the platform.
KNOWING = ["hook", "mastodon", "bluesky", "line", "hub"]
# Where nothing tells a repetition from a new post.
BLIND = ["mail", "slack", "discord", "teams", "pages", "x"]
CHANNELS = BLIND + KNOWING
# How long a key is known, in seconds: see each platform below.
KNOWN = {"hook": 3 * 24 * 3600, "mastodon": 3600, "line": 24 * 3600}


@dataclass(frozen=True)
class Mishap:
    """What happens to a request."""

    name: str
    # Whether the platform takes it.
    takes: bool = True
    # Its answer instead of its own; `None` is its own.
    status: int | None = None
    headers: tuple = ()
    # Whether the connection ends without an answer.
    drops: bool = False
    # Seconds before the answer.
    late: float = 0
    # When the runner is killed: `before` or `during` it, or `after` its answer.
    kills: str = ""

    @property
    def is_lost(self):
        """Whether the sender cannot know what became of it."""
        return self.drops or self.status in (408, 500)


KILLS = [
    Mishap("kill before", takes=False, drops=True, kills="before"),
    Mishap("kill during", drops=True, kills="during"),
    Mishap("kill after", kills="after"),
]
MISHAPS = [
    Mishap("drop", drops=True),
    Mishap("drop untaken", takes=False, drops=True),
    Mishap("500", status=500),
    Mishap("500 untaken", takes=False, status=500),
    Mishap("408", status=408),
    Mishap("408 untaken", takes=False, status=408),
    Mishap("429", takes=False, status=429, headers=(("Retry-After", "0"),)),
    Mishap("429 for a second", takes=False, status=429, headers=(("Retry-After", "1"),)),
    Mishap("503", takes=False, status=503, headers=(("Retry-After", "0"),)),
    Mishap("401", takes=False, status=401),
    Mishap("late", late=1.0),
]


@dataclass
class Post:
    """What a platform took, as its readers see it."""

    channel: str
    # The address of the update that it names.
    address: str
    text: str
    language: str | None = None
    id: str | None = None
    # The ids of the posts that it answers.
    parents: tuple = ()
    # A digest of it, where the platform has one.
    cid: str | None = None
    document: object = None


@dataclass
class Asked:
    """A request, and what became of it."""

    number: int
    channel: str
    # The position among those of its channel, from 1.
    position: int
    address: str | None
    mishap: str = ""
    is_taken: bool = False
    is_answered: bool = False


@dataclass
class Memory:
    """What the platforms know, which a test can put aside and give back."""

    posts: list = field(default_factory=list)
    # By channel and key: when it came, and the position of its post.
    keys: dict = field(default_factory=dict)
    # Addresses of feeds that the hub was told of, in order.
    feeds: list = field(default_factory=list)
    nonces: set = field(default_factory=set)
    # The address of an update by its page and its title: a mail names the page alone.
    mails: dict = field(default_factory=dict)
    # How many seconds the platforms are ahead of the clock.
    ahead: float = 0
    # Whether X refuses a text that it has, as it sometimes does.
    refuses_duplicates: bool = False

    def copy(self):
        """A copy; posts never change."""
        own = {"posts": list(self.posts), "keys": dict(self.keys), "feeds": list(self.feeds), "nonces": set(self.nonces)}
        return replace(self, **own)


class Refusal(Exception):
    """An answer of a platform that did not take a request. It is a fault of the sender if the platform says so."""

    def __init__(self, status, words, is_fault=True):
        super().__init__(words)
        self.status, self.words, self.is_fault = status, words, is_fault


def hold(is_true, words, status=400):
    if not is_true:
        raise Refusal(status, words)


@dataclass
class Request:
    method: str
    target: str
    headers: dict
    body: bytes

    @property
    def path(self):
        return urlsplit(self.target).path

    def json(self):
        hold(self.headers.get("content-type", "").split(";")[0] == "application/json", "the content type is not JSON", 415)
        try:
            return json.loads(self.body.decode())
        except ValueError:
            raise Refusal(400, "the body is not JSON in UTF-8") from None


@dataclass
class Answer:
    status: int = 200
    body: object = b""
    headers: tuple = ()

    def bytes(self):
        body = self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()
        head = f"HTTP/1.1 {self.status} Status\r\nContent-Length: {len(body)}\r\n"
        head += "" if isinstance(self.body, bytes) else "Content-Type: application/json\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return f"{head}\r\n".encode() + body


def characters(text):
    """About the grapheme clusters of a text: signs that combine with the one before count nothing."""
    joins = "\u200d\ufe0e\ufe0f"
    return sum(1 for sign in text if not unicodedata.combining(sign) and sign not in joins)


def units(text):
    """UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def addresses(text):
    return re.findall(r"https?://[^\s<>|\"）」]+", text)


# One function for each platform checks a request, and raises a `Refusal` if it breaks a rule. It returns the post, the key by
# which the platform knows a repetition, and a function that makes the answer from the post in the timeline.


def slack(memory, request):
    """https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, and the limits of Block Kit:
    https://docs.slack.dev/reference/block-kit/blocks (50 blocks; header 150; section 3,000, 10 fields of 2,000; context 10)."""
    body = request.json()
    hold(set(body) <= {"text", "blocks", "attachments", "unfurl_links", "unfurl_media", "mrkdwn"}, f"keys: {set(body)}")
    hold(1 <= units(body["text"]) <= 40_000, "no_text")
    hold(1 <= len(body["blocks"]) <= 50, "invalid_blocks: count")

    def text(found, most, kinds=("plain_text", "mrkdwn")):
        hold(found["type"] in kinds, f"invalid_blocks: {found}")
        hold(1 <= units(found["text"]) <= most, f"invalid_blocks: {units(found['text'])} of {most}")
        # `emoji` is for plain text, `verbatim` for the other form.
        allowed = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}[found["type"]]
        hold(set(found) <= allowed, f"invalid_blocks: {set(found)}")

    for block in body["blocks"]:
        kind = block["type"]
        hold(kind in ("header", "section", "context"), f"invalid_blocks: {kind}")
        if kind == "header":
            text(block["text"], 150, ("plain_text",))
        elif kind == "section":
            hold("text" in block or "fields" in block, "invalid_blocks: an empty section")
            if "text" in block:
                text(block["text"], 3000)
            hold(len(block.get("fields", [])) <= 10, "invalid_blocks: fields")
            for one in block.get("fields", []):
                text(one, 2000)
        else:
            hold(1 <= len(block["elements"]) <= 10, "invalid_blocks: elements")
            for one in block["elements"]:
                text(one, 3000)
    # A `<` that is no link would be one of Slack's own words, such as `<!channel>`
    # (https://docs.slack.dev/messaging/formatting-message-text).
    links = re.findall(r"<(.*?)>", body["text"])
    hold(all(re.match(r"https?://", link) for link in links), f"words of Slack's own: {links}")
    address = links[-1].split("|")[0].replace("&amp;", "&")
    post = Post("slack", address, body["text"], document=body)
    return post, None, lambda _: Answer(200, b"ok")


def discord(memory, request):
    """https://docs.discord.com/developers/resources/webhook#execute-webhook, and the limits of an embed:
    https://docs.discord.com/developers/resources/message#embed-object-embed-limits."""
    body = request.json()
    known = {"content", "embeds", "allowed_mentions", "username", "avatar_url", "flags", "thread_name"}
    hold(set(body) <= known, f"keys: {set(body)}")
    hold(1 <= units(body["content"]) <= 2000, "BASE_TYPE_BAD_LENGTH: content")
    hold(1 <= len(body["embeds"]) <= 10, "BASE_TYPE_BAD_LENGTH: embeds")
    hold(body["allowed_mentions"] == {"parse": []}, "somebody could be pinged")
    total = 0
    for embed in body["embeds"]:
        hold(set(embed) <= {"timestamp", "description", "fields", "footer"}, f"keys: {set(embed)}")
        hold(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", embed["timestamp"]), "DATE_TIME_TYPE_PARSE")
        hold(len(embed.get("fields", [])) <= 25, "BASE_TYPE_BAD_LENGTH: fields")
        parts = [(embed.get("description", " "), 4096), (embed.get("footer", {}).get("text", " "), 2048)]
        for one in embed.get("fields", []):
            parts += [(one["name"], 256), (one["value"], 1024)]
        for text, most in parts:
            hold(1 <= units(text) <= most, f"BASE_TYPE_BAD_LENGTH: {units(text)} of {most}")
            total += units(text)
    hold(total <= 6000, "MAX_EMBED_SIZE_EXCEEDED")
    hold(dict(parse_qsl(urlsplit(request.target).query)).get("wait") == "true", "without `wait=true` a loss is a success")
    address = re.search(r"<(https?://[^>]+)>", body["content"]).group(1)
    post = Post("discord", address, body["content"], id=str(10**18 + len(memory.posts)), document=body)
    limits = (("X-RateLimit-Limit", "5"), ("X-RateLimit-Remaining", "4"), ("X-RateLimit-Reset-After", "0.4"))
    return post, None, lambda post: Answer(200, {"id": post.id, "type": 0, "content": post.text}, limits)


def teams(memory, request):
    """https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook: a message with one
    card, of 28 KB at most; the elements by https://adaptivecards.io/schemas/adaptive-card.json (1.2)."""
    body = request.json()
    hold(len(request.body) <= 28_000, "RequestEntityTooLarge", 413)
    hold(body["type"] == "message" and len(body["attachments"]) == 1, "not a message with a card")
    card = body["attachments"][0]
    hold(card["contentType"] == "application/vnd.microsoft.card.adaptive", "not an Adaptive Card")
    card = card["content"]
    hold((card["type"], card["version"]) == ("AdaptiveCard", "1.2"), "not a card of version 1.2")
    for block in card["body"]:
        hold(block["type"] == "RichTextBlock" and block["inlines"], f"{block['type']}")
        hold(block["spacing"] in ("None", "Small", "Default", "Medium"), f"spacing: {block['spacing']}")
        for run in block["inlines"]:
            hold(run["type"] == "TextRun" and run["text"], "an empty run")
            hold(set(run) <= {"type", "text", "size", "weight", "isSubtle"}, f"keys: {set(run)}")
    [action] = card["actions"]
    hold(action["type"] == "Action.OpenUrl" and re.match("https?://", action["url"]) and action["title"], "the button")
    hold(card["fallbackText"] and re.fullmatch("[a-z]{2}", card["lang"]), "no text without the card")
    text = "\n".join(run["text"] for block in card["body"] for run in block["inlines"])
    post = Post("teams", action["url"], text, language=card["lang"], document=body)
    return post, None, lambda _: Answer(202)


def conforms(value, schema, at="$"):
    """Holds a value to a JSON Schema, as far as the schema of noroshi's webhooks uses the standard."""
    if "$ref" in schema:
        return conforms(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    known = {
        "$schema", "$defs", "$id", "title", "description", "type", "properties", "required", "items", "enum", "const", "pattern",
        "format", "minimum", "maximum", "default", "additionalProperties",
    }
    assert set(schema) <= known, f"the schema has more words: {set(schema) - known}"
    kinds = {
        "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None),
    }
    if "type" in schema:
        wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        fits = any(isinstance(value, kinds[one]) and (one != "integer" or value is not True) for one in wanted)
        hold(fits, f"{at} is not {wanted}")
    hold("enum" not in schema or value in schema["enum"], f"{at} is {value!r}")
    hold("const" not in schema or value == schema["const"], f"{at} is {value!r}")
    if isinstance(value, str):
        hold(re.search(schema.get("pattern", ""), value), f"{at} is {value!r}")
        forms = {
            "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "uri": r"https?://\S+",
            "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)",
        }
        if "format" in schema and schema["format"] in forms:
            hold(re.fullmatch(forms[schema["format"]], value), f"{at} is {value!r}")
    if isinstance(value, dict):
        hold(set(schema.get("required", [])) <= set(value), f"{at} lacks {set(schema.get('required', [])) - set(value)}")
        for key, one in value.items():
            hold(key in schema.get("properties", {key: {}}), f"{at} has {key}")
            conforms(one, schema.get("properties", {}).get(key, {}), f"{at}.{key}")
    if isinstance(value, list):
        for one in value:
            conforms(one, schema.get("items", {}), f"{at}[]")
    return None


def signed(request):
    """https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: the id, the time within five
    minutes, and one signature `v1` of them and the body."""
    key, moment = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    hold(key and "." not in key, "no webhook-id")
    hold(moment.isdigit() and abs(int(moment) - time.time()) <= 300, "webhook-timestamp is not now")
    secret = base64.b64decode(TOKENS["HOOK_SECRET"].removeprefix("whsec_"))
    proof = hmac.new(secret, f"{key}.{moment}.".encode() + request.body, hashlib.sha256).digest()
    given = request.headers.get("webhook-signature", "").split()
    hold("v1," + base64.b64encode(proof).decode() in given, "the signature is wrong", 401)
    return key


def hook(memory, request):
    """Noroshi's own shape by its own schema. The receiver takes each `webhook-id` once. The standard wants less than 20 kB."""
    key, body = signed(request), request.json()
    hold(len(request.body) <= 20_000, "more than 20 kB", 413)
    conforms(body, SCHEMA)
    data = body["data"]
    hold(body["type"] == f"{data['kind']}.{data['status']}" and not data["test"], f"the type {body['type']}")
    words = f"{data['headline']}\n{data['text']}"
    post = Post("hook", data["url"], words, language=data["locale"], id=data["id"], document=body)
    return post, key, lambda _: Answer(204)


def pages(memory, request):
    """A receiver for Atlassian Statuspage, which knows neither ids nor signatures:
    https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/."""
    body = request.json()
    hold({"meta", "page", "incident"} <= set(body), f"keys: {set(body)}")
    hold({"unsubscribe", "documentation"} <= set(body["meta"]), "meta")
    hold(body["page"]["status_indicator"] in ("none", "minor", "major", "critical", "maintenance"), "status_indicator")
    hold(body["page"]["status_description"], "status_description")
    incident = body["incident"]
    known = {
        "backfilled", "created_at", "impact", "impact_override", "monitoring_at", "postmortem_body",
        "postmortem_body_last_updated_at", "postmortem_ignored", "postmortem_notified_subscribers",
        "postmortem_notified_twitter", "postmortem_published_at", "resolved_at", "scheduled_auto_completed",
        "scheduled_auto_in_progress", "scheduled_for", "scheduled_remind_prior", "scheduled_reminded_at", "scheduled_until",
        "shortlink", "status", "updated_at", "id", "organization_id", "incident_updates", "name",
    }
    hold(known <= set(incident), f"incident lacks {known - set(incident)}")
    hold(incident["impact"] in ("none", "minor", "major", "critical", "maintenance"), "impact")
    words = ("investigating", "identified", "monitoring", "resolved", "postmortem")
    words += ("scheduled", "in_progress", "verifying", "completed")
    hold(incident["status"] in words, f"status {incident['status']}")
    if incident["impact"] == "maintenance":
        hold(incident["scheduled_for"] and "scheduled_until" in incident, "a maintenance without its window")
    [update] = incident["incident_updates"]
    known = {
        "body", "created_at", "display_at", "status", "twitter_updated_at", "updated_at", "wants_twitter_update", "id",
        "incident_id",
    }
    hold(known <= set(update) and update["incident_id"] == incident["id"], "incident_updates")
    for key in ("created_at", "updated_at"):
        hold(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", update[key]), f"{key}: {update[key]}")
    words = f"{body['page']['status_description']}\n{update['body']}"
    post = Post("pages", incident["shortlink"], words, id=update["id"], document=body)
    return post, None, lambda _: Answer(200)


def bearer(request, token):
    hold(request.headers.get("authorization") == f"Bearer {token}", "the token is wrong", 401)


def mastodon(memory, request):
    """https://docs.joinmastodon.org/methods/statuses/#create. `Idempotency-Key` is known for an hour
    (app/services/post_status_service.rb of mastodon/mastodon); an address counts as 23 characters, of 500
    (app/validators/status_length_validator.rb)."""
    bearer(request, TOKENS["MASTODON_TOKEN"])
    hold(request.path == "/mastodon/api/v1/statuses", "Record not found", 404)
    body, key = request.json(), request.headers.get("idempotency-key")
    hold(key, "no Idempotency-Key")
    hold(set(body) <= {"status", "visibility", "language", "in_reply_to_id", "spoiler_text", "sensitive"}, f"keys: {set(body)}")
    hold(body["visibility"] in ("public", "unlisted"), "visibility", 422)
    hold(re.fullmatch("[a-z]{2}", body["language"]), "language", 422)
    text, found = body["status"], addresses(body["status"])
    for address in found:
        text = text.replace(address, "x" * 23, 1)
    hold(1 <= characters(text) <= 500, f"Validation failed: Text character limit of 500 exceeded: {characters(text)}", 422)
    # What could call somebody: `MENTION_RE` of app/models/account.rb.
    hold(not re.search(r"(?<![=/\w])@\w+", body["status"]), "a mention", 422)
    parent = body.get("in_reply_to_id")
    own = {post.id for post in memory.posts if post.channel == "mastodon"}
    if parent is not None and parent not in own:
        raise Refusal(404, "The status you are trying to reply to does not appear to exist.")
    count = len(memory.posts)
    # As long as an id of Mastodon, whose first digits are a time.
    post = Post(
        "mastodon", found[-1], body["status"], language=body["language"], id=str(115_500_000_000_000_000 + count),
        parents=(parent,) if parent else (), document=body,
    )
    answer = lambda post: Answer(200, {"id": post.id, "url": f"https://mastodon.example/@status/{post.id}", "content": post.text})
    return post, key, answer


def bluesky(memory, request):
    """The lexicons of bluesky-social/atproto: com/atproto/server/createSession, com/atproto/repo/putRecord, app/bsky/feed/post,
    app/bsky/richtext/facet, app/bsky/embed/external; the form of a key: https://atproto.com/specs/tid. A record under a known
    key is the same post."""
    body = request.json()
    if request.path == "/bluesky/xrpc/com.atproto.server.createSession":
        hold(set(body) == {"identifier", "password"}, f"keys: {set(body)}")
        right = body == {"identifier": HANDLE, "password": TOKENS["BLUESKY_APP_PASSWORD"]}
        hold(right, "AuthenticationRequired", 401)
        said = {"did": DID, "handle": HANDLE, "accessJwt": "bluesky-access-of-a-test", "refreshJwt": "refresh", "active": True}
        return None, None, lambda _: Answer(200, said)
    hold(request.path == "/bluesky/xrpc/com.atproto.repo.putRecord", "XRPCNotSupported", 404)
    bearer(request, "bluesky-access-of-a-test")
    hold(set(body) == {"repo", "collection", "rkey", "record"}, f"keys: {set(body)}")
    hold((body["repo"], body["collection"]) == (DID, "app.bsky.feed.post"), "the collection")
    hold(re.fullmatch("[2-7a-j][2-7a-z]{12}", body["rkey"]), f"Invalid TID: {body['rkey']}")
    record = body["record"]
    hold(set(record) <= {"$type", "text", "facets", "langs", "createdAt", "embed", "reply", "tags"}, f"keys: {set(record)}")
    hold(record["$type"] == "app.bsky.feed.post", "$type")
    raw = record["text"].encode()
    hold(len(raw) <= 3000 and 1 <= characters(record["text"]) <= 300, f"Record/text too long: {characters(record['text'])}")
    hold(1 <= len(record["langs"]) <= 3 and all(re.fullmatch("[a-z]{2}", tag) for tag in record["langs"]), "langs")
    hold(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", record["createdAt"]), "createdAt")
    external = record["embed"]["external"]
    hold(record["embed"]["$type"] == "app.bsky.embed.external", "embed")
    hold(set(external) == {"uri", "title", "description"} and re.match("https?://", external["uri"]), "embed/external")
    hold(external["title"], "embed/external/title")
    end, links = 0, []
    for facet in sorted(record["facets"], key=lambda facet: facet["index"]["byteStart"]):
        start, stop = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        hold(end <= start < stop <= len(raw), f"facets: {start} to {stop}")
        end = stop
        try:
            covered = raw[start:stop].decode()
        except UnicodeDecodeError:
            raise Refusal(400, f"facets: {start} to {stop} cuts a character") from None
        [feature] = facet["features"]
        if feature["$type"] == "app.bsky.richtext.facet#tag":
            hold(covered == "#" + feature["tag"] and 1 <= characters(feature["tag"]) <= 64, f"facets: {covered}")
        else:
            hold(feature["$type"] == "app.bsky.richtext.facet#link", f"facets: {feature['$type']}")
            links.append(feature["uri"])
            # What is shown is the address, without its scheme and perhaps without its end.
            shown = covered.removesuffix("…")
            hold(shown in feature["uri"] and len(shown) >= 4, f"facets: {covered} for {feature['uri']}")
    hold(external["uri"] in links, "the address of the card is no link")
    known = {f"{post.id} {post.cid}" for post in memory.posts if post.channel == "bluesky"}
    parents = ()
    if "reply" in record:
        parents = tuple(f"{record['reply'][end]['uri']} {record['reply'][end]['cid']}" for end in ("parent", "root"))
        hold(set(parents) <= known, f"a reply to what is not there: {parents}")
    digest = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).digest()
    cid = "bafyrei" + base64.b32encode(digest).decode().lower().strip("=")
    uri = f"at://{DID}/app.bsky.feed.post/{body['rkey']}"
    post = Post(
        "bluesky", external["uri"], record["text"], language=record["langs"][0], id=uri,
        parents=parents, cid=cid, document=record,
    )
    earlier = memory.keys.get(("bluesky", uri))
    # A PDS would replace the post, and the replies would name one that is gone.
    hold(earlier is None or memory.posts[earlier[1]].cid == cid, "another record under a known key")
    return post, uri, lambda post: Answer(200, {"uri": post.id, "cid": post.cid, "validationStatus": "valid"})


def weight(text):
    """https://docs.x.com/fundamentals/counting-characters: an address counts 23, the signs of these ranges one, others two."""
    found = addresses(text)
    for address in found:
        text = text.replace(address, "", 1)
    light = [(0, 4351), (8192, 8205), (8208, 8223), (8242, 8247)]
    return 23 * len(found) + sum(1 if any(low <= ord(sign) <= high for low, high in light) else 2 for sign in text)


def x(memory, request):
    """https://docs.x.com/x-api/posts/create-post, signed as in
    https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    hold(scheme == "OAuth", "no OAuth 1.0a", 401)
    given = {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', rest)}
    signature = given.pop("oauth_signature", "")
    names = {"consumer_key", "nonce", "signature_method", "timestamp", "token", "version"}
    hold({name.removeprefix("oauth_") for name in given} == names, f"parameters: {sorted(given)}", 401)
    keys = (given["oauth_consumer_key"], given["oauth_token"])
    hold(keys == (TOKENS["X_API_KEY"], TOKENS["X_ACCESS_TOKEN"]), "the keys are wrong", 401)
    hold((given["oauth_signature_method"], given["oauth_version"]) == ("HMAC-SHA1", "1.0"), "the method", 401)
    hold(abs(int(given["oauth_timestamp"]) - time.time()) <= 300, "the timestamp is not now", 401)
    hold(given["oauth_nonce"] not in memory.nonces, "a nonce is used once", 401)
    memory.nonces.add(given["oauth_nonce"])
    encoded = lambda text: quote(text, safe="-._~")
    pairs = "&".join(sorted(f"{encoded(name)}={encoded(value)}" for name, value in given.items()))
    address = f"http://{request.headers['host']}{request.path}"
    signed = "&".join(["POST", encoded(address), encoded(pairs)])
    key = "&".join([encoded(TOKENS["X_API_SECRET"]), encoded(TOKENS["X_ACCESS_SECRET"])])
    proof = base64.b64encode(hmac.new(key.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    hold(signature == proof, "the signature is wrong", 401)
    hold(request.path == "/x/2/tweets", "not found", 404)
    body = request.json()
    hold(set(body) <= {"text", "reply"}, f"keys: {set(body)}")
    hold(1 <= weight(body["text"]) <= 280, f"too long: {weight(body['text'])}", 403)
    hold(not re.search(r"(?<!\w)[@＠]\w", body["text"]), "a mention", 403)
    parent = body.get("reply", {}).get("in_reply_to_tweet_id")
    own = {post.id for post in memory.posts if post.channel == "x"}
    hold(parent is None or parent in own, "a reply to what is not there")
    # X does not document this answer, and developers meet it.
    if memory.refuses_duplicates and body["text"] in [post.text for post in memory.posts if post.channel == "x"]:
        raise Refusal(403, "You are not allowed to create a Tweet with duplicate content.", is_fault=False)
    post = Post(
        "x", addresses(body["text"])[-1], body["text"], id=str(1_990_000_000_000_000_000 + len(memory.posts)),
        parents=(parent,) if parent else (), document=body,
    )
    return post, None, lambda post: Answer(201, {"data": {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}})


def line(memory, request):
    """https://developers.line.biz/en/reference/messaging-api/#send-broadcast-message; a known retry key is answered with 409 for
    24 hours (https://developers.line.biz/en/docs/messaging-api/retrying-api-request/)."""
    bearer(request, TOKENS["LINE_TOKEN"])
    hold(request.path == "/line/v2/bot/message/broadcast", "Not found", 404)
    key, body = request.headers.get("x-line-retry-key", ""), request.json()
    hold(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key), "the retry key is no UUID")
    hold(set(body) <= {"messages", "notificationDisabled"}, f"keys: {set(body)}")
    hold(len(body["messages"]) == 1, "messages: one for each update, of 5 at most")
    [message] = body["messages"]
    hold(message["type"] == "flex" and 1 <= units(message["altText"]) <= 1500, "messages[0]/altText")
    bubble = message["contents"]
    hold(bubble["type"] == "bubble" and len(json.dumps(bubble, ensure_ascii=False).encode()) <= 30_000, "more than 30 KB")
    texts, buttons = [], []

    def walk(part):
        if part["type"] == "box":
            hold(part["layout"] in ("vertical", "horizontal", "baseline") and part["contents"], "an empty box")
            for one in part["contents"]:
                walk(one)
        elif part["type"] == "text":
            hold(part["text"], "must be non-empty text")
            texts.append(part["text"])
        else:
            hold(part["type"] == "button" and part["action"]["type"] == "uri", f"{part['type']}")
            buttons.append(part["action"])

    walk(bubble["body"])
    walk(bubble["footer"])
    [button] = buttons
    hold(1 <= len(button["label"]) <= 40 and len(button["uri"]) <= 1000, "the button")
    hold(re.match("https?://", button["uri"]), "invalid uri scheme")
    post = Post("line", button["uri"], message["altText"], id=f"request-{len(memory.posts)}", document=body)
    return post, key, lambda post: Answer(200, {}, (("X-Line-Request-Id", post.id),))


def hub(memory, request):
    """https://www.w3.org/TR/websub/#publishing, in the form that public hubs take:
    https://pubsubhubbub.github.io/PubSubHubbub/pubsubhubbub-core-0.3.html#rfc.section.7.1."""
    hold(request.headers.get("content-type") == "application/x-www-form-urlencoded", "not a form", 415)
    form = dict(parse_qsl(request.body.decode(), strict_parsing=True))
    hold(form.get("hub.mode") == "publish" and set(form) == {"hub.mode", "hub.url"}, f"the form {form}")
    hold(re.match("https?://", form["hub.url"]), "hub.url")
    return Post("hub", form["hub.url"], ""), None, lambda _: Answer(204)


def mail(memory, raw):
    """RFC 5322 section 3.6 (each header once), RFC 5321 section 4.5.3.1.6 (lines), RFC 3834 section 5 (no automatic reply)."""
    hold(raw.isascii() and max(map(len, raw.split(b"\r\n"))) <= 998, "lines or bytes", 554)
    hold(b"\n" not in raw.replace(b"\r\n", b""), "a line end without its CR", 554)
    read = message_from_bytes(raw, policy=policy.default)
    hold(not read.defects, f"{read.defects}", 554)
    once = ["From", "Date", "Message-ID", "To", "Subject", "MIME-Version", "Auto-Submitted", "Content-Language"]
    for name in once:
        hold(len(read.get_all(name, [])) == 1, f"{name} stands {len(read.get_all(name, []))} times", 554)
    hold(abs(read["Date"].datetime.timestamp() - time.time()) <= 300, "Date is not now", 554)
    known = {post.id for post in memory.posts if post.channel == "mail"}
    parents = tuple(read.get("References", "").split())
    hold(set(parents) <= known, f"an answer to what was not sent: {parents}", 554)
    hold(read["In-Reply-To"] == (parents[-1] if parents else None), "In-Reply-To is not the last of References", 554)
    text = read.get_body(["plain"]).get_content()
    hold(read.get_body(["html"]).get_content().strip(), "no HTML", 554)
    linked = addresses(text)
    named = [memory.mails[page, read["Subject"]] for page in linked if (page, read["Subject"]) in memory.mails]
    post = Post(
        "mail", [*named, *linked][0], f"{read['Subject']}\n{text}", language=read["Content-Language"], id=read["Message-ID"],
        parents=tuple(reversed(parents)), document=read,
    )
    return post, None, lambda _: Answer(250)


# By the first part of the path.
PLATFORMS = {
    "slack": slack, "discord": discord, "teams": teams, "hook": hook, "pages": pages, "mastodon": mastodon,
    "bluesky": bluesky, "x": x, "line": line, "hub": hub,
}


class Platforms:
    """All of them, on two ports."""

    def __init__(self):
        self.memory = Memory()
        self.faults = []
        self.asked = []
        self._numbered, self._placed, self._positions = {}, {}, {}
        self._turn = threading.Condition()
        self._runner = None
        self._open = 0
        self._http = self._listen(self._serve)
        self._smtp = self._listen(self._serve_mail)
        self.base = f"http://127.0.0.1:{self._http.getsockname()[1]}"

    def close(self):
        self._http.close()
        self._smtp.close()

    # --- What a test says and reads.

    def channels(self, **more):
        """The channels for site.yaml, each with these further settings, such as another `server`."""
        lists = [{"list": f"status-{tag}@lists.example.com", "locales": [tag]} for tag in ("ja", "en")]
        kinds = {
            "mail": {
                "to": "mail", "server": f"smtp://127.0.0.1:{self._smtp.getsockname()[1]}", "from": "status@example.com",
                "lists": lists,
            },
            "slack": {"to": "slack"},
            "discord": {"to": "discord"},
            "teams": {"to": "teams"},
            "pages": {"to": "webhook", "url": f"{self.base}/pages", "shape": "statuspage"},
            "x": {"to": "x"},
            "hook": {"to": "webhook", "url": f"{self.base}/hook"},
            "mastodon": {"to": "mastodon", "server": f"{self.base}/mastodon"},
            "bluesky": {"to": "bluesky", "server": f"{self.base}/bluesky", "handle": HANDLE},
            "line": {"to": "line"},
            "hub": {"to": "websub"},
        }
        return {name: settings | more.get(name, {}) for name, settings in kinds.items()}

    def hub(self):
        """The address for `feeds.hub` of site.yaml."""
        return f"{self.base}/hub"

    def environment(self):
        """The variables with the credentials of the channels."""
        places = {
            "SLACK_URL": f"{self.base}/slack/{HOOK}",
            "DISCORD_URL": f"{self.base}/discord/api/webhooks/1290/discordwebhookaddress",
            "TEAMS_URL": f"{self.base}/teams/workflows/teamsworkflowaddress/triggers/manual/paths/invoke?sig=teamssignature",
            "X_ENDPOINT": f"{self.base}/x",
            "LINE_ENDPOINT": f"{self.base}/line",
        }
        return {f"NOROSHI_{name}": value for name, value in (TOKENS | places).items()}

    def watch(self, start):
        """Starts a runner, which a mishap may kill, and returns it. The requests that follow are numbered from 1."""
        with self._turn:
            self.asked, self._positions = [], {}
            self._runner = start()
            return self._runner

    def script(self, numbered=None, placed=None):
        """Says what happens to the requests of the next run: by number, or by channel and position in it."""
        with self._turn:
            self._numbered, self._placed = numbered or {}, placed or {}

    def snapshot(self):
        with self._turn:
            return self.memory.copy()

    def restore(self, memory):
        with self._turn:
            self.memory = memory.copy()

    def timeline(self, channel):
        """What the readers of a channel see, oldest first."""
        return [post for post in self.memory.posts if post.channel == channel]

    def settle(self):
        """Waits until everything that was sent has been read, after the runner has ended."""
        for listener in (self._http, self._smtp):
            # Connections are accepted in their order.
            with socket.create_connection(listener.getsockname(), 10) as probe:
                if listener is self._http:
                    probe.sendall(b"GET /probe HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
                probe.recv(100)
        with self._turn:
            assert self._turn.wait_for(lambda: self._open == 0, 20), "a connection does not end"

    # --- The servers.

    def _listen(self, serve):
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)

        def run(connection):
            try:
                with connection, connection.makefile("rb") as wire, suppress(OSError):
                    serve(connection, wire)
            finally:
                with self._turn:
                    self._open -= 1
                    self._turn.notify_all()

        def accept():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with self._turn:
                    self._open += 1
                threading.Thread(target=run, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return listener

    def _serve(self, connection, wire):
        while True:
            head = wire.readline()
            if not head:
                return
            method, target, _ = head.decode().split(" ", 2)
            headers = {}
            while (given := wire.readline().strip()):
                name, _, value = given.decode("utf-8").partition(":")
                headers[name.strip().lower()] = value.strip()
            body = wire.read(int(headers.get("content-length", 0)))
            if len(body) < int(headers.get("content-length", 0)):
                return
            if target == "/probe":
                connection.sendall(Answer(204).bytes())
                return
            request = Request(method, target, headers, body)
            channel = request.path.split("/")[1]

            def check(memory, request=request, channel=channel):
                hold(channel in PLATFORMS and request.method == "POST", "not found", 404)
                expected = urlsplit(self.environment().get(f"NOROSHI_{channel.upper()}_URL", "")).path
                hold(expected in ("", request.path), "the address is wrong", 404)
                return PLATFORMS[channel](memory, request)

            if not self._handle(channel, check, lambda answer: connection.sendall(answer.bytes())):
                return

    def _serve_mail(self, connection, wire):
        """RFC 5321, as far as a submission needs it."""

        def say(text):
            connection.sendall(f"{text}\r\n".encode())

        say("220 mail.example.com ESMTP")
        for command in wire:
            word = command.split(b" ")[0].strip().upper()
            if word == b"DATA":
                say("354 go on")
                mail_of_it = b""
                for part in wire:
                    if part == b".\r\n":
                        break
                    # A dot at the beginning is doubled (section 4.5.2).
                    mail_of_it += part[1:] if part.startswith(b".") else part
                else:
                    return
                # Answers that HTTP has, in the words of SMTP. There is none for "something went wrong in between".
                words = {250: "250 2.0.0 queued", 429: "450 4.2.1 later", 503: "451 4.3.2 later", 401: "550 5.7.1 no"}

                def answer(found, words=words):
                    say(words.get(found.status, f"{found.status} refused"))

                if not self._handle("mail", lambda memory, raw=mail_of_it: mail(memory, raw), answer):
                    return
            elif word == b"QUIT":
                say("221 2.0.0 bye")
                return
            else:
                say("250 2.1.0 ok")

    def _handle(self, channel, check, answer):
        """Takes a request and answers it, and says whether the connection goes on."""
        with self._turn:
            number, position = len(self.asked) + 1, self._positions.get(channel, 0) + 1
            self._positions[channel] = position
            mishap = self._numbered.get(number) or self._placed.get((channel, position)) or Mishap("")
            asked = Asked(number, channel, position, None, mishap.name)
            self.asked.append(asked)
            if mishap.kills == "before":
                self._kill()
            try:
                post, key, answer_of = check(self.memory)
                asked.address = post and post.address
                found = self._take(channel, post, key, answer_of, mishap.takes)
                asked.is_taken = mishap.takes
            except Refusal as refusal:
                found = Answer(refusal.status, {"error": refusal.words})
                if refusal.is_fault:
                    self.faults.append(f"{channel}: {refusal.words}")
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                found = Answer(400, {"error": repr(error)})
                self.faults.append(f"{channel}: {error!r}")
            if mishap.kills == "during":
                self._kill()
        if mishap.late:
            time.sleep(mishap.late)
        if mishap.drops or (channel == "mail" and mishap.is_lost):
            return False
        if mishap.status:
            found = Answer(mishap.status, {"error": mishap.name}, mishap.headers)
        try:
            answer(found)
            asked.is_answered = True
        except OSError:
            return False
        if mishap.kills == "after":
            self._kill()
        return True

    def _take(self, channel, post, key, answer_of, is_taken):
        """Puts a post into the timeline, unless the platform knows its key, and returns the answer."""
        memory = self.memory
        if post is None or not is_taken:
            return answer_of(post)
        if channel == "hub":
            memory.feeds.append(post.address)
            return answer_of(post)
        now = time.time() + memory.ahead
        known = memory.keys.get((channel, key)) if key else None
        if known and now - known[0] < KNOWN.get(channel, float("inf")):
            if channel == "line":
                accepted = (("X-Line-Accepted-Request-Id", memory.posts[known[1]].id),)
                return Answer(409, {"message": "The retry key is already accepted"}, accepted)
            return answer_of(memory.posts[known[1]])
        memory.posts.append(post)
        if key:
            memory.keys[channel, key] = (now, len(memory.posts) - 1)
        return answer_of(post)

    def _kill(self):
        """Kills the runner, and waits until it is dead: what it sends afterwards would be the doing of a ghost."""
        runner = self._runner
        assert isinstance(runner, subprocess.Popen)
        runner.kill()
        runner.wait()
