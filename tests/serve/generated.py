"""A client made from tools/serve/openapi.json alone, and a story told with nothing but its functions: what a council's own program
would be able to do with the description, and no more."""
import json
import keyword
import re
from urllib.parse import quote, urlencode

try:
    import jsonschema
except ImportError:
    jsonschema = None

FILE = "tools/serve/openapi.json"
CHILD = "LN-1"


def follow(document, value):
    while isinstance(value, dict) and "$ref" in value:
        place = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            place = place[part]
        value = place
    return value


def python_name(name):
    plain = re.sub(r"\W", "_", name).lower()
    return plain + "_" if keyword.iskeyword(plain) else plain


def function_source(document, method, path, operation):
    """The text of one function: what must be given first, by name; the rest may be left out."""
    parameters = [follow(document, one) for one in operation.get("parameters", [])]
    body = follow(document, operation.get("requestBody", {}))
    needed = [python_name(one["name"]) for one in parameters if one.get("required")]
    optional = [python_name(one["name"]) + "=None" for one in parameters if not one.get("required")]
    if body:
        (needed if body.get("required") else optional).append("body" if body.get("required") else "body=None")
    if "application/octet-stream" in body.get("content", {}):
        optional.append("media='application/octet-stream'")
    places = {place: "{" + ", ".join(f"{one['name']!r}: {python_name(one['name'])}" for one in parameters if one["in"] == place) + "}"
              for place in ("path", "query", "header")}
    media = "media" if "application/octet-stream" in body.get("content", {}) else repr(next(iter(body.get("content", {})), None))
    return (f"def {python_name(operation['operationId'])}(self, {', '.join(['*', *needed, *optional]) if needed or optional else ''}):\n"
            f"    {operation['summary']!r}\n"
            f"    return self.send({method.upper()!r}, {path!r}, {places['path']}, {places['query']}, {places['header']}, "
            f"{'body' if body else None}, {media}, {operation['operationId']!r})\n")


def client_source(document):
    functions = [function_source(document, method, path, operation)
                 for path, item in document["paths"].items() for method, operation in item.items()]
    return "class Client(Base):\n" + "".join("    " + line + "\n" for text in functions for line in text.splitlines())


class Undescribed(Exception):
    """An answer, or a question, that the description does not have."""


class Base:
    """What every function shares: sends, and holds question and answer against their schemas."""

    def __init__(self, document, server):
        self.document, self.server, self.cookie = document, server, ""
        self.operations = {operation["operationId"]: operation for item in document["paths"].values() for operation in item.values()}
        self.reply = None

    def hold(self, schema, value, what):
        if jsonschema is None:
            return
        whole = {"$ref": "#/held", "held": schema, "components": self.document["components"]}
        fault = next(jsonschema.Draft202012Validator(whole).iter_errors(value), None)
        if fault is not None:
            raise Undescribed(f"{what}: {fault.message[:200]} at {list(fault.path)}")

    def send(self, method, path, in_path, query, headers, body, media, name):
        for key, value in in_path.items():
            path = path.replace("{" + key + "}", quote(value, safe=""))
        asked = {key: str(value).lower() if isinstance(value, bool) else value for key, value in query.items() if value is not None}
        head = {key: value for key, value in headers.items() if value is not None}
        if self.cookie:
            head["Cookie"] = self.cookie
        if body is not None:
            head["Content-Type"] = media
        if media == "application/json" and body is not None:
            content = follow(self.document, self.operations[name]["requestBody"])["content"]
            self.hold(content[media]["schema"], body, f"body of {name}")
            body = json.dumps(body)
        self.reply = self.server.ask(method, path + ("?" + urlencode(asked) if asked else ""), body, head)
        return self.answer(name)

    def answer(self, name):
        told = self.operations[name]["responses"]
        described = follow(self.document, told.get(str(self.reply.status)) or told.get(f"{self.reply.status // 100}XX"))
        if described is None:
            raise Undescribed(f"{name}: status {self.reply.status}")
        media = self.reply.headers.get("content-type", "").split(";")[0]
        if self.reply.body and media not in described.get("content", {}):
            raise Undescribed(f"{name}: {media or 'no type'}")
        if "json" not in media or "x-ndjson" in media:
            return self.reply.body
        self.hold(described["content"][media].get("schema", {}), self.reply.json(), f"answer of {name}")
        return self.reply.json()


def made_client(server):
    with open(FILE, encoding="utf-8") as file:
        document = json.load(file)
    names = {"Base": Base}
    exec(compile(client_source(document), "generated client", "exec"), names)  # pylint: disable=exec-used
    return names["Client"](document, server)


def sign_in(client, link):
    opened = client.sessions_open(body={"link": link})
    client.cookie = client.reply.headers.get("set-cookie", "").split(";")[0]
    return opened.get("csrf", "")


def check_every_operation_has_a_function(counts, world):
    client = made_client(None)
    for _, path, name, *_ in world.routes():
        counts.check(callable(getattr(client, python_name(name), None)), f"the client asks {name}", path)


def check_a_story(counts, world):
    """Signs in, reads, adds, corrects, scores, acts on a prompt, signs out: each answer as described."""
    from session import Office
    with Office(world) as office:
        client = made_client(office.server)
        csrf = sign_in(client, office.link_of("berta"))
        counts.check(client.reply.status == 201 and bool(csrf), "the generated client signs in", str(client.reply.status))
        children = client.children_list(limit=10)
        counts.check(CHILD in [one["child"] for one in children["items"]], "lists children", str(children)[:200])
        entry = {"occurred": "2024-05-02", "agency": "school", "kind": "other", "text": "Came without a coat."}
        made = client.events_add(child=CHILD, body=entry, idempotency_key="g1", x_csrf_token=csrf)
        counts.check(client.reply.status == 201, "adds an entry", str(made)[:300])
        client.events_show(child=CHILD, event=made["event"])
        tag = client.reply.headers.get("etag", "")
        client.events_correct(child=CHILD, event=made["event"], if_match=tag, body={**entry, "text": "Came without shoes.", "reason": "misheard"},
                              x_csrf_token=csrf)
        counts.check(client.reply.status in (200, 201), "corrects it", f"{client.reply.status} {client.reply.body[:200]!r}")
        begun = client.assessments_begin(child=CHILD, body={"instrument": "home-conditions", "date": "2024-05-03", "purpose": "baseline"}, x_csrf_token=csrf)
        counts.check(client.reply.status == 201, "begins an assessment", str(begun)[:300])
        review = client.review(child=CHILD, as_of="2024-06-30")
        counts.check(bool(review["children"][0]["prompts"]), "reads a review", str(client.reply.status))
        prompts = client.prompts_list(child=CHILD, limit=5)
        first = prompts["items"][0]
        shown = client.prompts_show(key=first["key"])
        counts.check(shown["key"] == first["key"], "opens a prompt", str(shown)[:200])
        client.prompts_act(key=first["key"], if_match=client.reply.headers.get("etag", ""), x_csrf_token=csrf,
                           body={"state": "acted-on", "reason": "Strategy discussion held."})
        counts.check(client.reply.status == 200, "acts on it", f"{client.reply.status} {client.reply.body[:200]!r}")
        refused = client.accounts_list()
        counts.check(client.reply.status == 403 and refused["code"] == "forbidden", "a refusal is as described", str(refused)[:200])
        client.sessions_close(x_csrf_token=csrf)
        counts.check(client.reply.status == 204, "signs out", str(client.reply.status))
