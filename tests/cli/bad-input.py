"""Every row of the table in fixtures/bad-input/README.md: one line that names the place, nothing half-written."""
from case import Case

FOLDER = "{source}/fixtures/bad-input/"
QUIET = "{source}/fixtures/quiet"
REPORT = ["-o", "report.html", "--format", "html"]

# File or folder, what the line must name.
INPUTS = [
    ("not-text.csv", "not-text.csv"),
    ("utf-16.csv", ["utf-16.csv", "UTF-8"]),
    ("empty.csv", "empty.csv"),
    ("no-map.csv", "no-map.csv"),
    ("unknown-field.csv", "unknown-field.csv.map.json:8"),
    ("cut-off.xml", "cut-off.xml:12"),
    ("doctype.xml", "doctype.xml:2"),
    ("outside", "../no-map.csv"),
    ("outside-map", "map.json"),
    ("cut-off-case", "case.json:"),
]
POLICIES = [
    ("unknown-indicator.policy.json", "unknown-indicator.policy.json:5"),
    ("unknown-key.policy.json", "unknown-key.policy.json:5"),
]
SCRIPTS = [
    ("scripts-syntax-error", ".lua:5"),
    ("scripts-endless-load", ".lua:"),
]
# They fail in evaluate: the rest of the review stands.
FAILING = ["scripts-endless-evaluate", "scripts-ten-gigabytes"]


def refused(name, arguments, place):
    return Case(name, ["review", *arguments, *REPORT], exit=3, stdout=None, stderr=place, absent=["report.html"])


CASES = (
    [refused(name, [FOLDER + name], place) for name, place in INPUTS]
    + [refused(name, ["--policy", FOLDER + name, QUIET], place) for name, place in POLICIES]
    + [refused(name, ["--scripts", FOLDER + name, QUIET], place) for name, place in SCRIPTS]
    + [Case(name, ["review", "--scripts", FOLDER + name, QUIET], stdout=["ot assessed", ".lua"]) for name in FAILING]
    + [Case(f"{name} --strict", ["review", "--strict", "--scripts", FOLDER + name, QUIET], exit=3, stdout="ot assessed",
            stderr="", one_line=False) for name in FAILING]
)
