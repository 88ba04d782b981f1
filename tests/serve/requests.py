"""The form of requests: addresses, methods, parameters, bodies, conditions, where they come from."""
import json
import re

BODIES = {"none": None, "json": b"{}", "raw": b"child,occurred\n"}


def fill(path):
    return re.sub(r"\{[a-z]+\}", "x1", path)


def headers_for(body, condition):
    headers = {"Content-Type": "application/json" if body == "json" else "text/csv"} if BODIES[body] else {}
    return {**headers, **({"If-Match": '"1"'} if condition else {})}


def is_problem(reply, status, code=None):
    """Whether an answer is a refusal in the form of RFC 9457."""
    told = reply.json()
    return (reply.status == status and reply.headers.get("content-type") == "application/problem+json" and
            isinstance(told, dict) and told.get("status") == status and told.get("title") and told.get("detail") and
            told.get("type") == "urn:tidemark:problem:" + told.get("code", "") and (code is None or told["code"] == code))


def expect(counts, reply, status, name, code=None):
    return counts.check(is_problem(reply, status, code), name, f"{reply.status} {reply.body[:300]!r}")


def check_nobody(counts, world):
    """Without a token every operation but signing in asks for one, and tells nothing."""
    with world.serve() as server:
        for method, path, operation, _, body, condition in world.routes():
            if operation == "sessions.open":
                continue
            reply = server.ask(method, fill(path), BODIES[body], headers_for(body, condition))
            expect(counts, reply, 401, f"nobody asks {method} {path}", "unauthenticated")
            counts.check(reply.headers.get("www-authenticate", "").startswith("Bearer"), f"{method} {path} says how")
        reply = server.ask("HEAD", "/v1/children")
        counts.check(reply.status == 401 and reply.body == b"", "HEAD of an operation", str(reply.status))


def check_tokens(counts, world):
    with world.serve() as server:
        for name, value in [("forged", "Bearer tdmt_" + "A" * 43), ("empty", "Bearer "), ("basic", "Basic YTpi"),
                            ("long", "Bearer " + "x" * 4000), ("none", "none"), ("SQL", "Bearer ' OR 1=1 --")]:
            reply = server.ask("GET", "/v1/session", headers={"Authorization": value})
            expect(counts, reply, 401, f"a {name} token", "unauthenticated")
        for value in ["tidemark_session=forged", "tidemark_session=", "a=b; tidemark_session=\"x\"", "x" * 3000]:
            reply = server.ask("GET", "/v1/session", headers={"Cookie": value})
            expect(counts, reply, 401, f"cookie {value[:40]}", "unauthenticated")


def check_methods(counts, world):
    allowed = {}
    for method, path, *_ in world.routes():
        allowed.setdefault(path, set()).update({method, "HEAD"} if method == "GET" else {method})
    with world.serve() as server:
        for path, methods in allowed.items():
            for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
                if method in methods:
                    continue
                reply = server.ask(method, fill(path))
                told = set(reply.headers.get("allow", "").split(", "))
                counts.check(is_problem(reply, 405) and told == methods, f"{method} {path}", f"{reply.status} {told}")
        for path in ("/", "/healthz", "/app/main.js"):
            reply = server.ask("POST", path, b"x")
            counts.check(is_problem(reply, 405) and reply.headers.get("allow") == "GET, HEAD", f"POST {path}")


def check_addresses(counts, world):
    with world.serve() as server:
        for path in ("/v1", "/v1/", "/v1/nothing", "/v2/children", "/v1/children/", "/v1/children//review", "/v1//children",
                     "/v1/children/x/review/", "/v1/children/x/y/z", "/V1/children", "/v1/children/x%2freview/a/b"):
            expect(counts, server.ask("GET", path), 404, f"GET {path}", "not-found")
        for path in ("/v1/children/%", "/v1/children/%4", "/v1/children/%zz", "/v1/children/a%00b", "/v1/children/%0a"):
            expect(counts, server.ask("GET", path), 400, f"GET {path}", "invalid-argument")
        for path in ("/v1/children/a%2Fb", "/v1/children/%22%3B--", "/v1/children/%F0%9F%8C%8A", "/v1/children/" + "x" * 500):
            expect(counts, server.ask("GET", path), 401, f"GET {path[:40]}")


def check_queries(counts, world):
    with world.serve() as server:
        for query in ("nothing=1", "limit=5&limit=6", "limit=x", "limit=-1", "limit=", "limit=05", "limit=9999999999999",
                      "limit=1.5", "q=%", "q=%00", "q=%0d%0a", "q", "=1", "LIMIT=5", "limit=5&token=x", "q:text=1",
                      "&".join(f"a{i}=1" for i in range(40)), "q=" + "x" * 2000):
            expect(counts, server.ask("GET", "/v1/children?" + query), 400, f"?{query[:40]}", "invalid-argument")
        for query in ("with_events=1", "with_events=", "cumulative=yes", "explain_all=TRUE"):
            expect(counts, server.ask("GET", "/v1/children/x/review?" + query), 400, f"?{query}", "invalid-argument")
        for query in ("", "limit=5", "q=a%26b&limit=200", "q=a+b", "q='%20OR%201=1--", "q=" + "x" * 900):
            expect(counts, server.ask("GET", "/v1/children?" + query), 401, f"?{query[:40]}")


BAD_JSON = [
    b"{", b"}", b"[1,]", b"{\"a\":1,}", b"{\"a\" 1}", b"{a:1}", b"'a'", b"{\"a\":01}", b"{\"a\":1.}", b"{\"a\":.5}",
    b"{\"a\":+1}", b"{\"a\":1e}", b"{\"a\":tru}", b"{\"a\":nulll}", b"{\"a\":\"\t\"}", b"{\"a\":\"\\x\"}", b"{\"a\":\"\\u12\"}",
    b"{\"a\":\"b}", b"{} {}", b"{},", b"{}, \"child\": \"x\"", b"{\"a\":1}}", b"[[]", b"[}", b"\xef\xbb\xbf{}", b"\x00{}", b"{}\x00",
    b"//\n{}", b"NaN", b"-", b"\"\\", b"[" * 65 + b"]" * 65, b"[" * 100000, b" ", b"{\"a\":1]",
]
GOOD_JSON = [b"{}", b" {\"a\": [1, -0.5e+3, true, false, null, \"\\u00e9\\n\", {}, []]} \n", b"[]", b"\"x\"", b"0",
             b"[" * 60 + b"]" * 60]


def check_json(counts, world):
    """A body that is not one JSON value is refused before anything reads it, and cannot write beside itself."""
    with world.serve() as server:
        for body in BAD_JSON:
            expect(counts, server.post("/v1/reviews", body), 400, f"body {body[:30]!r}", "invalid-input")
        for body in GOOD_JSON:
            expect(counts, server.post("/v1/reviews", body), 401, f"body {body[:30]!r}")
        told = server.post("/v1/reviews", b"{\n \"a\": 1,\n \"b\" 2}").json()
        counts.check((told.get("row"), told.get("column")) == (3, 6), "where a body stops being JSON", str(told))


def check_bodies(counts, world):
    with world.serve() as server:
        for kind in (None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json",
                     "application/jsonx", "application/json-patch+json"):
            headers = {"Content-Type": kind} if kind else {"Content-Type": ""}
            expect(counts, server.post("/v1/reviews", b"{}", headers), 415, f"JSON as {kind}", "unsupported")
        for kind in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
            expect(counts, server.post("/v1/reviews", b"{}", {"Content-Type": kind}), 401, f"JSON as {kind}")
        for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""):
            expect(counts, server.post("/v1/imports?agency=x", b"a", {"Content-Type": kind}), 415, f"a return as {kind}")
        for kind in ("text/csv", "application/octet-stream"):
            expect(counts, server.post("/v1/imports?agency=x", b"a", {"Content-Type": kind}), 401, f"a return as {kind}")
        expect(counts, server.ask("POST", "/v1/imports?agency=x"), 400, "a return that is empty")
        expect(counts, server.ask("GET", "/v1/children", b"{}"), 400, "a body where none is taken")


def check_lengths(counts, world):
    """Too much is refused at the headers, before it has come."""
    large = "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"
    chunked = ("POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
               "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
    with world.serve() as server:
        for path, length, status in [("/v1/reviews", 5 << 20, 413), ("/v1/reviews", 1 << 30, 413), ("/v1/imports", 1 << 30, 413),
                                     ("/v1/imports", 268435457, 413), ("/v1/reviews", 1 << 62, 413), ("/nothing", 1 << 30, 404),
                                     ("/v1/reviews", "1" * 30, 400), ("/v1/reviews", -1, 400), ("/v1/reviews", "1x", 400)]:
            status_got = server.status_of(large.format(path, length).encode())
            # Lengths beyond 64 bits are refused by the HTTP library itself, with a word of its own.
            fine = status_got == status or (status == 400 and status_got == 413)
            counts.check(fine, f"{path} with {length} bytes", str(status_got))
        counts.check(server.status_of(chunked.encode()) == 411, "a body in chunks")
        both = chunked.replace("Transfer-Encoding", "Content-Length: 5\r\nTransfer-Encoding")
        counts.check(server.status_of(both.encode()) in (400, 411), "a body in chunks with a length")
        expect(counts, server.post("/v1/reviews", b"\"" + b"a" * 1048574 + b"\""), 401, "a body of just 1 MiB")
        expect(counts, server.post("/v1/reviews", b"\"" + b"a" * 1048575 + b"\""), 413, "a body of 1 MiB and a byte")
        # Nobody may send much: the answer comes before the body.
        read = server.raw(large.format("/v1/imports?agency=x", 200 << 20).replace("application/json", "text/csv").encode(), 5)
        counts.check(b" 401 " in read.split(b"\r\n")[0], "a large return of nobody", repr(read[:60]))
        counts.check(server.is_well(), "well after large bodies")


def check_conditions(counts, world):
    with world.serve() as server:
        for method, path, _, _, body, condition in world.routes():
            if condition:
                reply = server.ask(method, fill(path), BODIES[body], headers_for(body, ""))
                expect(counts, reply, 428, f"{method} {path} without If-Match", "version-needed")
        for value in ("1", "*", "\"\"", "\"1\", \"2\"", "\"1", "W/1", "\"" + "1" * 100 + "\""):
            expect(counts, server.post("/v1/assessments/x", b"{}", {"If-Match": value}, "PUT"), 400, f"If-Match: {value[:20]}")
        for value in ("\"1\"", "W/\"12\""):
            expect(counts, server.post("/v1/assessments/x", b"{}", {"If-Match": value}, "PUT"), 401, f"If-Match: {value}")
        expect(counts, server.post("/v1/reviews", b"{}", {"Idempotency-Key": "k" * 101}), 400, "a long Idempotency-Key")
        expect(counts, server.post("/v1/reviews", b"{}", {"Idempotency-Key": "k" * 36}), 401, "an Idempotency-Key")


def check_where_from(counts, world):
    """A page of somebody else cannot make a browser change anything, nor find the server by a name of its own."""
    with world.serve() as server:
        own = f"127.0.0.1:{server.port}"
        for name, value, status in [
                ("Origin", "https://evil.example", 403), ("Origin", "null", 403), ("Origin", f"https://{own}", 403),
                ("Origin", "http://127.0.0.1", 403), ("Origin", f"http://{own}.evil.example", 403), ("Origin", f"http://{own}", 401),
                ("Sec-Fetch-Site", "cross-site", 403), ("Sec-Fetch-Site", "same-site", 403), ("Sec-Fetch-Site", "same-origin", 401),
                ("Host", "evil.example", 421), ("Host", f"localhost.evil.example:{server.port}", 421),
                ("Host", f"localhost:{server.port}", 401), ("Host", f"[::1]:{server.port}", 401)]:
            expect(counts, server.post("/v1/reviews", b"{}", {name: value}), status, f"{name}: {value}")
        reply = server.ask("GET", "/v1/children", headers={"Origin": "https://evil.example"})
        counts.check(reply.status == 401 and "access-control-allow-origin" not in reply.headers, "no leave for other origins")
    with world.serve("--behind-proxy") as server:
        for name, value, status in [("Origin", "https://cases.example", 401), ("Origin", "http://cases.example", 403)]:
            reply = server.post("/v1/reviews", b"{}", {"Host": "cases.example", name: value})
            expect(counts, reply, status, f"behind a proxy, {name}: {value}")
            counts.check("strict-transport-security" in reply.headers, "HSTS behind a proxy")


def check_log_is_silent(counts, world):
    """Nothing of an address, a body or a header that could name anybody stands in the log."""
    words = ["Xanthippe", "xanthippe-7", "secretword"]
    with world.serve() as server:
        server.ask("GET", "/v1/children/Xanthippe/review?as_of=2024-01-01")
        server.ask("GET", "/v1/children?q=Xanthippe")
        server.ask("GET", "/v1/Xanthippe")
        server.ask("GET", "/Xanthippe.html")
        server.ask("XANTHIPPE-7", "/v1/children")
        server.post("/v1/sessions", json.dumps({"account": "xanthippe-7", "password": "secretword"}))
        server.post("/v1/sessions", b"{\"secretword")
        server.ask("GET", "/v1/session", headers={"Authorization": "Bearer secretword", "X-Request-Id": "secretword"})
        server.post("/v1/imports?agency=x", b"Xanthippe", {"Content-Type": "text/csv; name=Xanthippe.csv"})
        server.stop()
        with open(server.log_path, encoding="utf-8") as file:
            text = file.read()
        lines = [line for line in server.log() if "request" in line]
        counts.check(len(lines) == 9, "a line for each request", str(len(lines)))
        counts.check(not any(word.lower() in text.lower() for word in words), "the log names nobody", text[:2000])
        known = {"time", "request", "method", "route", "status", "bytes", "ms", "operation", "audit", "cut"}
        counts.check(all(set(line) <= known for line in lines), "the log's members", str(lines[0]))
        # Written when an answer has gone: two that follow each other closely may change places.
        counts.check(any(line["route"] == "/v1/children/{child}/review" and line["status"] == 401 and line["operation"] == "review" for line in lines),
                     "the line of a review", str(lines))
        counts.check(sum(line["method"] == "other" for line in lines) == 1, "a method nobody knows", str(lines))
