"""Three definitions a second time, from the model's days alone: what must be met, since when, and on which
days its evidence lies. Nothing here knows events, readers or windows of the engine."""
from model import add_months

MILESTONES = [9, 12, 15, 21, 24]


def answer(evidence, first_met):
    return ("met", first_met.isoformat(), sorted({day.isoformat() for day in evidence})) if evidence else None


def repeat_referral(child, as_of):
    """Each referral with one on an earlier day, at most twelve calendar months before it."""
    days = sorted(case.referred for case in child.cases if case.referred <= as_of)
    evidence, again = set(), []
    for day in days:
        before = [other for other in days if add_months(day, -12) <= other < day]
        if before:
            again.append(day)
            evidence.update(before + [day])
    return answer(evidence, min(again, default=None))


def all_plans(child, as_of):
    return [plan for case in child.cases for plan in case.plans if plan.start <= as_of]


def repeat_plan(child, as_of, declared=True):
    """A start on a later day than another; else one that declares earlier plans."""
    starts = sorted(plan.start for plan in all_plans(child, as_of))
    if starts and starts[-1] > starts[0]:
        return answer(starts, min(day for day in starts if day > starts[0]))
    telling = [plan.start for plan in all_plans(child, as_of) if declared and plan.previous > 0]
    return answer(telling, min(telling, default=None))


def plan_drift(child, as_of):
    """A plan open at the end of the day of its first milestone; an end on that day closes it."""
    evidence, reached = [], []
    for plan in all_plans(child, as_of):
        milestone = add_months(plan.start, MILESTONES[0])
        if milestone > as_of or (plan.end and plan.end <= milestone):
            continue
        reached.append(milestone)
        evidence += [plan.start] + ([plan.end] if plan.end and plan.end <= as_of else [])
    return answer(evidence, min(reached, default=None))
