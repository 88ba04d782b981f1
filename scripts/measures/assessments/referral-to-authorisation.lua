-- The clock of guidance: from the referral to the authorisation of the assessment.

return {
  id = "referral-to-authorisation", version = "1.0.0", group = "assessments",
  title = "From referral to authorised assessment",
  definition = "referrals that opened a case and whose first authorised assessment is of the period, by working days from"
    .. " the referral to that authorisation: the day of the referral is day 0, weekends and bank holidays are left out. A"
    .. " case that was closed before any authorisation is none; authorised on the day of the closing, it is one",
  numerator = "referrals with their assessment authorised within {limit} working days",
  denominator = "referrals whose first assessment was authorised in the period",
  exclusions = { "a referral or authorisation with a doubtful day", "days outside the known bank holidays" },
  pitfalls = {
    "this is the clock. The national statistic begins with the start of the assessment and is shorter",
    "later assessments of the same case have no such clock and are not in it",
    "a referral of an open case opens none and begins no clock",
  },
  evidence = { source = "Working Together to Safeguard Children: an assessment within 45 working days of the referral",
               standing = { "statutory" } },
  needs = { all = { "referral", "case-closure", "assessment-end" } },
  looks_back = { months = 12 },
  unit = "referrals", chart = "xmr",
  params = {
    limit = { type = "count", default = 45, min = 1, max = 250, doc = "working days that are in time", standing = "statutory" },
  },
  measure = function(m, p)
    local authorised = m:rows { kind = "assessment-end" }
    local waits = m:episodes({ name = "case" }):until_first(authorised, { before = m:rows { kind = "case-closure" } })
    return m:times { of = waits:ending(), count = "working-days", edges = use("durations").assessments, within = p.limit }
  end,
  examples = {
    -- From Monday 3 June 2024, 45 working days end on Monday 5 August.
    { name = "on the 45th working day and on the 46th", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 2, lengths = { 45, 46 }, lines = { ["41-45"] = 1, ["46-50"] = 1 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-06-10", "assessment-start", "childrens-social-care", ended = "2024-08-05" },
                 { "B", "2024-06-03", "referral", "childrens-social-care" },
                 { "B", "2024-06-10", "assessment-start", "childrens-social-care", ended = "2024-08-06" } } },
    { name = "only the first of two, and not one of the year before", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1, lengths = { 10 }, lines = { ["1-10"] = 1 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-06-04", "assessment-start", "childrens-social-care", ended = "2024-06-17" },
                 { "A", "2024-11-04", "assessment-start", "childrens-social-care", ended = "2024-12-02" },
                 { "B", "2024-01-08", "referral", "childrens-social-care" },
                 { "B", "2024-01-09", "assessment-start", "childrens-social-care", ended = "2024-03-11" },
                 { "B", "2024-06-04", "assessment-start", "childrens-social-care", ended = "2024-06-17" } } },
    { name = "closed without one; the next case is another matter", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1, lengths = { 10 }, lines = { ["1-10"] = 1 } },
      events = { { "A", "2024-04-08", "referral", "childrens-social-care" },
                 { "A", "2024-04-22", "case-closure", "childrens-social-care" },
                 { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-06-04", "assessment-start", "childrens-social-care", ended = "2024-06-17" },
                 { "A", "2024-06-17", "case-closure", "childrens-social-care" } } },
    { name = "the month of the referral is all that is known", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-05", "referral", "childrens-social-care" },
                 { "A", "2024-06-10", "assessment-start", "childrens-social-care", ended = "2024-08-05" } } },
  },
}
