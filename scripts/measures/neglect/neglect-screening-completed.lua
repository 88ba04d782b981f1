-- How often neglect is screened for.

return {
  id = "neglect-screening-completed", version = "1.0.0", group = "neglect",
  title = "Neglect screenings completed",
  definition = "neglect screenings completed in the period, a child each; one that several agencies tell, tied by an"
    .. " incident, once",
  numerator = "screenings completed in the period", denominator = "",
  exclusions = { "a screening whose day may lie outside the period" },
  pitfalls = { "screening tools differ from area to area; none has a score that could be compared" },
  evidence = { source = "Neglect strategies of safeguarding partnerships: use of the screening tool", standing = { "practice" } },
  needs = { any = { "screening-completed" } },
  unit = "screenings", chart = "xmr",
  measure = function(m)
    return m:count { of = m:rows({ kind = "screening-completed", once = "incident" }):starting() }
  end,
  examples = {
    { name = "two agencies, each its own", from = "2024-04-01", to = "2025-03-31", by = "agency",
      expect = { numerator = 2, group = { ["school"] = { numerator = 1 }, ["health-visiting"] = { numerator = 1 } } },
      events = { { "A", "2024-06-03", "screening-completed", "school", { instrument = "neglect-screening" } },
                 { "A", "2024-06-04", "screening-completed", "health-visiting", { instrument = "neglect-screening" } } } },
    { name = "the day before, the day after, and a doubtful one", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-31", "screening-completed", "school" },
                 { "A", "2025-04-01", "screening-completed", "school" },
                 { "B", "2025-03-31/2025-04-01", "screening-completed", "school" } } },
  },
}
