"""tidemark score: assessments on their instruments."""
from case import Case

FORMS = "{source}/fixtures/long-neglect/assessments/"
FORM = ('{\n"type": "assessment", "instrument": "%s", "version": "1.0.0", "id": "F", "child": "C1", "date": "2024-05-08",\n'
        ' "items": {%s}}')


# Four things wrong on two lines; H2 stands.
WRONG = ('{\n"type": "assessment", "instrument": "home-conditions", "version": "1.0.0", "id": "F", "child": "C1",'
         ' "date": "2024-05-08",\n"items": {"H1": "yes", "H2": 1, "H 3": 1},\n"window": ["2024-05-08", "2024-05-07"], "colour": 1}')
MISFIT = FORM % ("home-conditions", '"H1": 9,\n"H99": 1, "H2": 1')


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
    Case("what is missing, in words", ["score", "form.json"], stdout="not assessed: not every item was graded", lacks=["incomplete"],
         files=form("home-conditions", '"H1": 1')),
    Case("a flag stands in the text", ["score", "form.json"], stdout="\n  Flag: W1 ", files=form("was-not-brought-review", '"W1": 1')),
    Case("a flag stands on the page of the review", ["review", "form.json", "--as-of", "2024-09-30", "--format", "html"],
         stdout="<strong>Flag:</strong> W1 ", files=form("was-not-brought-review", '"W1": 1')),
    Case("a flag stands in the review", ["review", "form.json", "--as-of", "2024-09-30"], stdout=["Flag: W1 ", "is 1: two or more"],
         files=form("was-not-brought-review", '"W1": 1')),
    Case("no such instrument", ["score", "form.json"], exit=3, stdout=None,
         stderr=["form.json:1", 'there is no instrument "no-such"; is --scripts DIR missing? tidemark instruments list shows all'],
         files=form("no-such", '"H1": 1')),
    Case("an instrument that is no code is not shown", ["score", "form.json"], exit=3, stdout=None, lacks=["Mrs Smith"],
         stderr="there is no instrument of the id that the assessment names", files=form("Mrs Smith", '"H1": 1')),
    Case("another version", ["score", "form.json"], exit=3, stdout=None,
         stderr="made with version 1.0.1 of home-conditions, but 1.0.0 is loaded; score it with the file of its version",
         files={"form.json": (FORM % ("home-conditions", '"H1": 1')).replace("1.0.0", "1.0.1")}),
    Case("no such item", ["score", "form.json"], exit=3, stdout=None,
         stderr=["form.json:3", "item H99: expected the code of an item of home-conditions: H1, H2, H3"],
         files=form("home-conditions", '"H99": 1')),
    Case("a grade outside the scale", ["score", "form.json"], exit=3, stdout=None, stderr="form.json:3",
         files=form("home-conditions", '"H1": 9')),
    Case("all that cannot be read is told", ["score", "form.json"], exit=3, stdout=None, one_line=False,
         stderr=["form.json:3", "item H1: expected a grade of the scale", "expected the code of an item", "form.json:4",
                 "a last day that is not before the first", "the assessment: unknown member"], files={"form.json": WRONG}),
    Case("all that does not fit is told", ["score", "form.json"], exit=3, stdout=None, one_line=False,
         stderr=["form.json:3", "item H1: expected a grade from 0 to 1", "form.json:4", "item H99: expected the code of an item"],
         files={"form.json": MISFIT}),
    Case("an age band that the instrument has not", ["score", "form.json"], exit=3, stdout=None, stderr=["form.json:3", "expected none, since home-conditions has no age bands"],
         files={"form.json": (FORM % ("home-conditions", '"H1": 1')).replace('"items"', '"age_band": "under-5", "items"')}),
    Case("nothing to score", ["score", "{source}/fixtures/quiet"], exit=3, stdout=None, stderr="no input holds an assessment"),
    Case("no such file", ["score", "no.json"], exit=3, stdout=None, stderr="no.json"),
    Case("an assessment of 10,000 levels", ["score", "deep.json", "-o", "out"], exit=3, stdout=None, stderr="deep.json",
         files={"deep.json": '{"instrument":' * 10000}, absent=["out"]),
    Case("an unscorable one leaves a review standing", ["review", "form.json", "--as-of", "2024-09-30"],
         stdout="form.json", files=form("no-such", '"H1": 1')),
]
