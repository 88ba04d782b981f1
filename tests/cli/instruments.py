"""tidemark instruments: what there is, what each is made of, files of one's own checked."""
import os

from case import SOURCE, Case

with open(os.path.join(SOURCE, "scripts/instruments/home-conditions.lua"), encoding="utf-8") as file:
    HOME = file.read()
OWN = HOME.replace('id = "home-conditions"', 'id = "bedtime"')
SLIP = OWN.replace("expect = { H = 11, total = 11 }", "expect = { H = 10, total = 11 }")
# Line 3 from the top, so that the line of the error is known without counting in the shipped file.
UNKNOWN_FIELD = 'return {\n  id = "bedtime",\n  colour = 1,\n}\n'
UNKNOWN_POLICY = OWN.replace('areas = "sum" }', 'areas = "average" }')
# Grades and ticks, two age bands, an area with its own policy.
MIXED = """return {
  id = "mixed", version = "1.0.0", title = "Two scales", source = "Ours.", licence = "Ours.", respondent = "child",
  direction = "higher-is-worse", event = "tool-completed",
  scales = {
    grades = { { value = 1, meaning = "strength" }, { value = 2 }, { value = 3, meaning = "concern" } },
    ticks = { { value = 0, meaning = "concern" }, { value = 1 }, direction = "higher-is-better" },
  },
  age_bands = {
    { code = "under-5", title = "Under 5", from = { months = 0 }, to = { months = 60 } },
    { code = "school", title = "At school", from = { months = 60 }, to = { months = 216 } },
  },
  areas = {
    { code = "A", title = "Care", scale = "grades", sub_areas = {
      { code = "A1", title = "food" }, { code = "A2", title = "homework", ages = { "school" } } } },
    { code = "T", title = "Things", scale = "ticks", scoring = { sub_areas = "count" }, minimum = { items = 100 },
      sub_areas = { { code = "T1", title = "bed" }, { code = "T2", title = "books" } } },
  },
  scoring = { items = "worst", sub_areas = "worst", areas = "none" },
  examples = {
    { name = "under five", age_band = "under-5", items = { A1 = 2, T1 = 0, T2 = 1 },
      expect = { A = 2, A2 = "not-assessed", T = 1 } },
    { name = "at school", age_band = "school", items = { A1 = 1, A2 = 3, T1 = 1, T2 = 1 }, expect = { A = 3, T = 0 } },
    { name = "not asked yet", age_band = "under-5", items = { A1 = 1, A2 = "not-applicable", T1 = 0, T2 = 0 },
      expect = { A = 1, T = 2 } },
  },
}
"""
ACROSS = MIXED.replace('areas = "none" }', 'areas = "sum" }')
# A review after eight weeks, a flag, a scale whose answers are words.
DUE = MIXED.replace("  scoring =", '  review_after = { weeks = 8 }, flags = { { item = "A1", from = 3, text = "No food." } },\n  scoring =')
DUE = DUE.replace("{ value = 0, meaning", '{ value = 0, label = "no", meaning').replace("{ value = 1 }, dir", '{ value = 1, label = "yes" }, dir')
SHEET = ("tidemark assessment,1,2001-02-03\ninstrument,mixed\nversion,1.0.0\nid,s-1\nchild,c-1\nage band,%s\ndate,05/05/2024\n"
         "item,grade\nA1,%s\nT1,%s\nT2,1\n")
FORM = ('{"instrument": "mixed", "version": "1.0.0", "id": "%s", "child": "c-1", "age_band": "under-5", "date": "2024-0%d-05",'
        ' "window": ["2024-0%d-01", "2024-0%d-05"], "items": {"A1": %d, "T1": 1, "T2": 1}}')
NO_AGE = MIXED.replace('age_band = "school", items', "items")
SHIPPED = ["clutter", "cumulative-risk-index", "dash-count", "day-in-my-life", "gcp2-style", "graded-care", "home-conditions",
           "neglect-screening", "rag-audit", "section-11", "was-not-brought-review"]
POLICY = '{"policy": 1, "include": ["default.json"],\n "instruments": {"graded-care": {"aggregation": "worst"}}}'


def answers(yes, known):
    """A form of 24 questions: the first `yes` answered yes, up to `known` no, the others left out."""
    items = ", ".join(f'"Q{number}": {int(number <= yes)}' for number in range(1, known + 1))
    return {"form.json": '{"instrument": "dash-count", "version": "1.0.0", "id": "f-1", "child": "c-1",\n'
                         f'"date": "2024-03-05", "items": {{{items}}}}}'}


def refused(name, text, place):
    return Case(name, ["instruments", "check", "mine.lua"], exit=3, stdout=None, stderr=place, files={"mine.lua": text})


CASES = [
    Case("list: all that is shipped", ["instruments", "list"], stdout=[f"{name} " for name in SHIPPED]),
    Case("a count and its band", ["score", "form.json"], stdout='total  12 of 24 (band "10 to 13")', files=answers(12, 24)),
    Case("no yes is in no band", ["score", "form.json"], stdout="total  0 of 24\n", lacks=["band"], files=answers(0, 24)),
    Case("a band that stands although answers are missing", ["score", "form.json"],
         stdout='total  not assessed: at least 15 and at most 24 of 24 (band "14 or more")', files=answers(15, 15)),
    Case("a band that hangs on missing answers", ["score", "form.json"], stdout="at least 9 and at most 13 of 24\n",
         lacks=["band"], files=answers(9, 20)),
    Case("a band in JSON", ["score", "form.json", "--format", "json"], stdout=['"band":"14 or more"', '"value":14'],
         files=answers(14, 24)),
    Case("show: bands with their source", ["instruments", "show", "dash-count"],
         stdout=["Bands of total: Published", "  from 10 to 13: 10 to 13", "  from 14: 14 or more"]),
    Case("show: parts, scale, scoring, source", ["instruments", "show", "graded-care"],
         stdout=["graded-care 1.0.0", "Srivastava", "Licence:    Codes", "4  most essential needs unmet (concern)",
                 "items to sub-area  majority-with-override, at least 50 % graded", "areas to total     none",
                 "    A2  Housing\n      A2a  maintenance", "    D1  Stimulation\n    D2  Approval",
                 "child-temperament: C2 takes the result of C1"], lacks=["the policy chooses"]),
    Case("show in JSON", ["instruments", "show", "home-conditions", "--format", "json"],
         stdout=['"id": "home-conditions"', '"areas": "sum"', '"code": "H11"', '"chosen_by_policy": null', '"meaning": "concern"']),
    Case("show what a policy chooses", ["instruments", "show", "graded-care", "--policy", "p.json"],
         stdout="the policy chooses worst", files={"p.json": POLICY}),
    Case("show one of one's own", ["instruments", "show", "bedtime", "--scripts", "mine"], stdout="bedtime 1.0.0",
         files={"mine/instruments/bedtime.lua": OWN}),
    Case("show what is not there", ["instruments", "show", "no-such"], exit=3, stdout=None, stderr="no instrument"),
    Case("show without an id", ["instruments", "show"], exit=2, stdout=None, stderr="id", one_line=True),
    Case("show two", ["instruments", "show", "graded-care", "clutter"], exit=2, stdout=None, stderr="one id", one_line=True),
    Case("check all that is shipped", ["instruments", "check"],
         stdout=["graded-care            passed  all twos", "home-conditions        passed  nothing present"], lacks=["FAILED"]),
    Case("check a file of one's own", ["instruments", "check", "mine.lua"], stdout="bedtime                passed  all present",
         lacks=["FAILED", "graded-care"], files={"mine.lua": OWN}),
    Case("check a folder of one's own beside the shipped", ["instruments", "check", "--scripts", "mine"],
         stdout=["bedtime", "graded-care"], lacks=["FAILED"], files={"mine/instruments/bedtime.lua": OWN}),
    Case("an example that does not hold", ["instruments", "check", "mine.lua"], exit=1,
         stdout=['FAILED  example "all present": H comes out as 11, expected 10', "passed  nothing present"],
         files={"mine.lua": SLIP}),
    Case("the same in JSON", ["instruments", "check", "mine.lua", "--format", "json"], exit=1,
         stdout=['"passed": false', '"detail": "example', '"passed": true'], files={"mine.lua": SLIP}),
    refused("a field that does not exist", UNKNOWN_FIELD, ["mine.lua:3", "colour"]),
    refused("a policy that does not exist", UNKNOWN_POLICY, ["mine.lua:", "majority-with-override"]),
    refused("a slip in the Lua", "return {", "mine.lua:1"),
    refused("no end", "while true do end", "mine.lua:1"),
    Case("a file that is not there", ["instruments", "check", "no.lua"], exit=3, stdout=None, stderr="no.lua"),
    Case("two files of one id", ["instruments", "check", "a.lua", "b.lua"], exit=3, stdout=None, 
         stderr="b.lua: a.lua has an instrument of the same id", files={"a.lua": OWN, "b.lua": OWN}),
    Case("a folder to check", ["instruments", "check", "."], exit=3, stdout=None, stderr="name the .lua files"),
    refused("an id with a space", OWN.replace('id = "bedtime"', 'id = "bed time"'), ["mine.lua:", "letters, digits and '-' expected"]),
    refused("a unit of time that is none", MIXED.replace("  scoring =", "  review_after = { fortnights = 4 },\n  scoring ="),
            ["mine.lua:18", "days, weeks, months and working_days"]),
    refused("an age band without its end", MIXED.replace(', to = { months = 60 } }', ' }'), ["mine.lua:", "age_bands.under-5.to"]),
    refused("an area on a scale that is none", MIXED.replace('scale = "grades"', 'scale = "grade"'),
            ["mine.lua:13", 'area A: expected "scale" to be one of "scales": grades, ticks']),
    refused("a flag on no item", DUE.replace('item = "A1", from', 'item = "A9", from'), ["mine.lua:", "flag of A9: expected the code of an item"]),
    refused("an expectation that is none", MIXED.replace('A2 = "not-assessed", T', 'A2 = "not-seen", T'),
            ["mine.lua:20", 'example "under five": expect.A2: a whole number or "not-assessed" expected']),
    Case("an expectation of no part", ["instruments", "check", "mine.lua"], exit=1, files={"mine.lua": MIXED.replace("A2 = ", "A7 = ", 1)},
         stdout='FAILED  example "under five": expect.A7: expected the code of an area'),
    Case("when the next is due, and a flag", ["score", "form.json", "--scripts", "mine"],
         files={"mine/instruments/mixed.lua": DUE, "form.json": FORM % ("f", 5, 5, 5, 3)},
         stdout=["\n  Flag: A1 food is 3: No food.\n", "\n  Next due: 30 June 2024 (56 days after)\n"]),
    Case("the same in JSON", ["score", "form.json", "--scripts", "mine", "--format", "json"], stdout='"next_due":"2024-06-30"',
         files={"mine/instruments/mixed.lua": DUE, "form.json": FORM % ("f", 5, 5, 5, 3)}),
    Case("the same on the record", ["assessment", "export", "form.json", "--scripts", "mine", "--format", "html"],
         stdout=["30 June 2024 (56 days after)", "A1 food is 3: No food."],
         files={"mine/instruments/mixed.lua": DUE, "form.json": FORM % ("f", 5, 5, 5, 3)}),
    Case("the same on the blank form", ["instruments", "blank", "mixed", "--scripts", "mine"], lacks=["<strong>ticks</strong>"],
         stdout=["Next due, 56 days after the date", "flag from 3", "only at school", "0 no", "nothing is added up over the areas"],
         files={"mine/instruments/mixed.lua": DUE}),
    Case("what is not asked is not compared", ["compare", "a.json", "b.json", "--scripts", "mine", "--format", "html"],
         files={"mine/instruments/mixed.lua": DUE, "a.json": FORM % ("a", 3, 3, 3, 3), "b.json": FORM % ("b", 5, 5, 5, 1)},
         stdout="Care (A) is two grades better", lacks=["was not assessed the first time"]),
    Case("a grade by its label", ["score", "form.csv", "--scripts", "mine"], stdout="[1 scored, 0 not seen, 1 not applicable",
         files={"mine/instruments/mixed.lua": DUE, "form.csv": SHEET % ("under-5", "1", "Yes")}),
    Case("a label of another scale", ["score", "form.csv", "--scripts", "mine"], exit=3, stdout=None, stderr='item A1, "grade": expected',
         files={"mine/instruments/mixed.lua": DUE, "form.csv": SHEET % ("under-5", "yes", "1")}),
    Case("an age band by its title is told once", ["score", "form.csv", "--scripts", "mine"], exit=3, stdout=None, stderr='"age band": expected',
         files={"mine/instruments/mixed.lua": DUE, "form.csv": SHEET % ("Under 5", "1", "1")}),
    Case("an age band that is none", ["score", "form.csv", "--scripts", "mine"], exit=3, stdout=None, stderr="expected one of under-5, school",
         files={"mine/instruments/mixed.lua": DUE, "form.csv": SHEET % ("over-5", "1", "1")}),
    Case("show: scales, ages and what an area has of its own", ["instruments", "show", "mixed", "--scripts", "mine"],
         stdout=["Event:      tool-completed", "Scale:      grades, higher-is-worse", "Scale:      ticks, higher-is-better",
                 "  under-5  Under 5 (0 months to below 60)", "    A2  homework, only at ages school",
                 "  T  Things\n    scale ticks\n    items to sub-area worst, at least 100 % graded\n    sub-areas to area count\n"],
         files={"mine/instruments/mixed.lua": MIXED}),
    Case("the same in JSON", ["instruments", "show", "mixed", "--scripts", "mine", "--format", "json"],
         stdout=['"scales": {', '"direction": "higher-is-better"', '"ages": [', '"to_months": 60', '"scoring": "count"',
                 '"event": "tool-completed"'], lacks=['"scale": ['], files={"mine/instruments/mixed.lua": MIXED}),
    Case("two scales and ages checked", ["instruments", "check", "mine.lua"], lacks=["FAILED"],
         stdout=["passed  under five", "passed  at school", "passed  not asked yet"], files={"mine.lua": MIXED}),
    Case("an example without its age band", ["instruments", "check", "mine.lua"], exit=1,
         stdout=['FAILED  example "at school": expected "age_band", since parts of mixed are asked at some ages only'], files={"mine.lua": NO_AGE}),
    refused("a sum over scales of two directions", ACROSS, ["mine.lua:", "sum needs scales of one direction"]),
    Case("help names the id", ["instruments", "show", "--help"], stdout="tidemark instruments show [OPTIONS] ID"),
]
