"""An invented authority: 500 children and what happened to them, from a seed. Days and codes only, no names.
What a form can tell of it is said in told.py; how it is written, in forms.py."""
import calendar
import datetime
import random
from dataclasses import dataclass, field

SEED = 20240331
CHILDREN = 500
BEGINS, ENDS = datetime.date(2016, 4, 1), datetime.date(2025, 3, 31)

SOURCES = ["1A", "1B", "1C", "2A", "2B", "3A", "3C", "3E", "4", "5A", "5B", "6", "7", "8", "9", "10"]
NEEDS = ["N1", "N1", "N1", "N2", "N3", "N4", "N5"]
REASONS = ["RC1", "RC3", "RC4", "RC6", "RC7", "RC8"]
FACTORS = ["16A", "3B", "3C", "4B", "2B", "17A", "18B"]
CATEGORIES = ["neglect", "neglect", "neglect", "emotional", "emotional", "physical", "sexual"]
ELSEWHERE = [("police-incident", "police"), ("school-concern", "school"), ("hygiene-concern", "school"),
             ("hunger-concern", "school"), ("housing-concern", "housing"), ("was-not-brought", "dental")]


@dataclass
class Assessment:
    start: datetime.date
    end: datetime.date = None
    factors: list = field(default_factory=list)
    seen: bool = True


@dataclass
class Span:
    """A child in need plan, an early help episode, a time missing or in care."""
    start: datetime.date
    end: datetime.date = None
    detail: str = ""


@dataclass
class Enquiry:
    start: datetime.date
    end: datetime.date = None
    conference: datetime.date = None
    target: datetime.date = None
    led_to_plan: bool = False


@dataclass
class Plan:
    start: datetime.date
    end: datetime.date = None
    category: str = "neglect"
    latest: str = "neglect"
    previous: int = 0
    reviews: list = field(default_factory=list)
    visits: list = field(default_factory=list)


@dataclass
class Case:
    """From a referral on: what the census calls CINdetails."""
    referred: datetime.date
    source: str = "1A"
    need: str = "N1"
    refused: bool = False  # no further action
    closed: datetime.date = None
    reason: str = "RC8"
    assessments: list = field(default_factory=list)
    support: list = field(default_factory=list)  # child in need plans
    enquiries: list = field(default_factory=list)
    plans: list = field(default_factory=list)
    moved_in: datetime.date = None  # conference for a child who came on a plan elsewhere: no enquiry here
    visits: list = field(default_factory=list)
    workers: list = field(default_factory=list)  # (day, worker)


@dataclass
class Child:
    id: str
    born: datetime.date
    sex: str
    cases: list = field(default_factory=list)
    contacts: list = field(default_factory=list)  # (day, source)
    early_help: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    care: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)  # (day, kind, agency): what other agencies know


def add_months(day, months):
    """Calendar months, clamped to the end of the month."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def later(day, days):
    return day + datetime.timedelta(days=days)


class Dice:
    """Only random() is promised to give the same numbers in every Python."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def between(self, low, high):
        return low + int(self.random.random() * (high - low + 1))

    def pick(self, items):
        return items[self.between(0, len(items) - 1)]


def by_the_end(day):
    """What lies behind the last day has not happened."""
    return day if day is not None and day <= ENDS else None


class Maker:
    def __init__(self, seed):
        self.dice = Dice(seed)

    def assessment(self, start):
        dice = self.dice
        end = None if dice.chance(4) else by_the_end(later(start, dice.between(8, 75)))
        factors = sorted({dice.pick(FACTORS) for _ in range(dice.between(1, 3))}) if end else []
        return Assessment(start, end, factors, not dice.chance(8))

    def visits(self, start, end, apart):
        dice, days, day = self.dice, [], start
        while True:
            day = later(day, dice.between(apart // 2, apart * 2))
            if day > (end or ENDS):
                return days
            days.append(day)

    def plan(self, start, seen_before):
        dice = self.dice
        length = dice.pick([60, 100, 180, 240, 274, 275, 300, 365, 400, 457, 480, 640, 731, 900])
        end = by_the_end(later(start, length + dice.between(-3, 3)))
        category = dice.pick(CATEGORIES)
        plan = Plan(start, end, category, dice.pick(CATEGORIES) if dice.chance(10) else category, seen_before)
        if dice.chance(5):
            plan.previous += dice.between(1, 2)  # elsewhere, before: declared, and nowhere seen
        day = add_months(start, 3)
        while day < (end or ENDS):
            plan.reviews.append(day)
            day = add_months(day, 6)
        plan.visits = self.visits(start, end, 14)
        return plan

    def protection(self, case, day, seen_before):
        """An enquiry, often a conference, often a plan. Returns the last day of it; None: goes on."""
        dice = self.dice
        start = later(day, dice.between(0, 20))
        if start > ENDS:
            return day
        enquiry = Enquiry(start, by_the_end(later(start, dice.between(5, 25))))
        case.enquiries.append(enquiry)
        if enquiry.end is None or dice.chance(25):
            return enquiry.end
        enquiry.conference, enquiry.target = enquiry.end, later(start, 21)
        enquiry.led_to_plan = dice.chance(80)
        if not enquiry.led_to_plan:
            return enquiry.end
        case.plans.append(self.plan(enquiry.conference, seen_before))
        return case.plans[-1].end

    def support(self, case, day):
        start = later(day, self.dice.between(0, 10))
        if start > ENDS:
            return None
        end = None if self.dice.chance(5) else by_the_end(later(start, self.dice.between(30, 420)))
        case.support.append(Span(start, end))
        case.visits += self.visits(start, end, 25)
        return end

    def course(self, case, seen_before):
        """Fills an accepted referral; its last day, or None while it is open."""
        dice, day = self.dice, case.referred
        if dice.chance(92):
            case.assessments.append(self.assessment(later(day, dice.between(0, 10))))
            if case.assessments[0].start > ENDS:
                case.assessments.clear()
                return None
            day = case.assessments[0].end
        if day is None:
            return None
        way = dice.between(1, 100)
        if way <= 42:
            day = self.protection(case, case.referred, seen_before)
        if day is not None and case.assessments and case.assessments[0].end:
            day = max(day, case.assessments[0].end)
        if day is not None and (way > 65 or (case.plans and dice.chance(60))):
            day = self.support(case, day)
        return day

    def case(self, referred, seen_before):
        dice = self.dice
        case = Case(referred, dice.pick(SOURCES), dice.pick(NEEDS), dice.chance(25), reason=dice.pick(REASONS))
        if case.refused:
            case.closed = referred if dice.chance(50) else None
            return case
        end = self.course(case, seen_before)
        case.closed = None if end is None or dice.chance(3) else by_the_end(later(end, dice.between(0, 21)))
        self.allocate(case)
        return case

    def allocate(self, case):
        """A worker at the start and, in long cases, another: some of them begin a fresh assessment."""
        dice = self.dice
        day = later(case.referred, dice.between(0, 3))
        while day <= (case.closed or ENDS):
            case.workers.append((day, f"W{dice.between(1, 60):02}"))
            if len(case.workers) > 1 and dice.chance(40):
                again = later(day, dice.between(1, 20))
                if again <= (case.closed or ENDS) and (not case.assessments or case.assessments[-1].end is not None
                                                      and case.assessments[-1].end < again):
                    case.assessments.append(self.assessment(again))
            day = later(day, dice.between(150, 500))
        for assessment in case.assessments:
            if case.closed and assessment.end and assessment.end > case.closed:
                assessment.end = case.closed

    def next_referral(self, case):
        """Day of the next one, often at an edge of the twelve months; sometimes while the case is open."""
        dice = self.dice
        way = dice.between(1, 100)
        if way <= 6:
            return add_months(case.referred, 12)
        if way <= 12:
            return later(add_months(case.referred, 12), 1)
        if way <= 15:
            return case.referred
        if way <= 20:
            return later(case.referred, dice.between(5, 200))
        if case.closed is None and not case.refused:
            return None
        return later(case.closed or case.referred, dice.between(1, 365) if dice.chance(40) else dice.between(366, 1500))

    def around(self, child):
        """What stands beside cases: contacts, early help, missing, care."""
        dice = self.dice
        for case in child.cases:
            if dice.chance(60):
                child.contacts.append((later(case.referred, -dice.between(0, 30)), dice.pick(SOURCES)))
        for _ in range(dice.between(0, 2)):
            child.contacts.append((later(BEGINS, dice.between(0, 3200)), dice.pick(SOURCES)))
        if dice.chance(30):
            start = later(BEGINS, dice.between(0, 3000))
            end = None if dice.chance(20) else by_the_end(later(start, dice.between(20, 200)))
            child.early_help.append(Span(start, end, f"Family hub {dice.between(1, 5)}"))
        if dice.chance(6):
            start = later(BEGINS, dice.between(0, 3200))
            child.missing.append(Span(start, later(start, dice.between(0, 3))))
        last = child.cases[-1] if child.cases else None
        if last and last.plans and dice.chance(20):
            start = later(last.plans[0].start, dice.between(10, 200))
            if start <= ENDS:
                end = None if dice.chance(50) else by_the_end(later(start, dice.between(30, 600)))
                child.care.append(Span(start, end, dice.pick(["V2", "C1", "C2"])))

    def elsewhere(self, child):
        """Concerns of other agencies, denser and denser, and appointments missed."""
        dice, day = self.dice, later(BEGINS, self.dice.between(0, 2800))
        for at in range(dice.between(5, 12)):
            day = later(day, dice.between(2, 90 - 6 * at))
            if day <= ENDS:
                child.elsewhere.append((day,) + dice.pick(ELSEWHERE))

    def child(self, number):
        dice = self.dice
        child = Child(f"C{number:04}", later(datetime.date(2004, 1, 1), dice.between(0, 4400)), dice.pick("FM"))
        more = dice.pick([0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5])
        day = later(BEGINS, dice.between(0, 3200))
        while more > 0 and day is not None and day <= ENDS:
            seen_before = sum(len(case.plans) for case in child.cases)
            child.cases.append(self.case(day, seen_before))
            if not child.cases[-1].plans and not child.cases[-1].refused and dice.chance(1):
                child.cases[-1].moved_in = by_the_end(later(day, 10))
            day, more = self.next_referral(child.cases[-1]), more - 1
        self.around(child)
        if dice.chance(20):
            self.elsewhere(child)
        first = [case.referred for case in child.cases] + [span.start for span in child.early_help + child.missing]
        child.born = min([child.born] + first + [row[0] for row in child.contacts + child.elsewhere])
        return child


def day_of(text):
    return datetime.date.fromisoformat(text)


def referrals(*days):
    return [Case(day_of(day), closed=later(day_of(day), 20)) for day in days]


def plans(*spans):
    """One case for plans that began and ended so; "" is open."""
    case = Case(later(day_of(spans[0][0]), -21))
    for number, (start, end) in enumerate(spans):
        start = day_of(start)
        case.enquiries.append(Enquiry(later(start, -12), start, start, later(start, 9), True))
        case.plans.append(Plan(start, day_of(end) if end else None, previous=number))
    return [case]


def declared(start, previous):
    cases = plans((start, ""))
    cases[0].plans[0].previous = previous
    return cases


# Each an edge of a definition; what comes out is worked out in second.py, from the days alone.
EDGES = [
    referrals("2023-05-09", "2024-05-09"),
    referrals("2023-05-09", "2024-05-10"),
    referrals("2024-05-09", "2024-05-09"),
    referrals("2020-02-29", "2021-02-28"),
    referrals("2020-02-29", "2021-03-01"),
    referrals("2023-02-28", "2024-02-28"),
    referrals("2023-02-28", "2024-02-29"),
    referrals("2019-03-31", "2020-03-31", "2021-03-31", "2023-03-31"),
    referrals("2022-06-01", "2022-06-01", "2023-06-01"),
    referrals("2022-11-15", "2023-11-15"),
    referrals("2022-11-15", "2023-11-16"),
    plans(("2019-02-04", "2019-11-20"), ("2024-03-11", "")),
    plans(("2021-02-04", "2021-11-20"), ("2021-11-20", "2022-02-01")),
    plans(("2021-06-14", "2022-06-14"), ("2024-06-14", "2024-09-01")),
    plans(("2021-06-14", "2022-06-14"), ("2024-06-15", "2024-09-01")),
    plans(("2023-10-02", "2024-07-02")),
    plans(("2023-10-02", "2024-07-03")),
    plans(("2023-02-15", "")),
    plans(("2023-02-16", "")),
    plans(("2022-05-31", "2023-02-28")),
    plans(("2022-05-31", "2023-03-01")),
    plans(("2022-08-15", "2023-11-15")),
    plans(("2022-08-15", "2023-11-16")),
    plans(("2022-01-10", "")),
    declared("2024-02-05", 1),
    declared("2024-02-05", 0),
    declared("2020-03-02", 3),
]


def authority(count=CHILDREN):
    """The first children are the same whatever the count."""
    maker = Maker(SEED)
    children = [Child(f"E{number:03}", datetime.date(2010, 6, 15), "F", cases)
                for number, cases in enumerate(EDGES, 1)]
    return children + [maker.child(number) for number in range(1, count - len(children) + 1)]
