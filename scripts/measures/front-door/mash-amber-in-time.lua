-- The local clock on what the MASH rated amber.

return {
  id = "mash-amber-in-time", version = "1.0.0", group = "front-door",
  title = "Amber decided in time",
  definition = "of the MASH episodes rated amber that were opened in the period and whose time of {within} was over before"
    .. " the as-of day, those with a MASH decision on their day or within {within}. The day of the opening is day 0",
  numerator = "amber episodes decided within {within}", denominator = "amber episodes whose time of {within} is over",
  exclusions = {
    "an episode opened while another was open and nothing tells them apart",
    "an episode whose days may make a difference, or lie outside the known bank holidays",
  },
  pitfalls = {
    "red and green have no time that more than one source gives, and their hours need the time of receipt and the hours in"
      .. " which the MASH works: they are not measured",
    "the clock of a MASH begins with receipt, which may lie before the opening",
  },
  evidence = { source = "Audit of a multi-agency safeguarding hub: amber completed within one working day",
               standing = { "local" } },
  needs = { all = { "mash-start", "mash-outcome" }, facts = { "mash-start.rag" } },
  unit = "MASH episodes", chart = "xmr",
  params = {
    within = { type = "span", default = { working_days = 1 }, min = { working_days = 0 }, max = { working_days = 20 },
               doc = "time to decide on an episode rated amber", standing = "local" },
  },
  measure = function(m, p)
    local amber = m:episodes({ name = "mash", facts = { rag = "amber" } }):starting(use("windows").over(m, p.within))
    return m:share { of = amber:followed(m:rows { kind = "mash-outcome" }, { within = p.within }), among = amber }
  end,
  examples = {
    -- Friday 10 May 2024; Monday 13 May is the next working day.
    { name = "on the working day after, and a day later", from = "2024-05-01", to = "2024-05-31",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-05-10", "mash-start", "mash", { rag = "amber" } },
                 { "A", "2024-05-13", "mash-outcome", "mash", { outcome = "accepted" } },
                 { "B", "2024-05-10", "mash-start", "mash", { rag = "amber" } },
                 { "B", "2024-05-14", "mash-outcome", "mash", { outcome = "accepted" } },
                 { "C", "2024-05-10", "mash-start", "mash", { rag = "green" } } } },
    -- Friday 3 May 2024; Monday 6 May is a bank holiday.
    { name = "over the bank holiday", from = "2024-05-01", to = "2024-05-31", expect = { numerator = 1, denominator = 1 },
      events = { { "A", "2024-05-03", "mash-start", "mash", { rag = "amber" } },
                 { "A", "2024-05-07", "mash-outcome", "mash", { outcome = "early-help" } } } },
    { name = "the working day of the last is not over", from = "2024-05-01", to = "2024-05-31",
      expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-05-30", "mash-start", "mash", { rag = "amber" } } } },
    { name = "decided on Monday or on Tuesday", from = "2024-05-01", to = "2024-05-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-05-10", "mash-start", "mash", { rag = "amber" } },
                 { "A", "2024-05-13/2024-05-14", "mash-outcome", "mash", { outcome = "accepted" } } } },
  },
}
