-- Children about whose teeth somebody was concerned.

return {
  id = "dental-concerns", version = "1.0.0", group = "neglect",
  title = "Children with a dental concern",
  definition = "children with a dental concern in the period, each once",
  numerator = "children with a dental concern", denominator = "",
  exclusions = { "a child whose only dental concern may lie outside the period" },
  pitfalls = {
    "decay is not neglect by itself; the entry says that somebody was concerned",
    "published figures of dental neglect count hospital extractions or surveys: they are other figures",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: dental neglect", standing = { "practice" } },
  needs = { any = { "dental-concern" } },
  unit = "children", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = m:rows({ kind = "dental-concern" }):starting():first_of_child() }
  end,
  examples = {
    { name = "two of one child are one", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 2 },
      events = { { "A", "2024-05-13", "dental-concern", "school" },
                 { "A", "2024-09-09", "dental-concern", "dental" },
                 { "B", "2025-03-31", "dental-concern", "health-visiting" },
                 { "C", "2024-03-31", "dental-concern", "school" } } },
    { name = "a doubtful one beside a sure one, and alone", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-30/2024-04-02", "dental-concern", "school" },
                 { "A", "2024-09-09", "dental-concern", "dental" },
                 { "B", "2024-03-30/2024-04-02", "dental-concern", "school" } } },
  },
}
