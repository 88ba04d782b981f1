"""tidemark policy: checked, compared, in force; composites and caps in what a review shows."""
import csv
import io
import json

from case import Case

FAMILY = "{source}/fixtures/long-neglect"
COMPOSITE = ('"composites": {"flat-and-drift": {"title": "Concerns rise while the plan drifts",\n'
             '  "of": ["response-flat", "plan-drift", "start-again"], "at_least": 2, "within": {"months": 6}}}')
OURS = ('{"policy": 1, "include": ["default.json"], "title": "Ours",\n'
        ' "current_days": 180,\n'
        ' "indicators": {"many-small": {"on": false},\n'
        '  "agency-silence": {"severity": "soon", "params": {"others": 9}}},\n'
        f' "caps": {{"drift": 1}},\n {COMPOSITE}}}')
WRONG = ('{"policy": 1,\n"surprise": 1,\n"indicators": {"agency-silence": {"params": {\n"others": 900,\n"x": 1}}},\n'
         '"instruments": {"no-such": {}}}')
FILES = {
    "p.json": OURS,
    "fine.json": '{"policy": 1, "include": ["default.json"], "current_days": 90}',
    "bad.json": WRONG,
    "more.json": '{"policy": 1,\n"caps": {"no-such": 1}}',
    "circle.json": '{"policy": 1,\n"include": ["default.json",\n"other.json"]}',
    "other.json": '{"policy": 1, "include": [\n\n"circle.json"]}',
    "itself.json": '{"policy": 1,\n"include": ["itself.json"]}',
    "missing.json": '{"policy": 1,\n"include": ["default.json", "not-there.json"]}',
    "broken.json": '{"policy": 1,\n',
    "empty.json": "",
    "default-caps.json": '{"policy": 1, "include": ["default.json"], "caps": {"repeat": 1, "drift": 0}}',
}


def value_of(rows, section, name, id=""):
    found = [row for row in rows if (row["section"], row["id"], row["name"]) == (section, id, name)]
    return found[0] if len(found) == 1 else {}


def look_at_values(rows):
    expected = [("policy", "current_days", "", "180", "p.json:2"),
                ("indicators", "on", "many-small", "off", "p.json:3"),
                ("indicators", "params.others", "agency-silence", "9", "p.json:4"),
                ("indicators", "severity", "agency-silence", "soon", "p.json:4"),
                ("caps", "prompts_shown", "drift", "1", "p.json:5"),
                ("composites", "within", "composite/flat-and-drift", "6 months", "p.json:7"),
                ("instruments", "reliability", "graded-care", "not known", "default")]
    for section, name, id, value, place in expected:
        row = value_of(rows, section, name, id)
        if (row.get("value"), row.get("from")) != (value, place):
            yield f"{section} {id} {name} is {row}"
    anchor = value_of(rows, "indicators", "params.anchor", "repeat-referral")
    if anchor.get("offered") != "referral, closure, closure-183-days" or not anchor.get("standing"):
        yield f"the choices of repeat-referral are {anchor}"


def look_at_json(stdout):
    return list(look_at_values(json.loads(stdout)["values"]))


def look_at_csv(stdout):
    return list(look_at_values(list(csv.DictReader(io.StringIO(stdout.decode("utf-8"))))))


def look_at_diff(stdout):
    diff = json.loads(stdout)
    names = {(row["section"], row["id"], row["name"]) for row in diff["differences"]}
    wanted = {("policy", "", "title"), ("indicators", "many-small", "on"), ("indicators", "agency-silence", "severity"),
              ("indicators", "agency-silence", "params.others"), ("caps", "drift", "prompts_shown")}
    wanted |= {("composites", "composite/flat-and-drift", name)
               for name in ("on", "title", "of", "at_least", "within", "severity")}
    found = [] if names == wanted else [f"differences are {sorted(names)}"]
    sides = [row for row in diff["differences"] if row["name"] == "params.others"]
    if sides and sides[0]["b"] != {"value": "9", "from": "p.json:4"}:
        found.append(f"others is {sides[0]}")
    return found


def composite_in(stdout):
    """Prompts of the composite in a review: those of LN-1, whose flat response and restarts lie close together."""
    review = json.loads(stdout)
    shown = [one for one in review["indicators"] if one["id"] == "composite/flat-and-drift"]
    prompts = [(child, prompt) for child in review["children"] for prompt in child["prompts"]
               if prompt["indicator"] == "composite/flat-and-drift"]
    found = [] if len(shown) == 1 and shown[0]["standing"] == ["local"] else [f"shown as {shown}"]
    if not prompts:
        found.append("no prompt of the composite")
    for child, prompt in prompts:
        parts = [other for other in child["prompts"] if other["indicator"] in ("response-flat", "plan-drift", "start-again")]
        rows = {row["event"] for other in parts for spell in other["spells"] for row in spell["evidence"]}
        own = {row["event"] for spell in prompt["spells"] for row in spell["evidence"]}
        if not own or not own <= rows:
            found.append("its evidence is not that of its indicators")
    return found


def all_prompts(stdout):
    review = json.loads(stdout)
    ids = [prompt["indicator"] for prompt in review["children"][0]["prompts"]]
    return [] if {"repeat-plan", "repeat-referral", "start-again", "response-flat"} <= set(ids) else [f"prompts are {ids}"]


CASES = [
    Case("check: one line when all is well", ["policy", "check", "fine.json"], files=FILES,
         stdout="fine.json: fine; 1 value set, 2 files with what it includes\n", lacks=["to look at"]),
    Case("check: what may not be meant", ["policy", "check", "p.json"], files=FILES,
         stdout=["p.json:2: current_days says what holds without it", "p.json:3: many-small is switched off"],
         lacks=["others"]),
    Case("check: that is trouble under --strict", ["policy", "check", "p.json", "--strict"], files=FILES, exit=3,
         stdout="switched off", one_line=False),
    Case("check in JSON", ["policy", "check", "p.json", "--format", "json"], files=FILES,
         stdout=['"values_set": 10', '"code": "says-nothing-new"', '"code": "switched-off"']),
    Case("check: everything wrong is told", ["policy", "check", "bad.json", "fine.json", "more.json"], files=FILES, exit=3,
         stdout=None, one_line=False,
         stderr=["bad.json:2:", "unknown member", "bad.json:4:", "1 up to 100", "bad.json:5:", "no such parameter",
                 "bad.json:6:", "no file has", "more.json:2:"], lacks=["fine.json"]),
    Case("check: a circle of two", ["policy", "check", "circle.json"], files=FILES, exit=3, stdout=None,
         stderr=["other.json:3: ", "circle"]),
    Case("check: a file that includes itself", ["policy", "check", "itself.json"], files=FILES, exit=3, stdout=None,
         stderr=["itself.json:2: ", "circle"]),
    Case("check: an include that is not there", ["policy", "check", "missing.json"], files=FILES, exit=3, stdout=None,
         stderr="missing.json:2: "),
    Case("check: no JSON", ["policy", "check", "broken.json"], files=FILES, exit=3, stdout=None, stderr="broken.json:"),
    Case("check: nothing in it", ["policy", "check", "empty.json"], files=FILES, exit=3, stdout=None, stderr="empty.json"),
    Case("check: no such file", ["policy", "check", "no.json"], exit=3, stdout=None, stderr="no.json"),
    Case("check: nothing named", ["policy", "check"], exit=2, stdout=None, stderr="check"),
    Case("check what is shipped", ["policy", "check", "{source}/scripts/policy/default.json"], stdout="default.json: fine"),
    Case("effective", ["policy", "effective", "--policy", "p.json"], files=FILES,
         stdout=["Policy: Ours", "many-small", "on = off, set by p.json:3", "params.others = 9, set by p.json:4",
                 "offered: 1 to 100"]),
    Case("effective without a policy", ["policy", "effective"], stdout=["set by policy/default.json:", "pivot = 69, set by default"]),
    Case("effective in JSON", ["policy", "effective", "--policy", "p.json", "--format", "json"], files=FILES, stdout='"values"',
         look=look_at_json),
    Case("effective as CSV", ["policy", "effective", "--policy", "p.json", "--format", "csv"], files=FILES,
         stdout="section,id,name,value,from,standing,offered\r\n", look=look_at_csv),
    Case("effective takes no file", ["policy", "effective", "p.json"], files=FILES, exit=2, stdout=None, stderr="no input"),
    Case("diff", ["policy", "diff", "default", "p.json"], files=FILES,
         stdout=["A: on, set by policy/default.json:", "B: off, set by p.json:3", "A: not there"], lacks=["current_days"]),
    Case("diff in JSON", ["policy", "diff", "default", "p.json", "--format", "json"], files=FILES, stdout='"differences"',
         look=look_at_diff),
    Case("diff: no difference", ["policy", "diff", "p.json", "p.json", "--fail-on", "different"], files=FILES,
         stdout="No difference."),
    Case("diff: a difference ends with 1 where that is asked", ["policy", "diff", "p.json", "default", "--fail-on", "different"],
         files=FILES, exit=1, stdout="A: off, set by p.json:3"),
    Case("diff: one policy is none", ["policy", "diff", "p.json"], files=FILES, exit=2, stdout=None, stderr="two policies"),
    Case("diff: one of them is wrong", ["policy", "diff", "default", "broken.json"], files=FILES, exit=3, stdout=None,
         stderr="broken.json"),
    Case("a composite among the indicators", ["indicators", "list", "--policy", "p.json"], files=FILES,
         stdout=["composite/flat-and-drift composite "]),
    Case("a composite explained", ["indicators", "explain", "composite/flat-and-drift", "--policy", "p.json"], files=FILES,
         stdout=["at least 2 of response-flat, plan-drift and start-again are met within 6 months of each other",
                 "local policy", "set by p.json:7"]),
    Case("a composite in a review", ["review", FAMILY, "--policy", "p.json", "--format", "json"], files=FILES, stdout='"children"',
         look=composite_in),
    Case("a composite in text", ["review", FAMILY, "--policy", "p.json"], files=FILES,
         stdout=["Concerns rise while the plan drifts", "composite/flat-and-drift 1"]),
    Case("a composite on the page", ["review", FAMILY, "--policy", "p.json", "--format", "html"], files=FILES,
         stdout=["Concerns rise while the plan drifts", "composite/flat-and-drift"]),
    Case("a composite in a replay", ["replay", FAMILY, "--policy", "p.json", "--from", "2024-06-01"], files=FILES,
         stdout="composite/flat-and-drift"),
    Case("caps: counted in text", ["review", FAMILY, "--policy", "default-caps.json"], files=FILES,
         stdout=["more of the group repeat: 1 at most", "more of the group drift: 0 at most"]),
    Case("caps: nothing is gone from the JSON", ["review", FAMILY, "--policy", "default-caps.json", "--format", "json"], files=FILES,
         stdout='"children"', look=all_prompts),
    Case("caps: the page has all below", ["review", FAMILY, "--policy", "default-caps.json", "--format", "html"], files=FILES,
         stdout=["more of the group repeat, below", "Starting again"]),
]
