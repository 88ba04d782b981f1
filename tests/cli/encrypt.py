"""tidemark store encrypt, decrypt, rotate, drop-keys and verify, and what reads and writes a store that is encrypted."""
import json

from case import Case

FAMILY = "{source}/fixtures/long-neglect"
QUIET = "{source}/fixtures/quiet"
NOW = ["--now", "1727776800"]  # 2024-10-01 10:00:00 UTC
INTO = ["import", FAMILY, "--into", "a.db"]
KEY = ["--key", "a.ring"]
ENCRYPT = ["store", "encrypt", "a.db", *KEY, *NOW]
ROTATE = ["store", "rotate", "a.db", *KEY, *NOW]
CLOSED = [INTO, ENCRYPT]
DECRYPT = ["store", "decrypt", "a.db", *KEY, *NOW]
OPENED = [*CLOSED, [*DECRYPT, "--yes"]]
DROP = ["store", "drop-keys", "a.db", *KEY, *NOW]
COPIED = [*CLOSED, ["store", "backup", "a.db", "-o", "c.db", *KEY, *NOW], ROTATE]
DROPPED = [*COPIED, [*DROP, "--yes"]]
# Keys of another store.
OTHER = [["import", QUIET, "--into", "b.db"], ["store", "encrypt", "b.db", "--key", "b.ring", *NOW]]
SEALED = {"TIDEMARK_PASSPHRASE": "a long enough passphrase"}


def sound(keys):
    def look(stdout):
        told = json.loads(stdout)
        good = told["sound"] and told["opened"] == told["pages"] > 50 and not any(told["faults"].values()) and not told["left_beside"]
        return [] if good and [key["number"] for key in told["keys"]] == keys and told["newest_key"] == keys[-1] else [f"{told}"]
    return look


def all_other_keys(stdout):
    told = json.loads(stdout)
    same = told["faults"]["other-key"] == told["pages"] and told["opened"] == 0 and not told["sound"]
    return [] if same and told["findings"] == [{"code": "other-key", "first": 1, "last": told["pages"]}] else [f"{told}"]


def refused(name, arguments, place, before, status=3, **more):
    return Case(name, arguments, exit=status, stdout=None, stderr=place, one_line=True, before=before, **more)


CASES = [
    Case("store encrypt makes the key file", ENCRYPT, before=[INTO], stdout=["pages closed with key 1", "copies that were made before"],
         present=["a.ring"], absent=["a.db.keys", "a.db.old", "a.db.new"]),
    Case("store encrypt without a key file named", ["store", "encrypt", "a.db", *NOW], before=[INTO], stdout="move them to another place",
         present=["a.db.keys"]),
    Case("store encrypt twice", ENCRYPT, before=CLOSED, stdout="encrypted already"),
    Case("store encrypt in JSON", [*ENCRYPT, "--format", "json"], before=[INTO], stdout=['"key": 1', '"pages": ']),
    Case("an encrypted store reviews as it did", ["review", "a.db", *KEY, "--format", "json"], before=CLOSED,
         equals=["review", FAMILY, "--format", "json"]),
    Case("and exports as it did", ["export", "a.db", *KEY], before=CLOSED, equals=["export", FAMILY]),
    Case("after a rotation too", ["export", "a.db", *KEY], before=[*CLOSED, ROTATE], equals=["export", FAMILY]),
    Case("an encrypted store takes a return", ["import", QUIET, "--into", "a.db", *KEY], before=CLOSED, stdout="entries      31 added"),
    Case("importing twice changes nothing", [*INTO, *KEY], before=CLOSED, stdout="entries      0 added"),
    Case("a new store is encrypted where a key is named", ["store", "verify", "n.db", *KEY, "--format", "json"],
         before=[*CLOSED, ["import", FAMILY, "--into", "n.db", *KEY]], look=sound([1])),
    Case("scores of an encrypted store", ["score", "a.db", *KEY, "--lenient"], before=CLOSED, equals=["score", FAMILY, "--lenient"]),
    Case("what changed between two encrypted stores", ["diff", "a.db", "a.db", *KEY, "--format", "json"], before=CLOSED,
         equals=["diff", FAMILY, FAMILY, "--format", "json"]),
    Case("a store of another form of key reads what is plain too", ["export", "p.db", *KEY],
         before=[*CLOSED, ["import", FAMILY, "--into", "p.db"]], equals=["export", FAMILY]),
    Case("the trail goes on", ["audit", "verify", "a.db", *KEY], before=[*CLOSED, ROTATE], stdout="2 entries, nothing found"),
    Case("and says what was done", ["audit", "list", "a.db", *KEY], before=[*CLOSED, ROTATE],
         stdout=["command  store.encrypt  store  key 1\n", "command  store.rotate  store  key 2\n"]),
    Case("accounts of an encrypted store", ["user", "list", "a.db", *KEY], stdout="eve",
         before=[*CLOSED, ["user", "add", "eve", "a.db", "--role", "administrator", *NOW, *KEY]]),
    Case("a scorecard of an encrypted store, its worklist too", ["scorecard", "a.db", *KEY, "--from", "2023-01-01", "--to", "2024-06-30",
                                                              "--measure", "referrals,prompts-by-indicator"], before=CLOSED,
         stdout=["Referrals: c", "no worklist"]),
    Case("store check of an encrypted store", ["store", "check", "a.db", *KEY], before=CLOSED, stdout="whole"),
    Case("a backup is encrypted too", ["store", "verify", "c.db", *KEY, "--format", "json"], look=sound([1]),
         before=[*CLOSED, ["store", "backup", "a.db", "-o", "c.db", *KEY, *NOW]]),
    Case("store rotate adds a key", ROTATE, before=CLOSED, stdout=["pages closed with key 2", "stay in the key file"]),
    Case("store rotate again", ROTATE, before=[*CLOSED, ROTATE], stdout="pages closed with key 3"),
    Case("store verify", ["store", "verify", "a.db", *KEY], before=CLOSED, stdout=[" pages open\n", " with key 1, the newest\n"]),
    Case("store verify in JSON", ["store", "verify", "a.db", *KEY, "--format", "json"], before=[*CLOSED, ROTATE], look=sound([2])),
    Case("store verify with other keys", ["store", "verify", "a.db", "--key", "b.ring", "--format", "json"], exit=1, look=all_other_keys,
         before=[*CLOSED, *OTHER]),
    Case("store verify with other keys, in words", ["store", "verify", "a.db", "--key", "b.ring"], exit=1, before=[*CLOSED, *OTHER],
         stdout=["0 of ", "were closed with another key of that number\n"]),
    Case("keys under a passphrase", ["export", "a.db", *KEY], before=CLOSED, equals=["export", FAMILY], environment=SEALED),
    Case("a rotation leaves them under it", ["export", "a.db", *KEY], before=[*CLOSED, ROTATE], equals=["export", FAMILY],
         environment=SEALED),
    Case("store decrypt", [*DECRYPT, "--yes"], before=CLOSED, stdout=["pages lie open", "keep the key file"], absent=["a.db.old", "a.db.new"]),
    Case("store decrypt in JSON", [*DECRYPT, "--yes", "--format", "json"], before=CLOSED, stdout='"pages": '),
    Case("store decrypt twice", DECRYPT, before=OPENED, stdout="lies open already"),
    Case("a decrypted store needs no key to be read", ["export", "a.db"], before=OPENED, equals=["export", FAMILY]),
    Case("it can be checked", ["store", "check", "a.db", *KEY], before=OPENED, stdout="whole"),
    Case("its trail goes on", ["audit", "verify", "a.db", *KEY], before=OPENED, stdout="2 entries, nothing found; compared with"),
    Case("and says so", ["audit", "list", "a.db", *KEY], before=OPENED, stdout="command  store.decrypt  store  key 1\n"),
    Case("it can be encrypted again", ["store", "verify", "a.db", *KEY, "--format", "json"], before=[*OPENED, ENCRYPT], look=sound([1])),
    Case("a decrypted store takes a return", ["import", QUIET, "--into", "a.db"], before=OPENED, stdout="entries      31 added"),
    Case("store drop-keys", [*DROP, "--yes"], before=COPIED, stdout="key 1 opens nothing any more with this key file"),
    Case("store drop-keys in JSON", [*DROP, "--yes", "--format", "json"], before=[*COPIED, ROTATE],
         look=lambda out: [] if json.loads(out) == {"dropped": [1, 2]} else [f"{out}"]),
    Case("store drop-keys: none", DROP, before=CLOSED, stdout="every key is needed"),
    Case("store drop-keys twice", DROP, before=DROPPED, stdout="every key is needed"),
    Case("without the older key the store is what it was", ["export", "a.db", *KEY], before=DROPPED, equals=["export", FAMILY]),
    Case("and sound", ["store", "verify", "a.db", *KEY, "--format", "json"], before=DROPPED, look=sound([2])),
    Case("the trail that was begun with it verifies", ["audit", "verify", "a.db", *KEY], before=DROPPED, stdout="4 entries, nothing found; compared with"),
    Case("and says what was dropped", ["audit", "list", "a.db", *KEY], before=DROPPED, stdout="command  store.drop-keys  store  key 1\n"),
    Case("the key file holds it no more", ["store", "verify", "c.db", *KEY, "--format", "json"], exit=1, before=DROPPED,
         look=lambda out: [] if json.loads(out)["faults"]["no-key"] == json.loads(out)["pages"] > 50 else [f"{out}"]),
    Case("it can be rotated again", ["store", "verify", "a.db", *KEY, "--format", "json"], before=[*DROPPED, ROTATE], look=sound([3])),
    Case("keys under a passphrase stay so", ["audit", "verify", "a.db", *KEY], before=DROPPED, stdout="nothing found", environment=SEALED),
    Case("keys of a store that was decrypted", [*DROP, "--yes"], before=[*OPENED, ENCRYPT, ROTATE, [*DECRYPT, "--yes"]], stdout="key 1 opens nothing"),
    refused("store decrypt without saying so", DECRYPT, ["whoever can read the file", "--yes"], CLOSED, status=2),
    refused("store decrypt without the key", ["store", "decrypt", "a.db", *NOW, "--yes"], "the store is encrypted", CLOSED),
    refused("store drop-keys without saying so", DROP, ["closed with key 1", "2024-10-01T10:00:00Z", "--yes"], COPIED, status=2),
    refused("store drop-keys without the key file", ["store", "drop-keys", "p.db", *NOW], "--key", [["import", QUIET, "--into", "p.db"]]),
    refused("a copy of before is not opened any more", ["export", "c.db", *KEY], "with a key that the key file does not hold", DROPPED),
    refused("a review without the key", ["review", "a.db"], "the store is encrypted: name its key file (--key)", CLOSED),
    refused("an import without the key", ["import", QUIET, "--into", "a.db"], "the store is encrypted", CLOSED),
    refused("a review with other keys", ["review", "a.db", "--key", "b.ring"], "with a key that the key file does not hold", [*CLOSED, *OTHER]),
    refused("a review with a key file that is not there", ["review", "a.db", "--key", "no.ring"], "no.ring", CLOSED),
    refused("a review with a file that holds no keys", ["review", "a.db", "--key", "{source}/LICENSE"], "LICENSE", CLOSED),
    refused("accounts without the key", ["user", "list", "a.db"], "the store is encrypted", CLOSED),
    refused("store check without the key", ["store", "check", "a.db"], "the store is encrypted", CLOSED),
    refused("store verify without the key", ["store", "verify", "a.db"], "a.db.keys", CLOSED),
    refused("store verify of a plain store", ["store", "verify", "p.db", *KEY], "not encrypted", [*CLOSED, ["import", QUIET, "--into", "p.db"]]),
    refused("store rotate of a plain store", ["store", "rotate", "a.db", *NOW], "store encrypt does it", [INTO], status=2,
            absent=["a.db.keys"]),
    refused("store encrypt with new keys where a trail was begun with others", ENCRYPT, "that the audit trail of this store was begun with",
            [INTO, ["user", "add", "eve", "a.db", "--role", "administrator", *NOW]], absent=["a.ring"]),
    refused("store encrypt of no store", ["store", "encrypt", "no.db", *KEY, *NOW], "no.db", [], absent=["no.db", "a.ring"]),
    refused("store encrypt with a passphrase that is too short", ENCRYPT, "passphrase", [INTO], status=2, absent=["a.ring"],
            environment={"TIDEMARK_PASSPHRASE": "short"}),
]
