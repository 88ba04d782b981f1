"""tidemark score: assessments on their instruments."""
from case import Case

FORMS = "{source}/fixtures/long-neglect/assessments/"
FORM = ('{\n"type": "assessment", "instrument": "%s", "version": "1.0.0", "id": "F", "child": "C1", "date": "2024-05-08",\n'
        ' "items": {%s}}')


def form(instrument, items):
    return {"form.json": FORM % (instrument, items)}


CASES = [
    Case("a sum", ["score", FORMS + "2024-05-08-home-conditions.json"], stdout=["HC-1", "total  7 of 10"]),
    Case("areas", ["score", FORMS + "2023-06-14-graded-care.json"], stdout=["graded-care", "(override)"], lacks=["total"]),
    Case("JSON", ["score", FORMS + "2024-05-08-home-conditions.json", "--format", "json"], stdout=['"instrument"', '"value":7']),
    Case("several", ["score", FORMS + "2021-03-22-graded-care.json", FORMS + "2024-07-10-graded-care.json"],
         stdout=["22 March 2021", "10 July 2024"]),
    Case("what is missing is no zero", ["score", "form.json"], stdout=["not assessed: at least 1 and at most"],
         files=form("home-conditions", '"H1": 1')),
    Case("no such instrument", ["score", "form.json"], exit=3, stdout=None, stderr="form.json:1",
         files=form("no-such", '"H1": 1')),
    Case("no such item", ["score", "form.json"], exit=3, stdout=None, stderr="form.json:3", files=form("home-conditions", '"H99": 1')),
    Case("a grade outside the scale", ["score", "form.json"], exit=3, stdout=None, stderr="form.json:3",
         files=form("home-conditions", '"H1": 9')),
    Case("nothing to score", ["score", "{source}/fixtures/quiet"], exit=3, stdout=None, stderr="no input holds an assessment"),
    Case("no such file", ["score", "no.json"], exit=3, stdout=None, stderr="no.json"),
    Case("an assessment of 10,000 levels", ["score", "deep.json", "-o", "out"], exit=3, stdout=None, stderr="deep.json",
         files={"deep.json": '{"instrument":' * 10000}, absent=["out"]),
    Case("an unscorable one leaves a review standing", ["review", "form.json", "--as-of", "2024-09-30"],
         stdout="form.json", files=form("no-such", '"H1": 1')),
]
