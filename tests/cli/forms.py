"""instruments blank and export, assessment export: out to paper, spreadsheet and other systems, and back in."""
from case import Case

FORMS = "{source}/fixtures/long-neglect/assessments/"
LATEST = FORMS + "2024-07-10-graded-care.json"
THREE_WRONG = ('{"instrument": "home-conditions", "version": "1.0.0", "id": "F", "child": "C1", "date": "2024-05-08",\n'
               ' "items": {"H1": 9,\n"H2": 1,\n"H99": 1,\n"H3": "secret words"}}')


def back(name, form):
    """What is exported and read again scores as the assessment itself."""
    return Case("%s goes out and comes back" % name, ["score", name, "--format", "json"],
                before=[["assessment", "export", LATEST, "--format", form, "-o", name]],
                equals=["score", LATEST, "--format", "json"], stdout="GC-3")


CASES = [
    Case("a blank form", ["instruments", "blank", "graded-care"], stdout=["<!DOCTYPE html>", "Graded care", "not seen"],
         lacks=["<script", "http-equiv=\"refresh"]),
    Case("a blank sheet", ["instruments", "blank", "home-conditions", "--format", "csv"], stdout=["tidemark assessment", "H11"]),
    Case("no such instrument", ["instruments", "blank", "no-such", "-o", "out"], exit=3, stdout=None, stderr="no instrument of that id",
         absent=["out"]),
    Case("no instrument named", ["instruments", "export"], exit=2, stdout=None, stderr="name the instrument", one_line=True),
    Case("words of another instrument", ["instruments", "blank", "clutter", "--texts", "words.json", "-o", "out"], exit=3, stdout=None,
         stderr="words.json:1", files={"words.json": '{"texts": 1, "instrument": "graded-care", "version": "1.0.0", "licence": "x", "parts": {}}'},
         absent=["out"]),
    Case("no such words", ["instruments", "blank", "clutter", "--texts", "no.json"], exit=3, stdout=None, stderr="no.json"),
    Case("a definition as JSON", ["instruments", "export", "clutter"], stdout='"id": "clutter"'),
    Case("a definition as a Questionnaire", ["instruments", "export", "clutter", "--fhir", "--base-url", "https://example.org/fhir"],
         stdout=['"resourceType": "Questionnaire"', '"https://example.org/fhir/Questionnaire/clutter"', "ordinalValue"]),
    Case("--fhir is --format fhir", ["instruments", "export", "graded-care", "--fhir"], stdout="Questionnaire",
         equals=["instruments", "export", "graded-care", "--format", "fhir"]),
    Case("a base that is no url", ["instruments", "export", "clutter", "--fhir", "--base-url", "a b"], exit=2, stdout=None,
         stderr="base_url", one_line=True),
    back("form.json", "json"),
    back("form.csv", "csv"),
    back("response.json", "fhir"),
    Case("a record", ["assessment", "export", LATEST, "--format", "html"], stdout=["<!DOCTYPE html>", "GC-3"], lacks=["<script"]),
    Case("one of several", ["assessment", "export", "{source}/fixtures/long-neglect", "--assessment", "GC-2", "--format", "json"],
         stdout='"id": "GC-2"', lacks=["GC-3"]),
    Case("which of several", ["assessment", "export", "{source}/fixtures/long-neglect", "-o", "out"], exit=2, stdout=None,
         stderr="name one by its id", absent=["out"], one_line=True),
    Case("none of that id", ["assessment", "export", LATEST, "--assessment", "GC-9"], exit=3, stdout=None, stderr="no input holds one"),
    Case("all that is wrong at once", ["score", "form.json", "-o", "out"], exit=3, stdout=None,
         stderr=["form.json:2: item H1", "form.json:4: item H99", "form.json:5:7: item H3"], lacks=["secret words"], one_line=False,
         files={"form.json": THREE_WRONG}, absent=["out"]),
    Case("what fits is taken", ["score", "form.json", "--lenient"], stdout="not assessed: at least 1 and at most", lacks=["secret words"],
         files={"form.json": THREE_WRONG}),
    Case("what was left out is flagged", ["score", "form.json", "--lenient", "--format", "json"],
         stdout=['"left-out"', '"H1"', '"H99"', '"H3"'], lacks=["secret words"], files={"form.json": THREE_WRONG}),
    Case("a review tells each of them", ["review", "form.json", "--as-of", "2024-09-30"],
         stdout=["form.json:2", "form.json:4", "form.json:5"], lacks=["secret words"], files={"form.json": THREE_WRONG}),
    Case("a third party's Questionnaire and answers", ["score", "{source}/tests/data/fhir/nine-ordinal.questionnaire.json",
                                                        "{source}/tests/data/fhir/nine-codes-only.response.json"], stdout="total"),
    Case("answers without their Questionnaire", ["score", "{source}/tests/data/fhir/nine-codes-only.response.json"], exit=3, stdout=None,
         stderr="nine-codes-only.response.json"),
    Case("answers to a stranger's Questionnaire are not kept",
         ["import", "{source}/tests/data/fhir/nine-ordinal.questionnaire.json", "{source}/tests/data/fhir/nine-codes-only.response.json", "--into", "s.db"],
         exit=3, stdout=None, stderr="not kept", absent=["s.db"]),
    Case("a sheet in a store", ["score", "s.db", "--format", "json"],
         before=[["assessment", "export", LATEST, "--format", "csv", "-o", "form.csv"], ["import", "form.csv", "--into", "s.db"]],
         equals=["score", LATEST, "--format", "json"], stdout="GC-3"),
]
