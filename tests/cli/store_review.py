"""A store keeps what reading its inputs said: a review of it is the review of the inputs, byte for byte."""
from case import Case

NEGLECT = "{source}/fixtures/long-neglect"  # its README names the four diagnostics
INTO = ["import", "--into", "family.db"]

# One line names no child and is set aside, which only the import knows; an end without a start shows again
# whenever the store is read, so it must not be kept too.
SOCIAL_CARE = """\
{"type": "event", "child": "R-1", "occurred": "2024-02-05", "kind": "contact", "agency": "police"}
{"type": "event", "child": "", "occurred": "2024-02-06", "kind": "contact", "agency": "police"}
{"type": "event", "child": "R-1", "occurred": "2024-09-01", "kind": "cp-plan-end", "agency": "childrens-social-care", "episode": "a"}
"""


def same_review(name, subject, form, stdout, files=None):
    """`subject` reviewed as it is and out of a store that took it in twice."""
    options = ["--as-of", "2024-09-30", "--format", form]
    return Case(name, ["review", "family.db", *options], stdout=stdout, files=files or {}, equals=["review", subject, *options],
                before=[[*INTO, subject], [*INTO, subject]])


CASES = [
    same_review(f"long-neglect out of a store, {form}", NEGLECT, form, ["date-missing", "date-not-read", "child-missing"])
    for form in ("json", "text", "html")
] + [
    same_review("what every reading says again is not kept", "care.ndjson", "json",
                ["episode-end-without-start", "child-missing"], {"care.ndjson": SOCIAL_CARE}),
    Case("what freezing says of repeated rows is not kept", [*INTO, "care.ndjson", "again.ndjson"],
         files={"care.ndjson": SOCIAL_CARE, "again.ndjson": SOCIAL_CARE.splitlines()[0]},
         stdout=["entries      2 added, 0 there already\n", "diagnostics  1 added, 0 there already\n",
                 "1 diagnostic kept; tidemark review shows it\n"]),
    Case("a first import keeps the diagnostics", [*INTO, NEGLECT],
         stdout=["diagnostics  4 added, 0 there already\n", "4 diagnostics kept; tidemark review shows them\n"]),
    Case("a second import adds none", [*INTO, NEGLECT], before=[[*INTO, NEGLECT]],
         stdout=["diagnostics  0 added, 4 there already\n", "4 diagnostics kept; tidemark review shows them\n"]),
    Case("nothing was said, nothing is kept", [*INTO, "{source}/fixtures/quiet"], lacks=["kept"],
         stdout="diagnostics  0 added, 0 there already\n"),
    Case("a row that was set aside long ago still ends a strict review", ["review", "--strict", "family.db"],
         before=[[*INTO, NEGLECT]], exit=3, stdout="child-missing", one_line=False),
]
