"""tidemark indicators new, check (what its text shows), test, doc, run, backtest: for those who write indicators."""
import json
import os
import re

from case import SOURCE, Case

LONG = "{source}/fixtures/long-neglect"
with open(os.path.join(SOURCE, "scripts/templates/indicator.lua"), encoding="utf-8") as file:
    MINE = file.read().replace("@ID@", "late-call").replace("@GROUP@", "repeat")
NEW = ["indicators", "new", "late-call", "--group", "repeat", "-o", "late-call.lua"]
RECORD = "".join(
    json.dumps({"type": "event", "child": child, "occurred": day, "kind": kind, "agency": "police"}) + "\n"
    for child, day, kind in [
        ("A", "2024-01-10", "domestic-abuse-incident"), ("A", "2024-03-10", "domestic-abuse-incident"),
        ("A", "2024-05", "domestic-abuse-incident"), ("A", "2024-09-01", "cp-plan-start"),
        ("B", "2024-01-10", "domestic-abuse-incident"), ("B", "2024", "domestic-abuse-incident"),
        ("C", "2024-02-01", "police-incident")])
CASE = {"case": "two children", "as_of": "2024-12-31", "expect": {"A": "met", "B": "not-met"}, "evidence": {"A": [1, 2, 3]},
        "events": [json.loads(line) for line in RECORD.splitlines()[:6]]}
SCRIPTS = {"mine/indicators/repeat/late-call.lua": MINE}
RUN = ["indicators", "run", "late-call", "r.ndjson", "--scripts", "mine", "--as-of", "2024-12-31"]
BACK = ["indicators", "backtest", "late-call", "r.ndjson", "--scripts", "mine", "--as-of", "2024-12-31"]
DATA = {"r.ndjson": RECORD, **SCRIPTS}
FOUR = '{"policy": 1, "include": ["default.json"], "title": "four", "indicators": {"late-call": {"params": {"incidents": 4}}}}'


def mine(old="", new="", count=1):
    assert old in MINE
    return {"late-call.lua": MINE.replace(old, new, count)}


def case(**changes):
    return {"late-call.case.json": json.dumps({**CASE, **changes}), **mine()}


def lint(name, old, new, wanted, exit=0, count=1):
    return Case(f"lint: {name}", ["indicators", "check", "late-call.lua"], exit=exit, stdout=wanted, files=mine(old, new, count))


def json_holds(name, test):
    def look(output):
        value = json.loads(output)
        return [] if test(value) else [f"{name}: {json.dumps(value)[:600]}"]
    return look


def page_is_sound(output):
    text = output.decode("utf-8")
    ids = re.findall(r'id="([^"]+)"', text)
    faults = [f"a link leads nowhere: {target}" for target in re.findall(r'href="#([^"]+)"', text) if target not in ids]
    faults += [f"asks elsewhere: {word}" for word in ("http://", "https://", "<script", "url(") if word in text]
    return faults + (["ids twice"] if len(ids) != len(set(ids)) else [])


EXPECT_MET = {"A": "possible", "B": "not-met"}

CASES = [
    Case("new: what it writes passes its own check", ["indicators", "check", "late-call.lua", "--strict"], before=[NEW],
         stdout=["passed  three in eleven months", "passed  two are too few", "passed  of the first"], lacks=["FAILED", "warning"]),
    Case("new: id and group stand in it", NEW[:5], stdout=['id = "late-call"', 'group = "repeat"'], lacks=["@ID@", "@GROUP@"]),
    Case("new: a group all the same", ["indicators", "new", "late-call"], stdout='group = "accumulation"'),
    Case("new: an id with capitals", ["indicators", "new", "Late"], exit=2, stdout=None, stderr="letters a-z"),
    Case("new: an id that begins with a hyphen", ["indicators", "new", "--id", "-x"], exit=2, stdout=None, stderr="letters a-z"),
    Case("new: 61 letters", ["indicators", "new", "a" * 61], exit=2, stdout=None, stderr="at most 60"),
    Case("new: an id that there is", ["indicators", "new", "repeat-plan"], exit=3, stdout=None, stderr="already"),
    Case("new: no such group", ["indicators", "new", "x", "--group", "risk"], exit=2, stdout=None, stderr="repeat|drift"),
    Case("new: no id", ["indicators", "new"], exit=2, stdout=None, stderr="id"),

    lint("a global that is read", "incidents:at_least", "incident:at_least", ["late-call.lua:31: warning: 'incident'", "undeclared-name"],
         exit=1),
    lint("a global that is set", "    local incidents =", "    incidents =", ["late-call.lua:30: warning: 'incidents' is set"], exit=1),
    lint("a parameter that nothing reads", "n = p.incidents", "n = 3", ["late-call.lua:19: warning", "(unused-parameter)"]),
    lint("a parameter that is none", "p.within", "p.wihin or p.within", ["there is no parameter 'wihin'", "(unknown-parameter)"]),
    lint("a definition without a parameter", "within {within};", "within a year;", ["late-call.lua:20: warning", "(parameter-not-told)"]),
    lint("an outcome that nothing gives", "  outcomes = {\n", '  outcomes = {\n    never = "{count} times",\n',
         ["late-call.lua:26: warning: nothing in this file gives the outcome 'never'"]),
    lint("no example that is possible", '{ { "2023", "domestic', '{ { "2024-01-01", "domestic', ["no example is possible"], exit=1),
    Case("lint: --strict makes warnings fail", ["indicators", "check", "late-call.lua", "--strict"], exit=3,
         stdout="unused-parameter", one_line=False, files=mine("n = p.incidents", "n = 3")),
    Case("lint in JSON", ["indicators", "check", "late-call.lua", "--format", "json"], files=mine("n = p.incidents", "n = 3"),
         look=json_holds("findings", lambda rows: [r["line"] for r in rows if r.get("finding") == "unused-parameter"] == [19])),
    Case("lint: nothing undeclared in what is shipped", ["indicators", "check"], lacks=["undeclared-name", "unused-parameter",
         "unknown-parameter", "unreachable-outcome"]),

    Case("test: a case beside the script", ["indicators", "test", "late-call.lua"], stdout=["passed  two children: A", "two children: B"],
         files=case()),
    Case("test: an answer that differs", ["indicators", "test", "late-call.lua"], exit=1, files=case(expect={"A": "possible"}),
         stdout=["FAILED  two children: A\n    - possible\n    + met"]),
    Case("test: rows that differ", ["indicators", "test", "late-call.lua"], exit=1, files=case(evidence={"A": [1, 2, 4]}),
         stdout=["    - row 4\n    + row 3"]),
    Case("test: a record of its own", ["indicators", "test", "late-call.lua"], stdout="passed  two children: A",
         files={**mine(), "r.ndjson": RECORD, "late-call.own.case.json": json.dumps(
             {"case": "two children", "as_of": "2024-12-31", "input": "r.ndjson", "expect": {"A": "met"}})}),
    Case("test: a case of another script is left", ["indicators", "test", "late-call.lua"], lacks=["two children"],
         files={**mine(), "late-call-2.case.json": json.dumps(CASE)}),
    Case("test: a folder of cases", ["indicators", "test", "late-call.lua", "--cases", "cases"], stdout="two children: A",
         files={**mine(), "cases/x.case.json": json.dumps(CASE)}),
    Case("test: by id", ["indicators", "test", "repeat-plan"], stdout="repeat-plan", lacks=["FAILED", "repeat-referral"]),
    Case("test: by id, of one's own", ["indicators", "test", "late-call", "--scripts", "mine"], stdout="two children: A",
         files={**SCRIPTS, "mine/indicators/repeat/late-call.case.json": json.dumps(CASE)}),
    Case("test: neither file nor id", ["indicators", "test", "no-such"], exit=3, stdout=None, stderr="no-such"),
    Case("test: a case that asks for a child who is not there", ["indicators", "test", "late-call.lua"], exit=3, stdout=None,
         stderr="no such child", files=case(expect={"Z": "met"})),
    Case("test: a case with a wrong answer", ["indicators", "test", "late-call.lua"], exit=3, stdout=None,
         stderr="late-call.case.json:1", files=case(expect={"A": "maybe"})),
    Case("test: a case with a member that is not known", ["indicators", "test", "late-call.lua"], exit=3, stdout=None,
         stderr="late-call.case.json", files=case(eventz=[])),
    Case("test: a case with neither events nor input", ["indicators", "test", "late-call.lua"], exit=3, stdout=None, stderr="events",
         files={**mine(), "late-call.case.json": '{"case": "x", "as_of": "2024-12-31", "expect": {}}'}),
    Case("test: a case whose input is not there", ["indicators", "test", "late-call.lua"], exit=3, stdout=None, stderr="no.ndjson",
         files={**mine(), "late-call.case.json": json.dumps({"case": "x", "as_of": "2024-12-31", "expect": {}, "input": "no.ndjson"})}),
    Case("test in JSON", ["indicators", "test", "late-call.lua", "--format", "json"], files=case(),
         look=json_holds("cases", lambda rows: [r["got"] for r in rows if "case" in r] == ["met", "not-met"])),

    Case("doc: one, as text", ["indicators", "doc", "agency-silence"],
         stdout=["**Did an agency", "### Numbers in force", "policy/default.json:", "### Examples", "| shown |"]),
    Case("doc: all, with a list", ["indicators", "doc"], stdout=["| indicator | what it asks |", "## Referred again", "## Many small concerns"]),
    Case("doc: a page", ["indicators", "doc", "repeat-plan", "--format", "html"], stdout=["<h1>A second", "How a prompt reads"],
         look=page_is_sound),
    Case("doc: all as a page", ["indicators", "doc", "--format", "html"], stdout='href="#repeat-plan"', look=page_is_sound),
    Case("doc: of one's own, nothing in it is markup", ["indicators", "doc", "late-call", "--scripts", "mine", "--format", "html"],
         stdout="&lt;b&gt;", lacks=["<b>"], files={"mine/indicators/repeat/late-call.lua": MINE.replace("Three or more", "<b>Three</b> or more")}),
    Case("doc: no such indicator", ["indicators", "doc", "no-such"], exit=3, stdout=None, stderr="no indicator"),

    Case("run: who is met, with rows", RUN, files=DATA,
         stdout=["met: 1", "possible: 0", "not-met: 2", "A: met", "3 incidents of domestic abuse between 10 January 2024 and May 2024",
                 "r.ndjson:3"]),
    Case("run: in JSON", [*RUN, "--format", "json"], files=DATA,
         look=json_holds("answers", lambda v: v["answers"] == {"met": 1, "possible": 0, "not-met": 2, "not-assessed": 0}
                         and [len(p["evidence"]) for p in v["prompts"]] == [3])),
    Case("run: a parameter that is typed", [*RUN, "--params", "incidents=4"], files=DATA, stdout=["met: 0", "4 or more"]),
    Case("run: a span that is typed", [*RUN, "--params", "incidents=3,within=30 days"], files=DATA, stdout=["not-met: 3", "30 days"]),
    Case("run: a parameter out of bounds", [*RUN, "--params", "incidents=1"], exit=2, stdout=None, stderr="incidents", files=DATA),
    Case("run: a parameter that is none", [*RUN, "--params", "n=1"], exit=2, stdout=None, stderr="no parameter 'n'", files=DATA),
    Case("run: why: below the threshold", [*RUN, "--why", "B"], files=DATA,
         stdout=["Why B is not-met", "late-call.lua:30 select: 2", "at_least: not-met; needs 3", "reaches 2", "date is in doubt", "r.ndjson:6"]),
    Case("run: why: an empty window", [*RUN, "--why", "C"], files=DATA, stdout=["Why C is not-met", "select: nothing: it is empty"]),
    Case("run: why: possible", [*RUN, "--why", "B", "--params", "incidents=2, within=6 months"], files=DATA,
         stdout=["Why B is possible", "needs 2,", "reaches 1 for certain, 2 perhaps"]),
    Case("run: why in JSON", [*RUN, "--why", "B", "--format", "json"], files=DATA,
         look=json_holds("why", lambda v: [s["reached"]["possible"] for s in v["why"]["asked"] if "needed" in s] == [2]
                         and len(v["why"]["dates_in_doubt"]) == 1 and v["why"]["decided_by"] == "script")),
    Case("run: why of nobody", [*RUN, "--why", "Z"], exit=3, stdout=None, stderr="no such child", files=DATA),
    Case("run: what the script said when it failed", RUN, stdout=["not-assessed: 3", "no entries at all", "children: 3, first A"],
         files={**DATA, "mine/indicators/repeat/late-call.lua": MINE.replace(
             "    local incidents =", '    if child.id then error("no entries at all") end\n    local incidents =')}),
    Case("run: a review shows no word of a script", ["review", "r.ndjson", "--scripts", "mine", "--as-of", "2024-12-31"],
         stdout="late-call", lacks=["no entries at all"],
         files={**DATA, "mine/indicators/repeat/late-call.lua": MINE.replace(
             "    local incidents =", '    if child.id then error("no entries at all") end\n    local incidents =')}),
    Case("run: what it takes", [*RUN, "--cost"], files=DATA, stdout=["Steps: ", "asked: 3", "KiB"], stderr="seconds"),
    Case("run: what it takes does not change", [*RUN, "--cost"], equals=[*RUN, "--cost", "--jobs", "4"], files=DATA, stderr="seconds"),
    Case("run: one that is switched off", [*RUN, "--policy", "p.json"], stdout="met: 1", files={
        **DATA, "p.json": '{"policy": 1, "include": ["default.json"], "indicators": {"late-call": {"on": false}}}'}),
    Case("run: no input", ["indicators", "run", "repeat-plan"], exit=2, stdout=None, stderr="input"),
    Case("run: no such indicator", ["indicators", "run", "no-such", LONG], exit=3, stdout=None, stderr="no indicator"),

    Case("backtest: since when, beside whom, before what", BACK, files=DATA,
         stdout=["with a prompt: 1", "Later steps up of the response: 1", "by 93 days", "A ", "2024-05-31", "2024-09-01",
                 "repeat-domestic-abuse: 1 of its 1"]),
    Case("backtest: as CSV", [*BACK, "--format", "csv"], files=DATA,
         stdout="child,answer,first_met,knowable,step_up,days_before,against\r\nA,met,2024-05-31,,2024-09-01,93,\r\n"),
    Case("backtest: the day by which it could be known", [*BACK, "--knowable", "--format", "json"], files=DATA,
         look=json_holds("knowable", lambda v: [c["knowable"] for c in v["children"]] == ["2024-05-01"])),
    Case("backtest: another policy", [*BACK, "--against", "four.json"], files={**DATA, "four.json": FOUR},
         stdout=["Against the policy four: 0 children gain a prompt, 1 lose it", "A: met here, not-met there", "there: 4 or more"]),
    Case("backtest: the other way round", [*BACK, "--policy", "four.json", "--against", "default", "--format", "json"],
         files={**DATA, "four.json": FOUR},
         look=json_holds("gained", lambda v: v["against"]["gained"] == 1 and v["against"]["lost"] == 0)),
    Case("backtest: how long it took", [*BACK, "--cost"], files=DATA, stdout="with a prompt: 1", stderr="seconds"),
    Case("backtest: a policy that is not there", [*BACK, "--against", "no.json"], exit=3, stdout=None, stderr="no.json", files=DATA),
]
