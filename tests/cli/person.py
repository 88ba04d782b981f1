"""tidemark chronology --person: what is held on a child or an adult, and the third parties in it; the glossary of a case."""
import csv
import io
import json

from case import Case

LONG = "{source}/fixtures/long-neglect"
DAY = ["--as-of", "2024-09-30"]
MAP = json.dumps({"map": 1, "agency": "school", "columns": {
    "When": {"to": "occurred"}, "Who": {"to": "child"}, "Text": {"to": "text"}, "By": {"to": "role"}, "Ref": {"to": "reference"}},
    "constants": {"kind": "note"}})
CASE = {"case": "P", "as_of": "2024-09-30", "glossary": "glossary.csv",
        "children": [{"id": "C-11", "born": "2016-03-14", "household": "H1"}, {"id": "C-12", "household": "H1"},
                     {"id": "C-21", "born": "2015-05-06", "household": "H2"}],
        "people": [{"id": "P-11", "role": "mother", "household": "H1"}, {"id": "P-99", "role": "uncle"}],
        "returns": [{"file": "r.csv", "agency": "school", "map": "m.json"}]}
ROWS = """When,Who,Text,By,Ref
2024-01-01,C-11,"Mum rang from 01632 960 123 about C-12, TAF in May",Head of year,R-1
2024-01-02,C-12,Tired. SEMH noted. SEMH again. SEMH,,
2024-01-03,C-21,"Played with C-11, born 14/03/2016; uncle P-99 collected. SEMH",,
2024-01-04,C-21,Quiet day. SEMH,,
2024-01-05,C-21,Plan for SEMH,,
,C-11,Undated note about Zebedee,,
"""
NAMES = "original,code\nZebedee,C-21\nPip,C-11\n"
FILES = {"c/case.json": json.dumps(CASE), "c/m.json": MAP, "c/r.csv": ROWS, "names.csv": NAMES,
         "c/glossary.csv": "abbreviation,meaning\nTAF,team around the family\nSEMH,\"social, emotional and mental health\"\nXYZ,never used\n"}
# By hand, from the rows above: for each person the rows with why each is there.
HELD = {
    "C-11": [(["about"], "2024-01-01"), (["about"], ""), (["named"], "2024-01-03")],
    "C-12": [(["named"], "2024-01-01"), (["about"], "2024-01-02")],
    "P-11": [(["role", "household"], "2024-01-01"), (["household"], ""), (["household"], "2024-01-02")],
    "P-99": [(["named"], "2024-01-03")],
}


def held(person):
    def look(stdout):
        rows = [(row["why"], row["event"].get("occurred", "")) for row in json.loads(stdout)["rows"]]
        return [] if rows == HELD[person] else [f"rows {rows}"]
    return look


def parties(expected):
    """Lines of the list as (row, place, kind, who, words)."""
    def look(stdout):
        lines = [tuple(line[key] for key in ("row", "place", "kind", "who", "words"))
                 for line in csv.DictReader(io.StringIO(stdout.decode("utf-8"), newline=""))]
        return [] if lines == expected else [f"third parties {lines}"]
    return look


OF_C11 = [("1", "text", "phone", "", "01632 960 123"), ("1", "text", "child", "child C-12", "C-12"),
          ("1", "role", "worker", "", "Head of year"), ("1", "reference", "reference", "", "R-1"),
          ("3", "child", "child", "child C-21", "C-21"), ("3", "text", "person", "person P-99", "P-99")]
NAMED = [*OF_C11[:4], ("2", "text", "child", "child C-21", "Zebedee"), *OF_C11[4:]]


def refused(name, arguments, words, status, **more):
    return Case(name, ["chronology", *arguments], exit=status, stdout=None, stderr=words, one_line=True, files=FILES, **more)


CASES = [
    *[Case(f"what is held on {person}", ["chronology", "c", "--person", person, "--format", "json"], look=held(person), files=FILES)
      for person in HELD],
    Case("third parties of a child", ["chronology", "c", "--person", "C-11", "--format", "csv"], look=parties(OF_C11), files=FILES),
    Case("third parties by a list of names", ["chronology", "c", "--person", "C-11", "--names", "names.csv", "--format", "csv"],
         look=parties(NAMED), files=FILES),
    Case("as text", ["chronology", "c", "--person", "C-11"], files=FILES,
         stdout=["Row 1: about this child", "Child's age: 7 years 9 months", "Row 3: names this person", "Child's age: 8 years 7 months", 'Row 1, text: "01632 960 123": a telephone number',
                 "no list of names was given", "article 15", "schedule 2"]),
    Case("an adult without a household", ["chronology", "c", "--person", "P-99"], files=FILES, stdout="the inputs give this person none"),
    Case("as a page", ["chronology", LONG, "--person", "Mother", "--format", "html"],
         stdout=["<h1>What is held on Mother</h1>", "Why it is here", "Third parties", 'href="#held-1"']),
    refused("nobody of that id", ["c", "--person", "C-1X"], "no child and no person", 3, lacks=["C-11", "C-1X", "Zebedee"]),
    refused("no form for Word", ["c", "--person", "C-11", "--format", "docx"], "text, json, html and csv", 2),
    refused("no layer of it", ["c", "--person", "C-11", "--significant"], "every row", 2),
    refused("names without a person", ["c", "--names", "names.csv"], "only with person", 2),
    refused("names that are no list", ["c", "--person", "C-11", "--names", "c/r.csv"], "c/r.csv:1", 3, lacks=["01632"]),
    Case("the glossary silences the check", ["check", "c"], lacks=["SEMH"], files=FILES),
    Case("without a glossary the check speaks", ["check", "c"], stdout="SEMH",
         files={**FILES, "c/case.json": json.dumps({key: value for key, value in CASE.items() if key != "glossary"})}),
    Case("the glossary stands at the end of the page", ["chronology", "c", "--format", "html"], files=FILES, lacks=["never used"],
         stdout=['<th scope="row">SEMH</th><td>social, emotional and mental health</td>', "team around the family"]),
    Case("a glossary with other headings", ["check", "c"], exit=3, stdout=None, stderr="glossary.csv:1: expected the headings",
         files={**FILES, "c/glossary.csv": "short,long\nA,b\n"}),
    Case("an entry without a meaning", ["check", "c"], exit=3, stdout=None, stderr="glossary.csv:2: expected a meaning", lacks=["TAF"],
         files={**FILES, "c/glossary.csv": "abbreviation,meaning\nTAF, \n"}),
]
