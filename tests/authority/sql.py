"""Measures a second time, by plain SQL over the views of a store (v_referrals, v_plans, ...). Nothing here knows
how the library counts; each statement is its measure's definition, read from `tidemark measures show ID`.

A statement gives one row (numerator, denominator) or rows (line, count). It may use the day numbers n of
`working` (working days up to a day), and months_after(day, months), which SQLite's own date() is not: it makes
30 November and three months 1 March."""
import csv
import datetime
import os
import sqlite3

from model import add_months

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FIRST, LAST = datetime.date(2014, 1, 1), datetime.date(2027, 12, 31)

# Working days behind the first day, up to the second.
DAYS = "((SELECT n FROM working WHERE day = {1}) - (SELECT n FROM working WHERE day = {0}))"


def working_days(first, last):
    return DAYS.format(first, last)


def months_bins(first, last):
    """The bins of plans: three and six months are the last days of theirs, one and two years the first."""
    return (f"CASE WHEN {last} <= months_after({first}, 3) THEN '3-months-or-less'"
            f" WHEN {last} <= months_after({first}, 6) THEN '3-to-6-months'"
            f" WHEN {last} < months_after({first}, 12) THEN '6-months-to-1-year'"
            f" WHEN {last} < months_after({first}, 24) THEN '1-to-2-years' ELSE '2-years-or-more' END")


def day_bins(days, edges):
    whens = [f"WHEN {days} <= {edge} THEN '{low}-{edge}'" for low, edge in edges]
    return f"CASE {' '.join(whens)} ELSE '{edges[-1][1] + 1}-or-more' END"


COUNT = "SELECT count(*), NULL FROM {} WHERE {}"
IN_PERIOD = "day BETWEEN :from AND :to"
STARTED = "started BETWEEN :from AND :to"
ENDED = "ended BETWEEN :from AND :to AND started IS NOT NULL"
OPEN = "started <= :to AND (ended IS NULL OR ended > :to)"
OF_CARE = "(assessment_type IS NULL OR assessment_type NOT IN ('early-help', 'young-carer', 'parenting'))"
HELD = "coalesce(not_required, 'no') <> 'yes'"
NOT_RECORDED = "coalesce({}, 'not-recorded')"
BEFORE = ("EXISTS (SELECT 1 FROM v_referrals AS o WHERE o.child = r.child AND o.day < r.day"
          " AND o.day >= months_after(r.day, -12))")
# A plan that begins while another of the child is open is counted nowhere.
PLANS = ("(SELECT * FROM v_plans AS s WHERE NOT EXISTS (SELECT 1 FROM v_plans AS o WHERE o.child = s.child"
         " AND o.started < s.started AND (o.ended IS NULL OR o.ended > s.started)))")
PLAN_BEFORE = "EXISTS (SELECT 1 FROM v_plans AS o WHERE o.child = p.child AND o.started < p.started)"
OPEN_PLANS = f"(SELECT * FROM {PLANS} WHERE {OPEN})"
# The last enquiry that began by a conference, at most six months before it.
ENQUIRY = ("(SELECT max(e.started) FROM v_s47 AS e WHERE e.child = c.child AND e.started <= c.day"
           " AND e.started >= months_after(c.day, -6))")
CONFERENCE_DAYS = (f"(SELECT {working_days('began', 'held')} AS days FROM (SELECT c.day AS held, {ENQUIRY} AS began"
                   f" FROM v_conferences AS c WHERE c.day BETWEEN :from AND :to AND {HELD}) WHERE began IS NOT NULL)")
AUTHORISED = f"(SELECT started, ended, {working_days('started', 'ended')} AS days FROM v_assessments WHERE {ENDED} AND {OF_CARE})"
# A closing of the case ends an assessment that was not authorised, unless it may be of another case that was open
# when it began and is open beyond the closing.
STILL_ASSESSED = f"""{OF_CARE} AND {OPEN} AND NOT EXISTS (SELECT 1 FROM v_rows AS c WHERE c.child = a.child
    AND c.kind = 'case-closure' AND c.agency = a.agency AND c.day >= a.started AND c.day <= :to
    AND NOT EXISTS (SELECT 1 FROM v_rows AS r WHERE r.child = c.child AND r.kind = 'referral' AND r.day <= a.started
                    AND r.episode <> c.episode AND NOT EXISTS (SELECT 1 FROM v_rows AS x WHERE x.child = r.child
                        AND x.kind = 'case-closure' AND x.episode = r.episode AND x.day <= c.day)))"""
# Of each plan open for more than three months: its reviews in order, with the day before each.
REVIEWED = f"""
WITH due AS (SELECT rowid_of AS plan, child, started FROM (SELECT row_number() OVER () AS rowid_of, child, started
               FROM {OPEN_PLANS}) WHERE months_after(started, 3) < :to),
     stops AS (SELECT plan, started, r.day AS day FROM due JOIN v_reviews AS r ON r.child = due.child
               AND r.day > due.started AND r.day <= :to),
     steps AS (SELECT plan, lag(day) OVER (PARTITION BY plan ORDER BY day) AS before, day, started FROM stops)
SELECT count(*) FILTER (WHERE
         EXISTS (SELECT 1 FROM stops AS s WHERE s.plan = d.plan)
         AND NOT EXISTS (SELECT 1 FROM steps AS s WHERE s.plan = d.plan AND s.before IS NULL
                         AND s.day > months_after(s.started, 3))
         AND NOT EXISTS (SELECT 1 FROM steps AS s WHERE s.plan = d.plan AND s.before IS NOT NULL
                         AND s.day > months_after(s.before, 6))
         AND months_after((SELECT max(day) FROM stops AS s WHERE s.plan = d.plan), 6) >= :to), count(*)
FROM due AS d"""
# Ten working days from each visit to the next, the first from the start, the last to the day.
VISITED = f"""
WITH due AS (SELECT row_number() OVER () AS plan, child, started FROM {OPEN_PLANS}
               WHERE (SELECT n FROM working WHERE day = date(:to, '-1 day'))
                     - (SELECT n FROM working WHERE day = started) >= 10),
     stops AS (SELECT plan, started AS day FROM due
               UNION SELECT plan, v.day FROM due JOIN v_visits AS v ON v.child = due.child
                     AND v.agency = 'childrens-social-care' AND v.day >= due.started AND v.day <= :to
               UNION SELECT plan, :to FROM due),
     steps AS (SELECT plan, day, lag(day) OVER (PARTITION BY plan ORDER BY day) AS before FROM stops)
SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM steps AS s WHERE s.plan = d.plan AND s.before IS NOT NULL
         AND (SELECT n FROM working WHERE day = s.day) - (SELECT n FROM working WHERE day = s.before) > 10)), count(*)
FROM due AS d"""
LATELY = f"""
SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM v_visits AS v WHERE v.child = d.child
         AND v.agency = 'childrens-social-care' AND v.day >= d.started AND v.day <= :to
         AND (SELECT n FROM working WHERE day = date(:to, '-1 day')) - (SELECT n FROM working WHERE day = v.day) <= 9)),
       count(*)
FROM {OPEN_PLANS} AS d WHERE (SELECT n FROM working WHERE day = date(:to, '-1 day'))
     - (SELECT n FROM working WHERE day = d.started) >= 10"""

LINES = "SELECT {0}, count(*) FROM {1} WHERE {2} GROUP BY 1"
MEASURES = {
    "contacts": COUNT.format("v_contacts", IN_PERIOD),
    "contact-source": LINES.format(NOT_RECORDED.format("referral_source"), "v_contacts", IN_PERIOD),
    "contacts-to-referral": f"""SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM v_referrals AS r
        WHERE r.child = c.child AND r.day BETWEEN c.day AND date(c.day, '+7 days'))), count(*)
        FROM v_contacts AS c WHERE c.{IN_PERIOD} AND date(c.day, '+7 days') < :as_of""",
    "referrals": COUNT.format("v_referrals", IN_PERIOD),
    "referral-source": LINES.format(NOT_RECORDED.format("referral_source"), "v_referrals", IN_PERIOD),
    "no-further-action": f"""SELECT count(*) FILTER (WHERE no_further_action = 'yes'), count(*) FROM v_referrals
        WHERE {IN_PERIOD} AND no_further_action IS NOT NULL""",
    "re-referral": f"SELECT count(*) FILTER (WHERE {BEFORE}), count(*) FROM v_referrals AS r WHERE r.{IN_PERIOD}",
    "re-referred-children": f"""SELECT count(*) FILTER (WHERE {BEFORE}), count(*)
        FROM (SELECT child, max(day) AS day FROM v_referrals WHERE {IN_PERIOD} GROUP BY child) AS r""",
    "early-help-stepped-up": f"""SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM v_referrals AS r
        WHERE r.child = e.child AND coalesce(r.no_further_action, 'no') <> 'yes' AND r.day BETWEEN e.started AND e.ended)),
        count(*) FROM v_early_help AS e WHERE {ENDED}""",
    "assessments-started": COUNT.format("v_assessments", f"{STARTED} AND {OF_CARE}"),
    "assessments-completed": COUNT.format("v_assessments", f"{ENDED} AND {OF_CARE}"),
    "assessments-open": COUNT.format("v_assessments AS a", STILL_ASSESSED),
    "assessments-open-late": f"""SELECT count(*) FILTER (WHERE (SELECT n FROM working WHERE day = date(:to, '-1 day'))
        - (SELECT n FROM working WHERE day = a.started) >= 45), count(*) FROM v_assessments AS a WHERE {STILL_ASSESSED}""",
    "assessment-duration": f"""SELECT CASE WHEN started = ended THEN 'same-day' ELSE
        {day_bins('days', [(1, 10), (11, 20), (21, 30), (31, 40), (41, 45), (46, 50), (51, 60)])} END, count(*)
        FROM {AUTHORISED} GROUP BY 1""",
    "initial-conferences": COUNT.format("v_conferences", f"{IN_PERIOD} AND {HELD}"),
    "s47-enquiries": COUNT.format("v_s47", STARTED),
    "s47-to-conference": f"""SELECT {day_bins('days', [(0, 10), (11, 15), (16, 20)])}, count(*)
        FROM {CONFERENCE_DAYS} GROUP BY 1""",
    "plans-started": COUNT.format(PLANS, STARTED),
    "plans-started-by-category": LINES.format(NOT_RECORDED.format("category"), PLANS, STARTED),
    "plans-ended": COUNT.format(PLANS, ENDED),
    "plans-ended-duration": LINES.format(months_bins("started", "ended"), PLANS, ENDED),
    "plans-open": COUNT.format(PLANS, OPEN),
    "plans-open-by-category": LINES.format(NOT_RECORDED.format("category"), PLANS, OPEN),
    "plans-open-duration": LINES.format(months_bins("started", ":to"), PLANS, OPEN),
    "second-or-subsequent-plans": f"""SELECT count(*) FILTER (WHERE {PLAN_BEFORE} OR CAST(previous_plans AS INTEGER) >= 1),
        count(*) FROM {PLANS} AS p WHERE {STARTED}""",
    "plans-reviewed-in-time": REVIEWED,
    "visits-in-time": VISITED,
    "visited-lately": LATELY,
}
# Those whose statement gives lines; a line that it lacks is 0.
WITH_LINES = {name for name, statement in MEASURES.items() if "GROUP BY 1" in statement}


def bank_holidays():
    with open(os.path.join(ROOT, "scripts", "calendar", "england.csv"), encoding="utf-8") as file:
        return {row["date"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}


def months_after(day, months):
    return add_months(datetime.date.fromisoformat(day), months).isoformat() if day else None


def open_store(path):
    """The store, only to be read, with the calendar beside it."""
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    store.create_function("months_after", 2, months_after, deterministic=True)
    store.execute("CREATE TEMP TABLE working (day TEXT PRIMARY KEY, n INTEGER)")
    holidays, count, day = bank_holidays(), 0, FIRST
    while day <= LAST:
        count += day.weekday() < 5 and day.isoformat() not in holidays
        store.execute("INSERT INTO working VALUES (?, ?)", (day.isoformat(), count))
        day += datetime.timedelta(days=1)
    return store


def figure(store, measure, period):
    """(numerator, denominator), denominator None for a count; or {line: count}."""
    days = {name: day for name, day in period.items() if f":{name}" in MEASURES[measure]}
    rows = store.execute(MEASURES[measure], days).fetchall()
    return dict(rows) if measure in WITH_LINES else rows[0]
