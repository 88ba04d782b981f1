-- Enquiries whether a child is suffering, or likely to suffer, significant harm.

return {
  id = "s47-enquiries", version = "1.0.0", group = "child-protection",
  title = "Section 47 enquiries",
  definition = "section 47 enquiries that began in the period, a child each; one that several agencies tell, tied by an"
    .. " incident, once. Whether an earlier one had ended does not matter",
  numerator = "enquiries begun in the period", denominator = "",
  exclusions = { "an enquiry whose start may lie outside the period" },
  pitfalls = {
    "an enquiry that was recorded anew while it went on counts again",
    "enquiries that lead to no conference are part of it: a high rate says as much about the threshold as about harm",
  },
  evidence = { source = "Children in need statistics: section 47 enquiries in the year", standing = { "national-definition" } },
  needs = { any = { "s47-start" } },
  unit = "enquiries", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = m:rows({ kind = "s47-start", once = "incident" }):starting() }
  end,
  examples = {
    { name = "two of one child, the first one ended", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 3 },
      events = { { "A", "2024-04-01", "s47-start", "childrens-social-care", ended = "2024-04-19" },
                 { "A", "2024-10-07", "s47-start", "childrens-social-care" },
                 { "B", "2025-03-31", "s47-start", "childrens-social-care" } } },
    { name = "two, whatever came of the first", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2 },
      events = { { "A", "2024-06-03", "s47-start", "childrens-social-care" },
                 { "A", "2024-06-20", "icpc", "childrens-social-care" },
                 { "A", "2024-10-07", "s47-start", "childrens-social-care" } } },
    { name = "March or April, and told by two agencies", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-28/2024-04-03", "s47-start", "childrens-social-care" },
                 { "B", "2024-06-10", "s47-start", "childrens-social-care", incident = "I1" },
                 { "B", "2024-06-10", "s47-start", "police", incident = "I1" } } },
  },
}
