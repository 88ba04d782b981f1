"""tidemark store restore: a copy in the place of a store, or where there is none."""
import json

from case import Case

FAMILY = "{source}/fixtures/long-neglect"
QUIET = "{source}/fixtures/quiet"
NOW = ["--now", "1727776800"]  # 2024-10-01 10:00:00 UTC
KEPT = "a.db.before-2024-10-01T100000Z"
INTO = ["import", FAMILY, "--into", "a.db"]
BACKUP = ["store", "backup", "a.db", "-o", "b.db", *NOW]
COPIED = [INTO, BACKUP]
EVE = ["user", "add", "eve", "a.db", "--role", "administrator", *NOW]
DELETE = ["store", "delete", "a.db", "--child", "LN-2", "--reason", "kept for 25 years", "--by", "the records manager", *NOW]
LATER = [*COPIED, EVE, DELETE]  # entries 2 and 3 are newer than the copy
RESTORE = ["store", "restore", "b.db", "a.db", *NOW]
REPLACE = [*RESTORE, "--replace"]
ELSEWHERE = ["store", "restore", "b.db", "new.db", "--key", "a.db.keys", *NOW]
KEY = ["--key", "a.ring"]
ENCRYPT = ["store", "encrypt", "a.db", *KEY, *NOW]
CLOSED = [INTO, ENCRYPT, [*BACKUP, *KEY]]
OTHER = [["import", QUIET, "--into", "o.db"], ["user", "add", "eve", "o.db", "--role", "administrator", *NOW],
         ["store", "backup", "o.db", "-o", "p.db", *NOW]]


def told(**wanted):
    def look(stdout):
        said = json.loads(stdout)
        return [f"{name}: {said[name]!r}" for name, value in wanted.items() if said[name] != value]
    return look


def refused(name, arguments, place, before, status=3, **more):
    return Case(name, arguments, exit=status, stdout=None, stderr=place, one_line=True, before=before, **more)


CASES = [
    Case("store restore puts a copy in the place of a store", REPLACE, before=LATER, present=[KEPT, f"{KEPT}.head", "a.db", "b.db"],
         absent=["a.db.new", "a.db.replaced"],
         stdout=["its trail ended with entry 1\n", "entries 2 to 3 are newer than the copy", "delete again LN-2\n", f"kept as {KEPT}\n"]),
    Case("one entry is newer", REPLACE, before=[*COPIED, EVE], stdout="entry 2 is newer than the copy"),
    Case("nothing is newer", REPLACE, before=COPIED, stdout="nothing that was known of the trail, up to entry 1, is newer", lacks=["delete again"]),
    Case("what is restored is what was copied", ["export", "a.db"], before=[*LATER, REPLACE], equals=["export", FAMILY]),
    Case("what was there is kept whole", ["store", "check", KEPT, "--key", "a.db.keys"], before=[*LATER, REPLACE], stdout="whole"),
    Case("and so is its trail, with its end", ["audit", "verify", KEPT, "--key", "a.db.keys"], before=[*LATER, REPLACE],
         stdout="3 entries, nothing found; compared with the end that was written down at entry 3"),
    Case("the trail goes on from the copy", ["audit", "verify", "a.db"], before=[*LATER, REPLACE],
         stdout="2 entries, nothing found; compared with the end that was written down at entry 2"),
    Case("and says what was given up", ["audit", "list", "a.db"], before=[*LATER, REPLACE],
         stdout=["store.restore  store  the copy's trail ended with entry 1; given up: 3:"]),
    Case("store restore in JSON", [*REPLACE, "--format", "json"], before=LATER,
         look=told(entries_of_copy=1, given_up=True, parts=False, deleted_since=["LN-2"], kept_as=KEPT, encrypted=False)),
    Case("store restore where there is no store", ELSEWHERE, before=COPIED, present=["new.db", "new.db.head"], stdout="whether the copy is the latest is not known",
         lacks=["kept as"]),
    Case("a store that is restored elsewhere", ["export", "new.db"], before=[*COPIED, ELSEWHERE], equals=["export", FAMILY]),
    Case("an end that was kept elsewhere is compared", [*ELSEWHERE, "--head", "7:" + "0f" * 32], before=COPIED, stdout="entries 2 to 7 are newer"),
    Case("an end that is no part of the trail", [*ELSEWHERE, "--head", "1:" + "0f" * 32, "--format", "json"], before=COPIED,
         look=told(given_up=True, parts=True)),
    Case("back to what was there before", ["store", "restore", KEPT, "a.db", "--replace", "--now", "1727776801"], before=[*LATER, REPLACE],
         stdout=["is another one from some entry on", "kept as a.db.before-2024-10-01T100001Z"]),
    Case("a store that is damaged is replaced and kept", ["store", "restore", "b.db", "d.db", "--replace", "--key", "a.db.keys", *NOW], before=COPIED,
         files={"d.db": "no store\n" * 999, "d.db-wal": "of it"}, present=["d.db.before-2024-10-01T100000Z", "d.db.before-2024-10-01T100000Z-wal"],
         absent=["d.db-wal"], stdout="it could not be read"),
    Case("a plain copy of a store without a trail", ["audit", "list", "n.db"],
         before=[["import", QUIET, "--into", "q.db"], ["store", "restore", "q.db", "n.db", *NOW]], stdout="the copy's trail ended with entry 0"),
    Case("an encrypted copy stays encrypted", ["store", "verify", "a.db", *KEY], before=[*CLOSED, [*EVE, *KEY], [*REPLACE, *KEY]], stdout="pages open"),
    Case("with the newest key", ["store", "verify", "a.db", *KEY], before=[*CLOSED, ["store", "rotate", "a.db", *KEY, *NOW], [*REPLACE, *KEY]],
         stdout="with key 2, the newest"),
    Case("a plain copy over an encrypted store is told", [*REPLACE], before=[*COPIED, ["store", "encrypt", "a.db", *NOW]],
         stdout="it was encrypted and the copy is not: store encrypt"),
    refused("store restore over a store", RESTORE, ["a.db: a store is there already", "--replace"], LATER),
    refused("store restore over a folder", ["store", "restore", "b.db", ".", "--replace", *NOW], "a folder", COPIED),
    refused("store restore over a link", ["store", "restore", "b.db", "l.db", "--replace", *NOW], "a link", COPIED, links={"l.db": "a.db"}),
    refused("store restore of the store itself", ["store", "restore", "a.db", "a.db", "--replace", *NOW], "the copy is the store itself", COPIED),
    refused("store restore of nothing", ["store", "restore", "no.db", "a.db", "--replace", *NOW], "no.db", COPIED),
    refused("store restore of something else", ["store", "restore", "x.db", "a.db", "--replace", *NOW], "x.db: not a Tidemark store", COPIED,
            files={"x.db": "a letter\n" * 200}, absent=["a.db.new", KEPT]),
    refused("store restore of another store's copy", ["store", "restore", "p.db", "a.db", "--replace", *NOW], ["p.db", "is not whole", "the key is another one"],
            [*COPIED, *OTHER], absent=["a.db.new", KEPT]),
    refused("store restore without the keys", ["store", "restore", "b.db", "new.db", *NOW], ["new.db.keys", "keys that the audit trail"], COPIED,
            absent=["new.db", "new.db.new", "new.db.keys"]),
    refused("store restore of an encrypted copy without the key", ["store", "restore", "b.db", "new.db", *NOW], "b.db: the store is encrypted", CLOSED),
    refused("store restore with a head that is none", [*ELSEWHERE, "--head", "7"], "head", COPIED, status=2),
    refused("store restore with one name", ["store", "restore", "b.db", *NOW], "a copy of a store, and the place", COPIED, status=2),
    refused("store restore twice in a second", ["store", "restore", "b.db", "a.db", "--replace", *NOW], f"{KEPT}: something of that name", [*LATER, REPLACE]),
]
