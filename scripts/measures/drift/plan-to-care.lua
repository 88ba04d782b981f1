-- From child protection plan to care, by cohort of plan.

return {
  id = "plan-to-care", version = "1.0.0", group = "drift",
  title = "From child protection plan to care, by cohort",
  definition = "child protection plans that started in the period, followed from their start to the first day on or after it"
    .. " on which the child became looked after; where the child has not by the last day of the period, still waiting. End"
    .. " of the plan: {ended} (runs-on: the child is followed beyond it; stops: the waiting ends there without care, on its"
    .. " own day not yet). The shares are those of Kaplan and Meier with 95 % limits, after 3, 6, 12 and 24 calendar months",
  numerator = "plans followed by an entry into care", denominator = "plans started in the period",
  exclusions = { "a plan or entry with a doubtful day", "a plan begun while another of the child was open" },
  pitfalls = {
    "a plan that ends well leads to no care: a share is neither good nor bad by itself",
    "the last plans of the period have been followed for a short time",
    "with stops, an ended plan is taken to be as likely to come to care as an open one, and the share comes out too high",
  },
  evidence = { source = "Reviews: children left too long; Kaplan and Meier, Journal of the American Statistical Association 1958",
               standing = { "practice", "product" } },
  needs = { all = { "cp-plan-start", "cp-plan-end", "looked-after-start" } },
  unit = "plans", chart = "none",
  params = {
    ended = { type = "choice", default = "runs-on", choices = { "runs-on", "stops" }, standing = "product",
              doc = "whether the end of the plan ends the waiting" },
  },
  measure = function(m, p)
    local stages = use "stages"
    local ends = p.ended == "stops" and m:rows { kind = "cp-plan-end" } or nil
    return stages.waiting(m, stages.plans(m), stages.care(m), ends)
  end,
  examples = {
    { name = "into care on the day the plan ended; ended without; waiting", from = "2024-04-01", to = "2025-03-31",
      params = { ended = "stops" },
      expect = { numerator = 1, denominator = 3, lengths = { 30 }, waiting = { 30, 90 } },
      events = { { "A", "2024-06-03", "cp-plan-start", "childrens-social-care", ended = "2024-07-03" },
                 { "A", "2024-07-03", "looked-after-start", "childrens-social-care" },
                 { "B", "2024-06-03", "cp-plan-start", "childrens-social-care", ended = "2024-07-03" },
                 { "B", "2024-07-04", "looked-after-start", "childrens-social-care" },
                 { "C", "2024-12-31", "cp-plan-start", "childrens-social-care" } } },
    { name = "followed beyond its end", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1, lengths = { 31 } },
      events = { { "B", "2024-06-03", "cp-plan-start", "childrens-social-care", ended = "2024-07-03" },
                 { "B", "2024-07-04", "looked-after-start", "childrens-social-care" } } },
    { name = "two plans at once", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1, lengths = { 30 }, left_out = { overlapping = 1 } },
      events = { { "A", "2024-06-03", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "A", "2024-06-10", "cp-plan-start", "childrens-social-care", episode = "P2" },
                 { "A", "2024-07-03", "looked-after-start", "childrens-social-care" } } },
  },
}
