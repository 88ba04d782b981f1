-- Professional disagreements that were taken up formally.

return {
  id = "escalations-raised", version = "1.0.0", group = "partnership",
  title = "Escalations raised",
  definition = "professional disagreements raised in the period, a child each; one that several agencies tell, tied by an"
    .. " incident, once. Parted by agency, it is the agency whose entry it is",
  numerator = "disagreements raised in the period", denominator = "",
  exclusions = { "a disagreement whose day may lie outside the period" },
  pitfalls = {
    "more escalations may mean that the protocol is known better: the number says nothing about how well agencies agree",
    "one disagreement about three children is three",
    "a disagreement that nobody took up is on no record",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: escalations by year and agency",
               standing = { "practice" } },
  needs = { any = { "escalation-raised" } },
  unit = "escalations", chart = "xmr",
  measure = function(m)
    return m:count { of = m:rows({ kind = "escalation-raised", once = "incident" }):starting() }
  end,
  examples = {
    { name = "by agency", from = "2024-04-01", to = "2025-03-31", by = "agency",
      expect = { numerator = 3, group = { ["school"] = { numerator = 2 }, ["health-visiting"] = { numerator = 1 } } },
      events = { { "A", "2024-04-01", "escalation-raised", "school", { stage = 1 } },
                 { "B", "2024-09-09", "escalation-raised", "school", { stage = 2 } },
                 { "C", "2025-03-31", "escalation-raised", "health-visiting", { stage = 1 } } } },
    { name = "told by both sides", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 1 },
      events = { { "A", "2024-09-09", "escalation-raised", "school", { stage = 1 }, incident = "I1" },
                 { "A", "2024-09-09", "escalation-raised", "childrens-social-care", { stage = 1 }, incident = "I1" } } },
    { name = "March or April", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-25/2024-04-05", "escalation-raised", "school", { stage = 1 } } } },
  },
}
