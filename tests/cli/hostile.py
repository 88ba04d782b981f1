"""What somebody could try: outputs onto inputs, links, pipes, devices, endless depth, bytes that are no text; and
the hostile folder through every operation in every form."""
import os
import re

import case
import harmless
from case import Case

QUIET = "{source}/fixtures/quiet"
ENTRY = '{"type":"event","child":"C1","occurred":"2024-01-10","agency":"school","kind":"other"}\n'
DAY = ["--as-of", "2024-09-30"]
MAP = '{"map": 1, "agency": "school", "columns": {"When": {"to": "occurred"}, "Who": {"to": "child"}}, "constants": {"kind": "other"}}'
RETURN = "When,Who\n2024-01-10,C1\n"
FOLDER = ('{"case": "C", "as_of": "2024-09-30", "children": [{"id": "C1"}],'
          ' "returns": [{"file": "%s", "agency": "school", "map": "m.json"}], "assessments": []}')


def refused(name, arguments, place, status=3, **more):
    return Case(name, arguments, exit=status, stdout=None, stderr=place, one_line=True, **more)


def over(name, arguments, kept, **more):
    """An output that would take the place of an input: refused, and the input as it was."""
    return refused(f"-o onto {name}", ["review", *arguments, *DAY], kept, status=2, kept=[kept], **more)


def inside(output, subject="case", **more):
    """An output onto what a case folder holds."""
    return refused(f"review {subject} -o {output}", ["review", subject, "-o", output], output, status=2,
                   files={"case/case.json": FOLDER % "sub/r.csv", "case/m.json": MAP, "case/sub/r.csv": RETURN, "case/old.html": "old"},
                   **more)


SCRIPT = "scripts/indicators/repeat/repeat-referral.lua"
with open(os.path.join(case.SOURCE, SCRIPT), encoding="utf-8") as shipped:
    # The list shows the question, explain the title too.
    TITLED = shipped.read().replace('title = "', r'title = "\27[31m\u{202e}').replace('question = "', r'question = "\27[31m\u{202e}')

FILES = {"e.ndjson": ENTRY, "r.csv": RETURN, "m.json": MAP, "p.json": '{"policy": 1}'}
CASES = [
    over("an input", ["e.ndjson", "-o", "e.ndjson"], "e.ndjson", files=FILES),
    over("an input, named first", ["-o", "e.ndjson", "e.ndjson"], "e.ndjson", files=FILES),
    over("an input by another name", ["e.ndjson", "-o", "./e.ndjson"], "e.ndjson", files=FILES),
    refused("-o onto an input through a link", ["review", "e.ndjson", "-o", "link", *DAY], "link", status=2, files=FILES,
            links={"link": "e.ndjson"}, kept=["e.ndjson"]),
    over("a map", ["--map", "m.json", "r.csv", "-o", "m.json"], "m.json", files=FILES),
    over("a policy", ["e.ndjson", "--policy", "p.json", "-o", "p.json"], "p.json", files=FILES),
    over("the map beside a return", ["r.csv", "-o", "r.csv.map.json"], "r.csv.map.json", files={"r.csv": RETURN, "r.csv.map.json": MAP}),
    inside("case/sub/r.csv", kept=["case/sub/r.csv"]),
    inside("./case/sub/../case.json", subject="case/.", kept=["case/case.json"]),
    Case("-o onto a report in a case folder", ["review", "case", "--format", "html", "-o", "case/old.html"], stdout=None,
         files={"case/case.json": FOLDER % "r.csv", "case/m.json": MAP, "case/r.csv": RETURN, "case/old.html": "old"}),
    Case("-o to a new file in a case folder", ["review", "case", "-o", "case/new.txt"], stdout=None, present=["case/new.txt"],
         files={"case/case.json": FOLDER % "r.csv", "case/m.json": MAP, "case/r.csv": RETURN}),
    refused("-o onto a folder", ["review", QUIET, "-o", "."], ".", status=2),
    refused("-o onto a device", ["review", QUIET, "-o", "/dev/null"], "/dev/null", status=2),
    refused("-o onto a named pipe", ["review", QUIET, "-o", "pipe"], "pipe", status=2, pipes=["pipe"]),
    refused("-o into a folder that is not there", ["review", QUIET, "-o", "no/report.html"], "no/report.html", absent=["no"]),
    refused("-o without a name", ["review", QUIET, "-o", ""], ""),
    refused("-o with a name that is too long", ["review", QUIET, "-o", "x" * 5000], "xxx", status=2),
    refused("a named pipe that nobody writes to", ["review", "pipe", *DAY], "pipe", pipes=["pipe"]),
    refused("an empty device", ["review", "/dev/null", *DAY], "null: the file is empty"),
    refused("a folder without case.json", ["review", ".", *DAY], "case.json"),
    refused("a path that is too long", ["review", "x/" * 4000, *DAY], "x/x/"),
    refused("a link in a case folder that leads out", ["review", "case"], "r.csv", links={"case/r.csv": "../r.csv"},
            files={"case/case.json": FOLDER % "r.csv", "case/m.json": MAP, "r.csv": RETURN}),
    refused("a link in a case folder for a folder that leads out", ["review", "case"], "sub/r.csv", links={"case/sub": "../sub"},
            files={"case/case.json": FOLDER % "sub/r.csv", "case/m.json": MAP, "sub/r.csv": RETURN}),
    refused("a map behind a link that leads out", ["review", "case"], "m.json", links={"case/m.json": "../m.json"},
            files={"case/case.json": FOLDER % "r.csv", "m.json": MAP, "case/r.csv": RETURN}),
    refused("case.json behind a link that leads out", ["review", "case"], "case.json", links={"case/case.json": "../case.json"},
            files={"case/r.csv": RETURN, "case.json": FOLDER % "r.csv"}),
    refused("a return named absolutely", ["review", "case"], "passwd", lacks=["root:"],
            files={"case/case.json": FOLDER % "/etc/passwd", "case/m.json": MAP}),
    refused("a map of 10,000 levels", ["review", "--map", "deep.json", "r.csv", *DAY], "deep.json",
            files={"deep.json": '{"map":' * 10000, "r.csv": RETURN}),
    refused("NUL bytes in a return", ["review", "--map", "m.json", "nul.csv", *DAY], "nul.csv",
            files={"m.json": MAP, "nul.csv": b"When,Who\n2024-01-10,C\x001\n"}),
    Case("an entry of 10,000 levels is set aside", ["review", "deep.ndjson", "--format", "json", *DAY],
         stdout=['"set_aside": 1', '"read": 1', '"row": 2'],
         files={"deep.ndjson": ENTRY + '{"type":"event","facts":' + '{"a":' * 10000 + "\n"}),
    refused("a script that is a folder", ["indicators", "check", "mine.lua"], "mine.lua", files={"mine.lua/x": ""}),
    refused("scripts that are a file", ["indicators", "list", "--scripts", "mine"], "mine", files={"mine": ""}),
    refused("a script in a pipe", ["indicators", "list", "--scripts", "mine"], "mine.lua", files={"mine/indicators/x": ""},
            pipes=["mine/indicators/mine.lua"]),
    Case("markup in every place comes out as text", ["review", "{source}/fixtures/hostile", "--format", "html"],
         stdout="<html", lacks=["<script", "<i>", "\x1b["]),
    refused("no escape of a file name reaches a terminal", ["review", "a\x9b\u2028\x85\u202e\x1b.csv"], "a\\x9b<U+2028>\\x85<U+202E>\\x1b.csv: "),
    refused("a file name that is no UTF-8", ["review", os.fsdecode(b"a\x9b\xe2\x80.csv")], "a\\x9b\\xe2\\x80.csv: "),
    Case("a long argument is cut between characters", ["review", "--" + "x" * 197 + "\u00e9"], exit=2, stdout=None, stderr="x...: there is no such"),
    *[Case(f"no escape of a title reaches a terminal: indicators {words[0]}", ["indicators", *words], stdout="\\x1b[31m<U+202E>",
           lacks=["\x1b", "\u202e"], files={"s/indicators/repeat/mine.lua": TITLED.replace('"repeat-referral"', '"mine"')})
      for words in (["list", "--scripts", "s"], ["explain", "mine", "--scripts", "s"])],
    Case("no escape of a score reaches a terminal", ["score", "{source}/fixtures/hostile/assessment ]]>.json"], lacks=["\x1b", "\u202e"]),
    Case("no escape reaches a terminal", ["review", "{source}/fixtures/hostile"], lacks=["\x1b", "\u202e"]),
]

# --- the hostile folder through every writer ---

HOSTILE = "{source}/fixtures/hostile"
ASSESSMENT = HOSTILE + "/assessment ]]>.json"
CHILD = '=HYPERLINK("x:y","K2")'
PERIOD = ["--from", "2019-01-01", "--to", "2024-09-30", "--threshold", "0"]
NASTY = '"=1+1<script>\x1b[7m\u202evsc &amp;"'
# Files that a case may name.
BESIDE = {"phrase": "a long and good passphrase\n", "areas.csv": f"code,name,population\nE1,{NASTY},100\n",
          "comments.csv": f"measure,group,period,text\nrecording-lag,,,{NASTY}\n"}
# What is typed behind each operation, several where it has several sides. An operation that writes nothing of a record has none.
TYPED = {
    "review": [[HOSTILE], [HOSTILE, "--explain-all"]],
    "chronology": [[HOSTILE], [HOSTILE, "--person", CHILD], [HOSTILE, "--person", "<Mother>\x1b[7m"]],
    "timeline": [[HOSTILE, "--child", CHILD]],
    "check": [[HOSTILE]],
    "sources": [[HOSTILE]],
    "knew": [[HOSTILE]],
    "replay": [[HOSTILE]],
    "diff": [[HOSTILE, "{source}/fixtures/quiet"]],
    "scorecard": [[HOSTILE, *PERIOD], [HOSTILE, *PERIOD, "--by", "area", "--areas", "areas.csv", "--commentary", "comments.csv"],
                  [HOSTILE, "--list", "recording-lag", *PERIOD]],
    "score": [[ASSESSMENT]],
    "compare": [[ASSESSMENT, ASSESSMENT]],
    "agreement": [],
    "assessment.export": [[ASSESSMENT]],
    "import": [[HOSTILE, "--into", "h.db"]],
    "export": [[HOSTILE]],
    "map.suggest": [[HOSTILE + "/a&b <i>\"q'=1+1\u202evsc.csv"]],
    "map.check": [[HOSTILE + "/map <&>.json", HOSTILE + "/a&b <i>\"q'=1+1\u202evsc.csv"]],
    "pseudonymise": [[HOSTILE, "--key", "k", "-o", "out", "--accept-leaks", "--passphrase-file", "phrase"]],
}
# Operations on rules and instruments: what they show is read from the data folder, not from a record.
OF_RULES = ("indicators.", "instruments.", "measures.", "policy.")
# Sides of an operation that one form does not have.
NOT_THERE = {("chronology", "docx", "--person"), ("chronology", "xlsx", "--person"), ("scorecard", "html", "--list"),
             ("scorecard", "xlsx", "--list")}


def operations():
    """Each operation of the library's table with its forms; nothing of it is written down twice."""
    with open(os.path.join(case.SOURCE, "core/api/operations.c"), encoding="utf-8") as file:
        table = file.read()
    forms = {name: re.findall(r'OPTION_FORMAT\("([^"]*)"\)|"FORMAT", "([^"]*)"', body)
             for name, body in re.findall(r"tdm_option_view (\w+)\[\] = \{(.*?)\n\};", table, re.S)}
    for name, options in re.findall(r'ROW\("([a-z.]+)".*?(\w+_options),', table, re.S):
        found = forms[options]
        yield name, "".join(found[0]).split("|") if found else []


def through_every_writer():
    for name, forms in operations():
        if name.startswith(OF_RULES):
            continue
        if name not in TYPED:
            raise LookupError(f"tests/cli/hostile.py says nothing of the operation {name}")
        for typed in TYPED[name]:
            for form in forms:
                if any((name, form, word) in NOT_THERE for word in typed):
                    continue
                side = f" {typed[1]}" if len(typed) > 1 and typed[1].startswith("--") else ""
                yield Case(f"harmless: {name}{side} as {form}", [*name.split("."), *typed, "--format", form],
                           look=harmless.looks[form], files=BESIDE)


CASES += list(through_every_writer())
