-- What assessments name.

return {
  id = "assessment-factors", version = "1.0.0", group = "assessments",
  title = "Factors named by assessments",
  definition = "assessments of children's social care authorised in the period, by the factors that they name, in the codes"
    .. " of the children in need census (16A: neglect); an assessment with several stands in several lines, one with none"
    .. " recorded in a line of its own",
  numerator = "assessments that name the factor", denominator = "assessments authorised in the period",
  exclusions = {
    "an authorisation without a start, or before it",
    "one whose day may lie outside the period",
    "one begun while another was open and nothing tells them apart",
  },
  pitfalls = {
    "the lines add up to more than the assessments",
    "21 is a statement that there was no factor; not recorded is the absence of one",
    "a factor need not be proved, nor be the reason for the referral",
  },
  evidence = { source = "Children in need census: factors identified at the end of the assessment",
               standing = { "national-definition" } },
  needs = { all = { "assessment-start", "assessment-end" }, facts = { "assessment-end.factors" } },
  unit = "assessments", chart = "none",
  measure = function(m)
    return m:breakdown { of = use("assessment-units").authorised(m):ending(), by = "factors", at = "end" }
  end,
  examples = {
    { name = "two factors, one, and none recorded", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 3, lines = { ["3B"] = 1, ["16A"] = 2, ["not-recorded"] = 1 } },
      events = { { "A", "2024-05-13", "assessment-start", "childrens-social-care", episode = "E1" },
                 { "A", "2024-06-24", "assessment-end", "childrens-social-care", { factors = "3B 16A" }, episode = "E1" },
                 { "B", "2025-03-03", "assessment-start", "childrens-social-care", episode = "E2" },
                 { "B", "2025-03-31", "assessment-end", "childrens-social-care", { factors = "16A" }, episode = "E2" },
                 { "C", "2024-05-13", "assessment-start", "childrens-social-care", ended = "2024-06-24" } } },
    { name = "no factors, a day too late, and never started", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { denominator = 1, lines = { ["21"] = 1 }, left_out = { ["no-start"] = 1 } },
      events = { { "A", "2024-05-13", "assessment-start", "childrens-social-care", episode = "E1" },
                 { "A", "2024-06-24", "assessment-end", "childrens-social-care", { factors = "21" }, episode = "E1" },
                 { "B", "2025-03-03", "assessment-start", "childrens-social-care", episode = "E2" },
                 { "B", "2025-04-01", "assessment-end", "childrens-social-care", { factors = "16A" }, episode = "E2" },
                 { "C", "2024-06-24", "assessment-end", "childrens-social-care", { factors = "16A" } } } },
  },
}
