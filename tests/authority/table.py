"""Form by indicator: what each form can answer, said by hand with the reason, and the page made of it."""
import told

ANSWERABLE, IN_PART, NOT_CARRIED = "answerable", "in part", "not carried"
FORMS = [form.name for form in told.FORMS]
TITLES = {"census": "children-in-need census", "annex-a": "Annex A, lists 1 to 8",
          "ssd": "Standard Safeguarding Dataset"}


class Row:
    """An indicator under a policy. `cells`: each form's answer and why. `params`: where the policy is not the
    shipped one, of the number `policy`. `reason`: the one that must be given for what is not carried."""

    def __init__(self, indicator, cells, note="", params=None, policy=0, reason="no-data"):
        self.indicator, self.cells, self.note = indicator, cells, note
        self.params, self.policy, self.reason = params or {}, policy, reason

    @property
    def title(self):
        return self.indicator + (f" ({self.note})" if self.note else "")


def alike(answer, why):
    return dict.fromkeys(FORMS, (answer, why))


NO_OTHER_AGENCY = "what other agencies record is in none of these"
NO_TOOLS = "no profile, screening or other tool is in any of these"

ROWS = [
    Row("repeat-referral", alike(ANSWERABLE, "the day of each referral")),
    Row("repeat-referral", {
        "census": (ANSWERABLE, "referral and closure of each case"),
        "annex-a": (IN_PART, "list 6 has the closures of children in need; a referral closed without action has none"),
        "ssd": (ANSWERABLE, "referral and closure of each case"),
    }, "from closure", {"anchor": "closure"}, 1),
    Row("repeat-referral", {
        "census": (ANSWERABLE, "closures, and no further action on the day of its referral"),
        "annex-a": (IN_PART, "no further action is there, the closure of such a referral is not"),
        "ssd": (ANSWERABLE, "closures, and no further action on the day of its referral"),
    }, "183 days", {"anchor": "closure-183-days"}, 2),
    Row("repeat-plan", {
        "census": (ANSWERABLE, "the start of each plan, and how many there were before"),
        "annex-a": (ANSWERABLE, "the start of each plan, and how many there were before"),
        "ssd": (IN_PART, "the start of each plan; no column declares plans that stand in no row"),
    }),
    Row("repeat-plan", {
        "census": (ANSWERABLE, "start and end of each plan, and how many there were before"),
        "annex-a": (ANSWERABLE, "start and end of each plan, and how many there were before"),
        "ssd": (IN_PART, "start and end of each plan; no column declares plans that stand in no row"),
    }, "24 months", {"within": "24-months"}, 1),
    Row("start-again", {
        "census": (IN_PART, "assessments and referrals; a new worker is not there, nor early help and care as help"),
        "annex-a": (IN_PART, "assessments and referrals; of workers only today's, without a day, and not when a child"
                             " in need plan ended"),
        "ssd": (ANSWERABLE, "assessments, referrals, involvements of workers, every step of help"),
    }),
    Row("no-reliable-change", alike(NOT_CARRIED, NO_TOOLS)),
    Row("plan-drift", alike(ANSWERABLE, "start and end of each plan")),
    Row("response-flat", alike(NOT_CARRIED, NO_OTHER_AGENCY)),
    Row("many-small", alike(NOT_CARRIED, NO_OTHER_AGENCY)),
    Row("was-not-brought", alike(NOT_CARRIED, "health appointments are in none of these")),
    Row("tool-not-used", alike(NOT_CARRIED, NO_TOOLS)),
    Row("agency-silence", alike(NOT_CARRIED, "none of these declares the time that it covers; " + NO_OTHER_AGENCY),
        reason="not-covered"),
]


INTRODUCTION = """# What each form can answer

Made by `tests/authority/run BINARY --table`; the answers and their reasons are written by hand in `table.py`.

- **answerable**: everything that the definition looks at is in the form. All such forms give the same answer, the same
  first day and evidence on the same days, for every child.
- **in part**: something that could also show the pattern is not in the form. What it does hold is answered as from those
  facts alone; a child for whom that shows nothing comes out *not assessed* with the reason `in-part`, never *not met*.
- **not carried**: the form could not show it at all, and each child comes out *not assessed*.
"""
NUMBERS = """
How many of the {children} children get which answer on {as_of}, from the whole record (with what other agencies know) and
from each form, which does not name children of whom it has no row. *Left open*: not assessed from the form, and met or
possible on the whole record. *Only here*: met or possible from the form and *not met* on the whole record, because the form
does not tell of the help that came. *Lost*, *not met* from a form and met or possible on the whole record, would stand here too.
"""


def lines_of(headings, rows):
    lines = [f"| {' | '.join(cells)} |" for cells in [headings] + rows]
    lines.insert(1, "|" + "---|" * len(headings))
    return "\n".join(lines) + "\n"


def page(counts, as_of, children):
    """counts: {(row, form or "full"): {answer: children}}."""
    titles = [TITLES[form] for form in FORMS]
    answers = [[row.title] + [f"**{row.cells[form][0]}**: {row.cells[form][1]}" for form in FORMS] for row in ROWS]
    numbers = [[row.title] + [said(counts[row.title, form]) for form in ["full"] + FORMS] for row in ROWS]
    return (f"{INTRODUCTION}\n{lines_of(['indicator'] + titles, answers)}"
            f"{NUMBERS.format(children=children, as_of=as_of)}\n{lines_of(['indicator', 'whole record'] + titles, numbers)}")


def said(count):
    names = {"met": "met", "possible": "possible", "not-met": "not met", "not-assessed": "not assessed",
             "left open": "of them left open", "lost": "lost", "only here": "only here"}
    return ", ".join(f"{count[answer]} {name}" for answer, name in names.items() if count.get(answer))
