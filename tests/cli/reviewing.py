"""tidemark review on good input: formats, what ends it with 1 or 3, where the as-of day comes from."""
from case import Case

FAMILY = "{source}/fixtures/long-neglect"
QUIET = "{source}/fixtures/quiet"
# No further action: nothing else asks what followed.
ENTRY = ('{"type":"event","child":"%s","occurred":"%s","agency":"childrens-social-care","kind":"referral",'
         '"facts":{"no_further_action":true}}\n')
# The second referral lies within 12 months of the first only if it was on one of the first ten days.
POSSIBLE = {"possible.ndjson": ENTRY % ("C1", "2023-01-10") + ENTRY % ("C1", "2024-01")}
MET = {"met.ndjson": ENTRY % ("C1", "2024-01-10") + ENTRY % ("C1", "2024-06-10")}
LATE = ["--as-of", "2026-01-01"]
# Fails in its line 10 for B alone.
FAILS_ONCE = {"mine/indicators/repeat/fails-once.lua": """return {
  id = "fails-once", version = "1.0.0", group = "repeat",
  title = "Referred", question = "Referred at all?", definition = "{number} referrals or more", needs = {},
  evidence = { source = "a test", standing = { "local" } },
  params = { number = { type = "count", default = 1, min = 1, max = 9, doc = "referrals" } },
  outcomes = { referred = "{count} referrals from {from} to {to}." },
  evaluate = function(child, p)
    local referrals = child:select { kind = "referral" }
    if child.id == "B" then
      return referrals.no_such_column + 1
    end
    return referrals:at_least { n = p.number, outcome = "referred" }
  end,
  examples = { { name = "one", as_of = "2024-12-31", expect = "met", evidence = { 1 },
                 events = { { "2024-03-05", "referral", "school" } } } },
}
""",
              "three.ndjson": ENTRY % ("A", "2024-01-10") + ENTRY % ("B", "2024-01-11") + ENTRY % ("C", "2024-01-12")}
FAILS = ["review", "three.ndjson", "--as-of", "2024-09-30", "--scripts", "mine"]
MANY = "".join(ENTRY % (f"C{number}", "2024-01-10") for number in range(400))


def fail_on(name, arguments, reached, files=None):
    """`reached` says which of the conditions hold."""
    return [Case(f"--fail-on {when}: {name}", ["review", "--fail-on", when, *arguments], exit=int(when in reached),
                 stdout="Prompts for review", files=files or {})
            for when in ("never", "possible", "met", "current")]


CASES = [
    Case("text by default", ["review", QUIET], stdout=["Prompts for review", "As of:    31 August 2024 (from: case folder)"],
         stderr=None),
    Case("JSON", ["review", FAMILY, "--format", "json"], stdout=['"schema": 1', '"as_of": "2024-09-30"', '"indicator": "repeat-plan"']),
    Case("HTML to a file", ["review", FAMILY, "--format", "html", "-o", "report.html"], stdout=None, stderr=None,
         present=["report.html"]),
    Case("a file is written over", ["review", QUIET, "--output", "report.txt"], stdout=None, files={"report.txt": "old"},
         present=["report.txt"]),
    Case("options may stand before and behind", ["review", "--format", "json", QUIET, "--jobs", "2"], stdout='"schema"'),
    Case("--strict: rows were set aside", ["review", "--strict", FAMILY], exit=3, stdout="Prompts for review", stderr="",
         one_line=False),
    Case("--strict: nothing is amiss", ["review", "--strict", QUIET], stdout="Prompts for review"),
    Case("without --strict partial trouble is told and fine", ["review", FAMILY], stdout="set aside"),
    Case("--explain-all adds what was not met", ["review", "--explain-all", QUIET, "--format", "json"],
         stdout=['"not_met"', '"indicator": "repeat-referral"']),
    Case("without it what was not met is left out", ["review", QUIET, "--format", "json"], stdout='"prompts"',
         lacks=['"indicator": "repeat-referral"']),
    Case("--current leaves past prompts out", ["review", "--current", FAMILY, "--format", "json"],
         stdout=['"indicator": "plan-drift"', '"indicator": "agency-silence"'], lacks=['"indicator": "repeat-plan"']),
    Case("as of the case folder", ["review", QUIET], stdout="31 August 2024 (from: case folder)"),
    Case("as of an option, before the case folder", ["review", QUIET, "--as-of", "2023-05-01"],
         stdout="1 May 2023 (from: option)"),
    Case("as of today, where nothing else says", ["review", "met.ndjson", "--today", "2025-02-03"],
         stdout="3 February 2025 (from: today)", files=MET),
    Case("the case folder before today", ["review", QUIET, "--today", "2025-02-03"], stdout="31 August 2024"),
    Case("--cumulative adds how much was recorded", ["review", FAMILY, "--format", "json", "--cumulative"],
         stdout=['"half_life_days": 180', '"line": "not-stated"', '"sustained_rise"', "no score of risk"]),
    Case("without it there is none", ["review", FAMILY, "--format", "json"], stdout='"prompts"', lacks=['"cumulative":']),
    Case("text says how much was recorded", ["review", FAMILY], stdout=["How much was recorded", "half life 180 days"]),
    Case("--with-events adds the rows", ["review", QUIET, "--format", "json", "--with-events"], stdout='"events"'),
    Case("without it no rows", ["review", QUIET, "--format", "json"], lacks=['"events"']),
    Case("standard input", ["review", "-", "--as-of", "2024-09-30"], stdin=MET["met.ndjson"].encode(),
         stdout="10 June 2024 after 10 January 2024"),
    Case("--map and --input-format count for what follows",
         ["review", "--map", QUIET + "/maps/gp.json", "--input-format", "csv", QUIET + "/gp.csv", "--as-of", "2024-08-31"],
         stdout="gp.csv"),
    Case("--jobs shows nowhere", ["review", FAMILY, "--format", "json", "--jobs", "8"], equals=["review", FAMILY, "--format", "json"]),
    Case("a script that fails for one child leaves the others", [*FAILS, "--jobs", "8"], files=FAILS_ONCE, equals=FAILS,
         stdout=["1 referrals from 10 January 2024", "fails-once: the script failed (script-error,",
                 "indicators/repeat/fails-once.lua:10)", "1 referrals from 12 January 2024"],
         lacks=["1 referrals from 11 January 2024"]),
    Case("a child who is known by an assessment alone", ["review", FAMILY + "/assessments/2024-05-08-home-conditions.json",
                                                       "--as-of", "2024-09-30"], stdout=["LN-1", "Area H is 7 of 10"]),
    Case("an assessment after the day does not count yet", ["review", FAMILY + "/assessments/2024-05-08-home-conditions.json",
                                                           "--as-of", "2024-05-09"], stdout="LN-1", lacks=["7 of 10"]),
    Case("a time limit that is not reached", ["review", QUIET, "--time-limit", "60"], stdout="Prompts for review"),
    Case("a time limit ends the whole run", ["review", "many.ndjson", "--as-of", "2024-09-30", "--time-limit", "1", "--scripts",
                                             "{source}/fixtures/bad-input/scripts-endless-evaluate", "-o", "report.txt"],
         exit=5, stdout=None, stderr="guard", files={"many.ndjson": MANY}, absent=["report.txt"]),
    Case("no colour but on a terminal", ["review", FAMILY], lacks=["\x1b["]),
    Case("--width", ["review", QUIET, "--width", "120"], stdout="A child without a prompt is not a child"),
]
CASES += fail_on("nothing found", [QUIET], [])
CASES += fail_on("met and current", [FAMILY], ["possible", "met", "current"])
CASES += fail_on("only possible", ["possible.ndjson", *LATE], ["possible"], POSSIBLE)
CASES += fail_on("met and past", ["met.ndjson", *LATE], ["possible", "met"], MET)
