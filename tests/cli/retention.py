"""tidemark store retain, due and delete --due: until when a child is kept, who asks for longer, and whose day has come."""
import json

from case import Case

FAMILY = "{source}/fixtures/long-neglect"
QUIET = "{source}/fixtures/quiet"
NOW = ["--now", "1727776800"]  # 2024-10-01 10:00:00 UTC
TODAY = ["--today", "2024-10-01", *NOW]
INTO = ["import", FAMILY, "--into", "a.db"]
THIRD = ["import", QUIET, "--into", "a.db"]
BY = ["--by", "the records manager", *NOW]
GROUND = ["--ground", "local schedule 4.2"]
WHY = ["--reason", "25 years after closure"]


def retain(child, *more):
    return ["store", "retain", "a.db", "--child", child, *more, *BY]


def until(child, day):
    return retain(child, "--until", day, *WHY, *GROUND)


def table(*rows, heading="child,until,reason"):
    return {"t.csv": "".join(line + "\n" for line in (heading, *rows))}


TABLE = ["store", "retain", "a.db", "--file", "t.csv", *GROUND, *BY]
HOLD = retain("LN-1", "--hold", "the inquiry asks to keep it")
DATED = [INTO, THIRD, until("LN-1", "2024-09-30"), until("LN-2", "2024-10-01")]
DUE = ["store", "due", "a.db", *TODAY]
DELETE = ["store", "delete", "a.db", "--due", "--by", "the records manager", *TODAY]


def due(totals, **first):
    def look(stdout):
        told = json.loads(stdout)
        seen = [told[name] for name in ("children", "due", "held", "undated", "returns_waiting")]
        wrong = [] if seen == totals else [f"{seen} is not {totals}"]
        item = told["items"][0] if told["items"] else {}
        return wrong + [f"{name}: {item.get(name)!r}" for name, value in first.items() if item.get(name) != value]
    return look


def deleted(codes, held, undated):
    def look(stdout):
        told = json.loads(stdout)
        lines = told["deleted"]
        good = len(lines) == codes and told["held"] == held and told["undated"] == undated and told["log_emptied"]
        good = good and all(line["ground"] == "local schedule 4.2" and line["due"] <= "2024-10-01" and line["day"] == "2024-10-01" for line in lines)
        return [] if good else [f"{told}"]
    return look


def refused(name, arguments, place, before=(INTO,), status=3, **more):
    return Case(name, arguments, exit=status, stdout=None, stderr=place, one_line=True, before=list(before), **more)


CASES = [
    Case("store retain", until("LN-2", "2049-09-30"), before=[INTO], stdout="1 child, 0 as before\n"),
    Case("store retain twice changes nothing", until("LN-2", "2049-09-30"), before=[INTO, until("LN-2", "2049-09-30")], stdout="1 child, 1 as before\n"),
    Case("and stands once in the trail", ["audit", "list", "a.db"], before=[INTO, until("LN-2", "2049-09-30"), until("LN-2", "2049-09-30")],
         look=lambda out: [] if out.count(b"store.retain") == 1 else ["expected one entry"],
         stdout="until 2049-09-30; ground: local schedule 4.2; decided by the records manager  25 years after closure", lacks=["LN-2"]),
    Case("store retain of a table", TABLE, before=[INTO], files=table("LN-1,2024-09-30,25 years after closure", "XX-9,2024-09-30,25 years after closure"),
         stdout=["1 child, 0 as before\n", "1 row is of children that the store does not have\n"]),
    Case("store retain of a table: --strict", [*TABLE, "--strict"], exit=3, one_line=False, stderr=None, before=[INTO],
         files=table("XX-9,2024-09-30,25 years after closure")),
    Case("a row's own ground, quoted, behind a BOM", DUE, before=[INTO, TABLE], stdout="LN-1  C-",
         files={"t.csv": "\ufeffground;child;reason;until\n\"schedule 7; part 2\";LN-1;25 years after closure;2024-09-30\n"}, lacks=["4.2"]),
    Case("a table that only holds", DUE, before=[*DATED, TABLE], stdout="held: the court asks to keep it",
         files=table("LN-1,,,the court asks to keep it", heading="child,until,reason,hold")),
    Case("store due", DUE, before=DATED, lacks=["held: "],
         stdout=["due by 2024-10-01: 2 of 3 children; 0 held, 1 without a date\n", "2024-09-30  local schedule 4.2: 25 years after closure\n   entries 166"]),
    Case("store due in JSON", [*DUE, "--format", "json"], before=[*DATED, HOLD],
         look=due([3, 2, 1, 1, 0], child="LN-1", until="2024-09-30", hold="the inquiry asks to keep it", entries=166, assessments=4, siblings=0)),
    Case("a sibling that stays is counted", [*DUE, "--by", "2024-09-30", "--format", "json"], before=DATED,
         look=due([3, 1, 0, 1, 0], child="LN-1", siblings=1)),
    Case("one that is held stays too", [*DUE, "--format", "json"], before=[*DATED, retain("LN-2", "--hold", "the inquiry asks to keep it")],
         look=due([3, 2, 1, 1, 0], child="LN-1", siblings=1)),
    Case("nobody is due", [*DUE, "--by", "2024-09-29"], before=DATED, stdout="due by 2024-09-29: 0 of 3 children; 0 held, 1 without a date\n"),
    Case("a store without keys", DUE, before=[INTO], stdout="0 of 2 children; 0 held, 2 without a date", absent=["a.db.keys"]),
    Case("store delete --due", [*DELETE, "--format", "json"], before=DATED, look=deleted(2, 0, 1)),
    Case("what is not due stays", ["export", "a.db"], before=[*DATED, DELETE],
         look=lambda out: [] if b"LN-1" not in out and b"LN-2" not in out and b'"type":"event"' in out else ["LN-1 and LN-2 should be gone, the third be there"]),
    Case("a hold stops it", [*DELETE, "--format", "json"], before=[*DATED, HOLD], look=deleted(1, 1, 1)),
    Case("and is told", DELETE, before=[*DATED, HOLD], stdout="1 child deleted; 1 kept because somebody asks for it (store due); 1 without a date\n"),
    Case("until it is released", [*DELETE, "--format", "json"], before=[*DATED, HOLD, DELETE, retain("LN-1", "--release")], look=deleted(1, 0, 1)),
    Case("a later day is not due", [*DELETE, "--format", "json"], before=[*DATED, until("LN-1", "2024-10-02")], look=deleted(1, 0, 1)),
    Case("the log has day and ground", ["store", "deletions", "a.db"], before=[*DATED, DELETE],
         stdout=["by the records manager: 25 years after closure\n   due 2024-09-30 by local schedule 4.2\n   entries 166"], lacks=["LN-1"]),
    Case("the trail has them too", ["audit", "list", "a.db"], before=[*DATED, DELETE], stdout="decided by the records manager; ground: local schedule 4.2; entries 166"),
    Case("a store after it", ["store", "check", "a.db"], before=[*DATED, DELETE], stdout="whole"),
    Case("an encrypted store", [*DELETE, "--format", "json"], before=[*DATED, ["store", "encrypt", "a.db", *NOW]], look=deleted(2, 0, 1)),
    refused("store delete of a child that is held", ["store", "delete", "a.db", "--child", "LN-1", *WHY, *BY], "store retain --release", [INTO, HOLD]),
    refused("store delete --due of a child", [*DELETE, "--child", "LN-1"], "due", status=2),
    refused("store delete --due by nobody", ["store", "delete", "a.db", "--due", *TODAY], "by: name who decided it", status=2),
    refused("store retain of nobody", ["store", "retain", "a.db", *BY], "child", status=2),
    refused("store retain of nothing", retain("LN-1"), "until", status=2),
    refused("store retain without a reason", retain("LN-1", "--until", "2049-09-30", *GROUND), "reason", status=2),
    refused("store retain without a ground", retain("LN-1", "--until", "2049-09-30", *WHY), "ground", status=2),
    refused("store retain by nobody", ["store", "retain", "a.db", "--child", "LN-1", "--until", "2049-09-30", *WHY, *GROUND], "by", status=2),
    refused("store retain of a child that is not there", until("LN-9", "2049-09-30"), "no such child"),
    refused("store retain of no day", until("LN-1", "soon"), "expected a day", status=2),
    refused("store retain with a short hold", retain("LN-1", "--hold", "court"), "hold", status=2),
    refused("store retain: releasing what is not held", retain("LN-1", "--release"), "nobody asks"),
    refused("store retain: a table and a child", [*TABLE, "--child", "LN-1"], "child", status=2, files=table()),
    refused("store retain: a table and a day", [*TABLE, "--until", "2049-09-30"], "file", status=2, files=table()),
    refused("store retain of no table", TABLE, "t.csv"),
    refused("a table without its columns", TABLE, "t.csv:1: expected the columns", files=table("LN-1", heading="child")),
    refused("a table with a wrong day", TABLE, "t.csv:3: until", files=table("LN-1,2049-09-30,25 years after closure", "LN-2,30.9.2049,25 years after closure")),
    refused("a table with a quote that is not closed", TABLE, "t.csv:2:", files=table('LN-1,"2049-09-30,25 years after closure')),
    refused("a table with no id", TABLE, "t.csv:2: child", files=table(",2049-09-30,25 years after closure")),
    refused("a table that is no text", TABLE, "t.csv", files={"t.csv": b"child,until,reason\n\xff\xfe\n"}),
    Case("of a wrong table nothing is kept", DUE, before=[INTO], stdout="2 without a date",
         files=table("LN-1,2024-09-30,25 years after closure", "LN-2,no day,25 years after closure")),
]
