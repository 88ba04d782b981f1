-- Assessment after assessment, each for a new referral or a new worker, and nothing changes.

return {
  id = "start-again", version = "1.0.0", group = "repeat",
  title = "Starting again",
  question = "Does a new referral or a new worker start a fresh assessment, while the level of help stays where it was?",
  definition = "{assessments} or more assessments begun within {within}, each after a new referral or a newly"
    .. " allocated worker, the level of response at each no higher than at the one before"
    .. " (assessments themselves left out of the level)",
  evidence = {
    source = "Joint targeted area inspection of Bedford 2023, main findings: repeat assessments and a culture of"
      .. " \"start again\"; Luton yearly report 2024/2025, Family T",
    standing = { "practice", "product" },
  },
  -- Help at the earlier assessment that is not told makes the level look as if it had risen.
  needs = {
    any = { "assessment-start" },
    deny = {
      "referral", "allocation", "early-help-start", "early-help-end", "cin-plan-start", "cin-plan-end",
      "cp-plan-start", "cp-plan-end", "looked-after-start", "looked-after-end",
    },
    held = { "assessment-start", n = { "assessments" } },
  },
  params = {
    assessments = { type = "count", default = 2, min = 2, max = 20, standing = "product",
                    doc = "assessments that make a prompt" },
    within = { type = "span", default = { months = 24 }, min = { months = 1 }, max = { months = 120 },
               standing = "product", doc = "from the first of these assessments to the last" },
  },
  outcomes = {
    again = "{count} assessments were started, each after a new referral or a new worker, and the level of help"
      .. " was no higher than before (first entry: {from}; last: {to}).",
  },
  evaluate = function(child, p)
    local starts = child:select { kind = "assessment-start" }
    local triggers = child:select { kind = { "referral", "allocation" } }
    return starts:restarts {
      n = p.assessments, within = p.within, triggers = triggers, ignore = { "assessment" }, outcome = "again",
    }
  end,
  examples = {
    { name = "two referrals, two assessments, no more help", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2, 4, 5 }, outcome = "again",
      events = { { "2023-01-09", "referral", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" },
                 { "2023-03-01", "assessment-end", "childrens-social-care" },
                 { "2024-02-05", "referral", "childrens-social-care" },
                 { "2024-02-08", "assessment-start", "childrens-social-care" } } },
    { name = "a new worker begins anew", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 4, 5 },
      events = { { "2023-01-09", "referral", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" },
                 { "2023-03-01", "assessment-end", "childrens-social-care" },
                 { "2023-06-05", "allocation", "childrens-social-care" },
                 { "2023-06-20", "assessment-start", "childrens-social-care" } } },
    { name = "the second time the child has a plan", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-01-09", "referral", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" },
                 { "2023-03-01", "assessment-end", "childrens-social-care" },
                 { "2023-09-01", "cp-plan-start", "childrens-social-care" },
                 { "2024-02-05", "referral", "childrens-social-care" },
                 { "2024-02-08", "assessment-start", "childrens-social-care" } } },
    { name = "nothing new before the second", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-01-09", "referral", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" },
                 { "2023-03-01", "assessment-end", "childrens-social-care" },
                 { "2023-10-02", "assessment-start", "childrens-social-care" } } },
    { name = "every assessment told by two returns", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2, 3, 4, 5, 6 }, outcome = "again",
      events = { { "2023-01-09", "referral", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" },
                 { "2024-02-05", "referral", "childrens-social-care" },
                 { "2024-02-08", "assessment-start", "childrens-social-care" },
                 { "2024-02-08", "assessment-start", "childrens-social-care" } } },
    { name = "two of one day are one start", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-01-09", "referral", "childrens-social-care" },
                 { "2023-01-12", "allocation", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" },
                 { "2023-01-12", "assessment-start", "childrens-social-care" } } },
    { name = "the second may lie outside the two years", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 4, 5 },
      events = { { "2022-01-10", "referral", "childrens-social-care" },
                 { "2022-01-12", "assessment-start", "childrens-social-care" },
                 { "2022-03-01", "assessment-end", "childrens-social-care" },
                 { "2023-12-04", "referral", "childrens-social-care" },
                 { "2024-01", "assessment-start", "childrens-social-care" } } },
  },
}
