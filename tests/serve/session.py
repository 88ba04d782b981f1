"""Somebody signed in: cookies, tokens against forged changes, versions, the forms of answers, many at once.
What a role may see is not looked at here."""
import gzip
import json
import os
import signal
import tempfile
import threading
import time

import tally
from server import Server, close

try:
    import jsonschema
except ImportError:
    jsonschema = None

CHILD = "LN-1"
ENTRY = {"occurred": "2024-05-02", "agency": "school", "kind": "other", "text": "Came without a coat."}


class Person:
    """A browser that has signed in with a one-time link: keeps its cookie, sends back what the page would."""

    def __init__(self, server, link):
        self.server = server
        self.opened = server.post("/v1/sessions", json.dumps({"link": link}))
        self.cookie = self.opened.headers.get("set-cookie", "").split(";")[0]
        self.csrf = (self.opened.json() or {}).get("csrf", "")

    def get(self, path, headers=None):
        return self.server.ask("GET", path, headers={"Cookie": self.cookie, **(headers or {})})

    def change(self, method, path, body, headers=None):
        return self.server.ask(method, path, json.dumps(body), {"Cookie": self.cookie, "X-CSRF-Token": self.csrf,
                                                                "Content-Type": "application/json", **(headers or {})})


class Office:
    """A store of a family with a manager whose team has all its children, and a server on it. `place`: where its folder is made."""

    def __init__(self, world, *options, place=None):
        self.world, self.folder = world, tempfile.TemporaryDirectory(dir=place)
        store = self.store = os.path.join(self.folder.name, "cases.db")
        self.tell("import", "fixtures/long-neglect", "--into", store)
        self.link = self.link_of("anna", "Anna Example")
        self.tell("store", "allocate", store, "--team", "north", "--now", str(int(time.time())))
        close(world.binary, store)
        self.server = Server(world.binary, store, ["--web", world.web, *options])

    def tell(self, *arguments):
        outcome = tally.run(self.world.binary, list(arguments))
        if outcome.status:
            raise RuntimeError(str(outcome.stderr))
        return outcome.stdout

    def link_of(self, name, title="Somebody"):
        """Adds one more manager of the team: the one-time link."""
        return json.loads(self.tell("user", "add", name, self.store, "--role", "manager", "--team", "north", "--title", title,
                                    "--now", str(int(time.time())), "--format", "json"))["link"]

    def __enter__(self):
        self.server.__enter__()
        self.anna = Person(self.server, self.link)
        return self

    def __exit__(self, *more):
        self.server.__exit__(*more)
        self.folder.cleanup()


def check_signing_in(counts, world):
    with Office(world) as office:
        anna = office.anna
        cookie = anna.opened.headers.get("set-cookie", "")
        counts.check(anna.opened.status == 201 and anna.csrf, "signs in with a link", str(anna.opened.status))
        counts.check(all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/")) and "Secure" not in cookie and
                     "Domain" not in cookie, "the cookie", cookie)
        counts.check(Person(office.server, office.link).opened.status == 401, "a link is good for once")
        shown = anna.get("/v1/session")
        counts.check(shown.status == 200 and shown.json()["account"]["name"] == "anna", "says who is signed in")
        as_token = office.server.ask("GET", "/v1/session", headers={"Authorization": "Bearer " + anna.cookie.split("=", 1)[-1]})
        counts.check(as_token.status in (200, 401), "a session's token as a bearer token", str(as_token.status))
        gone = office.server.ask("DELETE", "/v1/session", headers={"Cookie": anna.cookie, "X-CSRF-Token": anna.csrf})
        counts.check(gone.status == 204 and "Max-Age=0" in gone.headers.get("set-cookie", "") and gone.body == b"", "signs out", str(gone.status))
        counts.check(anna.get("/v1/session").status == 401, "nobody is signed in then")
    with Office(world, "--behind-proxy") as office:
        counts.check("; Secure" in office.anna.opened.headers.get("set-cookie", ""), "the cookie behind a proxy is Secure")


def check_forged_changes(counts, world):
    with Office(world) as office:
        path = f"/v1/children/{CHILD}/events"
        for name, headers in [("no token", {"X-CSRF-Token": ""}), ("another token", {"X-CSRF-Token": "x" * 43})]:
            reply = office.anna.change("POST", path, ENTRY, headers)
            counts.check(reply.status == 403 and reply.json().get("problem") == "csrf", f"a change with {name}", f"{reply.status} {reply.body[:200]!r}")
        counts.check(office.anna.get("/v1/children", {"X-CSRF-Token": ""}).status == 200, "reading needs none")


def check_versions(counts, world):
    """What was shown says its version; a change of another one is refused; the same key changes once."""
    with Office(world) as office:
        anna, key = office.anna, {"Idempotency-Key": "3f1c"}
        made = anna.change("POST", f"/v1/children/{CHILD}/events", ENTRY, key)
        if not counts.check(made.status == 201, "adds an entry", f"{made.status} {made.body[:300]!r}"):
            return
        again = anna.change("POST", f"/v1/children/{CHILD}/events", ENTRY, key)
        counts.check(again.body == made.body and again.headers.get("idempotent-replayed") == "true", "the same key again", str(again.pairs))
        event = f"/v1/children/{CHILD}/events/{made.json()['event']}"
        shown = anna.get(event)
        tag = shown.headers.get("etag", "")
        counts.check(shown.status == 200 and tag.startswith('"') and tag.endswith('"') and len(tag) > 2, "an entry has a version", tag)
        correction = {**ENTRY, "text": "Came without shoes.", "reason": "misheard"}
        stale = anna.change("PUT", event, correction, {"If-Match": '"77"'})
        counts.check(stale.status == 412 and stale.json()["code"] == "stale", "a correction of another version", f"{stale.status} {stale.body[:200]!r}")
        fine = anna.change("PUT", event, correction, {"If-Match": "W/" + tag})
        counts.check(fine.status in (200, 201), "a correction of the version seen", f"{fine.status} {fine.body[:200]!r}")
        late = anna.change("PUT", event, correction, {"If-Match": tag})
        counts.check(late.status in (404, 412), "a correction that comes too late", str(late.status))


def check_forms(counts, world):
    """Documents go out under a policy of their own; what is saved is named after the operation; packing changes nothing."""
    with Office(world) as office:
        anna = office.anna
        for part, query, media, document in [
                ("review", "", "application/json", False), ("review", "?format=html", "text/html", True), ("timeline", "", "image/svg+xml", True),
                ("chronology", "?format=csv", "text/csv", False), ("chronology", "?format=xlsx", "application/vnd.openxml", False)]:
            reply = anna.get(f"/v1/children/{CHILD}/{part}{query}")
            policy = reply.headers.get("content-security-policy", "")
            counts.check(reply.status == 200 and reply.headers.get("content-type", "").startswith(media), f"{part}{query}",
                         f"{reply.status} {reply.headers.get('content-type')} {reply.body[:200]!r}")
            counts.check(policy.startswith("sandbox;") == document and "script-src 'unsafe" not in policy, f"policy of {part}{query}", policy)
            saved = media.startswith(("text/csv", "application/vnd"))
            name = reply.headers.get("content-disposition", "")
            counts.check(saved == name.startswith(f'attachment; filename="{part}.') and CHILD not in name, f"name of {part}{query}", name)
            packed = anna.get(f"/v1/children/{CHILD}/{part}{query}", {"Accept-Encoding": "gzip"})
            plain = gzip.decompress(packed.body) if packed.headers.get("content-encoding") == "gzip" else packed.body
            counts.check(plain == reply.body, f"{part}{query} packed is the same")
        counts.check("content-encoding" not in anna.get("/v1/session", {"Accept-Encoding": "gzip"}).headers, "what holds a secret is not packed")


def check_many_at_once(counts, world):
    """Several people read the same review while entries are added: every answer is whole, and all are alike but for what was added."""
    with Office(world) as office:
        anna, statuses = office.anna, []

        def read():
            for _ in range(5):
                reply = anna.get(f"/v1/children/{CHILD}/review")
                statuses.append((reply.status, reply.json() is not None))

        def write():
            for number in range(5):
                statuses.append((anna.change("POST", f"/v1/children/{CHILD}/events", {**ENTRY, "text": f"Note {number}."}).status, True))

        threads = [threading.Thread(target=target) for target in (read, read, read, read, write)]
        for thread in threads:
            thread.start()
        time.sleep(0.05)
        office.server.tell(signal.SIGHUP)
        for thread in threads:
            thread.join()
        counts.check(sorted(set(statuses)) == [(200, True), (201, True)] and len(statuses) == 25, "reads and writes at once", str(sorted(set(statuses))))


def check_stop_while_working(counts, world):
    """A review that a worker is at when the signal comes is answered whole."""
    with Office(world) as office:
        answered = []

        def read():
            try:
                reply = office.anna.get(f"/v1/children/{CHILD}/review?explain_all=true")
                answered.append(reply.status if reply.json() is not None else "cut")
            except ConnectionRefusedError:
                answered.append("late")

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        status = office.server.stop()
        for thread in threads:
            thread.join()
        counts.check(status == 0 and 200 in answered and set(answered) <= {200, 503, "late"} and len(answered) == 4,
                     "stops with whole answers", f"{status} {answered}")


READ = ["/v1/session", "/v1/children", f"/v1/children/{CHILD}", f"/v1/children/{CHILD}/review", f"/v1/children/{CHILD}/chronology?format=json",
        f"/v1/children/{CHILD}/knew", f"/v1/children/{CHILD}/replay", f"/v1/children/{CHILD}/quality", f"/v1/children/{CHILD}/comparison",
        f"/v1/children/{CHILD}/assessments", "/v1/instruments", "/v1/indicators", "/v1/indicators/repeat-referral", "/v1/policies/effective",
        "/v1/agencies", "/v1/prompts", "/v1/caseload", "/v1/reviews", "/v1/reviews/1", "/v1/quality", "/v1/scorecard?page=true",
        "/v1/scorecard/was-not-brought/children?from=2020-01-01&to=2024-12-31", "/v1/measures", "/v1/measures/referrals", "/v1/accesses",
        "/v1/children/nobody", "/v1/accounts", f"/v1/children/{CHILD}/openings", f"/v1/children/{CHILD}/audit?newest=true&limit=3"]


def resolved(document, path):
    """The operation object of a path as it was asked for."""
    parts = path.split("?")[0].split("/")
    fitting = [known for known in document["paths"] if len(known.split("/")) == len(parts) and
               all(a == b or a.startswith("{") for a, b in zip(known.split("/"), parts))]
    return document["paths"][min(fitting, key=lambda known: known.count("{"))]["get"]


def schema_fault(document, path, reply):
    """How an answer breaks its description, or an empty string."""
    kind = reply.headers.get("content-type", "").split(";")[0]
    answers = resolved(document, path)["responses"]
    answer = answers.get(str(reply.status)) or document["components"]["responses"]["Refusal"]
    if kind not in answer["content"]:
        return f"{reply.status} as {kind}"
    schema = {**answer["content"][kind].get("schema", {}), "components": document["components"]}
    fault = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(reply.json()))
    return f"/{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}" if fault else ""


def check_findings(counts, world):
    """What a run found comes line by line, whole and the same when it is packed, and to be saved under a name that says nothing."""
    with Office(world) as office:
        anna = office.anna
        # The service's own first run may end after the one that is asked for.
        for _ in range(20):
            run = anna.change("POST", "/v1/reviews", {}).json()["run"]
            reply = anna.get(f"/v1/reviews/{run}/findings")
            if reply.status != 409:
                break
        lines = [json.loads(line) for line in reply.body.decode().splitlines()]
        counts.check(reply.status == 200 and reply.headers.get("content-type") == "application/x-ndjson", "findings", str(reply.pairs))
        counts.check(reply.headers.get("content-disposition") == 'attachment; filename="reviews.findings.ndjson"', "their name", str(reply.pairs))
        prompts = [line for line in lines if line["type"] == "prompt"]
        counts.check([line["type"] for line in lines] == ["run", *["prompt"] * len(prompts), "totals"] and len(prompts) > 20, "their lines",
                     str([line["type"] for line in lines[:3]]))
        counts.check(lines[0]["run"] == run and lines[-1]["prompts"] == len(prompts) and
                     lines[-1]["current"] == sum(line["current"] for line in prompts), "their totals", str(lines[-1]))
        counts.check(all(line["child"].startswith("C-") and "reason" not in line for line in prompts), "no child and no words of people")
        listed = anna.get("/v1/prompts?state=all&limit=200").json()["items"]
        counts.check([line["key"] for line in prompts] == [line["key"] for line in listed], "the prompts of the worklist, in its order")
        packed = anna.get(f"/v1/reviews/{run}/findings", {"Accept-Encoding": "gzip"})
        counts.check(packed.headers.get("content-encoding") == "gzip" and gzip.decompress(packed.body) == reply.body, "packed they are the same")
        counts.check(anna.get(f"/v1/reviews/{run + 1}/findings").status == 404, "of a run that is not there")
        anna.change("POST", "/v1/reviews", {})
        counts.check(anna.get(f"/v1/reviews/{run}/findings").status == 409, "of an earlier run")


def check_openings(counts, world):
    """A case opened to a reviewer is closed again before its day."""
    with Office(world) as office:
        anna = office.anna
        link = json.loads(office.tell("user", "add", "rex", office.store, "--role", "reviewer", "--title", "Rex", "--now", str(int(time.time())),
                                      "--format", "json"))["link"]
        rex = Person(office.server, link)
        counts.check(rex.get(f"/v1/children/{CHILD}").status == 404, "a reviewer has no case")
        until = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 86400))
        made = anna.change("POST", f"/v1/children/{CHILD}/openings", {"account": "rex", "until": until, "reason": "A learning review was asked for."})
        counts.check(made.status == 201 and made.json()["is_open"], "opens a case", f"{made.status} {made.body[:200]!r}")
        counts.check(rex.get(f"/v1/children/{CHILD}").status == 200, "the reviewer reads it")
        number = anna.get(f"/v1/children/{CHILD}/openings").json()["items"][0]["number"]
        end = f"/v1/children/{CHILD}/openings/{number}/end"
        counts.check(anna.change("POST", end, {"reason": "over"}).status == 422, "not without a reason")
        closed = anna.change("POST", end, {"reason": "The review has ended early."})
        counts.check(closed.status == 200 and not closed.json()["is_open"], "ends it", f"{closed.status} {closed.body[:200]!r}")
        counts.check(rex.get(f"/v1/children/{CHILD}").status == 404, "the reviewer is out at once")
        counts.check(anna.change("POST", end, {"reason": "The review has ended early."}).status == 409, "not twice")
        counts.check(rex.change("POST", end, {"reason": "The review has ended early."}).status in (403, 404), "not by the reviewer")
        trail = anna.get(f"/v1/children/{CHILD}/audit?newest=true").json()["items"]
        found = [entry for entry in trail if entry["operation"] == "children.close"]
        counts.check(len(found) == 1 and found[0]["reason"] == "The review has ended early." and found[0]["details"] == "rex", "and it stands in the trail",
                     str(found))


def check_descriptions(counts, world):
    """Answers are as openapi.json says."""
    if not jsonschema:
        counts.skip("answers against openapi.json", "python3-jsonschema")
        return
    with open(os.path.join(tally.ROOT, "tools/serve/openapi.json"), encoding="utf-8") as file:
        document = json.load(file)
    with Office(world) as office:
        office.anna.change("POST", "/v1/reviews", {})
        for path in READ:
            reply = office.anna.get(path)
            fault = schema_fault(document, path, reply)
            counts.check(not fault, f"{path} is as described", fault)
            refused = path in ("/v1/children/nobody", "/v1/accounts")
            counts.check((reply.status >= 400) == refused, f"{path} answers", f"{reply.status} {reply.body[:200]!r}")
