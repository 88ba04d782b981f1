-- How far the record reaches: which agency's returns cover the period.

return {
  id = "returns-coverage", version = "1.0.0", group = "partnership",
  title = "Days covered by returns",
  definition = "days of the period that the declared returns of an agency cover, of all days in it; a declared period"
    .. " without contact is not covered, and an agency that declares nothing covers no day",
  numerator = "days of the period covered by the agency's returns", denominator = "days in the period",
  exclusions = {},
  pitfalls = {
    "a return that covers a period need not hold everything of it",
    "lone files declare nothing: without a case folder there is nothing to measure",
    "before any other figure is compared between agencies, look at this one",
  },
  evidence = { source = "Chronologies: periods without contact are stated; what is not covered is no silence",
               standing = { "practice" } },
  needs = {},
  unit = "days", chart = "none",
  measure = function(m)
    return m:coverage {}
  end,
  examples = {
    { name = "one agency all of April, another half of it", from = "2024-04-01", to = "2024-04-30",
      expect = { denominator = 30, lines = { police = 30, school = 15 } },
      events = { { "A", "2024-04-08", "police-incident", "police" }, { "A", "2024-04-09", "school-concern", "school" } },
      covers = { police = { { "2024-01-01", "2024-12-31" } }, school = { { "2024-04-16", "2024-05-31" } } } },
    { name = "two returns that overlap, and a gap between two", from = "2024-04-01", to = "2024-04-30",
      expect = { denominator = 30, lines = { police = 20, school = 20 } },
      events = { { "A", "2024-04-08", "police-incident", "police" }, { "A", "2024-04-09", "school-concern", "school" } },
      covers = { police = { { "2024-04-01", "2024-04-15" }, { "2024-04-11", "2024-04-20" } },
                 school = { { "2024-03-01", "2024-04-10" }, { "2024-04-21", "2024-04-30" } } } },
  },
}
