-- How often the profile of graded care is used.

return {
  id = "graded-care-completed", version = "1.0.0", group = "neglect",
  title = "Graded care profiles completed",
  definition = "graded care profiles completed in the period, a child each; one that several agencies tell, tied by an"
    .. " incident, once",
  numerator = "profiles completed in the period", denominator = "",
  exclusions = { "a profile whose day may lie outside the period" },
  pitfalls = {
    "a profile of two carers of one child may stand as one or as two",
    "a profile that was begun and not concluded is none, however much it helped",
    "few profiles may mean few trained workers rather than little neglect",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: graded care profiles completed by agency and year",
               standing = { "practice" } },
  needs = { any = { "graded-care-completed" } },
  unit = "profiles", chart = "xmr",
  measure = function(m)
    return m:count { of = use("neglect-units").profiles(m):starting() }
  end,
  examples = {
    { name = "by agency", from = "2024-04-01", to = "2025-03-31", by = "agency",
      expect = { numerator = 3,
                 group = { ["childrens-social-care"] = { numerator = 2 }, ["health-visiting"] = { numerator = 1 } } },
      events = { { "A", "2024-04-01", "graded-care-completed", "childrens-social-care" },
                 { "A", "2024-10-07", "graded-care-completed", "childrens-social-care" },
                 { "B", "2025-03-31", "graded-care-completed", "health-visiting" } } },
    { name = "one profile in two returns", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 1 },
      events = { { "A", "2024-06-03", "graded-care-completed", "childrens-social-care", incident = "I1" },
                 { "A", "2024-06-03", "graded-care-completed", "health-visiting", incident = "I1" } } },
    { name = "the year is all that is known", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024", "graded-care-completed", "childrens-social-care" } } },
  },
}
