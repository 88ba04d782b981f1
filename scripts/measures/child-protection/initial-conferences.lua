-- Initial child protection conferences.

return {
  id = "initial-conferences", version = "1.0.0", group = "child-protection",
  title = "Initial child protection conferences",
  definition = "initial child protection conferences with a day in the period, a child each; an entry which says that none"
    .. " was required is none, and one that several agencies tell, tied by an incident, is one",
  numerator = "conferences in the period", denominator = "",
  exclusions = { "a conference whose day may lie outside the period" },
  pitfalls = {
    "a conference about three children is three",
    "a conference on moving in from another area is one here where the record holds it as an initial one",
    "one that several agencies minuted without a common reference is counted once each",
  },
  evidence = { source = "Children in need statistics: initial child protection conferences in the year",
               standing = { "national-definition" } },
  needs = { any = { "icpc" } },
  unit = "conferences", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = use("conferences").held(m):starting() }
  end,
  examples = {
    { name = "held, and not required", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 2 },
      events = { { "A", "2024-06-20", "icpc", "childrens-social-care", { not_required = false, outcome = "plan" } },
                 { "B", "2024-06-20", "icpc", "childrens-social-care" },
                 { "C", "2024-06-20", "icpc", "childrens-social-care", { not_required = true } } } },
    { name = "one conference in the minutes of two agencies", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 1 },
      events = { { "A", "2024-06-20", "icpc", "childrens-social-care", incident = "I1" },
                 { "A", "2024-06-20", "icpc", "health-visiting", incident = "I1" } } },
    { name = "in the last days of the year, or the first", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2025-03-28/2025-04-02", "icpc", "childrens-social-care" } } },
  },
}
