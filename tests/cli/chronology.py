"""tidemark chronology and sources: other sides of the same run."""
import csv
import io
import json

from case import Case

CASE = "{source}/fixtures/long-neglect"
ROWS = ('{"type": "event", "child": "C1", "occurred": "2024-03-05", "agency": "school", "kind": "neglect-concern",'
        ' "text": "=HYPERLINK(1)", "action": "-2"}\n'
        '{"type": "event", "child": "C1", "agency": "police", "kind": "contact", "text": "a, \\"b\\"\\nc"}\n')
BORN = {"case": "ages", "as_of": "2024-09-30", "returns": [{"file": "rows.ndjson"}],
        "children": [{"id": "C1", "born": "2020-02-29"}, {"id": "C2"}]}
DATES = ["2020-02-20", "2020-02-29", "2022-02-28", "2022-03-01", "2023", "2024-02-29?", None]
AGED = {"b/case.json": json.dumps(BORN), "b/rows.ndjson": "".join(
    json.dumps({"type": "event", "child": child, "agency": "school", "kind": "note", **({"occurred": day} if day else {})}) + "\n"
    for child, day in [("C1", day) for day in DATES] + [("C2", "2024-01-01")])}
# By hand: a leap-day child has its birthday on 1 March; in 2023 it was two, then three.
AGES = ["1 week before birth", "less than 1 day", "23 months", "2 years", "2 to 3 years", "perhaps 4 years", "", ""]
NUMBERS = [None, (0, 0, 0, 0, 0, 0), (1, 11, 30, 1, 11, 30), (2, 0, 0, 2, 0, 0), (2, 10, 3, 3, 10, 2), (4, 0, 0, 4, 0, 0)]

# Whoever has the file has all of it, with a mark.
LIMITED = {"l.ndjson": '{"type": "event", "child": "C1", "occurred": "2024-03-05", "agency": "police", "kind": "note", "text": "Seen.",'
                       ' "facts": {"limited_to": "housing gp", "sharing_basis": "vital-interests"}}\n'}
LIMIT = "limited to: Housing, General practice; basis: vital-interests"


def ages_of_table(content):
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    found = [row["Child's age"] for row in rows]
    return [] if found == AGES else [f"the ages are {found}"]


def ages_of_json(content):
    children = json.loads(content)["children"]
    found = [event.get("age") for child in children for event in child["events"]]
    exact = [tuple(age[end][unit] for end in ("from", "to") for unit in ("years", "months", "days")) if age and "from" in age else None
             for age in found]
    faults = [] if exact == NUMBERS + [None, None] else [f"the ages are {exact}"]
    if found[0] != {"before_birth": "certain"} or found[5].get("uncertain") is not True or found[6] is not None or found[7] is not None:
        faults.append("what is doubtful or missing is not said")
    return faults


CASES = [
    *[Case(f"a row limited to agencies: {form}", ["chronology", "l.ndjson", "--as-of", "2024-09-30", "--format", form], files=LIMITED,
           stdout=[LIMIT, "Seen."], lacks=["made without"]) for form in ("text", "csv", "html")],
    Case("a row limited to agencies: the report", ["review", "l.ndjson", "--as-of", "2024-09-30", "--format", "html"], files=LIMITED,
         stdout=[LIMIT, "Seen."]),
    Case("ages: CSV", ["chronology", "b", "--format", "csv"], look=ages_of_table, files=AGED),
    Case("ages: JSON", ["chronology", "b", "--format", "json"], look=ages_of_json, files=AGED),
    Case("ages: a review with its rows", ["review", "b", "--format", "json", "--with-events"], look=ages_of_json, files=AGED),
    Case("ages: an export holds none", ["export", "b"], stdout='"occurred":"2022-03-01"', lacks=['"age"'], files=AGED),
    Case("ages: HTML", ["chronology", "b", "--format", "html"], files=AGED,
         stdout=["28 February 2022\n<span>child aged 23 months</span>", "Child C1, born 29 February 2020, aged 4 years 7 months"]),
    Case("ages: the report", ["review", "b", "--format", "html"], files=AGED, stdout="2022-02-28<br/>child aged 23 months"),
    Case("ages: the picture", ["timeline", "b", "--child", "C1"], files=AGED,
         stdout="<title>28 February 2022, School or college, Entry without concern (not rated), child aged 23 months</title>"),
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
