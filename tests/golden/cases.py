"""The golden cases: which folder is reviewed, and which files hold what must be printed.

tests/golden/NAME/ holds review.json, and review.txt or review.html where those matter too; a file scorecard.* there is
that of a scorecard. What is reviewed or counted is NAME/case/, or fixtures/NAME/ where there is none. Options stand in
NAME/options, one a line."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(HERE))
import tally  # noqa: E402

FORMATS = {"json": "json", "txt": "text", "html": "html", "csv": "csv"}


def names():
    return sorted(name for name in os.listdir(HERE) if os.path.isdir(os.path.join(HERE, name))
                  and not name.startswith(("_", ".")))


def subject(name):
    """The reviewed folder, relative to the source tree: no path of this machine enters the output."""
    own = os.path.join("tests", "golden", name, "case")
    return own if os.path.isdir(os.path.join(tally.ROOT, own)) else os.path.join("fixtures", name)


def options(name):
    path = os.path.join(HERE, name, "options")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as lines:
        return lines.read().split("\n")[:-1]


def subcommand(name):
    folder = os.path.join(HERE, name)
    return "scorecard" if any(file.startswith("scorecard.") for file in os.listdir(folder)) else "review"


def expected_files(name):
    """The golden files of a case; the one in JSON always, whether it is there or not."""
    files = [f"{subcommand(name)}.{ending}" for ending in FORMATS]
    paths = [os.path.join(HERE, name, file) for file in files]
    return [path for path in paths if path.endswith(".json") or os.path.exists(path)]


def review(binary, name, golden):
    """Runs the case in the format of that golden file."""
    command, ending = os.path.basename(golden).split(".")
    return tally.run(binary, [command, subject(name), *options(name), "--format", FORMATS[ending]])
