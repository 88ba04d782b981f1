"""The crosswalk: which child each agency's number is, and who perhaps is one child. Nobody guesses by names."""
import json

from case import Case

FOLDER = "{source}/fixtures/corrections"
HEAD = "agency,local_id,child\n"


def line(what, **members):
    return json.dumps({"type": what, **members}) + "\n"


def event(child, agency, day):
    return line("event", child=child, agency=agency, occurred=day, kind="concern")


POLICE = (line("child", id="P-9", born="2016-04-05", sex="female", area="North") +
          event("P-9", "police", "2024-02-01") +
          line("child", id="77", born="2014-01-02", sex="male", area="North") + event("77", "police", "2024-02-02"))
SCHOOL = (line("child", id="S-4", born="2016-04-05", sex="female", area="North") +
          event("S-4", "school", "2024-02-03") + event("77", "school", "2024-02-04"))
# Two whom one agency tells of are two, however alike.
TWINS = (line("child", id="S-5", born="2016-04-05", sex="female", area="South") + event("S-5", "school", "2024-02-05") +
         line("child", id="S-6", born="2016-04-05", sex="female", area="South") + event("S-6", "school", "2024-02-06"))
MAP = json.dumps({"map": 1, "columns": {"who": {"to": "child"}, "when": {"to": "occurred"},
                  "by": {"to": "agency"}}, "constants": {"kind": "concern"}})
CSVS = {"a.csv": "who,when,by\n77,2024-02-02,police\n", "b.csv": "who,when,by\n77,2024-02-04,school\n",
        "a.csv.map.json": MAP, "b.csv.map.json": MAP}
FILES = {**CSVS, "p.ndjson": POLICE, "s.ndjson": SCHOOL, "t.ndjson": TWINS}


def children_are(expected):
    def look(stdout):
        found = {c["child"]: len(c["events"]) for c in json.loads(stdout)["children"]}
        return [] if found == expected else [f"children are {found}"]
    return look


def chronology(name, crosswalk, expected, inputs=("p.ndjson", "s.ndjson")):
    option = ["--crosswalk", "x.csv"] if crosswalk is not None else []
    return Case(name, ["chronology", *inputs, *option, "--format", "json", "--as-of", "2024-12-31"], stdout='"events"',
                files={**FILES, "x.csv": crosswalk or ""}, look=children_are(expected))


def refused(name, crosswalk, place, words):
    return Case(name, ["sources", "p.ndjson", "--crosswalk", "x.csv"], exit=3, stdout=None, stderr=[place, words],
                files={**FILES, "x.csv": crosswalk})


def in_case(name, crosswalk, place, words):
    case = {"case": "C", "children": [{"id": "C1", "ids": {"police": "P-1"}}, {"id": "C2"}], "crosswalk": "x.csv"}
    return Case(name, ["sources", "case"], exit=3, stdout=None, stderr=[place, words],
                files={"case/case.json": json.dumps(case), "case/x.csv": crosswalk})


def pairs_are(expected):
    def look(stdout):
        found = [(p["by"], p["crosswalk_line"]) for p in json.loads(stdout).get("perhaps_same_child", [])]
        return [] if found == expected else [f"pairs are {found}"]
    return look


ALIKE = ("birth-sex-area", "school,S-4,P-9")

CASES = [
    Case("in a case folder", ["chronology", FOLDER, "--format", "json"], stdout='"events"',
         look=children_are({"CO-1": 8, "CO-2": 2})),
    Case("a number that no line has is set aside", ["sources", FOLDER], stdout="police.csv:5 [child] error"),
    chronology("without one, equal numbers are one child", None, {"77": 2, "P-9": 1, "S-4": 1}),
    chronology("a number confirmed", HEAD + "school,S-4,C1\npolice,P-9,C1\n",
               {"C1": 2, "77": 2}),
    chronology("numbers of returns that nobody confirmed stay apart", HEAD + "school,S-4,P-9\n",
               {"police:77": 1, "school:77": 1}, ("a.csv", "b.csv")),
    chronology("one of them confirmed", HEAD + "school,77,police:77\n", {"police:77": 2}, ("a.csv", "b.csv")),
    chronology("a child by its own id stays", HEAD + "school,S-4,P-9\n", {"P-9": 2, "77": 2}),
    chronology("columns in any order", "child,agency,local_id\nP-9,school,S-4\n",
               {"P-9": 2, "77": 2}),
    refused("no such column", "agency,number,child\n", "x.csv:1", "agency, local_id and child"),
    refused("an empty file", "", "x.csv", "agency, local_id and child"),
    refused("no such agency", HEAD + "nobody,1,C1\n", "x.csv:2", "agencies.csv"),
    refused("an empty cell", HEAD + "police,,C1\n", "x.csv:2", "its number"),
    refused("a short row", HEAD + "police,1\n", "x.csv:2", "and the child"),
    refused("one number, two children", HEAD + "police,1,C1\nschool,1,C2\npolice,1,C2\n", "x.csv:4", "another child"),
    refused("a quote that never closes", HEAD + 'police,"1,C1\n', "x.csv:2", "quote"),
    refused("not UTF-8", b"agency,local_id,child\npolice,\xff,C1\n", "x.csv", "UTF-8"),
    Case("no such file", ["sources", "p.ndjson", "--crosswalk", "no.csv"], exit=3, stdout=None, stderr="no.csv",
         files=FILES),
    Case("the same line twice is no fault", ["sources", "p.ndjson", "--crosswalk", "x.csv"],
         stdout="p.ndjson", files={**FILES, "x.csv": HEAD + "police,1,C1\npolice,1,C1\n"}),
    in_case("a child that case.json has not", HEAD + "police,1,C9\n", "x.csv:2", "no child of this id"),
    in_case("a number that case.json gives to another", HEAD + "school,1,C1\npolice,P-1,C2\n", "x.csv:3",
            "another child"),
    Case("who may be one", ["sources", "p.ndjson", "s.ndjson"], files=FILES,
         stdout=["Perhaps the same child: same date of birth, sex and area", "P-9 (Police), first in p.ndjson, row 2",
                 "line to add: school,S-4,P-9", "perhaps-same-child"]),
    Case("as JSON", ["sources", "p.ndjson", "s.ndjson", "--format", "json"], files=FILES, stdout='"accounting"',
         look=pairs_are([ALIKE])),
    Case("the line added, none is left", ["sources", "p.ndjson", "s.ndjson", "--crosswalk", "x.csv", "--format", "json"],
         files={**FILES, "x.csv": HEAD + ALIKE[1] + "\npolice,77,A\nschool,77,A\n"}, stdout='"accounting"',
         look=pairs_are([])),
    Case("equal numbers of two agencies", ["sources", "a.csv", "b.csv", "--crosswalk", "x.csv", "--format", "json"],
         files={**FILES, "x.csv": HEAD + "police,1,C1\n"}, stdout='"accounting"',
         look=pairs_are([("number", "school,77,police:77")])),
    Case("a child line that two agencies claim", ["sources", "p.ndjson", "--crosswalk", "x.csv"],
         files={**FILES, "x.csv": HEAD + "police,77,A\nschool,77,B\n"}, stdout="child-ambiguous"),
    Case("twins of one agency are two", ["sources", "t.ndjson", "--format", "json"], files=FILES, stdout='"accounting"',
         look=pairs_are([])),
]
