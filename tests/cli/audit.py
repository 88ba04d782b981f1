"""tidemark audit: the trail of a store, whether it is whole, and where it ends."""
import json

from case import Case

QUIET = "{source}/fixtures/quiet"
STORE = ["import", QUIET, "--into", "a.db"]
NOW = ["--now", "1727776800"]  # 2024-10-01 10:00:00 UTC
EVE = ["user", "add", "eve", "a.db", "--role", "administrator", *NOW]
ANN = ["user", "add", "ann", "a.db", "--role", "practitioner", "--now", "1727863200"]
FILLED = [STORE, EVE, ANN]
NO_HEX = "0" * 64


def two_in_a_chain(stdout):
    entries = [json.loads(line) for line in stdout.splitlines()]
    found = [] if [e["number"] for e in entries] == [1, 2] else [f"{entries}"]
    return found + [f"mac {e['mac']!r}" for e in entries if len(e["mac"]) != 64]


def ends_at_two(stdout):
    count, _, mac = stdout.decode().strip().partition(":")
    return [] if count == "2" and len(mac) == 64 else [f"{stdout!r}"]


def no_items(stdout):
    answer = json.loads(stdout)
    return [] if answer == {"items": [], "next": None} else [f"{answer}"]


CASES = [
    Case("audit list", ["audit", "list", "a.db"], before=FILLED,
         stdout=["1  2024-10-01T10:00:00Z  command  user.add  account eve", "2  2024-10-02T10:00:00Z  command  user.add  account ann"]),
    Case("audit list since a day", ["audit", "list", "a.db", "--since", "2024-10-02"], before=FILLED, stdout="account ann",
         lacks=["account eve"]),
    Case("audit list of an object", ["audit", "list", "a.db", "--object", "eve"], before=FILLED, stdout="account eve",
         lacks=["account ann"]),
    Case("audit list up to a day", ["audit", "list", "a.db", "--until", "2024-10-01"], before=FILLED, stdout="account eve",
         lacks=["account ann"]),
    Case("audit list of a kind", ["audit", "list", "a.db", "--kind", "child", "--format", "json"], before=FILLED, look=no_items),
    Case("audit list the latest first", ["audit", "list", "a.db", "--newest"], before=FILLED,
         stdout="account ann  role practitioner, new link\n1  2024-10-01T10:00:00Z"),
    Case("audit list page by page", ["audit", "list", "a.db", "--limit", "1", "--format", "json"], before=FILLED,
         stdout=['"number": 1', '"next": "1"'], lacks=['"number": 2']),
    Case("audit list behind an entry", ["audit", "list", "a.db", "--cursor", "1", "--format", "json"], before=FILLED,
         stdout=['"number": 2', '"next": null'], lacks=['"number": 1,']),
    Case("audit list of what nobody did", ["audit", "list", "a.db", "--account", "ann", "--format", "json"], before=FILLED,
         look=no_items),
    Case("audit list of an empty trail", ["audit", "list", "a.db"], before=[STORE], stdout=None, absent=["a.db.keys", "a.db.head"]),
    Case("audit verify", ["audit", "verify", "a.db"], before=FILLED,
         stdout="2 entries, nothing found; compared with the end that was written down at entry 2\n"),
    Case("audit verify of an empty trail", ["audit", "verify", "a.db"], before=[STORE], stdout="0 entries, nothing found; no end"),
    Case("audit verify finds what was cut off", ["audit", "verify", "a.db"], exit=1, before=FILLED,
         files={"a.db.head": "5:" + NO_HEX + "\n"}, kept=["a.db.head"],
         stdout=["entries 3 to 5 are missing at the end", "2 entries, the trail is not whole"]),
    Case("audit verify finds another trail", ["audit", "verify", "a.db", "--head", "1:" + NO_HEX, "--format", "json"], exit=1,
         before=FILLED, stdout=['"sound": false', '"code": "other-head"', '"first": 1']),
    Case("audit verify with what is no head", ["audit", "verify", "a.db", "--head", "two"], exit=2, stdout=None, stderr="head",
         before=FILLED, one_line=True),
    Case("audit verify with a head file that is none", ["audit", "verify", "a.db"], exit=3, stdout=None, stderr="a.db.head:1",
         before=FILLED, files={"a.db.head": "two\n"}, kept=["a.db.head"]),
    Case("audit verify with other keys", ["audit", "verify", "a.db"], exit=3, stdout=None, stderr="a.db.keys",
         before=[["import", QUIET, "--into", "b.db"], ["user", "add", "eve", "b.db", "--role", "manager"],
                 ["store", "backup", "b.db", "-o", "a.db"]]),
    Case("audit export", ["audit", "export", "a.db"], before=FILLED, look=two_in_a_chain, stdout='"what":"user.add"'),
    Case("audit head", ["audit", "head", "a.db"], before=FILLED, look=ends_at_two),
    Case("audit head in JSON", ["audit", "head", "a.db", "--format", "json"], before=[STORE], stdout='"head": "0:' + NO_HEX),
    Case("audit of no store", ["audit", "list", "no.db"], exit=3, stdout=None, stderr="no.db", absent=["no.db", "no.db.keys"]),
    Case("audit without a store", ["audit", "head"], exit=2, stdout=None, stderr="expected one store"),
]
