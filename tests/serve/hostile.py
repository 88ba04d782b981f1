"""Somebody who may come in and then tries what should not work: JSON of every bad kind in every body, SQL in every
field, tokens that were used, taken back, changed by a letter or meant for something else."""
import json
import sqlite3
import time

import tally
from requests import expect
from server import entries, is_closed
from session import CHILD, ENTRY, Office, Person

SQL = ["'; DROP TABLE event; --", "' OR '1'='1", "\"; DELETE FROM audit; --", "x' UNION SELECT secret FROM user_account --", "%' --", "\\'; --",
       "1); ATTACH DATABASE '/tmp/x.db' AS x; --", "?1", ":a", "$1", "NULL", "CHAR(39)"]
TEXTS = ("text", "analysis", "action", "outcome", "reference", "role")
CODES = ("agency", "kind", "voice", "polarity", "significance", "occurred", "recorded", "ended", "time", "child_seen", "seen_alone")
LONG = 200000


def pairs(*members):
    """An object as text, so that a name can stand in it twice."""
    return "{" + ",".join(members) + "}"


GOOD = [f"\"{name}\":{json.dumps(value)}" for name, value in ENTRY.items()]

# What is one JSON value, and still nothing that an entry can be.
BAD_ENTRIES = [
    ("nothing", "null"), ("a list", "[]"), ("a text", "\"x\""), ("a number", "1"), ("empty", "{}"),
    ("a list of entries", "[" + pairs(*GOOD) + "]"), ("64 levels", pairs(*GOOD, "\"facts\":" + "[" * 60 + "]" * 60)),
    ("too many levels", pairs(*GOOD, "\"facts\":" + "[" * 70 + "]" * 70)),
    ("a member twice", pairs(*GOOD, "\"text\":\"another\"")), ("a member twice, the same", pairs(*GOOD, GOOD[0])),
    ("a member twice by an escape", pairs(*GOOD, "\"te\\u0078t\":\"another\"")),
    ("a member that there is not", pairs(*GOOD, "\"nothing\":1")), ("the prototype", pairs(*GOOD, "\"__proto__\":{}")),
    ("a lone high surrogate", pairs(*GOOD[:3], "\"text\":\"\\ud800\"")), ("a lone low surrogate", pairs(*GOOD[:3], "\"text\":\"\\udc00x\"")),
    ("surrogates the wrong way round", pairs(*GOOD[:3], "\"text\":\"\\udc00\\ud800\"")), ("a NUL", pairs(*GOOD[:3], "\"text\":\"a\\u0000b\"")),
    ("a NUL in a name", pairs(*GOOD, "\"te\\u0000xt\":\"a\"")), ("no UTF-8", b"{\"text\":\"\xff\xfe\"}"), ("half of a character", b"{\"text\":\"\xc3\"}"),
    ("an overlong character", b"{\"text\":\"\xc0\xaf\"}"), ("a surrogate as bytes", b"{\"text\":\"\xed\xa0\x80\"}"),
    ("a huge number", pairs(*GOOD[:3], "\"text\":1e400")), ("a huge whole number", pairs(*GOOD[:3], "\"text\":" + "9" * 400)),
    ("a small number", pairs(*GOOD[:3], "\"significance\":-1e-400")), ("a number where words are", pairs(*GOOD[1:], "\"occurred\":20240502")),
    ("a list where words are", pairs(*GOOD[:3], "\"text\":[\"a\"]")), ("an object where words are", pairs(*GOOD[:3], "\"text\":{\"a\":1}")),
    ("yes where words are", pairs(*GOOD[:3], "\"text\":true")), ("words where a list is", pairs(*GOOD, "\"theme\":\"neglect\"")),
    ("facts that are a list", pairs(*GOOD, "\"facts\":[]")), ("a fact that is a huge number", pairs(*GOOD, "\"facts\":{\"weight\":1e400}")),
    ("a day that there is not", pairs(*GOOD[1:], "\"occurred\":\"2024-02-30\"")), ("a year beyond all", pairs(*GOOD[1:], "\"occurred\":\"99999-01-01\"")),
    ("many members", pairs(*GOOD, *(f"\"m{number}\":1" for number in range(5000)))),
]
# Bodies of any operation: each is refused, or not looked at.
BODIES = ["null", "[]", "0", "\"x\"", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", "{\"a\":\"\\u0000\"}", "{\"a\":1e999}", "{\"\":{}}",
          "{\"id\":{},\"name\":[],\"state\":1,\"reason\":{},\"account\":0,\"accounts\":{},\"instrument\":[],\"until\":{},\"counts\":[],\"link\":[]}",
          "{\"reason\":\"" + "x" * LONG + "\",\"title\":\"" + "y" * LONG + "\"}"]


def rows(office):
    """How many rows each table has, by the file itself; of an encrypted one the entries alone."""
    if is_closed():
        return {"event": entries(office.world.binary, office.store)}
    link = sqlite3.connect(office.store)
    try:
        names = [name for name, in link.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {name: link.execute(f"SELECT count(*) FROM \"{name}\"").fetchone()[0] for name in names if not name.startswith("sqlite_")}
    finally:
        link.close()


def same_record(before, after):
    """Nothing of the record changed; the trail and what sessions keep may grow."""
    return {name: (before.get(name), count) for name, count in after.items()
            if before.get(name) != count and name not in ("audit", "token", "run", "prompt", "prompt_state", "reply")}


def send(person, method, path, body, headers=None):
    """A body as it is."""
    return person.server.ask(method, path, body, {"Cookie": person.cookie, "X-CSRF-Token": person.csrf, "Content-Type": "application/json",
                                                  **(headers or {})})


def check_bad_entries(counts, world):
    with Office(world) as office:
        before = rows(office)
        for name, body in BAD_ENTRIES:
            reply = send(office.anna, "POST", f"/v1/children/{CHILD}/events", body)
            counts.check(reply.status in (400, 422) and reply.headers.get("content-type") == "application/problem+json", f"an entry: {name}",
                         f"{reply.status} {reply.body[:200]!r}")
        counts.check(not same_record(before, rows(office)), "nothing of it is kept", str(same_record(before, rows(office))))
        fine = office.anna.change("POST", f"/v1/children/{CHILD}/events", {**ENTRY, "text": "\U0001f30a \u200f\u202e\t" + "x" * 5000})
        counts.check(fine.status == 201, "any text that is text is taken", f"{fine.status} {fine.body[:200]!r}")


def check_bad_drafts(counts, world):
    with Office(world) as office:
        anna = office.anna
        made = anna.change("POST", f"/v1/children/{CHILD}/assessments", {"instrument": "graded-care", "purpose": "baseline", "date": "2024-05-02"})
        path, tag = f"/v1/assessments/{made.json()['id']}", {"If-Match": made.headers["etag"]}
        for name, body in [("nothing", "null"), ("a list", "[]"), ("a number", "1"), ("a member twice", "{\"a\":1,\"a\":2}"), ("a NUL", "{\"a\":\"\\u0000\"}"),
                           ("a lone surrogate", "{\"a\":\"\\ud800\"}"), ("a huge number", "{\"a\":1e400}"), ("another id", "{\"id\":\"x\"}"),
                           ("another child", "{\"child\":\"LN-2\"}"), ("another instrument", "{\"instrument\":\"x\"}")]:
            reply = send(anna, "PUT", path, body, tag)
            counts.check(reply.status in (400, 422), f"a draft: {name}", f"{reply.status} {reply.body[:200]!r}")
        shown = anna.get(path)
        counts.check(shown.headers.get("etag") == tag["If-Match"] and shown.json()["assessment"] == made.json()["assessment"], "the draft is as it was")


def check_bad_bodies(counts, world):
    """Whatever is sent to whatever, it is never an error of ours."""
    with Office(world) as office:
        prompts = office.anna.get("/v1/prompts?limit=1").json()["items"]
        fill = {"{child}": CHILD, "{id}": "x", "{assessment}": "x", "{event}": "0123456789abcdef", "{key}": prompts[0]["key"] if prompts else "0" * 16,
                "{account}": "anna"}
        for method, path, operation, _, body, condition in world.routes():
            if body != "json" or operation in ("sessions.close", "sessions.password", "sessions.open"):
                continue
            for place, value in fill.items():
                path = path.replace(place, value)
            wrong = []
            for bad in BODIES:
                reply = send(office.anna, method, path, bad, {"If-Match": "\"1\""} if condition else {})
                if not 400 <= reply.status < 500 and not (operation == "reviews.run" and reply.status == 201):
                    wrong.append((bad[:40], reply.status, reply.body[:200]))
            counts.check(not wrong, f"{method} {path} with bad bodies", str(wrong))
        counts.check(office.server.is_well(), "well after bad bodies")


def check_sql(counts, world):
    """Quotes are letters: texts come back as they were sent, codes are refused, no table changes."""
    with Office(world) as office:
        anna, before = office.anna, rows(office)
        for words in SQL:
            body = {**ENTRY, **{name: words for name in TEXTS}}
            made = anna.change("POST", f"/v1/children/{CHILD}/events", body, {"Idempotency-Key": words[:90]})
            if counts.check(made.status == 201, f"{words} as texts", f"{made.status} {made.body[:300]!r}"):
                shown = anna.get(f"/v1/children/{CHILD}/events/{made.json()['event']}").json()
                counts.check(all(shown.get(name) == words for name in TEXTS), f"{words} comes back", str(shown)[:300])
        added = rows(office)["event"] - before["event"]
        counts.check(added == len(SQL), "an entry for each", str(added))
        before = rows(office)
        for words in SQL:
            for name in CODES:
                reply = anna.change("POST", f"/v1/children/{CHILD}/events", {**ENTRY, name: words})
                counts.check(reply.status == 422, f"{name}: {words}", f"{reply.status} {reply.body[:200]!r}")
            ask_sql_elsewhere(counts, office, words)
        counts.check(not same_record(before, rows(office)), "no table changed", str(same_record(before, rows(office))))
        counts.check(tally.run(world.binary, ["audit", "verify", office.store]).status == 0, "the trail is whole")


def ask_sql_elsewhere(counts, office, words):
    """In addresses, queries, headers and the bodies of other operations."""
    quoted = "".join(f"%{byte:02x}" for byte in words.encode())
    for path in (f"/v1/children/{quoted}", f"/v1/children/{quoted}/review", f"/v1/children/{CHILD}/events/{quoted}", f"/v1/assessments/{quoted}",
                 f"/v1/prompts/{quoted}", f"/v1/imports/{quoted}", f"/v1/indicators/{quoted}", f"/v1/instruments/{quoted}", f"/v1/reviews/{quoted}"):
        reply = office.anna.get(path)
        counts.check(reply.status in (400, 403, 404, 422), f"{path.replace(quoted, '{}')}: {words}", f"{reply.status} {reply.body[:200]!r}")
    found = office.anna.get(f"/v1/children?q={quoted}").json()
    counts.check(found is not None and found.get("items", []) == [], f"q: {words} finds nobody", str(found)[:200])
    for query in (f"cursor={quoted}", f"state={quoted}", f"order={quoted}", f"since={quoted}", f"indicator={quoted}", f"severity={quoted}"):
        reply = office.anna.get("/v1/prompts?" + query)
        items = (reply.json() or {}).get("items", [])
        counts.check(400 <= reply.status < 500 or (reply.status == 200 and (not items or query.startswith("cursor"))), f"prompts {query[:12]}: {words}",
                     f"{reply.status} {reply.body[:200]!r}")
    for body in ({"account": words, "password": words}, {"link": words}):
        reply = office.server.post("/v1/sessions", json.dumps(body))
        counts.check(reply.status in (401, 422, 429), f"sign in as {words}", f"{reply.status} {reply.body[:200]!r}")


def check_used_tokens(counts, world):
    """A real token opens what it is for, as long as it is good, as it was given."""
    with Office(world) as office:
        server, anna = office.server, office.anna
        made = tally.run(world.binary, ["user", "add", "ada", office.store, "--role", "administrator", "--now", str(int(time.time())), "--format", "json"])
        link = json.loads(made.stdout)["link"]
        ada = Person(server, link)
        told = ada.change("POST", "/v1/accounts/anna/tokens", {"label": "a program", "scopes": ["case:read"], "days": 1}).json()
        token = told["token"]

        def status(value, header="Authorization"):
            return server.ask("GET", "/v1/children", headers={header: value}).status

        counts.check(status("Bearer " + token) == 200, "a program's token opens")
        changed = token[:-1] + ("A" if token[-1] != "A" else "E")
        middle = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
        session = anna.cookie.split("=", 1)[1]
        for name, value in [("with its last letter changed", changed), ("with a letter changed", middle), ("cut short", token[:-1]), ("with a letter more", token + "A"),
                            ("in capitals", token.upper()), ("without its kind", token[5:]), ("as a link", token.replace("tdmt_", "tdml_")),
                            ("twice", f"{token},{token}"), ("a link that was used", link), ("the other link", office.link),
                            ("its hash as it is kept", told["id"])]:
            counts.check(status("Bearer " + value) == 401, f"a token {name}", str(status("Bearer " + value)))
        counts.check(status(f"tidemark_session={token}", "Cookie") == 401, "a program's token in a cookie")
        counts.check(server.ask("GET", f"/v1/children?token={token}").status in (400, 401), "a token in an address")
        counts.check(Person(server, link).opened.status == 401 and Person(server, token).opened.status == 401 and Person(server, session).opened.status == 401,
                     "what is no link, or was one, signs nobody in")
        reply = server.post(f"/v1/children/{CHILD}/events", json.dumps(ENTRY), {"Authorization": "Bearer " + token})
        counts.check(reply.status == 403, "a token that reads does not write", str(reply.status))
        borrowed = send(anna, "POST", f"/v1/children/{CHILD}/events", json.dumps(ENTRY), {"X-CSRF-Token": ada.csrf})
        expect(counts, borrowed, 403, "the CSRF token of somebody else")
        end_tokens(counts, office, ada, told)


def end_tokens(counts, office, ada, told):
    bearer = {"Authorization": "Bearer " + told["token"]}
    gone = ada.change("DELETE", f"/v1/tokens/{told['id']}", {})
    if gone.status == 400:
        gone = office.server.ask("DELETE", f"/v1/tokens/{told['id']}", headers={"Cookie": ada.cookie, "X-CSRF-Token": ada.csrf})
    counts.check(gone.status in (200, 204), "a token is taken back", f"{gone.status} {gone.body[:200]!r}")
    expect(counts, office.server.ask("GET", "/v1/children", headers=bearer), 401, "a token that was taken back", "unauthenticated")
    cookie = {"Cookie": office.anna.cookie}
    shut = ada.change("PUT", "/v1/accounts/anna", {"state": "closed"})
    counts.check(shut.status == 200, "an account is closed", f"{shut.status} {shut.body[:200]!r}")
    expect(counts, office.server.ask("GET", "/v1/children", headers=cookie), 401, "a session of a closed account", "unauthenticated")
    last = tally.run(office.world.binary, ["user", "add", "old", office.store, "--role", "manager", "--now", "1727776800", "--format", "json"])
    expect(counts, Person(office.server, json.loads(last.stdout)["link"]).opened, 401, "a link whose time is over", "unauthenticated")
