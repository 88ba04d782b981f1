-- Open assessments that have passed their time already.

return {
  id = "assessments-open-late", version = "1.0.0", group = "assessments",
  title = "Open assessments past their time",
  definition = "of the assessments of children's social care open on the last day of the period, those that had then been"
    .. " open for more than {limit} working days; the day of the start is day 0",
  numerator = "open assessments of more than {limit} working days",
  denominator = "assessments open on the last day of the period",
  exclusions = {
    "an assessment that may have been open on that day or not",
    "an assessment begun while another was open and nothing tells them apart",
    "one whose days may make a difference, or lie outside the known bank holidays",
  },
  pitfalls = {
    "the national query 8670Q counts the last day as day 1 and so names those that began a working day later as well",
    "the limit of guidance runs from the referral; here it runs from the start of the assessment",
  },
  evidence = { source = "Children in need census, validation query 8670Q: an assessment open for more than 45 working days",
               standing = { "national-definition" } },
  needs = { all = { "assessment-start", "assessment-end" } },
  unit = "assessments", chart = "xmr",
  params = {
    limit = { type = "count", default = 45, min = 1, max = 250, doc = "working days after which an open assessment is late",
              standing = "national-definition" },
  },
  measure = function(m, p)
    local open = use("assessment-units").all(m):open_on(m.to)
    return m:share { of = open:open_for(m.to):longer_than { working_days = p.limit }, among = open }
  end,
  examples = {
    -- Nine weeks without a bank holiday lie between Monday 3 June and Monday 5 August 2024: 45 working days.
    { name = "45 working days are not more, 46 are", from = "2024-08-01", to = "2024-08-05",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-06-03", "assessment-start", "childrens-social-care" },
                 { "B", "2024-05-31", "assessment-start", "childrens-social-care" } } },
    -- The case that the national query flags: 30 January to 31 March 2023 are 45 working days, so day 0 on the Sunday before.
    { name = "the Sunday of the national query", from = "2022-04-01", to = "2023-03-31",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2023-01-29", "assessment-start", "childrens-social-care" },
                 { "B", "2022-10-14", "assessment-start", "childrens-social-care" } } },
    { name = "begun some day between", from = "2024-08-01", to = "2024-08-05",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-05-31/2024-06-03", "assessment-start", "childrens-social-care" } } },
  },
}
