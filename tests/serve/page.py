"""The files of the page, and the headers that stand on every answer."""
import gzip

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
          "worker-src 'self'")

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
}

FILES = [
    ("/", "index.html", "text/html; charset=utf-8"),
    ("/index.html", "index.html", "text/html; charset=utf-8"),
    ("/app/", "app/index.html", "text/html; charset=utf-8"),
    ("/app/main.js", "app/main.js", "text/javascript; charset=utf-8"),
    ("/app/small.css", "app/small.css", "text/css; charset=utf-8"),
    ("/manifest.webmanifest", "manifest.webmanifest", "application/manifest+json"),
]

# What leads outside, to what is hidden or to what is no part of a page.
OUTSIDE = [
    "/.hidden.txt", "/package.json", "/node_modules/a/index.js", "/notes.md", "/link.txt", "/app",
    "/../outside.txt", "/app/../../outside.txt", "/..%2foutside.txt", "/%2e%2e/outside.txt",
    "/app/%2e%2e/%2e%2e/outside.txt", "/..%5coutside.txt", "//outside.txt", "/app//main.js", "/./index.html",
    "/app/../index.html", "/index.html%00.js", "/%00", "/index.html/", "/INDEX.HTML", "/app%2fmain.js",
    "/....//outside.txt", "/%c0%ae%c0%ae/outside.txt", "/etc/passwd", "//etc/passwd", "/" + "a/" * 400, "/" + "a" * 5000,
]


def check_files(counts, world):
    with world.serve() as server:
        for path, name, media_type in FILES:
            reply = server.ask("GET", path)
            counts.check(reply.status == 200 and reply.body.decode() == world.page[name], f"GET {path}", str(reply.status))
            counts.check(reply.headers.get("content-type") == media_type, f"type of {path}",
                         str(reply.headers.get("content-type")))
            head = server.ask("HEAD", path)
            counts.check(head.status == 200 and head.body == b"" and
                         head.headers.get("content-length") == str(len(reply.body)), f"HEAD {path}")


def check_packed(counts, world):
    with world.serve() as server:
        for accepted, packed in [("gzip", True), ("deflate, gzip;q=0.5", True), ("br, GZIP", True), ("gzip;q=0", False),
                                 ("identity", False), ("gzip;q=0.000, br", False), ("xgzip", False)]:
            reply = server.ask("GET", "/app/main.js", headers={"Accept-Encoding": accepted})
            got = reply.headers.get("content-encoding") == "gzip"
            plain = gzip.decompress(reply.body) if got else reply.body
            counts.check(got == packed and plain.decode() == world.page["app/main.js"], f"Accept-Encoding: {accepted}",
                         str(reply.headers))
        small = server.ask("GET", "/app/small.css", headers={"Accept-Encoding": "gzip"})
        counts.check("content-encoding" not in small.headers, "a short file is not packed")


def check_kept_copies(counts, world):
    with world.serve() as server:
        reply = server.ask("GET", "/app/main.js")
        tag = reply.headers.get("etag", "")
        again = server.ask("GET", "/app/main.js", headers={"If-None-Match": tag})
        counts.check(again.status == 304 and again.body == b"", "If-None-Match", f"{tag} {again.status}")
        other = server.ask("GET", "/app/main.js", headers={"If-None-Match": "W/\"0000000000000000\""})
        counts.check(other.status == 200, "If-None-Match with another tag", str(other.status))
        counts.check(reply.headers.get("cache-control") == "no-cache", "a file is asked for anew each time")


def check_outside(counts, world):
    with world.serve() as server:
        for path in OUTSIDE:
            read = server.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            status = read.split(b" ")[1:2]
            counts.check(status and status[0][:1] == b"4" and b"SECRET" not in read and b"root:" not in read,
                         f"outside {path[:60]}", repr(read[:200]))
        counts.check(server.is_well(), "well after addresses that lead outside")


def check_headers(counts, world):
    with world.serve() as server:
        answers = {
            "the page": server.ask("GET", "/"),
            "health": server.ask("GET", "/healthz"),
            "nothing there": server.ask("GET", "/nothing"),
            "nobody": server.ask("GET", "/v1/children"),
            "another method": server.ask("PATCH", "/v1/children"),
            "no JSON": server.post("/v1/sessions", "{"),
        }
        for name, reply in answers.items():
            wrong = {key: reply.headers.get(key) for key, value in HEADERS.items() if reply.headers.get(key) != value}
            counts.check(not wrong, f"headers of {name}", str(wrong))
            counts.check("server" not in reply.headers, f"{name} does not say what serves it")
            counts.check("strict-transport-security" not in reply.headers, f"{name}: no HSTS without TLS")
            if name != "the page":
                counts.check(reply.headers.get("cache-control") == "no-store", f"{name} is not stored")
        ids = {reply.headers.get("x-request-id") for reply in answers.values()}
        counts.check(len(ids) == len(answers) and None not in ids, "each answer has an id of its own", str(ids))
