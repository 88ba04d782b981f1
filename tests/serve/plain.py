"""The page for who has no script: forms sign in and out, refusals are pages, and nobody else's page can send them."""
import os
import re
import time
from urllib.parse import urlencode

import tally
from session import CHILD, Office

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "seven quiet lanterns & a gate"


class Browser:
    """Keeps the cookie, and takes the token of a form from the page, as a form would."""

    def __init__(self, server):
        self.server, self.cookie = server, ""

    def get(self, path):
        return self.server.ask("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})

    def csrf(self):
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/plain/").body.decode())
        return found.group(1) if found else ""

    def post(self, path, headers=None, **fields):
        reply = self.server.ask("POST", path, urlencode(fields), {**FORM, **({"Cookie": self.cookie} if self.cookie else {}), **(headers or {})})
        if "set-cookie" in reply.headers:
            self.cookie = reply.headers["set-cookie"].split(";")[0]
        return reply


def is_page(reply, status, *words):
    """Whether it is a whole page with the words, under the policy of pages, with no mark left over."""
    text = reply.body.decode("utf-8", "replace")
    return (reply.status == status and reply.headers.get("content-type") == "text/html; charset=utf-8" and text.startswith("<!doctype html>") and
            text.rstrip().endswith("</html>") and all(word in text for word in words) and "{" not in text and "<!--" not in text and
            "script-src 'self'" in reply.headers.get("content-security-policy", "") and reply.headers.get("cache-control") == "no-store")


def expect(counts, reply, status, name, *words):
    return counts.check(is_page(reply, status, *words), name, f"{reply.status} {reply.headers.get('content-type')} {reply.body[-900:]!r}")


def is_gone_on(reply):
    return reply.status == 303 and reply.headers.get("location") == "/plain/" and reply.body == b""


def office_of(world):
    """The page itself, not the folder that other tests serve."""
    return Office(world, "--web", os.path.join(tally.ROOT, "tools/web"))


def check_signing_in_and_out(counts, world):
    with office_of(world) as office:
        browser = Browser(office.server)
        expect(counts, browser.get("/plain/"), 200, "nobody is shown the form", "Sign in", 'name="password"')
        counts.check("There is a problem" not in browser.get("/plain/").body.decode(), "and no problem")
        came = browser.post("/plain/session", link=office.link_of("lena"))
        cookie = came.headers.get("set-cookie", "")
        counts.check(is_gone_on(came) and all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/")), "a link signs in", str(came.pairs))
        expect(counts, browser.get("/plain/"), 200, "who is signed in", "lena, manager", "/plain/prompts", "Sign out")
        expect(counts, browser.post("/plain/password", csrf=browser.csrf(), new="short"), 422, "a password that is too short", "12 characters")
        expect(counts, browser.post("/plain/password", csrf=browser.csrf(), new=PASSWORD), 200, "a password", "is kept")
        counts.check(is_gone_on(browser.post("/plain/sign-out", csrf=browser.csrf())), "signs out")
        expect(counts, browser.get("/plain/"), 200, "then nobody is there", 'name="password"')
        counts.check(is_gone_on(browser.post("/plain/session", account="lena", password=PASSWORD)), "signs in with it")


def check_wrong_passwords(counts, world):
    """The same words whatever was wrong, and the same brake as for programs."""
    with office_of(world) as office:
        browser = Browser(office.server)
        wrong = browser.post("/plain/session", account="anna", password="not it, not it")
        expect(counts, wrong, 401, "a wrong password", "There is a problem", "the account or the password is not right", 'name="password"')
        counts.check("set-cookie" not in wrong.headers, "sets no cookie")
        expect(counts, browser.post("/plain/session", account="<b>nobody</b>", password="x"), 401, "an account that is not there",
               "the account or the password is not right")
        expect(counts, browser.post("/plain/session", account="anna"), 422, "without a password", "expected account and password, or link")
        expect(counts, browser.post("/plain/session", link="tdml_" + "A" * 43), 401, "a link that was none", "the link is not right")
        statuses = [browser.post("/plain/session", account="anna", password=f"guess {number}").status for number in range(12)]
        counts.check(statuses[-1] == 429, "too many tries", str(statuses))
        last = browser.post("/plain/session", account="anna", password="again")
        expect(counts, last, 429, "and says so", "There is a problem", "too many wrong passwords")
        counts.check(int(last.headers.get("retry-after", 0)) > 0, "and until when", str(last.pairs))


def check_downloads(counts, world):
    with office_of(world) as office:
        browser = Browser(office.server)
        browser.post("/plain/session", link=office.link_of("lena"))
        csv = browser.get("/plain/prompts?format=csv&state=open")
        counts.check(csv.status == 200 and csv.headers.get("content-type") == "text/csv; charset=utf-8" and csv.body.startswith(b"Key,Child,"),
                     "the worklist", f"{csv.status} {csv.body[:80]!r}")
        report = browser.get(f"/plain/report?child={CHILD}&format=html")
        counts.check(report.status == 200 and report.headers.get("content-type", "").startswith("text/html") and
                     report.headers.get("content-security-policy", "").startswith("sandbox;"), "a child's report", str(report.pairs))
        chronology = browser.get(f"/plain/chronology?format=csv&child={CHILD}")
        counts.check(chronology.status == 200 and chronology.headers.get("content-type") == "text/csv; charset=utf-8", "a chronology", str(chronology.pairs))
        expect(counts, browser.get("/plain/report?format=html&child=NO+SUCH%20%3Cb%3E"), 404, "a child that is not there", "there is no such child", "Back")
        expect(counts, browser.get("/plain/report?format=html&child="), 400, "no child", "name the child")
        expect(counts, browser.get("/plain/report?format=html&child=%zz"), 400, "a child that is not encoded")
        expect(counts, browser.get("/plain/report?format=html&nothing=1"), 400, "a field that is not one", "That was not done")
        expect(counts, browser.get(f"/plain/prompts?child={CHILD}"), 400, "a child where none is asked for")
        expect(counts, Browser(office.server).get(f"/plain/report?format=html&child={CHILD}"), 401, "nobody asks for a report")


def check_who_sees_what(counts, world):
    with office_of(world) as office:
        link = office.tell("user", "add", "eva", office.store, "--role", "administrator", "--now", str(int(time.time())), "--format", "json").decode()
        browser = Browser(office.server)
        browser.post("/plain/session", link=re.search(r"tdml_[\w-]+", link).group(0))
        shown = browser.get("/plain/")
        if shown.status == 200 and b"eva, administrator" in shown.body:
            counts.check(b"/plain/report" not in shown.body and b"/plain/prompts" not in shown.body, "an administrator is offered no case")
        else:
            counts.check(False, "an administrator signs in", f"{shown.status} {shown.body[-400:]!r}")
        expect(counts, browser.get(f"/plain/report?format=html&child={CHILD}"), 403, "and is given none", "That was not done")


def check_forged_forms(counts, world):
    with office_of(world) as office:
        browser = Browser(office.server)
        browser.post("/plain/session", link=office.link_of("lena"))
        for name, fields in [("no token", {}), ("another token", {"csrf": "x" * 43}), ("a long one", {"csrf": "x" * 5000})]:
            expect(counts, browser.post("/plain/sign-out", **fields), 403, f"signing out with {name}", "load it anew")
        for name, headers in [("another site", {"Origin": "https://example.org"}), ("another site's frame", {"Sec-Fetch-Site": "cross-site"}),
                              ("no site", {"Origin": "null"})]:
            counts.check(browser.post("/plain/session", headers, account="anna", password="x").status == 403, f"signing in from {name}")
        same = {"Origin": f"http://127.0.0.1:{office.server.port}", "Sec-Fetch-Site": "same-origin"}
        counts.check(browser.post("/plain/session", same, account="anna", password="x").status == 401, "from the page itself it is looked at")
        counts.check(browser.get("/plain/").status == 200 and browser.csrf() != "", "who is signed in still is")


def check_what_is_no_form(counts, world):
    with office_of(world) as office:
        ask = office.server.ask
        expect(counts, ask("POST", "/plain/session", b"{}", {"Content-Type": "application/json"}), 415, "JSON to a form", "fields of a form")
        expect(counts, ask("POST", "/plain/session", b"x" * 20000, FORM), 413, "a form that is too long")
        for body in (b"account", b"a=%zz", b"a=%00", b"a=b\x00c", b"a=%0d%0a", b"=&=", b"a=b&&c=d"):
            counts.check(ask("POST", "/plain/session", body, FORM).status in (400, 422), f"a form {body!r}")
        for body in (b"a=b", b"account=x&account=y&password=z", b"account=%C3%28&password=x", b"account=%22%7D%2C%22operation%22%3A%22review&password=x", b""):
            reply = ask("POST", "/plain/session", body, FORM)
            counts.check(reply.status in (400, 401, 422) and is_page(reply, reply.status), f"a form {body!r}", f"{reply.status}")
        for path in ("/plain", "/plain/home.html", "/plain/sign-in.html", "/plain/refused.html", "/plain/nothing", "/plain//", "/plain/session/"):
            counts.check(ask("GET", path).status == 404, f"no page at {path}")
        for method, path, allowed in [("GET", "/plain/session", "POST"), ("POST", "/plain/", "GET, HEAD"), ("DELETE", "/plain/report", "GET, HEAD")]:
            reply = ask(method, path)
            counts.check(reply.status == 405 and reply.headers.get("allow") == allowed, f"{method} {path}", f"{reply.status} {reply.headers.get('allow')}")
        head = ask("HEAD", "/plain/")
        counts.check(head.status == 200 and head.body == b"", "HEAD of the page", str(head.status))
        counts.check(office.server.is_well(), "well after all that")


def check_without_its_files(counts, world):
    """A folder of the page that has none of these: refusals as programs have them."""
    with world.serve() as server:
        counts.check(server.ask("GET", "/plain/").status == 401, "no page to sign in at")
        counts.check(server.ask("POST", "/plain/session", b"account=a&password=b", FORM).status == 401, "and nobody is signed in")
