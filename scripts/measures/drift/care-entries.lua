-- Children who came into care.

return {
  id = "care-entries", version = "1.0.0", group = "drift",
  title = "Children coming into care",
  definition = "children who became looked after in the period; a child who came into care twice counts twice, a change of"
    .. " placement or of legal status is no entry",
  numerator = "entries into care in the period", denominator = "",
  exclusions = { "an entry whose day may lie outside the period", "one begun while the child was in care already" },
  pitfalls = { "series of short breaks stand in some records as entries", "asylum-seeking children without family are in it" },
  evidence = { source = "Children looked after statistics: children starting to be looked after",
               standing = { "national-definition" } },
  needs = { any = { "looked-after-start" } },
  unit = "entries", per = 10000, chart = "g",
  measure = function(m)
    return m:count { of = use("stages").care(m):starting() }
  end,
  examples = {
    { name = "twice in a year, and a day too late", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { numerator = 2 },
      events = { { "A", "2024-04-01", "looked-after-start", "childrens-social-care", ended = "2024-06-10" },
                 { "A", "2025-03-31", "looked-after-start", "childrens-social-care" },
                 { "B", "2025-04-01", "looked-after-start", "childrens-social-care" } } },
    { name = "in care already", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, left_out = { overlapping = 1 } },
      events = { { "A", "2024-04-08", "looked-after-start", "childrens-social-care", episode = "L1" },
                 { "A", "2024-06-10", "looked-after-start", "childrens-social-care", episode = "L2" } } },
  },
}
