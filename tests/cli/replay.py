"""tidemark replay: what could have been known on each day."""
from case import Case

CASE = "{source}/fixtures/long-neglect"
# Two appointments missed; the second was written down on 20 March, 44 days after it.
ROWS = "".join(
    f'{{"type": "event", "child": "C1", "occurred": "{occurred}", "recorded": "{recorded}", "agency": "gp",'
    f' "kind": "was-not-brought", "text": "secret words"}}\n'
    for occurred, recorded in (("2024-01-05", "2024-01-05"), ("2024-02-05", "2024-03-20")))
DAY = ["--as-of", "2024-09-30"]

CASES = [
    Case("text", ["replay", CASE, "--width", "160"],
         stdout=["What could have been known, day by day", "Child LN-1", "indicator", "step-up after it",
                 "Of 167 rows, 29 have no day on which they were recorded."]),
    Case("a row that was written down late", ["replay", "rows.ndjson", *DAY, "--width", "160"], files={"rows.ndjson": ROWS},
         stdout=["Asked for each day from 5 January 2024 to 30 September 2024. Of 2 rows, 0 have no day",
                 "was-not-brought  2024-03-20     2024-03-20  2024-02-05         44 days  none came"], lacks=["secret"]),
    Case("the day before", ["replay", "rows.ndjson", *DAY, "--to", "2024-03-19"], files={"rows.ndjson": ROWS},
         stdout=["Met or possible on none of these days:", "was-not-brought"], lacks=["2024-03-20"]),
    Case("from a later day", ["replay", "rows.ndjson", *DAY, "--from", "2024-04-01", "--width", "160"],
         files={"rows.ndjson": ROWS}, stdout="2024-04-01 or before"),
    Case("JSON", ["replay", "rows.ndjson", *DAY, "--format", "json"], files={"rows.ndjson": ROWS},
         stdout=['"met_on": "2024-03-20"', '"first_met": "2024-02-05"', '"lag_days": 44', '"step_up": null']),
    Case("HTML", ["replay", CASE, "--format", "html"], stdout=["<svg", "class=\"picture replay\"", "class=\"strip\"", "not asked"], lacks=["<script"]),
    Case("threads do not show", ["replay", CASE, "--format", "json", "--jobs", "4"], stdout='"children"',
         equals=["replay", CASE, "--format", "json"]),
    Case("a last day after the as-of day", ["replay", "rows.ndjson", *DAY, "--to", "2024-10-01"], files={"rows.ndjson": ROWS},
         exit=2, stderr="to: expected a day that is not after the as-of day"),
    Case("the wrong way round", ["replay", "rows.ndjson", *DAY, "--from", "2024-05-01", "--to", "2024-04-01"],
         files={"rows.ndjson": ROWS}, exit=2, stderr="from: expected a day that is not after the last one"),
    Case("no day", ["replay", "rows.ndjson", "--from", "May"], files={"rows.ndjson": ROWS}, exit=2,
         stderr="expected a day such as 2024-09-30"),
    Case("no input", ["replay"], exit=2, stderr="name at least one input"),
]
