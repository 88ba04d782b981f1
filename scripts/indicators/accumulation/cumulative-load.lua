-- How much has built up, and whether it rises above what was usual for this child.

return {
  id = "cumulative-load", version = "1.0.0", group = "accumulation",
  title = "Concerns build up",
  question = "How much concern has built up, and does it stay above what was usual for this child?",
  definition = "incidents of concern are counted in periods of {of}, from the first day on record. What is usual for the"
    .. " child is the mean of the first {baseline} periods. From then on, what a period has above that mean and {allowance}"
    .. " more is added up, and what it has below is taken away, down to 0; more than {threshold} is a sustained rise. The"
    .. " sentence says how much has built up: all incidents since the record began, and the highest there has been when each"
    .. " counts half after {half_life}, a quarter after twice that. Referrals are left out, because they pass on what was"
    .. " noticed already",
  evidence = {
    source = "Main finding of the inspection: cumulative impact not identified. Cumulative sum: Page, Biometrika 41 (1954), a"
      .. " method of quality control; no study of children's records fixes its numbers or the half life: this product does",
    standing = { "product" },
  },
  needs = {
    any = use("concern-kinds").kinds,
    deny = { { any = use("concern-kinds").noticed } },
    held = { concern = true },
  },
  params = {
    of = { type = "span", default = { months = 1 }, min = { days = 7 }, max = { months = 6 }, doc = "length of a period" },
    baseline = { type = "count", default = 12, min = 2, max = 60, doc = "first periods, whose mean is the usual" },
    allowance = { type = "ratio", default = 0.5, min = 0, max = 100,
                  doc = "incidents a period above the usual that are let pass: half of the rise that is to be noticed" },
    threshold = { type = "ratio", default = 5, min = 0.5, max = 1000, doc = "incidents above that which must add up" },
    half_life = { type = "span", default = { days = 180 }, min = { days = 7 }, max = { days = 3650 },
                  doc = "time after which an incident counts half, in the sentence" },
  },
  outcomes = {
    rise = "{count} concerns (first: {from}; last: {to}), a sustained rise above what was usual for this child. In all,"
      .. " {unfaded} have built up; where each fades by half every {half_life}, {faded} at the highest, on {reached_on}.",
  },
  evaluate = function(child, p)
    local concerns = use("concerns").incidents(child)
    if concerns:count().possible == 0 then
      return nil
    end
    local answer = concerns:cusum { baseline = p.baseline, of = p.of, allowance = p.allowance, threshold = p.threshold,
                                    outcome = "rise" }
    if answer.answer ~= "met" and answer.answer ~= "possible" then
      return answer
    end
    local function whole(millionths)
      return { certain = (millionths.certain + 500000) // 1000000, possible = (millionths.possible + 500000) // 1000000 }
    end
    local unfaded = concerns:load { half_life = false }
    local faded, reached = concerns:load { half_life = use("spans").days(p.half_life) }
    answer.values = { unfaded = whole(unfaded), faded = whole(faded), reached_on = reached }
    return answer
  end,
  examples = {
    -- Periods from 10 January 2023. One incident in the first twelve: the mean is 1/12. Six from 10 January to 9 February
    -- 2024: 6 - 1/12 - 1/2 is 5 5/12, above 5.
    { name = "a quiet year, then six in a month", as_of = "2024-03-31", expect = "met", evidence = { 2, 3, 4, 5, 6, 7 },
      outcome = "rise",
      events = { { "2023-01-10", "school-concern", "school" },
                 { "2024-01-12", "police-incident", "police" },
                 { "2024-01-16", "hunger-concern", "school" },
                 { "2024-01-19", "hygiene-concern", "school" },
                 { "2024-01-24", "police-incident", "police" },
                 { "2024-01-30", "housing-concern", "housing" },
                 { "2024-02-05", "injury", "hospital" } } },
    -- Five are 4 5/12, and the next months take away.
    { name = "five in a month", as_of = "2024-03-31", expect = "not-met",
      events = { { "2023-01-10", "school-concern", "school" },
                 { "2024-01-12", "police-incident", "police" },
                 { "2024-01-16", "hunger-concern", "school" },
                 { "2024-01-19", "hygiene-concern", "school" },
                 { "2024-01-24", "police-incident", "police" },
                 { "2024-01-30", "housing-concern", "housing" } } },
    -- Twelve in twelve months: the mean is 1, and two a month add 1/2 each time: 2 after four months.
    { name = "a child with many concerns, and a few more", as_of = "2024-05-09", expect = "not-met",
      events = { { "2023-01-10", "school-concern", "school" }, { "2023-02-12", "police-incident", "police" },
                 { "2023-03-12", "school-concern", "school" }, { "2023-04-12", "police-incident", "police" },
                 { "2023-05-12", "school-concern", "school" }, { "2023-06-12", "police-incident", "police" },
                 { "2023-07-12", "school-concern", "school" }, { "2023-08-14", "police-incident", "police" },
                 { "2023-09-12", "school-concern", "school" }, { "2023-10-12", "police-incident", "police" },
                 { "2023-11-12", "school-concern", "school" }, { "2023-12-12", "police-incident", "police" },
                 { "2024-01-12", "hunger-concern", "school" }, { "2024-01-24", "police-incident", "police" },
                 { "2024-02-12", "hunger-concern", "school" }, { "2024-02-24", "police-incident", "police" },
                 { "2024-03-12", "hunger-concern", "school" }, { "2024-03-24", "police-incident", "police" },
                 { "2024-04-12", "hunger-concern", "school" }, { "2024-04-24", "police-incident", "police" } } },
    -- In the first year it makes the usual higher, and there are five.
    { name = "one of the six dated by a year and a month", as_of = "2024-03-31", expect = "possible",
      evidence = { 2, 3, 4, 5, 6, 7 },
      events = { { "2023-01-10", "school-concern", "school" },
                 { "2024-01-12", "police-incident", "police" },
                 { "2024-01-16", "hunger-concern", "school" },
                 { "2024-01-19", "hygiene-concern", "school" },
                 { "2024-01-24", "police-incident", "police" },
                 { "2024-01-30", "housing-concern", "housing" },
                 { "[2023-12-20..2024-02-05]", "injury", "hospital" } } },
    { name = "the referral that followed is no incident more", as_of = "2024-03-31", expect = "not-met",
      events = { { "2023-01-10", "school-concern", "school" },
                 { "2024-01-12", "police-incident", "police" },
                 { "2024-01-16", "hunger-concern", "school" },
                 { "2024-01-19", "hygiene-concern", "school" },
                 { "2024-01-24", "police-incident", "police" },
                 { "2024-01-30", "housing-concern", "housing" },
                 { "2024-01-31", "referral", "childrens-social-care" } } },
    { name = "on record for less than a year", as_of = "2024-03-31", expect = "not-assessed", reason = "too-short",
      events = { { "2023-06-10", "school-concern", "school" },
                 { "2024-01-12", "police-incident", "police" } } },
    { name = "on record for less than a year, and no concern", as_of = "2024-03-31", expect = "not-met",
      events = { { "2023-06-10", "appointment-kept", "gp" } } },
  },
}
