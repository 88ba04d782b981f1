"""Corrections: a later return replaces an earlier one, which stays readable (fixtures/corrections/README.md)."""
import json

from case import SOURCE, Case

FOLDER = "{source}/fixtures/corrections"
REPLACED = "replaced by the return received 2024-06-03: social-care-2.csv, row 3"
WITHDRAWN = "withdrawn by the return received 2024-06-03: social-care-2.csv"
MAP = open(SOURCE + "/fixtures/corrections/maps/social-care.json", encoding="utf-8").read()
HEAD = "Ref,Person,Date,Entry,Entered,Seen,Note\n"


def prompts_are(expected):
    """repeat-referral of CO-1: its answer and the first day, or nothing."""
    def look(stdout):
        child = json.loads(stdout)["children"][0]
        found = [[p["answer"], p["first_met"]] for p in child["prompts"] if p["indicator"] == "repeat-referral"]
        return [] if found == expected else [f"repeat-referral is {found}, expected {expected}"]
    return look


def standing(expected):
    """Rows of the chronology by source row, each with what it says of itself."""
    def look(stdout):
        child = json.loads(stdout)["children"][0]
        found = [(e["source"]["file"], e["source"]["row"], (e.get("replaced_by") or {}).get("row"),
                  "replaced_by" in e, "after" in e) for e in child["events"]]
        return [] if found == expected else [f"rows are {found}"]
    return look


AT_THE_END = [("social-care-2.csv", 2, None, False, False), ("police.csv", 2, None, False, False),
              ("social-care-1.csv", 3, 3, True, False), ("social-care-2.csv", 3, None, False, False),
              ("social-care-2.csv", 4, None, False, False), ("social-care-1.csv", 5, None, True, False),
              ("police.csv", 3, None, False, False), ("social-care-2.csv", 5, None, False, False)]
BEFORE = [("social-care-2.csv", 2, None, False, False), ("police.csv", 2, None, False, False),
          ("social-care-1.csv", 3, None, False, False), ("social-care-2.csv", 3, None, False, True),
          ("social-care-2.csv", 4, None, False, False), ("social-care-1.csv", 5, None, False, False),
          ("police.csv", 3, None, False, False), ("social-care-2.csv", 5, None, False, False)]


def review(day, expected):
    return Case(f"repeat-referral as of {day}", ["review", FOLDER, "--as-of", day, "--format", "json"],
                stdout='"schema"', look=prompts_are(expected))


def loose(name, rows, **of_case):
    """Two returns of one agency in a case folder; `second`: what case.json says of the later one."""
    second = {"file": "b.csv", "agency": "childrens-social-care", "map": "m.json", **of_case.get("second", {})}
    first = {"file": "a.csv", "agency": "childrens-social-care", "map": "m.json", **of_case.get("first", {})}
    listed = [second, first] if of_case.get("turned") else [first, second]
    case = {"case": "C", "as_of": "2024-12-31", "children": [{"id": "C1", "born": "2015-01-01"}], "returns": listed}
    return dict(name=name, files={"case/case.json": json.dumps(case), "case/m.json": MAP,
                                  "case/a.csv": HEAD + rows[0], "case/b.csv": HEAD + rows[1]})


def refused(name, words, **of_case):
    made = loose(name, ("R-1,C1,01/02/2024,Referral,,,x\n", "R-1,C1,02/02/2024,Referral,,,x\n"), **of_case)
    return Case(made["name"], ["review", "case"], exit=3, stdout=None, stderr=["case.json", words], files=made["files"])


def versions(name, expected, diagnostic=None, **of_case):
    """The rows of entry R-1, by text, and which of them are replaced."""
    made = loose(name, ("R-1,C1,01/02/2024,Referral,,,first\n", "R-1,C1,01/02/2024,Referral,,,second\n"), **of_case)

    def look(stdout):
        events = json.loads(stdout)["children"][0]["events"]
        found = sorted((e["text"], "replaced_by" in e) for e in events)
        return [] if found == sorted(expected) else [f"versions are {found}"]
    return Case(made["name"], ["chronology", "case", "--format", "json"], stdout='"events"', look=look,
                files=made["files"])


FIRST_STANDS = [("first", False), ("second", True)]
SECOND_STANDS = [("first", True), ("second", False)]

OLD = HEAD + "R-1,C1,01/02/2024,Referral,,,the first telling\n"
NEW = HEAD + "R-1,C1,03/02/2024,Referral,,,the second telling\n"
IMPORTED = {"old/r.csv": OLD, "new/r.csv": NEW, "old/m.json": MAP, "new/m.json": MAP}
for place, received in (("old", "2024-03-01"), ("new", "2024-04-01")):
    IMPORTED[place + "/case.json"] = json.dumps(
        {"case": "C", "children": [{"id": "C1", "born": "2015-01-01"}],
         "returns": [{"file": "r.csv", "agency": "childrens-social-care", "map": "m.json", "received": received}]})
BOTH = [["import", "old", "--into", "s.db"], ["import", "new", "--into", "s.db"]]

CASES = [
    review("2024-08-31", []),
    review("2024-06-03", []),
    review("2024-06-02", [["met", "2024-03-01"]]),
    Case("rows at the end", ["chronology", FOLDER, "--format", "json"], stdout='"replaced_by"',
         look=standing(AT_THE_END)),
    Case("rows the day before the return came", ["chronology", FOLDER, "--as-of", "2024-06-02", "--format", "json"],
         stdout='"events"', look=standing(BEFORE)),
    Case("text marks them", ["chronology", FOLDER, "--width", "200"], stdout=[REPLACED, WITHDRAWN]),
    Case("CSV marks them", ["chronology", FOLDER, "--format", "csv"], stdout=[REPLACED, WITHDRAWN]),
    Case("HTML marks them", ["chronology", FOLDER, "--format", "html"], stdout=[REPLACED, WITHDRAWN]),
    Case("only significant rows: without them", ["chronology", FOLDER, "--format", "html", "--significant"],
         stdout="Merged chronology", lacks=[REPLACED, WITHDRAWN]),
    Case("the review's page marks them", ["review", FOLDER, "--format", "html"], stdout=[REPLACED, WITHDRAWN]),
    Case("sources counts them", ["sources", FOLDER],
         stdout=["social-care-2.csv, received 2024-06-03: 1 corrected, 1 withdrawn", "rows-replaced"]),
    Case("replay sees what was known", ["replay", FOLDER, "--format", "json"], stdout='"2024-03-01"'),
    Case("a store holds every version", ["export", "s.db"], before=[["import", FOLDER, "--into", "s.db"]],
         equals=["export", FOLDER], stdout='"replaced_by"'),
    Case("an export read again is the same", ["export", "e.ndjson"], before=[["export", FOLDER, "-o", "e.ndjson"]],
         equals=["export", FOLDER], stdout='"replaces":[{"id":'),
    Case("diff compares what stands", ["diff", "s.db", FOLDER], before=[["import", FOLDER, "--into", "s.db"]],
         stdout=""),
    versions("the later received one stands", SECOND_STANDS,
             first={"received": "2024-03-01"}, second={"received": "2024-04-01"}),
    versions("in whatever order they are given", SECOND_STANDS, turned=True,
             first={"received": "2024-03-01"}, second={"received": "2024-04-01"}),
    versions("one whose day is not known is the earlier", SECOND_STANDS, turned=True,
             second={"received": "2024-04-01"}),
    versions("neither day known: the one given last", FIRST_STANDS, turned=True),
    Case("and that is told", ["sources", "case"], stdout="correction-order",
         files=loose("", ("R-1,C1,01/02/2024,Referral,,,x\n", "R-1,C1,01/02/2024,Referral,,,y\n"))["files"]),
    Case("the same again is no correction", ["sources", "case"], stdout="rows-repeated", lacks=["rows-replaced"],
         files=loose("", ("R-1,C1,01/02/2024,Referral,,,x\n",) * 2)["files"]),
    refused("replaces a return that is not there", "listed above", second={"replaces": "c.csv"}),
    refused("replaces itself", "listed above", second={"replaces": "b.csv"}),
    refused("replaces one below", "listed above", first={"replaces": "b.csv"}),
    refused("replaces another agency's", "another agency", second={"replaces": "a.csv", "agency": "police"}),
    refused("replaces one received later", "received later",
            first={"received": "2024-05-01"}, second={"received": "2024-04-01", "replaces": "a.csv"}),
    Case("a return that is replaced twice", ["review", "case"], exit=3, stdout=None,
         stderr=["case.json", "replaced already"],
         files={"case/case.json": json.dumps({"case": "C", "children": [{"id": "C1"}], "returns": [
             {"file": name, "agency": "childrens-social-care", "map": "m.json", **more} for name, more in
             (("a.csv", {}), ("b.csv", {"replaces": "a.csv"}), ("c.csv", {"replaces": "a.csv"}))]}),
                "case/m.json": MAP, **{f"case/{name}.csv": HEAD + "R-1,C1,01/02/2024,Referral,,,x\n" for name in "abc"}}),
    Case("one name, imported twice: the later stands", ["chronology", "s.db", "--as-of", "2024-12-31", "--width", "200"],
         before=BOTH,
         files=IMPORTED, stdout=["the second telling", "replaced by the return received 2024-04-01: r.csv, row 2"]),
    Case("as of the day before it came", ["chronology", "s.db", "--as-of", "2024-03-31", "--width", "200"],
         before=BOTH,
         files=IMPORTED, stdout=["the first telling", "(after the as-of day)"], lacks=["replaced by"]),
    Case("the export tells them apart by their hash", ["export", "e.ndjson"],
         before=BOTH + [["export", "s.db", "-o", "e.ndjson"]], files=IMPORTED, equals=["export", "s.db"],
         stdout='"hash"'),
    Case("imported again nothing is added", ["import", "new", "--into", "s.db"],
         before=BOTH, files=IMPORTED, stdout="entries      0 added, 1 there already"),
]
