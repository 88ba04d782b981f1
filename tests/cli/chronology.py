"""tidemark chronology and sources: other sides of the same run."""
from case import Case

CASE = "{source}/fixtures/long-neglect"
ROWS = ('{"type": "event", "child": "C1", "occurred": "2024-03-05", "agency": "school", "kind": "neglect-concern",'
        ' "text": "=HYPERLINK(1)", "action": "-2"}\n'
        '{"type": "event", "child": "C1", "agency": "police", "kind": "contact", "text": "a, \\"b\\"\\nc"}\n')

CASES = [
    Case("text", ["chronology", CASE], stdout=["Child LN-1", "Child LN-2", "social-care.csv, row 2"]),
    Case("rows after the day are marked", ["chronology", CASE, "--as-of", "2021-01-01"], stdout="(after the as-of day)"),
    Case("CSV", ["chronology", CASE, "--format", "csv"], stdout=["Child,Date,Date as written", "health.csv, row 2"]),
    Case("no formula in CSV", ["chronology", "rows.ndjson", "--as-of", "2024-09-30", "--format", "csv"],
         stdout=['"\'=HYPERLINK(1)"', '"\'-2"', '"a, ""b""\nc"', ",no date,"], files={"rows.ndjson": ROWS}),
    Case("JSON", ["chronology", CASE, "--format", "json"], stdout=['"child": "LN-1"', '"events"']),
    Case("sources", ["sources", CASE], stdout=["police.tsv", "13    12          1", "police.tsv:13"]),
    Case("sources as CSV", ["sources", CASE, "--format", "csv"], stdout="police.tsv,,13,12,1"),
    Case("sources as JSON", ["sources", CASE, "--format", "json"], stdout=['"accounting"', '"set_aside": 1', '"child-missing"']),
]
