"""What each form can tell of the model, worked out by hand from the form's own columns: the events that a
reader must find in it, no more and no fewer. Nothing here looks at what a reader does."""
from dataclasses import dataclass

CARE, HELP = "childrens-social-care", "early-help"

# Facts in the words of the vocabulary.
YES_NO = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Event:
    child: str
    kind: str
    day: object
    agency: str = CARE
    facts: tuple = ()
    episode: str = ""  # ties a start and an end
    significance: str = ""


def facts(**values):
    return tuple(sorted((key, str(value)) for key, value in values.items() if value not in (None, "")))


def span(child, name, number, one, start_facts=(), end_facts=(), agency=CARE):
    """The start and, where there is one, the end."""
    episode = f"{child.id}-{name}-{number}"
    found = [Event(child.id, f"{name}-start", one.start, agency, start_facts, episode)]
    if one.end:
        found.append(Event(child.id, f"{name}-end", one.end, agency, end_facts, episode))
    return found


def opened(case):
    """No further action and no closure: no case was opened."""
    return not case.refused or case.closed is not None


class Full:
    """All that the model holds, whoever may carry it."""

    name = "full"
    wants_factors = wants_previous = True
    help_agency = HELP

    def referral(self, child, number, case):
        episode = f"{child.id}-case-{number}" if opened(case) else ""
        found = [Event(child.id, "referral", case.referred, CARE,
                       facts(referral_source=case.source, primary_need=case.need,
                             no_further_action=YES_NO[case.refused]), episode)]
        if case.closed:
            found.append(Event(child.id, "case-closure", case.closed, CARE, facts(closure_reason=case.reason), episode))
        return found

    def assessments(self, child, number, case):
        found = []
        for at, one in enumerate(case.assessments):
            end = facts(factors=" ".join(one.factors)) if self.wants_factors else ()
            found += span(child, "assessment", f"{number}-{at}", one, (), end)
        return found

    def support(self, child, number, case):
        return [event for at, one in enumerate(case.support)
                for event in span(child, "cin-plan", f"{number}-{at}", one)]

    def enquiries(self, child, number, case):
        found = []
        for at, one in enumerate(case.enquiries):
            outcome = facts(outcome="" if one.conference else "no-conference")
            found += span(child, "s47", f"{number}-{at}", one, (), outcome)
            if one.conference:
                found.append(Event(child.id, "icpc", one.conference, CARE,
                                   facts(due=one.target, outcome="plan" if one.led_to_plan else "no-plan")))
        if case.moved_in:
            found.append(Event(child.id, "icpc", case.moved_in, CARE, facts(outcome="plan")))
        return found

    def plans(self, child, number, case):
        found = []
        for at, one in enumerate(case.plans):
            start = facts(category=one.category, previous_plans=one.previous if self.wants_previous else None)
            found += span(child, "cp-plan", f"{number}-{at}", one, start, facts(category=one.latest))
            found += [Event(child.id, "visit", day) for day in one.visits]
            found += [Event(child.id, "cp-review", day, CARE, facts(outcome="plan")) for day in one.reviews]
        return found

    def visits(self, child, case):
        return [Event(child.id, "visit", day) for day in case.visits]

    def workers(self, child, case):
        return [Event(child.id, "allocation", day, CARE, facts(worker=worker)) for day, worker in case.workers]

    def around(self, child):
        found = [Event(child.id, "contact", day, CARE, facts(referral_source=source)) for day, source in child.contacts]
        for number, one in enumerate(child.early_help):
            found += span(child, "early-help", number, one, facts(organisation=one.detail), (), self.help_agency)
        for number, one in enumerate(child.missing):
            found += span(child, "missing", number, one)
        for number, one in enumerate(child.care):
            found += span(child, "looked-after", number, one, (), facts(reason="E8"))
        return found

    def of_case(self, child, number, case):
        return (self.referral(child, number, case) + self.assessments(child, number, case)
                + self.support(child, number, case) + self.enquiries(child, number, case)
                + self.plans(child, number, case) + self.visits(child, case) + self.workers(child, case))

    def lists(self, child):
        """Whether the child is in the form at all."""
        return True

    def events(self, child):
        found = [event for number, case in enumerate(child.cases) for event in self.of_case(child, number, case)]
        return found + self.around(child) + self.elsewhere(child)

    def elsewhere(self, child):
        return [Event(child.id, kind, day, agency, (), "", "low") for day, kind, agency in child.elsewhere]


class Ssd(Full):
    """The dataset's tables, each with its own dates. Factors stand in a table without child and day; how many
    plans there were before is in no table."""

    name = "ssd"
    wants_factors = wants_previous = False
    help_agency = CARE  # no column says whose the episode is

    def elsewhere(self, child):
        return []


class Census(Full):
    """Cases and what hangs on them. No contacts, early help, visits, workers, missing or care; an enquiry has
    no end of its own, a conference no outcome, a review neither."""

    name = "census"

    def enquiries(self, child, number, case):
        found = []
        for at, one in enumerate(case.enquiries):
            found.append(Event(child.id, "s47-start", one.start, CARE, (), f"{child.id}-s47-{number}-{at}"))
            if one.conference:
                found.append(Event(child.id, "icpc", one.conference, CARE, facts(due=one.target, not_required="no")))
        if case.moved_in:
            found.append(Event(child.id, "icpc", case.moved_in))
        return found

    def plans(self, child, number, case):
        found = []
        for at, one in enumerate(case.plans):
            found += span(child, "cp-plan", f"{number}-{at}", one,
                          facts(category=one.category, previous_plans=one.previous), facts(category=one.latest))
            found += [Event(child.id, "cp-review", day) for day in one.reviews]
        return found

    def of_case(self, child, number, case):
        return (self.referral(child, number, case) + self.assessments(child, number, case)
                + self.support(child, number, case) + self.enquiries(child, number, case)
                + self.plans(child, number, case))

    def around(self, child):
        return []

    def elsewhere(self, child):
        return []

    def lists(self, child):
        return bool(child.cases)


class AnnexA(Full):
    """Lists 1 to 8. A row of list 3 is not tied to the case that it opens; list 6 knows of a case that a child
    in need plan began and that the case was closed, not when the plan ended; of visits and reviews the latest
    alone; of workers the present one, without a day; no missing episodes, and no conference without enquiry."""

    name = "annex-a"

    def referral(self, child, number, case):
        return [Event(child.id, "referral", case.referred, CARE,
                      facts(referral_source=case.source, no_further_action=YES_NO[case.refused]))]

    def assessments(self, child, number, case):
        return [event for at, one in enumerate(case.assessments)
                for event in span(child, "assessment", f"{number}-{at}", one,
                                  facts(assessment_type="child-and-family"))]

    def enquiries(self, child, number, case):
        found = []
        for one in case.enquiries:
            found.append(Event(child.id, "s47-start", one.start))
            if one.conference:
                found.append(Event(child.id, "icpc", one.conference, CARE,
                                   facts(not_required="no", outcome="plan" if one.led_to_plan else "no-plan")))
        return found

    def support(self, child, number, case):
        """List 6: one row a case; a case of no further action is none."""
        found = []
        if case.refused or (not case.support and not case.closed):
            return found
        if case.support:
            whole = type(case.support[0])(case.support[0].start, case.closed)
            found += span(child, "cin-plan", number, whole)
        if case.visits:
            found.append(Event(child.id, "visit", case.visits[-1]))
        if case.closed:
            found.append(Event(child.id, "case-closure", case.closed, CARE, facts(closure_reason=case.reason)))
        return found

    def plans(self, child, number, case):
        found = []
        for at, one in enumerate(case.plans):
            found += span(child, "cp-plan", f"{number}-{at}", one,
                          facts(category=one.category, previous_plans=one.previous))
            found += [Event(child.id, "visit", day) for day in one.visits[-1:]]
            found += [Event(child.id, "cp-review", day) for day in one.reviews[-1:]]
        return found

    def of_case(self, child, number, case):
        return (self.referral(child, number, case) + self.assessments(child, number, case)
                + self.support(child, number, case) + self.enquiries(child, number, case)
                + self.plans(child, number, case))

    def around(self, child):
        found = [Event(child.id, "contact", day, CARE, facts(referral_source=source)) for day, source in child.contacts]
        for number, one in enumerate(child.early_help):
            found += span(child, "early-help", number, one, facts(organisation=one.detail), (), HELP)
        for number, one in enumerate(child.care):
            found += span(child, "looked-after", number, one, facts(legal_status=one.detail))
        return found

    def elsewhere(self, child):
        return []

    def lists(self, child):
        return bool(self.events(child))


FULL = Full()
FORMS = [Census(), AnnexA(), Ssd()]
