"""What is typed wrongly: exit 2, one line that repeats what was typed, nothing done."""
from case import Case

QUIET = "{source}/fixtures/quiet"


def wrong(name, arguments, place, **more):
    return Case(name, arguments, exit=2, stdout=None, stderr=place, one_line=True, **more)


CASES = [
    wrong("unknown subcommand of a group", ["indicators", "lst"], "lst"),
    wrong("unknown option", ["score", "--fail-on", "met", QUIET], "--fail-on"),
    wrong("an option of one letter", ["review", "-x", QUIET], "-x"),
    wrong("a value is missing", ["review", QUIET, "--as-of"], "--as-of"),
    wrong("a map is missing", ["review", QUIET, "--map"], "--map"),
    wrong("a file is missing", ["review", QUIET, "-o"], "-o"),
    wrong("no such format", ["review", QUIET, "--format", "pdf"], ["--format pdf", "text|json|html"]),
    wrong("no such condition", ["review", QUIET, "--fail-on", "always"], ["--fail-on always", "never|possible|met|current"]),
    wrong("no such day", ["review", QUIET, "--as-of", "2024-13-45"], ["--as-of 2024-13-45", "expected a day"]),
    wrong("a day that does not exist", ["review", QUIET, "--as-of", "2023-02-29"], "--as-of 2023-02-29"),
    wrong("no threads", ["review", QUIET, "--jobs", "0"], "jobs"),
    wrong("too many threads", ["review", QUIET, "--jobs", "65"], "jobs"),
    wrong("threads in words", ["review", QUIET, "--jobs", "two"], "--jobs two"),
    wrong("too narrow", ["review", QUIET, "--width", "39"], "width"),
    wrong("no such reader", ["review", "--input-format", "pdf", QUIET + "/gp.csv"], "no reader"),
    wrong("an input where none is taken", ["indicators", "list", QUIET], "quiet"),
    wrong("explain without an id", ["indicators", "explain"], "id"),
    wrong("explain with two ids", ["indicators", "explain", "plan-drift", "many-small"], "many-small"),
    wrong("import without a store", ["import", QUIET], "into"),
    wrong("import of nothing", ["import", "--into", "a.db"], "input", absent=["a.db"]),
    wrong("export of nothing", ["export"], "input"),
    wrong("score of nothing", ["score"], "input"),
    wrong("export in another format", ["export", QUIET, "--format", "json"], "--format json"),
    wrong("two requests", ["api", "a.json", "b.json"], "one request"),
    wrong("a very long value", ["review", QUIET, "--fail-on", "x" * 100000], "xxx..."),
    wrong("a very long option", ["review", QUIET, "--" + "x" * 100000], "xxx..."),
    wrong("a very long subcommand", ["x" * 100000], "xxx..."),
    wrong("control characters are shown as codes", ["review", QUIET, "--as-of", "\x1b[31m\nred"], "\\x1b[31m\\x0ared"),
]
CASES += [wrong(f"--time-limit {value!r}", ["review", QUIET, "--time-limit", value], "--time-limit")
          for value in ("0", "-1", "abc", "5x", "", "99999999999999999999", "1.5")]
# A Word or Excel file is for a file or another program; everything else may go to a terminal.
CASES += [Case(f"{form} to a terminal", ["chronology", QUIET, "--format", form], exit=2, stdout=None, stderr="-o FILE", one_line=True,
               terminal=True) for form in ("docx", "xlsx")]
CASES += [Case("Word to a pipe", ["chronology", QUIET, "--format", "docx"], stdout="PK"),
          Case("Word to a file, from a terminal", ["chronology", QUIET, "--format", "docx", "-o", "c.docx"], stdout=None, present=["c.docx"],
               terminal=True),
          Case("CSV to a terminal", ["chronology", QUIET, "--format", "csv"], stdout="Child,Date", terminal=True)]
