"""tidemark check: what is found, what is not, the exit that was asked for, and a policy that is wrong."""
from case import Case

CLEAN = ('{"case": "clean", "as_of": "2024-09-30", "children": [{"id": "C1", "born": "2023-01-10"}],'
         ' "returns": [{"file": "health.ndjson", "agency": "health-visiting", "covers": ["2022-11-01", "2023-04-30"]}]}')
CLEAN_ROWS = (
    '{"type": "event", "child": "C1", "occurred": "2022-11-02", "kind": "antenatal-contact", "recorded": "2022-11-03",'
    ' "text": "First visit."}\n'
    '{"type": "event", "child": "C1", "occurred": "2023-01-20", "kind": "health-visitor-contact",'
    ' "recorded": "2023-01-20", "text": "Feeding well."}\n')
CLEAN_FILES = {"case/case.json": CLEAN, "case/health.ndjson": CLEAN_ROWS}
ONE_LINE = "No check found anything to look at in 2 rows of 1 child as of 2024-09-30.\n"
NO_TEXT = CLEAN_ROWS.replace(', "text": "First visit."', "").replace(', "text": "Feeding well."', "")


def failing(when, status):
    return Case(f"--fail-on {when} over each fault", ["check", "{source}/fixtures/checks", "--fail-on", when],
                exit=status, stdout="Checks on the record")


def policy(checks):
    return '{"policy": 1,\n"checks": {\n' + checks + "}}"


CASES = [
    Case("a clean record takes one line", ["check", "case"], stdout=ONE_LINE, files=CLEAN_FILES, golden="",
         equals=["check", "case", "--width", "40"]),
    Case("what could not be made stands in that line", ["check", "case"],
         stdout="as of 2024-09-30; not assessed: abbreviation-unexplained (no-text).\n",
         files={"case/case.json": CLEAN, "case/health.ndjson": NO_TEXT}),
    Case("each fault with its rule and rows", ["check", "{source}/fixtures/checks", "--width", "200"],
         stdout=["[error, national rule 8841] (review-before-plan)", "social-care.ndjson:5",
                 "Only possible: nothing says whether a conference was needed.", "How the record is kept",
                 "Concerns with an action recorded: 2 of 37 (5.4 %)"],
         lacks=["Child CK-5"]),
    Case("CSV has a line a row", ["check", "{source}/fixtures/checks", "--format", "csv"],
         stdout=["child,check,severity,answer,national rule,sentence,",
                 "CK-2,review-before-plan,error,met,8841,", "CK-2,recorded-late,,not-assessed,,"]),
    Case("HTML names the check and its rows", ["check", "{source}/fixtures/checks", "--format", "html"],
         stdout=["<h1>Checks on the record</h1>", "How the record is kept", "social-care.ndjson, row 5"]),
    Case("the review has them too", ["review", "{source}/fixtures/checks", "--format", "html"],
         stdout=["<h3>Checks on this chronology</h3>", "What the checks look for"]),
    Case("threads do not show", ["check", "{source}/fixtures/checks", "--format", "json"],
         equals=["check", "{source}/fixtures/checks", "--format", "json", "--jobs", "4"], stdout='"schema": 1'),
    failing("never", 0),
    failing("information", 1),
    failing("warning", 1),
    failing("error", 1),
    Case("--fail-on error without an error", ["check", "{source}/fixtures/quiet", "--fail-on", "error",
                                             "--as-of", "2024-08-31"], stdout="history-starts-late"),
    Case("--fail-on information with information only", ["check", "{source}/fixtures/quiet", "--fail-on",
                                                        "information", "--as-of", "2024-08-31"],
         exit=1, stdout="history-starts-late"),
    Case("a policy switches a check off, and it is said",
         ["check", "{source}/fixtures/checks", "--policy", "mine.json"],
         files={"mine.json": policy('"undated": {"on": false}')},
         stdout="undated: switched off by mine.json:3", lacks=["(undated)"]),
    Case("an unknown check", ["check", "{source}/fixtures/checks", "--policy", "mine.json"], exit=3, stdout=None,
         stderr=["mine.json", "there is no check of that id"], files={"mine.json": policy('"no-such": {}')}),
    Case("an unknown parameter", ["check", "{source}/fixtures/checks", "--policy", "mine.json"], exit=3,
         stdout=None, stderr=["mine.json", "no such parameter"],
         files={"mine.json": policy('"undated": {"params": {"days": 3}}')}),
    Case("an abbreviation stands in the report alone", ["check", "{source}/fixtures/checks"],
         stdout='"EHCP" stands in 3 entries'),
]
