"""tidemark knew: which agency recorded what on which day."""
from case import Case

CASE = "{source}/fixtures/long-neglect"
# An incident that two agencies state; one wrote it down a month later.
ROWS = ('{"type": "event", "child": "C1", "occurred": "2024-03-05", "recorded": "2024-03-06", "agency": "police",'
        ' "kind": "domestic-abuse-incident", "incident": "I1", "text": "secret words"}\n'
        '{"type": "event", "child": "C1", "occurred": "2024-03-05", "recorded": "2024-04-05", "agency": "school",'
        ' "kind": "school-concern", "incident": "I1"}\n'
        '{"type": "event", "child": "C1", "occurred": "2024-05-05", "agency": "gp", "kind": "concern"}\n'
        '{"type": "event", "child": "=C2", "occurred": "2024-05-05", "agency": "gp", "kind": "concern"}\n')
FILES = {"rows.ndjson": ROWS}
DAY = ["--as-of", "2024-09-30"]

CASES = [
    Case("text", ["knew", "rows.ndjson", *DAY], files=FILES, lacks=["secret"],
         stdout=["5 March 2024: Domestic abuse incident; School concern", "recorded on 6 March 2024, 1 day later",
                 "recorded on 5 April 2024, 31 days later", "General practice   no entry",
                 "General practice   recorded; the day of recording is not noted"]),
    Case("as of a day before", ["knew", "rows.ndjson", "--as-of", "2024-03-31"], files=FILES,
         stdout=["recorded on 6 March 2024"], lacks=["5 April"]),
    Case("coverage decides", ["knew", CASE], stdout=["never recorded it", "not covered", "no entry", "(perhaps the same)"]),
    Case("CSV", ["knew", "rows.ndjson", *DAY, "--format", "csv"], files=FILES,
         stdout=["child,number,occurred,kinds,doubt,agency,knew", "C1,1,2024-03-05,", "police,recorded,2024-03-06,,1,1",
                 "school,recorded,2024-04-05,,31,31", '"\'=C2",1,2024-05-05']),
    Case("JSON", ["knew", "rows.ndjson", *DAY, "--format", "json"], files=FILES,
         stdout=['"knew": "recorded"', '"knew": "no-entry"', '"most": 31']),
    Case("HTML", ["knew", CASE, "--format", "html"], stdout=["<table class=\"knew\">", "never recorded it"], lacks=["<script"]),
    Case("no input", ["knew"], exit=2, stderr="name at least one input"),
]
