"""Form by indicator: what each form can answer, said by hand with the reason, and the page made of it."""
import told

ANSWERABLE, IN_PART, NOT_CARRIED = "answerable", "in part", "not carried"
FORMS = [form.name for form in told.FORMS]
TITLES = {"census": "children-in-need census", "annex-a": "Annex A, lists 1 to 8",
          "ssd": "Standard Safeguarding Dataset"}


class Row:
    """An indicator under a policy. `cells`: each form's answer and why. `params`: where the policy is not the
    shipped one, of the number `policy`. `reason`: the one that must be given for what is not carried, by form where
    they differ."""

    def __init__(self, indicator, cells, note="", params=None, policy=0, reason="no-data"):
        self.indicator, self.cells, self.note = indicator, cells, note
        self.params, self.policy, self.reason = params or {}, policy, reason

    def why_not(self, form):
        return self.reason if isinstance(self.reason, str) else self.reason[form]

    @property
    def title(self):
        return self.indicator + (f" ({self.note})" if self.note else "")


def alike(answer, why):
    return dict.fromkeys(FORMS, (answer, why))


NO_OTHER_AGENCY = "what other agencies record is in none of these"
NO_TOOLS = "no profile, screening or other tool is in any of these"
NO_VISITS_ALL = "list 6 and list 7 have the last visit alone"

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
    Row("closure-rebound", {
        "census": (IN_PART, "referrals and closures; neither contacts nor a step down"),
        "annex-a": (IN_PART, "contacts and referrals; a referral closed without action has no closure, and a step down is"
                             " not there"),
        "ssd": (IN_PART, "contacts, referrals, closures; a step down is not there"),
    }),
    Row("closure-rebound", {
        "census": (IN_PART, "referrals and closures; no contacts"),
        "annex-a": (IN_PART, "contacts and referrals; a referral closed without action has no closure"),
        "ssd": (ANSWERABLE, "contacts, referrals, closures"),
    }, "closures alone", {"ends": "closure"}, 1),
    Row("refer-close-loop", {
        "census": (ANSWERABLE, "referrals, closures, and no further action on the day of its referral"),
        "annex-a": (IN_PART, "no further action is there, the closure of such a referral is not"),
        "ssd": (ANSWERABLE, "referrals, closures, and no further action on the day of its referral"),
    }),
    Row("chronic-neglect", alike(ANSWERABLE, "the day of each referral, and whether it was taken further")),
    Row("early-help-drift", {
        "census": (NOT_CARRIED, "early help is not there"),
        "annex-a": (NOT_CARRIED, "early help is there; concerns meanwhile and the lead professional are not"),
        "ssd": (NOT_CARRIED, "early help is there; concerns meanwhile and the lead professional are not"),
    }, reason={"census": "no-data", "annex-a": "in-part", "ssd": "in-part"}),
    Row("acclimatisation", alike(NOT_CARRIED, NO_OTHER_AGENCY)),
    Row("accelerating", {
        "census": (NOT_CARRIED, NO_OTHER_AGENCY),
        "annex-a": (NOT_CARRIED, NO_OTHER_AGENCY),
        "ssd": (IN_PART, "missing episodes; " + NO_OTHER_AGENCY),
    }),
    Row("attendance", alike(NOT_CARRIED, "sessions at school are in none of these")),
    Row("cumulative-load", {
        "census": (NOT_CARRIED, NO_OTHER_AGENCY),
        "annex-a": (NOT_CARRIED, NO_OTHER_AGENCY),
        "ssd": (IN_PART, "missing episodes; " + NO_OTHER_AGENCY),
    }),
    Row("repeat-domestic-abuse", alike(NOT_CARRIED, "what the police record is in none of these")),
    Row("repeat-missing", {
        "census": (NOT_CARRIED, "missing episodes are not there"),
        "annex-a": (NOT_CARRIED, "lists 1 to 8 have no missing episodes"),
        "ssd": (ANSWERABLE, "the start of each missing episode"),
    }),
    Row("risk-factor-count", {
        "census": (IN_PART, "factors of assessments, categories of plans; " + NO_OTHER_AGENCY),
        "annex-a": (IN_PART, "categories of plans; no factors of assessments"),
        "ssd": (IN_PART, "categories of plans, missing episodes; factors stand in a table without child and day"),
    }),
    Row("clocks", {
        "census": (ANSWERABLE, "referral, assessments and closure of each case"),
        "annex-a": (IN_PART, "referrals and assessments; a referral closed without action has no closure"),
        "ssd": (ANSWERABLE, "referral, assessments and closure of each case"),
    }, "assessment", {"clocks": ["assessment"]}, 1),
    Row("clocks", {
        "census": (NOT_CARRIED, "plans are there, visits are not"),
        "annex-a": (NOT_CARRIED, NO_VISITS_ALL),
        "ssd": (ANSWERABLE, "start and end of each plan, and every visit"),
    }, "visits on a plan", {"clocks": ["visits-plan"]}, 2, reason="in-part"),
    Row("escalation-unresolved", alike(NOT_CARRIED, "disagreements are in none of these")),
    Row("missed-checks", alike(NOT_CARRIED, "nothing of a MASH is in any of these")),
    Row("premature-closure", {
        "census": (IN_PART, "assessments and closures; " + NO_OTHER_AGENCY),
        "annex-a": (IN_PART, "assessments and closures; " + NO_OTHER_AGENCY),
        "ssd": (IN_PART, "assessments and closures; " + NO_OTHER_AGENCY),
    }),
    Row("strategy-discussion-absent", alike(NOT_CARRIED, "strategy discussions by themselves are in none of these")),
    Row("supervision-gap", alike(NOT_CARRIED, "supervision is in none of these")),
    Row("worker-churn", {
        "census": (NOT_CARRIED, "workers are not there"),
        "annex-a": (NOT_CARRIED, "today's worker alone, without a day"),
        "ssd": (ANSWERABLE, "each involvement, its worker and its day"),
    }),
    Row("antenatal-gap", alike(NOT_CARRIED, "antenatal contacts are in none of these")),
    Row("child-not-seen", {
        "census": (NOT_CARRIED, "visits are not there"),
        "annex-a": (NOT_CARRIED, NO_VISITS_ALL + ", and no list declares the time that it covers"),
        "ssd": (NOT_CARRIED, "visits are there; no table declares the time that it covers"),
    }, reason={"census": "no-data", "annex-a": "not-covered", "ssd": "not-covered"}),
    Row("knowledge-lag", alike(NOT_CARRIED, "what was passed on to whom is in none of these")),
    Row("non-engagement", alike(NOT_CARRIED, "refusals, missed appointments and visits without access are in none of these")),
    Row("sibling-left-out", alike(NOT_CARRIED, "households are in none of these")),
    Row("voice-absent", alike(NOT_CARRIED, "none of these declares the time that it covers, or what the child said"),
        reason="not-covered"),
    Row("young-carer", alike(NOT_CARRIED, "a young carer's assessment is in none of these")),
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
