"""tidemark indicators and instruments: lists, where numbers come from, scripts of one's own."""
import os

from case import SOURCE, Case

SHIPPED = [
    "closure-rebound", "refer-close-loop", "repeat-plan", "repeat-referral", "start-again",
    "acclimatisation", "chronic-neglect", "early-help-drift", "no-reliable-change", "plan-drift", "response-flat",
    "accelerating", "attendance", "cumulative-load", "many-small", "repeat-domestic-abuse", "repeat-missing",
    "risk-factor-count", "was-not-brought",
    "clocks", "escalation-unresolved", "missed-checks", "premature-closure", "strategy-discussion-absent", "supervision-gap",
    "tool-not-used", "worker-churn",
    "agency-silence", "antenatal-gap", "child-not-seen", "knowledge-lag", "non-engagement", "sibling-left-out",
    "voice-absent", "young-carer",
]
QUIET = "{source}/fixtures/quiet"
with open(os.path.join(SOURCE, "scripts/indicators/repeat/repeat-referral.lua"), encoding="utf-8") as file:
    REFERRAL = file.read()
OWN = REFERRAL.replace('id = "repeat-referral", version = "1.0.0"', 'id = "late-call", version = "3.2.1"')
LOCAL = REFERRAL.replace('version = "1.0.0"', 'version = "7.7.7"')
SLIP = OWN.replace('expect = "met"', 'expect = "possible"', 1)
POLICY = ('{"policy": 1, "include": ["default.json"],\n "indicators": {"many-small": {"on": false},\n'
          '  "agency-silence": {"severity": "soon", "params": {\n    "others": 9}}}}')


def mine(text, path="mine/indicators/repeat/mine.lua", **more):
    return {path: text, **more}


CASES = [
    Case("list: id first, one a line", ["indicators", "list"], stdout=[f"{name} " for name in SHIPPED], lacks=["(off)"]),
    Case("list with a policy", ["indicators", "list", "--policy", "p.json"], stdout="(off)", files={"p.json": POLICY}),
    Case("list in JSON", ["indicators", "list", "--format", "json"], stdout=['"id": "repeat-plan"', '"on": true']),
    Case("list with scripts of one's own", ["indicators", "list", "--scripts", "mine"], stdout=["late-call", "repeat-referral"],
         files=mine(OWN)),
    Case("explain names what set each number", ["indicators", "explain", "agency-silence"],
         stdout=["set by indicators/seen-and-heard/agency-silence.lua", "policy/default.json:"]),
    Case("explain with a policy", ["indicators", "explain", "agency-silence", "--policy", "p.json"],
         stdout=["set by p.json:4", "Severity:   soon", "by policy/default.json:"], files={"p.json": POLICY}),
    Case("explain in JSON", ["indicators", "explain", "plan-drift", "--format", "json"], stdout=['"definition"', '"from"']),
    Case("explain by option", ["indicators", "explain", "--id", "plan-drift"], stdout="plan-drift"),
    Case("explain what is not there", ["indicators", "explain", "no-such"], exit=3, stdout=None, stderr="no indicator"),
    Case("check all that is shipped", ["indicators", "check"], stdout="passed", lacks=["FAILED"]),
    Case("check one shipped file", ["indicators", "check", "{source}/scripts/indicators/drift/plan-drift.lua"],
         stdout="plan-drift", lacks=["FAILED", "repeat-plan"]),
    Case("check a file of one's own", ["indicators", "check", "mine.lua"], stdout="late-call", lacks=["FAILED", "plan-drift"],
         files={"mine.lua": OWN}),
    Case("an example that does not hold", ["indicators", "check", "mine.lua"], exit=1,
         stdout=["FAILED", "expected possible, got met"], files={"mine.lua": SLIP}),
    Case("check in JSON", ["indicators", "check", "mine.lua", "--format", "json"], stdout=['"passed": true', '"late-call"'],
         files={"mine.lua": OWN}),
    Case("check a file with a mistake", ["indicators", "check", "mine.lua"], exit=3, stdout=None, stderr="mine.lua:1",
         files={"mine.lua": "return {"}),
    Case("check a file that is not there", ["indicators", "check", "no.lua"], exit=3, stdout=None, stderr="no.lua"),
    Case("check two files of one id", ["indicators", "check", "a.lua", "b.lua"], exit=3, stdout=None, stderr="late-call",
         files={"a.lua": OWN, "b.lua": OWN}),
    Case("check compiled Lua", ["indicators", "check", "a.lua"], exit=3, stdout=None, stderr="a.lua",
         files={"a.lua": b"\x1bLua\x54\x00\x19\x93\r\n\x1a\n" + bytes(64)}),
    Case("a script with the id of a shipped one", ["review", QUIET, "--scripts", "mine"], exit=3, stdout=None,
         stderr=["repeat-referral", "mine.lua"], files=mine(REFERRAL)),
    Case("a script in place of a shipped one, as the policy says",
         ["indicators", "explain", "repeat-referral", "--scripts", "mine", "--policy", "p.json"], stdout="7.7.7",
         files=mine(LOCAL, **{"p.json": '{"policy": 1, "indicators": {"repeat-referral": {"replace": "repeat-referral"}}}'})),
    Case("no such folder of scripts", ["indicators", "list", "--scripts", "no"], exit=3, stdout=None, stderr="no"),
    Case("no such policy", ["indicators", "list", "--policy", "no.json"], exit=3, stdout=None, stderr="no.json"),
    Case("a policy of 10,000 levels", ["indicators", "list", "--policy", "deep.json"], exit=3, stdout=None, stderr="deep.json",
         files={"deep.json": '{"policy":' * 10000 + "1" + "}" * 10000}),
    Case("a policy with an instrument that is not there", ["review", QUIET, "--policy", "p.json"], exit=3, stdout=None,
         stderr="p.json:2", files={"p.json": '{"policy": 1, "instruments": {\n"graded-car": {"aggregation": "sum"}}}'}),
    Case("a policy for another nation", ["indicators", "list", "--policy", "p.json"], exit=3, stdout=None, stderr="p.json:2",
         files={"p.json": '{"policy": 1,\n"nation": "wales"}'}),
    Case("instruments: id first", ["instruments", "list"], stdout=["graded-care ", "home-conditions "]),
    Case("instruments in JSON", ["instruments", "list", "--format", "json"], stdout=['"id": "graded-care"', '"licence"']),
    Case("no data folder", ["indicators", "list", "--data", "no"], exit=3, stdout=None, stderr="--data"),
    Case("the data folder from the surroundings", ["indicators", "list"], exit=3, stdout=None, stderr="TIDEMARK_DATA",
         environment={"TIDEMARK_DATA": "no"}),
    Case("--data before the surroundings", ["indicators", "list", "--data", "{source}"], stdout="plan-drift",
         environment={"TIDEMARK_DATA": "no"}),
]
