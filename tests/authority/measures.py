"""Figures of a scorecard: the same in every form that carries the facts, not assessed in the others, and the same
once more in SQL over the store. Which form can give which figure is said here by hand, from the forms' columns
(told.py), and checked against what comes out."""
import json

import sql

PERIODS = [("2024-04-01", "2025-03-31"), ("2021-04-01", "2022-03-31")]
AS_OF = "2025-03-31"
FORMS = ("census", "annex-a", "ssd")

SAME = "same"
NO_DATA = "no-data"          # no column could hold what is needed
IN_PART = "in-part"          # the form holds some of it alone, such as the latest visit
NO_PROMPTS = "no-prompts"    # no form has a worklist
DIFFERS = "differs"          # another figure, for a reason that CASES names

EVERYWHERE = (SAME, SAME, SAME)
NOWHERE = (NO_DATA, NO_DATA, NO_DATA)
BESIDE_CENSUS = (NO_DATA, SAME, SAME)

# By measure: census, Annex A, Standard Safeguarding Dataset.
CELLS = {
    # The census has no contacts, no early help and no visits.
    **dict.fromkeys(("contacts", "contact-source", "contacts-to-referral", "early-help-stepped-up"), BESIDE_CENSUS),
    **dict.fromkeys(("referrals", "referral-source", "no-further-action", "re-referral", "re-referred-children"), EVERYWHERE),
    # Annex A has the first child in need plan of a case alone, so that a decision can seem later than it was.
    "decision-in-time": (SAME, DIFFERS, SAME),
    **dict.fromkeys(("mash-by-rag", "mash-amber-in-time"), NOWHERE),
    **dict.fromkeys(("assessments-started", "assessments-completed", "assessment-duration"), EVERYWHERE),
    # A closing ends the assessments of its case; in Annex A it names none, and so ends those of another case too.
    **dict.fromkeys(("assessments-open", "assessments-open-late"), (SAME, DIFFERS, SAME)),
    # Factors stand in a table of the dataset that names neither child nor day, and in none of the lists.
    **dict.fromkeys(("assessment-factors", "neglect-in-assessments"), (SAME, NO_DATA, NO_DATA)),
    **dict.fromkeys(("plans-started", "plans-started-by-category", "plans-ended", "plans-ended-duration", "plans-open",
                     "plans-open-by-category", "plans-open-duration", "neglect-in-plans", "s47-enquiries"), EVERYWHERE),
    # How many plans there were before is in no table of the dataset: what is counted are the plans that it holds.
    "second-or-subsequent-plans": EVERYWHERE,
    # Annex A has conferences that an enquiry led to, and of visits and reviews the latest.
    **dict.fromkeys(("initial-conferences", "s47-to-conference", "plans-reviewed-in-time"), (SAME, IN_PART, SAME)),
    **dict.fromkeys(("visits-in-time", "visited-lately", "child-seen", "child-seen-alone", "child-seen-not-recorded"),
                    (NO_DATA, IN_PART, SAME)),
    "discussion-to-conference": NOWHERE,
    # No form knows of profiles, screenings, appointments, dental concerns and disagreements.
    **dict.fromkeys(("graded-care-completed", "graded-care-reviewed", "neglect-referrals-with-profile",
                     "neglect-conferences-with-profile", "neglect-screening-completed", "dental-concerns",
                     "was-not-brought", "was-not-brought-dental", "escalations-raised", "escalation-stages",
                     "escalation-days", "escalations-at-high-stage", "escalations-resolved-in-time"), NOWHERE),
    "neglect-in-contacts": BESIDE_CENSUS,
    **dict.fromkeys(("prompts-by-indicator", "prompts-acted-on", "prompts-dismissed"), (NO_PROMPTS,) * 3),
    # Nothing says when an entry was written down, nor which time is covered.
    **dict.fromkeys(("recording-lag", "returns-coverage"), EVERYWHERE),
    **dict.fromkeys(("care-entries", "care-since-plan", "plan-to-care"), BESIDE_CENSUS),
    # List 6 has the closing of some cases alone.
    **dict.fromkeys(("referral-to-authorisation", "referral-to-plan", "plan-since-referral", "time-to-re-referral",
                     "back-after-closure"), (SAME, IN_PART, SAME)),
    **dict.fromkeys(("referral-to-care", "care-since-referral"), (NO_DATA, IN_PART, SAME)),
}


def figure_of(measure):
    """What the whole period has for everything: numbers and lines, or why there are none."""
    if "not_assessed" in measure:
        return "not-assessed", measure["not_assessed"]["reason"]
    whole = next(one for one in measure["figures"] if one["period"] == 0 and one["group"] == 0)
    if whole["status"] == "not-assessed":
        return "not-assessed", whole["reason"]
    lines = {one["line"]: one.get("numerator", 0) for one in whole.get("lines", [])}
    return "given", whole.get("numerator"), whole.get("denominator"), lines, whole.get("lengths")


def card(authority, form, period):
    text = authority.command("scorecard", "--from", period[0], "--to", period[1], "--as-of", AS_OF, "--threshold", "0",
                             "--trend", "0", "--format", "json", *authority.files[form])
    return {measure["id"]: figure_of(measure) for measure in json.loads(text)["measures"]}


# --- forms ---

def fault_of(cell, whole, got):
    """What is wrong with the figure of a form; "" nothing."""
    if cell == SAME:
        return "" if got == whole else f"expected {whole}, got {got}"
    if cell == DIFFERS:
        return "" if got[0] == "given" and got != whole else f"expected another figure than {whole}, got {got}"
    return "" if got == ("not-assessed", cell) else f"expected not assessed, {cell}; got {got}"


def check_forms(authority, period, whole):
    for form in FORMS:
        got, place = card(authority, form, period), FORMS.index(form)
        for measure, cells in CELLS.items():
            # A difference that one period does not happen to show is none of its figure.
            cell = SAME if cells[place] == DIFFERS and got.get(measure) == whole[measure] else cells[place]
            fault = fault_of(cell, whole[measure], got.get(measure, ("missing",)))
            authority.counts.check(not fault, f"{form} {measure} {period[0]}", fault)


def check_differences(authority):
    """What differs does so in some period, or the table is wrong."""
    for form in FORMS:
        shown = set()
        for period in PERIODS:
            whole, got = card(authority, "full", period), card(authority, form, period)
            shown |= {measure for measure in whole if got[measure] != whole[measure]}
        for measure, cells in CELLS.items():
            if cells[FORMS.index(form)] == DIFFERS:
                authority.counts.check(measure in shown, f"{form} {measure}: differs somewhere")


# --- a second time ---

def second_fault(expected, got):
    if got[0] != "given":
        return f"SQL gives {expected}, the command {got}"
    _, numerator, denominator, lines, _ = got
    if isinstance(expected, dict):
        shown = {line: count for line, count in lines.items() if count}
        return "" if shown == expected else f"SQL gives {expected}, the command {shown}"
    shown = (numerator or 0 if denominator == 0 else numerator, denominator)  # nothing to take a share of
    return "" if shown == tuple(expected) else f"SQL gives {expected}, the command {got[1:3]}"


def check_second(authority, store, period, whole):
    days = {"from": period[0], "to": period[1], "as_of": AS_OF}
    for measure in sql.MEASURES:
        fault = second_fault(sql.figure(store, measure, days), whole[measure])
        authority.counts.check(not fault, f"{measure} {period[0]}: as SQL over the store has it", fault)


def check(authority):
    listed = {line.split()[0] for line in authority.command("measures", "list").decode().splitlines()}
    lacking = sorted(listed ^ set(CELLS))
    authority.counts.check(bool(listed) and not lacking, "each measure has its row", str(lacking))
    authority.command("import", "--into", "full.db", *authority.files["full"])
    store = sql.open_store(f"{authority.folder}/full.db")
    for period in PERIODS:
        whole = card(authority, "full", period)
        check_forms(authority, period, whole)
        check_second(authority, store, period, whole)
    check_differences(authority)
    store.close()
