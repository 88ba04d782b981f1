"""tidemark scorecard: figures of a period with their definitions, and the tables laid beside them."""
import json

from case import Case

YEAR = ["--from", "2023-04-01", "--to", "2024-03-31"]
DAY = ["--as-of", "2024-09-30"]
ALL = ["--threshold", "0", "--trend", "0"]
FIXTURE = "{source}/fixtures/scorecard"
BESIDE = ["--areas", f"{FIXTURE}/areas.csv", "--compare", f"{FIXTURE}/compare.csv", "--commentary", f"{FIXTURE}/commentary.csv"]
CARE = "childrens-social-care"


def row(child, day, kind, **more):
    return json.dumps({"type": "event", "child": child, "occurred": day, "agency": CARE, "kind": kind, **more}) + "\n"


def child(name, area):
    return json.dumps({"type": "child", "id": name, "area": area}) + "\n"


# C1 has a plan that begins while another is open, C2 an end without a start, C3 a plan that ends before it starts,
# C4 one that is as it should be, C5 one whose start may lie in the year or after it.
PLANS = (child("C1", "E01") + child("C2", "E01") + child("C3", "E01") + child("C4", "E09") + child("C5", "E01")
         + row("C1", "2023-05-01", "cp-plan-start") + row("C1", "2023-09-04", "cp-plan-start")
         + row("C2", "2023-06-05", "cp-plan-end", episode="P")
         + row("C3", "2023-10-02", "cp-plan-start", episode="Q") + row("C3", "2023-07-03", "cp-plan-end", episode="Q")
         + row("C4", "2023-11-06", "cp-plan-start") + row("C4", "2024-02-05", "cp-plan-end")
         + row("C5", "2024-03/2024-04", "cp-plan-start"))
# One referral in the year; it comes back within twelve months of one before.
REFERRALS = row("C1", "2022-06-01", "referral") + row("C1", "2023-05-31", "referral", facts={"no_further_action": "no"})
BY_CLOSURE = json.dumps({"policy": 1, "title": "By closure", "measures": {
    name: {"params": {"anchor": "closure"}} for name in ("re-referral", "re-referred-children")}})
AREAS = "code,name,population\nE01,North,1000\nE02,South,\n"


def figures(stdout, **wanted):
    """Problems of a JSON scorecard: members of the one figure that each measure has for everything."""
    card, found = json.loads(stdout), []
    for name, members in wanted.items():
        measure = next((one for one in card["measures"] if one["id"] == name.replace("_", "-")), None)
        if measure is None:
            found.append(f"{name} is missing")
            continue
        figure = next(one for one in measure["figures"] if one.get("line") is None)
        found += [f"{name}.{member} is {figure.get(member)!r}, expected {value!r}" for member, value in members.items()
                  if figure.get(member) != value]
    return found


def parted(stdout):
    """Profiles by agency and year as they were published (tests/data/official/gcp2_completions_luton.csv)."""
    card = json.loads(stdout)
    groups = {number: "all" if group["all"] else group["code"] for number, group in enumerate(card["groups"])}
    numbers = {(groups[one["group"]], one["period"]): one["numerator"] for one in card["measures"][0]["figures"]}
    wanted = {"all": [482, 107, 147, 29, 131, 68], CARE: [325, 55, 105, 18, 93, 54], "health-visiting": [157, 52, 42, 11, 38, 14]}
    return [f"{code}, period {period}: {numbers.get((code, period))}, expected {count}" for code, counts in wanted.items()
            for period, count in enumerate(counts) if numbers.get((code, period)) != count]


def stages(stdout):
    card = json.loads(stdout)
    lines = {one["line"]: one["numerator"] for one in card["measures"][0]["figures"][0]["lines"]}
    expected = {"1": 31, "2": 18, "3": 9, "4": 0}
    return [f"stage {stage}: {lines.get(stage)}" for stage, count in expected.items() if lines.get(stage) != count]


def whole(**wanted):
    return lambda stdout: figures(stdout, **wanted)


CASES = [
    # --- what is typed ---
    Case("help", ["scorecard", "--help"], stdout=["--from DAY", "--by agency|area|team|year|quarter", "--threshold N", "example:"]),
    Case("no period", ["scorecard", FIXTURE], exit=2, stderr="from: name the first day of the period"),
    Case("half a period", ["scorecard", FIXTURE, "--from", "2023-04-01"], exit=2, stderr="to: name the last day of the period"),
    Case("a period that ends before it starts", ["scorecard", FIXTURE, "--from", "2024-04-01", "--to", "2024-03-31"], exit=2,
         stderr="to: expected a day that is not before the first one"),
    Case("no day", ["scorecard", FIXTURE, "--from", "April", "--to", "2024-03-31"], exit=2, stderr="expected a day such as"),
    Case("no input", ["scorecard", *YEAR], exit=2, stderr="name at least one input"),
    Case("two groups", ["scorecard", FIXTURE, *YEAR, "--by", "area", "--by", "team"], exit=2,
         stderr="at most one of agency, area and team"),
    Case("two stretches", ["scorecard", FIXTURE, *YEAR, "--by", "year", "--by", "quarter"], exit=2, stderr="one of year and quarter"),
    Case("no such group", ["scorecard", FIXTURE, *YEAR, "--by", "ward"], exit=2, stderr="expected one of"),
    Case("no such measure", ["scorecard", FIXTURE, *YEAR, "--measure", "plans-open", "--measure", "happiness"], exit=2,
         stderr="there is no measure 'happiness'; tidemark measures list shows all"),
    Case("no such measure to list", ["scorecard", FIXTURE, *YEAR, "--list", "happiness"], exit=2, stderr="list: there is no measure"),
    Case("a list is no page", ["scorecard", FIXTURE, *YEAR, "--list", "plans-open", "--format", "html"], exit=2,
         stderr="as text, json or csv"),
    Case("a threshold below zero", ["scorecard", FIXTURE, *YEAR, "--threshold", "-1"], exit=2, stderr="threshold: expected 0 to"),
    Case("too many quarters", ["scorecard", FIXTURE, *YEAR, "--trend", "81"], exit=2, stderr="trend: expected 0 to 80"),
    Case("too many threads", ["scorecard", FIXTURE, *YEAR, "--jobs", "65"], exit=2, stderr="jobs: expected 1 to 64"),
    Case("a file of areas that is not there", ["scorecard", FIXTURE, *YEAR, "--areas", "none.csv"], exit=3, stderr="none.csv"),
    Case("the output in place of the areas", ["scorecard", FIXTURE, *YEAR, "--areas", "areas.csv", "-o", "areas.csv"],
         files={"areas.csv": AREAS}, kept=["areas.csv"], exit=2, stderr="would take the place of an input"),

    # --- forms ---
    Case("text", ["scorecard", FIXTURE, *YEAR, "--measure", "plans-open"], stdout=["== Child protection ==", "plans-open 1.", "231"]),
    Case("HTML", ["scorecard", FIXTURE, *YEAR, *BESIDE, "--format", "html"], stdout=["<svg", "<table", "Re-registrations follow"],
         lacks=["<script"]),
    Case("a workbook", ["scorecard", FIXTURE, *YEAR, "--format", "xlsx", "-o", "card.xlsx"], present=["card.xlsx"]),
    Case("threads do not show", ["scorecard", FIXTURE, *YEAR, "--by", "area", "--format", "json", "--jobs", "3"], stdout='"measures"',
         equals=["scorecard", FIXTURE, *YEAR, "--by", "area", "--format", "json"]),
    Case("through a store", ["scorecard", "card.db", *YEAR, *DAY, "--format", "csv", "--measure", "plans-open-duration"],
         before=[["import", FIXTURE, "--into", "card.db"]], stdout="plans-open-duration",
         equals=["scorecard", FIXTURE, *YEAR, *DAY, "--format", "csv", "--measure", "plans-open-duration"]),
    Case("words given together or one by one", ["scorecard", FIXTURE, *YEAR, "--by", "area", "--by", "quarter", "--format", "csv"],
         stdout="plans-started", equals=["scorecard", FIXTURE, *YEAR, "--by", "area,quarter", "--format", "csv"]),

    # --- bad input: named, left out, counted ---
    Case("overlapping plans, plans without a start, ends before the start",
         ["scorecard", "plans.ndjson", *YEAR, *DAY, *ALL, "--format", "json"], files={"plans.ndjson": PLANS},
         stdout=['"overlapping"', '"no-start"', '"end-before-start"', '"date-in-doubt"'], look=whole(plans_started={"numerator": 2})),
    Case("an area that is not in the list", ["scorecard", "plans.ndjson", *YEAR, *DAY, *ALL, "--by", "area", "--areas", "areas.csv",
                                             "--format", "json"], files={"plans.ndjson": PLANS, "areas.csv": AREAS},
         stdout='"area-not-in-list"'),
    Case("a denominator of zero is none", ["scorecard", "one.ndjson", *YEAR, *DAY, *ALL, "--measure", "second-or-subsequent-plans"],
         files={"one.ndjson": REFERRALS}, stdout="none", lacks=["0.0 %", "0.0%"]),
    Case("a numerator over its denominator", ["scorecard", "one.ndjson", *YEAR, *DAY, *ALL, "--compare", "compare.csv",
                                              "--measure", "re-referral"],
         files={"one.ndjson": REFERRALS, "compare.csv": "measure,year,area_code,area,numerator,denominator\n"
                "re-referral,2023,E01,North,652,3130\nre-referral,2023,E02,South,12,10\n"},
         stdout="compare.csv"),
    Case("a comparison that is no number", ["scorecard", FIXTURE, *YEAR, "--compare", "compare.csv"],
         files={"compare.csv": "measure,year,area_code,area,numerator,denominator\nre-referral,2023,E01,North,many,3130\n"},
         exit=3, stderr="compare.csv:2:5: expected a whole number, or c where it is not published"),
    Case("an area without a code", ["scorecard", FIXTURE, *YEAR, "--areas", "areas.csv"],
         files={"areas.csv": "code,name,population\n,North,1\n"}, exit=3, stderr="areas.csv:2:1: expected the code of an area"),
    Case("areas without a column", ["scorecard", FIXTURE, *YEAR, "--areas", "areas.csv"], files={"areas.csv": "code;name\nE01;North\n"},
         exit=3, stderr="areas.csv:1: expected the columns code, name, population"),
    Case("commentary on nothing", ["scorecard", FIXTURE, *YEAR, "--commentary", "words.csv"],
         files={"words.csv": "measure,group,period,text\nhappiness,,,\"words, secret\"\n"}, exit=3,
         stderr="words.csv:2:1: expected the id of a measure", lacks=["secret"]),
    Case("two commentaries at one place", ["scorecard", FIXTURE, *YEAR, "--commentary", "words.csv"],
         files={"words.csv": "measure,group,period,text\nplans-open,,,one\nplans-open,,,two\n"}, exit=3,
         stderr="words.csv:3:4: a line above comments on the same measure, group and period"),

    # --- what is counted, as it was published (fixtures/scorecard/README.md) ---
    Case("plans of the year", ["scorecard", FIXTURE, *YEAR, *ALL, "--format", "json"], stdout='"measures"',
         look=whole(plans_started={"numerator": 387}, plans_open={"numerator": 231}, plans_ended={"numerator": 182},
                    second_or_subsequent_plans={"numerator": 82, "denominator": 387, "percent": 21.2},
                    plans_reviewed_in_time={"numerator": 135, "denominator": 155, "percent": 87.1},
                    assessment_duration={"numerator": 754, "denominator": 828, "percent": 91.1})),
    Case("profiles by agency and year", ["scorecard", FIXTURE, "--from", "2020-04-01", "--to", "2025-03-31", *ALL, "--by", "agency",
                                         "--by", "year", "--measure", "graded-care-completed", "--format", "json"],
         stdout='"graded-care-completed"', look=parted),
    Case("disagreements by stage", ["scorecard", FIXTURE, "--from", "2024-04-01", "--to", "2025-03-31", *ALL, "--measure",
                                    "escalation-stages", "--format", "json"], stdout='"escalation-stages"', look=stages),
    Case("a re-referral on the last of the twelve months", ["scorecard", "one.ndjson", *YEAR, *DAY, *ALL, "--format", "json"],
         files={"one.ndjson": REFERRALS}, stdout='"re-referral"', look=whole(re_referral={"numerator": 1, "denominator": 1})),
    Case("a re-referral by closure, with closings", ["scorecard", "one.ndjson", *YEAR, *DAY, *ALL, "--policy", "closure.json", "--measure",
                                                     "re-referral", "--format", "json"],
         files={"one.ndjson": REFERRALS + row("C1", "2022-07-01", "case-closure"), "closure.json": BY_CLOSURE}, stdout='"re-referral"',
         look=whole(re_referral={"numerator": 1, "denominator": 1})),
    Case("the children behind a figure", ["scorecard", "plans.ndjson", *YEAR, *DAY, "--list", "plans-started", "--format", "csv"],
         files={"plans.ndjson": PLANS}, stdout=["C1", "C4"]),
    Case("nothing of what is needed", ["scorecard", "one.ndjson", *YEAR, *DAY, "--measure", "graded-care-completed"],
         files={"one.ndjson": "".join(row("C1", "2023-05-31", "referral"))}, stdout="not assessed", exit=0),

    # --- measures ---
    Case("the measures", ["measures", "list"], stdout=["re-referral ", "plans-open-duration", "drift"]),
    Case("the measures as JSON", ["measures", "list", "--format", "json"], stdout='"id": "re-referral"'),
    Case("one measure", ["measures", "show", "re-referral"], stdout=["Re-referral", "Denominator: referrals in the period", "half up", "`anchor`"]),
    Case("one measure as JSON", ["measures", "show", "re-referral", "--format", "json"],
         stdout=['"denominator": "referrals in the period"', '"rounding"', '"anchor"']),
    Case("no measure named", ["measures", "show"], exit=2, stderr="id: name the measure"),
    Case("a measure that is not there", ["measures", "show", "happiness"], exit=3, stderr="there is no measure of that id"),
    Case("pages on all", ["measures", "doc", "--format", "html"], stdout=["What each figure means", "id=\"re-referral\""], lacks=["<script"]),
    Case("the examples hold", ["measures", "test"], stdout="passed", lacks=["FAILED"]),
    Case("the examples of one", ["measures", "test", "re-referral"], stdout="re-referral ", lacks=["plans-open", "FAILED"]),
    Case("the examples of a file", ["measures", "test", "{source}/scripts/measures/front-door/contacts.lua", "--format", "json"],
         stdout='"passed": true', lacks=["referrals"]),
    Case("no such file or measure", ["measures", "test", "happiness"], exit=3, stderr="no such file, nor measure"),
]


def quarters_add_up(stdout):
    """Plans started in the four quarters are those of the year."""
    card = json.loads(stdout)
    numbers = [one["numerator"] for one in card["measures"][0]["figures"] if one["group"] == 0]
    return [] if len(numbers) == 5 and numbers[0] == sum(numbers[1:]) == 387 else [f"quarters: {numbers}"]


CASES.append(Case("quarters", ["scorecard", FIXTURE, *YEAR, *ALL, "--by", "quarter", "--format", "json", "--measure", "plans-started"],
                  stdout="plans-started", look=quarters_add_up))
