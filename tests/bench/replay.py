#!/usr/bin/python3
"""Times `tidemark replay` for one child with more and more rows: tests/bench/replay.py BINARY [ROWS...]

Eight years, the same bytes each time: dates known by their month or year alone, entries written down late, cases
that open and close. Seconds of the processor (user and system), since the clock of a busy machine says nothing."""
import datetime
import json
import os
import random
import resource
import subprocess
import sys
import tempfile

FIRST, DAYS, AS_OF = datetime.date(2016, 3, 1), 2922, "2024-03-01"
# Kind, how often, who writes it.
KINDS = (("note", 30, "school"), ("visit", 10, "childrens-social-care"), ("appointment-kept", 8, "gp"),
         ("school-concern", 6, "school"), ("health-visitor-contact", 4, "health-visiting"), ("information-shared", 4, "police"),
         ("supervision", 4, "childrens-social-care"), ("child-voice", 4, "school"), ("was-not-brought", 3, "gp"),
         ("hygiene-concern", 3, "school"), ("core-group", 3, "childrens-social-care"), ("strength", 3, "school"),
         ("hunger-concern", 2, "school"), ("domestic-abuse-incident", 2, "police"), ("police-incident", 2, "police"),
         ("housing-concern", 2, "housing"), ("contact", 2, "childrens-social-care"), ("non-engagement", 2, "health-visiting"),
         ("injury", 1, "hospital"), ("allocation", 1, "childrens-social-care"), ("missing-start", 1, "police"),
         ("missing-end", 1, "police"))
CASE = (("referral", 0), ("assessment-start", 1), ("assessment-end", 40), ("cin-plan-start", 45))


def entry(draw, day, kind, agency):
    """One line; some dates are not exact, most say when they were written down."""
    form, occurred = draw.random(), day.isoformat()
    if form < 0.035:
        occurred = occurred[:7] if form < 0.03 else occurred[:4]
    elif form < 0.05:
        occurred = f"[{occurred}..{day + datetime.timedelta(draw.randrange(1, 40))}]"
    told = {"type": "event", "child": "C1", "occurred": occurred, "kind": kind, "agency": agency}
    if draw.random() < 0.6:
        told["recorded"] = (day + datetime.timedelta(draw.choice((1, 1, 1, 2, 3, 7, 20, 60)))).isoformat()
    if draw.random() < 0.2:
        told["significance"] = draw.choice(("low", "medium", "high"))
    return json.dumps(told)


def record(rows):
    """The lines of one child: five cases, the rest at random."""
    draw, lines, day = random.Random(1), [], FIRST
    for _ in range(5):
        day += datetime.timedelta(draw.randrange(60, 200))
        end = day + datetime.timedelta(draw.randrange(100, 300))
        parts = [(kind, day + datetime.timedelta(after)) for kind, after in CASE]
        for kind, when in parts + [("cin-plan-end", end), ("case-closure", end)]:
            lines.append(entry(draw, when, kind, "childrens-social-care"))
        day = end
    while len(lines) < rows:
        kind, _, agency = draw.choices(KINDS, [often for _, often, _ in KINDS])[0]
        lines.append(entry(draw, FIRST + datetime.timedelta(draw.randrange(DAYS)), kind, agency))
    return "\n".join(lines) + "\n"


def seconds(command):
    """Of the processor, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for rows in [int(word) for word in sys.argv[2:]] or [500, 1000, 2000, 4000]:
            path = os.path.join(folder, f"{rows}.ndjson")
            with open(path, "w", encoding="utf-8") as out:
                out.write(record(rows))
            told = os.path.join(folder, "replay.json")
            taken = seconds([binary, "replay", "--as-of", AS_OF, "--format", "json", path, "-o", told])
            print(f"{rows:6} rows  {taken:6.2f} s", flush=True)


if __name__ == "__main__":
    main()
