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
    Case("two files of one id", ["instruments", "check", "a.lua", "b.lua"], exit=3, stdout=None, stderr="b.lua",
         files={"a.lua": OWN, "b.lua": OWN}),
    Case("help names the id", ["instruments", "show", "--help"], stdout="tidemark instruments show [OPTIONS] ID"),
]
