"""tidemark user: accounts of a store, and the links that they first sign in with."""
import json
import re

from case import Case

QUIET = "{source}/fixtures/quiet"
STORE = ["import", QUIET, "--into", "a.db"]
NOW = ["--now", "1727776800"]  # 2024-10-01 10:00:00 UTC
EVE = ["user", "add", "eve", "a.db", "--role", "administrator", *NOW]
ANN = ["user", "add", "ann", "a.db", "--role", "practitioner", "--team", "north", "--title", "Ann Lee", *NOW]


def one_token(stdout):
    found = re.findall(rb"tdml_[A-Za-z0-9_-]{43}", stdout)
    return [] if len(found) == 1 else [f"{len(found)} link tokens"]


def three_days(stdout):
    account = json.loads(stdout)
    seconds = account["link_expires"] - account["created"]
    return [] if seconds == 3 * 86400 and account["state"] == "active" else [f"{account}"]


def refused(name, arguments, place, status=3, **more):
    return Case(name, arguments, exit=status, stdout=None, stderr=place, one_line=True, before=[STORE, EVE], **more)


CASES = [
    Case("user add gives a link once", ANN, before=[STORE], look=one_token, present=["a.db.keys", "a.db.head"],
         stdout=["ann                  practitioner   north        childrens-social-care  active  Ann Lee", "2024-10-04T10:00:00Z"]),
    Case("user add in JSON", [*ANN, "--format", "json"], before=[STORE], look=three_days,
         stdout=['"name": "ann"', '"has_password": false']),
    Case("user list is in the order of names", ["user", "list", "a.db"], before=[STORE, EVE, ANN],
         stdout="ann                  practitioner   north        childrens-social-care  active  Ann Lee\n"
                "eve                  administrator  -            childrens-social-care  active  eve\n"),
    Case("user list in JSON", ["user", "list", "a.db", "--format", "json"], before=[STORE, EVE], stdout='"role": "administrator"',
         lacks=["tdml_", "argon2"]),
    Case("user list of a store without accounts", ["user", "list", "a.db"], before=[STORE], stdout=None, absent=["a.db.keys"]),
    Case("the keys may lie elsewhere", ["audit", "verify", "a.db", "--key", "b.db.keys"], stdout="1 entry, nothing found",
         before=[["import", QUIET, "--into", "b.db"], ["user", "add", "zoe", "b.db", "--role", "manager", *NOW], STORE,
                 [*EVE, "--key", "b.db.keys"]], absent=["a.db.keys"]),
    Case("other keys find nothing right", ["audit", "verify", "a.db", "--key", "b.db.keys"], exit=1, stdout="the key is another one",
         before=[["import", QUIET, "--into", "b.db"], ["user", "add", "zoe", "b.db", "--role", "manager", *NOW], STORE, EVE]),
    Case("user change", ["user", "change", "ann", "a.db", "--state", "locked", *NOW], before=[STORE, ANN], stdout="locked"),
    Case("user change to no team", ["user", "change", "ann", "a.db", "--team", "", *NOW], before=[STORE, ANN],
         stdout="practitioner   -            childrens-social-care  active"),
    Case("user add of an agency", [*ANN, "--agency", "police", "--format", "json"], before=[STORE], stdout='"agency": "police"'),
    Case("user change of the agency", ["user", "change", "ann", "a.db", "--agency", "health-visiting", *NOW], before=[STORE, ANN],
         stdout="north        health-visiting        active"),
    Case("the trail has the agency", ["audit", "list", "a.db"], stdout="agency police", before=[STORE, [*ANN, "--agency", "police"]]),
    Case("user link is another one", ["user", "link", "ann", "a.db", *NOW], before=[STORE, ANN], look=one_token,
         stdout="ann"),
    Case("what was done stands in the trail", ["audit", "list", "a.db"],
         before=[STORE, EVE, ["user", "change", "eve", "a.db", "--title", "Eve Adams", *NOW], ["user", "link", "eve", "a.db", *NOW]],
         stdout=["1  2024-10-01T10:00:00Z  command  user.add  account eve  role administrator, new link\n",
                 "2  2024-10-01T10:00:00Z  command  user.change  account eve\n",
                 "3  2024-10-01T10:00:00Z  command  user.link  account eve  new link\n"], lacks=["Eve Adams"]),
    refused("an account twice", EVE, "there is an account of that name"),
    refused("a name with capitals", ["user", "add", "Ann", "a.db", "--role", "manager"], "name"),
    refused("the command's own name", ["user", "add", "command", "a.db", "--role", "manager"], "name"),
    refused("a team with a space", ["user", "add", "ann", "a.db", "--role", "manager", "--team", "north side"], "team"),
    refused("an agency with a space", ["user", "add", "ann", "a.db", "--role", "manager", "--agency", "the police"], "agency"),
    refused("no agency", ["user", "add", "ann", "a.db", "--role", "manager", "--agency", ""], "agency"),
    refused("a role that there is not", ["user", "add", "ann", "a.db", "--role", "program"], "--role program", status=2),
    refused("user add without a role", ["user", "add", "ann", "a.db"], "role", status=2),
    refused("user add without a store", ["user", "add", "ann", "--role", "manager"], "expected one store", status=2),
    refused("user change without a change", ["user", "change", "eve", "a.db"], "what is to change", status=2),
    refused("user change of nobody", ["user", "change", "zoe", "a.db", "--state", "closed"], "no account of that name"),
    refused("user link of nobody", ["user", "link", "zoe", "a.db"], "no account of that name"),
    refused("user list of a map", ["user", "list", "--map", "m.json", "a.db"], "no map", status=2),
    Case("user list of no store", ["user", "list", "no.db"], exit=3, stdout=None, stderr="no.db", absent=["no.db"]),
    Case("a link for a locked account", ["user", "link", "ann", "a.db"], exit=3, stdout=None, stderr="not active",
         before=[STORE, ANN, ["user", "change", "ann", "a.db", "--state", "locked"]]),
]
