"""tidemark review: bad input ends in one line and leaves nothing behind."""
from case import Case

EMPTY_CASE = '{"case": "C", "as_of": "2024-09-30", "children": [], "returns": [], "assessments": []}'
OUTSIDE = ('{"case": "C", "as_of": "2024-09-30", "children": [{"id": "C1", "born": "2019-02-03"}],'
           ' "returns": [{"file": "../outside.csv", "agency": "school", "map": "m.json"}], "assessments": []}')
CENSUS_CUT_OFF = ('<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header><CollectionDetails>'
                  '<Collection>CIN</Collection><Year>2024</Year></CollectionDetails></Header>\n<Children><Child>')
CENSUS_DOCTYPE = ('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE Message [<!ENTITY a "b">]>\n'
                  '<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>'
                  '</CollectionDetails></Header><Children/></Message>')


def refused(name, arguments, place, files=None, status=3):
    """A one-line error that names the place; no report beside it."""
    return Case(name, ["review", *arguments, "-o", "report.html", "--format", "html"], exit=status,
                stdout=None, stderr=place, files=files or {}, absent=["report.html"])


CASES = [
    refused("no such file", ["nowhere.csv"], "nowhere.csv"),
    refused("no input at all", [], "input", status=2),
    refused("empty file", ["empty.csv"], "empty.csv", {"empty.csv": b""}),
    refused("not text", ["noise.csv"], "noise.csv", {"noise.csv": bytes(range(256)) * 8}),
    refused("CSV without its map", ["return.csv"], "return.csv", {"return.csv": "When,What\n2024-01-02,visit\n"}),
    refused("XML cut off", ["census.xml"], "census.xml", {"census.xml": CENSUS_CUT_OFF}),
    refused("XML with a DOCTYPE", ["census.xml"], "census.xml", {"census.xml": CENSUS_DOCTYPE}),
    refused("JSON of 10,000 levels", ["case"], "case.json", {"case/case.json": "[" * 10000 + "]" * 10000}),
    refused("a store that is not ours", ["other.db"], "other.db",
            {"other.db": b"SQLite format 3\x00" + b"\x00" * 4080}),
    refused("a return outside the case folder", ["case"], "outside.csv",
            {"case/case.json": OUTSIDE, "outside.csv": "a,b\n1,2\n"}),
    refused("no such day", ["--as-of", "2024-13-45", "case"], "expected a day", {"case/case.json": EMPTY_CASE}, status=2),
    refused("unknown indicator in a policy", ["--policy", "mine.json", "case"], "mine.json",
            {"mine.json": '{"policy": 1, "title": "T", "indicators": {"no-such-thing": {"on": true}}}',
             "case/case.json": EMPTY_CASE}),
    refused("a script with a syntax error", ["--scripts", "mine", "case"], "broken.lua",
            {"mine/indicators/repeat/broken.lua": "return {", "case/case.json": EMPTY_CASE}),
    refused("a script that is endless while loading", ["--scripts", "mine", "case"], "endless.lua",
            {"mine/indicators/repeat/endless.lua": "while true do end", "case/case.json": EMPTY_CASE}),
    Case("the quiet family gives no prompt", ["review", "{source}/fixtures/quiet", "--format", "json"],
         stdout=['"prompts": []'], lacks=['"first_met"']),
    Case("no path of this machine in the output", ["review", "{source}/fixtures/long-neglect", "--format", "json"],
         stdout='"schema"', lacks=["{source}"]),
]
