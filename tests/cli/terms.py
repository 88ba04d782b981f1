"""School terms of an area, named by the policy: what is counted in school days, and what cannot be."""
import json

from case import Case

# An invented area. 28 March 2024 is the last day before Easter, 15 April the first behind it; 6 May is a bank holiday.
TERMS = ("# area: Northshire\n# known-from: 2023-09-01\n# known-until: 2024-08-31\nfrom,to,name\n"
         "2024-01-08,2024-02-09,Spring 1\n2024-02-19,2024-03-28,Spring 2\n"
         "2024-04-15,2024-05-24,Summer 1\n2024-06-03,2024-07-23,Summer 2\n")
POLICY = '{"policy": 1, "include": ["default.json"],\n"terms": "terms.csv"}'
# child: the day of the incident; rows behind it as (kind, day, members); answers without terms and with them.
CHILDREN = {
    "BACK": ("2024-03-28", [("school-notified", "2024-04-15", {})], ["possible", None]),
    "DAY-LATE": ("2024-03-28", [("school-notified", "2024-04-16", {})], ["possible", "met"]),
    "NOBODY": ("2024-03-28", [], ["possible", "met"]),
    "MAY-DAY": ("2024-05-03", [("school-notified", "2024-05-07", {})], [None, None]),
    "SUMMER": ("2024-07-26", [], ["possible", "possible"]),
    "YEAR-BEFORE": ("2023-05-05", [], ["possible", "possible"]),
    "IT-KNEW": ("2024-03-28", [("school-concern", "2024-03-28", {"agency": "school", "incident": "I1"})],
                ["possible", "possible"]),
    "SOME-DAY": ("2024-03-28", [("school-notified", "2024-04", {})], ["possible", "possible"]),
}
OUTCOMES = {"DAY-LATE": "counted in school days.", "NOBODY": "counted in school days.",
            "SUMMER": "terms are not on record", "YEAR-BEFORE": "terms are not on record",
            "IT-KNEW": "when it recorded it is not known"}


def record():
    lines = []
    for child, (day, rows, _) in CHILDREN.items():
        lines.append({"type": "child", "id": child, "born": "2015-05-14"})
        lines.append({"type": "event", "child": child, "agency": "police", "kind": "domestic-abuse-incident",
                      "occurred": day, "incident": "I1"})
        for kind, when, members in rows:
            lines.append({"type": "event", "child": child, "agency": "police", "kind": kind, "occurred": when, **members})
    return "".join(json.dumps(line) + "\n" for line in lines)


FILES = {"r.ndjson": record(), "p.json": POLICY, "terms.csv": TERMS,
         "faulty/p.json": POLICY, "faulty/terms.csv": TERMS.replace("2024-05-24", "2024-04-14"),
         "without/p.json": POLICY, "number.json": '{"policy": 1,\n\n"terms": 7}',
         "over.json": '{"policy": 1, "include": ["p.json"], "terms": "other.csv"}',
         "other.csv": TERMS.replace("2024-04-15", "2024-04-02")}
REVIEW = ["review", "r.ndjson", "--as-of", "2024-09-30", "--format", "json"]


def answers_are(at, expected=None):
    def look(stdout):
        found = {}
        for child in json.loads(stdout)["children"]:
            for prompt in child["prompts"]:
                if prompt["indicator"] == "knowledge-lag":
                    found[child["child"]] = prompt
        for child, (_, _, answers) in CHILDREN.items():
            answer = found.get(child, {}).get("answer")
            if answer != (expected or {}).get(child, answers[at]):
                yield f"{child} is {answer}"
            words = OUTCOMES.get(child)
            if at == 1 and words and words not in found[child]["sentence"]:
                yield f"{child} says {found[child]['sentence']}"
    return look


CASES = [
    Case("without terms, possible at most", REVIEW, files=FILES, stdout='"knowledge-lag"', look=answers_are(0)),
    Case("with them, school days", [*REVIEW, "--policy", "p.json"], files=FILES, stdout='"terms.csv"', look=answers_are(1)),
    # Schools open again on 2 April: a fortnight later is late, and 16 April too.
    Case("a policy's own stand over those of what it includes", [*REVIEW, "--policy", "over.json"], files=FILES,
         stdout='"other.csv"', look=answers_are(1, {"BACK": "met", "SOME-DAY": "possible"})),
    Case("they are named among the values", ["policy", "effective", "--policy", "p.json"], files=FILES,
         stdout="terms = terms.csv, set by p.json:2"),
    Case("they change the rules' hash", ["policy", "diff", "default", "p.json"], files=FILES, stdout="terms"),
    Case("a stretch that ends before it starts", [*REVIEW, "--policy", "faulty/p.json"], files=FILES, exit=3, stdout=None,
         stderr=["terms.csv:7: ", "not in order"]),
    Case("a file that is not there", [*REVIEW, "--policy", "without/p.json"], files=FILES, exit=3, stdout=None,
         stderr=["p.json:2: ", "file of terms"]),
    Case("no name", ["policy", "check", "number.json"], files=FILES, exit=3, stdout=None, stderr=["number.json:3:", "name of a file"]),
]
