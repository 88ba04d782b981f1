"""tidemark import, export and store: the way into a store and out again, what is no store, and keeping one."""
import os
import sqlite3
import tempfile

from case import Case

QUIET = "{source}/fixtures/quiet"
FAMILY = "{source}/fixtures/long-neglect"


def database(*statements):
    """The bytes of an SQLite file of a stranger."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.db")
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        with open(path, "rb") as file:
            return file.read()


OTHERS = database("CREATE TABLE event (id TEXT)", "INSERT INTO event VALUES ('x')")
NEWER = database("PRAGMA application_id = 0x5449444D", "PRAGMA user_version = 9999", "CREATE TABLE later (id TEXT)")

INTO = ["import", FAMILY, "--into", "a.db"]
ALLOCATED = [INTO, ["store", "allocate", "a.db", "--team", "north"]]
DELETE = ["store", "delete", "a.db", "--child", "LN-2", "--reason", "kept for 25 years", "--by", "the records manager",
          "--today", "2024-10-01", "--now", "1727776800"]


def one_child_left(stdout):
    """What is deleted is in no file of the store, and the other child is."""
    return [] if b'"LN-1"' in stdout and b'"LN-2"' not in stdout else ["LN-1 should be there and LN-2 not"]


def refused(name, arguments, place, status=3, **more):
    return Case(name, arguments, exit=status, stdout=None, stderr=place, one_line=True, **more)


CASES = [
    Case("import makes a store", ["import", QUIET, "--into", "a.db"],
         stdout=["entries      31 added, 0 there already"], present=["a.db"]),
    Case("importing twice changes nothing", ["import", QUIET, "--into", "a.db"], before=[["import", QUIET, "--into", "a.db"]],
         stdout=["entries      0 added, 31 there already"], lacks=["other content"]),
    Case("a store into itself", ["import", "a.db", "--into", "a.db"], before=[["import", QUIET, "--into", "a.db"]],
         stdout="0 added, 31 there already"),
    Case("import in JSON", ["import", QUIET, "--into", "a.db", "--format", "json"], stdout=['"entries"', '"added": 31']),
    Case("import tells of rows set aside", ["import", FAMILY, "--into", "a.db"], stdout="diagnostics"),
    Case("import --strict: rows were set aside", ["import", "--strict", FAMILY, "--into", "a.db"], exit=3,
         stdout="added", stderr="", one_line=False, present=["a.db"]),
    Case("export and import again give the same bytes", ["export", "b.db"],
         before=[["import", FAMILY, "--into", "a.db"], ["export", "a.db", "-o", "a.ndjson"],
                 ["import", "a.ndjson", "--into", "b.db"]], equals=["export", "a.db"]),
    Case("exporting a folder or its store is the same", ["export", "a.db"], before=[["import", FAMILY, "--into", "a.db"]],
         equals=["export", FAMILY]),
    Case("a review of a store is one of what went in", ["review", "a.db", "--format", "json"],
         before=[["import", FAMILY, "--into", "a.db"]], equals=["review", FAMILY, "--format", "json"]),
    Case("export to a file", ["export", QUIET, "-o", "q.ndjson"], stdout=None, present=["q.ndjson"]),
    refused("import of what cannot be read makes no store", ["import", "no.csv", "--into", "a.db"], "no.csv",
            absent=["a.db"]),
    refused("import into a text file", ["import", QUIET, "--into", "a.txt"], "a.txt", files={"a.txt": "a letter\n" * 200},
            kept=["a.txt"]),
    refused("import into its own input", ["import", "e.ndjson", "--into", "e.ndjson"], "e.ndjson", kept=["e.ndjson"],
            files={"e.ndjson": '{"type":"event","child":"C1","occurred":"2024-01-10","agency":"school","kind":"other"}\n'}),
    refused("import into another database", ["import", QUIET, "--into", "other.db"], "other.db", files={"other.db": OTHERS},
            kept=["other.db"]),
    refused("import into a newer store", ["import", QUIET, "--into", "newer.db"], "newer.db", files={"newer.db": NEWER},
            kept=["newer.db"]),
    refused("import into a folder", ["import", QUIET, "--into", "."], ".", absent=["a.db"]),
    refused("import into a named pipe", ["import", QUIET, "--into", "pipe"], "pipe", pipes=["pipe"]),
    refused("import into a folder that is not there", ["import", QUIET, "--into", "no/a.db"], "no/a.db", absent=["no"]),
    refused("review of another database", ["review", "other.db"], "other.db", files={"other.db": OTHERS}, kept=["other.db"]),
    refused("review of a newer store", ["review", "newer.db"], ["newer.db", "newer"], files={"newer.db": NEWER}, kept=["newer.db"]),
    refused("export of a store that is cut off", ["export", "cut.db", "-o", "out"], "cut.db", files={"cut.db": OTHERS[:5000]},
            absent=["out"]),
    refused("export onto the store", ["export", "a.db", "-o", "a.db"], "a.db", status=2, before=[["import", QUIET, "--into", "a.db"]]),
    refused("import with its summary onto the store", ["import", QUIET, "--into", "a.db", "-o", "a.db"], "a.db", status=2,
            before=[["import", QUIET, "--into", "a.db"]]),
    Case("store check", ["store", "check", "a.db"], before=[INTO], stdout="the store is whole\n"),
    Case("store backup is the store", ["export", "b.db"], before=[INTO, ["store", "backup", "a.db", "-o", "b.db"]],
         equals=["export", "a.db"]),
    Case("store backup stands in both trails", ["audit", "list", "a.db"], before=[INTO, ["store", "backup", "a.db", "-o", "b.db"]],
         stdout="command  store.backup"),
    Case("store allocate takes those that nobody has", ["store", "allocate", "a.db", "--team", "north"], before=[INTO],
         stdout="2 children allocated"),
    Case("store allocate leaves the others", ["store", "allocate", "a.db", "--team", "south"], before=ALLOCATED,
         stdout="0 children allocated"),
    Case("store delete", DELETE, before=ALLOCATED, stdout=["2024-10-01", "by the records manager: kept for 25 years", "allocations 1"],
         lacks=["LN-2"]),
    Case("store delete leaves the others", ["export", "a.db"], before=[*ALLOCATED, DELETE], look=one_child_left),
    Case("store deletions", ["store", "deletions", "a.db", "--format", "json"], before=[INTO, DELETE],
         stdout=['"day": "2024-10-01"', '"reason": "kept for 25 years"', '"code": "C-'], lacks=["LN-2"]),
    Case("store delete stands in the trail", ["audit", "list", "a.db"], before=[INTO, DELETE],
         stdout=["store.delete  child C-", "decided by the records manager", "kept for 25 years"], lacks=["LN-2"]),
    Case("the trail of a deletion is whole", ["audit", "verify", "a.db"], before=[INTO, DELETE], stdout="1 entry, nothing found"),
    refused("store delete of no child", [*DELETE[:4], "LN-9", *DELETE[5:]], "no such child", before=[INTO]),
    refused("store delete twice", DELETE, "no such child", before=[INTO, DELETE]),
    refused("store delete without a reason", [*DELETE[:5], *DELETE[7:]], "reason", status=2, before=[INTO]),
    refused("store delete by nobody", [*DELETE[:7], *DELETE[9:]], "by", status=2, before=[INTO]),
    refused("store backup onto a file", ["store", "backup", "a.db", "-o", "b.db"], "b.db", before=[INTO], files={"b.db": "x"}, kept=["b.db"]),
    refused("store backup onto itself", ["store", "backup", "a.db", "-o", "a.db"], "a.db", status=2, before=[INTO]),
    refused("store backup nowhere", ["store", "backup", "a.db"], "-o", status=2, before=[INTO]),
    refused("store allocate to nobody", ["store", "allocate", "a.db"], "team", status=2, before=[INTO]),
    refused("store allocate to no account", ["store", "allocate", "a.db", "--account", "zoe"], "account", before=[INTO]),
    refused("store check of a stranger", ["store", "check", "other.db"], "other.db", files={"other.db": OTHERS}, kept=["other.db"]),
]
