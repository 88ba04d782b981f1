-- Brothers and sisters were assessed or planned for, and this child was not.

return {
  id = "sibling-left-out", version = "1.0.0", group = "seen-and-heard",
  title = "Left out beside siblings",
  question = "Was a brother or sister assessed or given a plan, and this child not?",
  definition = "an assessment of another child of the household began, and none of this child began and no plan for this child"
    .. " did within {within} before or after, nor was one open on that day; or a child in need or child protection plan for"
    .. " another child of the household began, and the same holds of plans for this child, becoming looked after included. From"
    .. " birth to the 18th birthday; where the day of birth is not known, possible at most",
  evidence = {
    source = "Multi-agency audit of neglect: in large groups of siblings the needs of each child were not identified one by"
      .. " one; number set by this product",
    standing = { "practice", "product" },
  },
  needs = {
    any = { "assessment-start", "cin-plan-start", "cp-plan-start" },
    deny = { "assessment-start", "cin-plan-start", "cp-plan-start" },
  },
  params = {
    within = { type = "span", default = { days = 90 }, min = { days = 1 }, max = { months = 12 }, standing = "product",
               doc = "time before and after in which this child's own counts" },
  },
  outcomes = {
    not_assessed = "A brother or sister was assessed ({from}); this child was not, within {within} before or after, and had no"
      .. " assessment or plan open.",
    not_planned = "A plan for a brother or sister began ({from}); none for this child did, within {within} before or after, and"
      .. " none was open.",
  },
  evaluate = function(child, p)
    if not child.household_known then
      return { answer = "not-assessed", reason = "no-data" }
    end
    local born = child.born or child.expected
    local last = child.born and calendar.add(child.born, { months = 216 }) - 1 or child.as_of
    last = math.min(last, child.died or last)

    -- Starts of the siblings on a day on which this child was born and nothing of its own was open.
    local function starts(kinds, open)
      local theirs = {}
      for _, sibling in ipairs(child:siblings()) do
        table.insert(theirs, sibling:select { kind = kinds, from = born, to = last })
      end
      local all = child:beside(theirs)
      for _, name in ipairs(open) do
        all = all:minus(all:during(child:episodes { name = name }))
      end
      return all
    end

    local function left_out(theirs, own, open, outcome)
      local answer = starts(theirs, open):unanswered {
        by = child:select { kind = own }, within = p.within, before = p.within, outcome = outcome,
      }
      if answer.answer == "met" and not child.born then
        answer.answer = "possible"
      end
      return answer
    end

    local plans = { "cin-plan-start", "cp-plan-start" }
    local own_plans = { "cin-plan-start", "cp-plan-start", "looked-after-start" }
    local own = { "assessment-start", "cin-plan-start", "cp-plan-start", "looked-after-start" }
    local open_plans = { "cin-plan", "cp-plan", "looked-after" }
    return any_of {
      left_out(plans, own_plans, open_plans, "not_planned"),
      left_out({ "assessment-start" }, own, { "assessment", "cin-plan", "cp-plan", "looked-after" }, "not_assessed"),
    }
  end,
  examples = {
    -- Ninety days after 4 March 2024: 27 in March, 30, 31, and 2 in June.
    { name = "a brother assessed, and this child not", born = "2018-05-14", as_of = "2024-09-30", expect = "met",
      evidence = { 1 }, outcome = "not_assessed", events = {},
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "this child assessed on the ninetieth day", born = "2018-05-14", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-06-02", "assessment-start", "childrens-social-care" } },
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "this child assessed a day later", born = "2018-05-14", as_of = "2024-09-30", expect = "met",
      evidence = { 1, 2 },
      events = { { "2024-06-03", "assessment-start", "childrens-social-care" } },
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "the ninetieth day is not over", born = "2018-05-14", as_of = "2024-06-02", expect = "not-met", events = {},
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "this child has been on a plan for a year", born = "2018-05-14", as_of = "2024-09-30", expect = "not-met",
      events = { { "2023-03-06", "cp-plan-start", "childrens-social-care" } },
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" },
                                                     { "2024-04-08", "cp-plan-start", "childrens-social-care" } } } } },
    { name = "all three assessed, a plan for the other two", born = "2018-05-14", as_of = "2024-09-30", expect = "met",
      evidence = { 2, 3 }, outcome = "not_planned",
      events = { { "2024-03-04", "assessment-start", "childrens-social-care", episode = "A1" } },
      siblings = { { born = "2020-02-10", events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" } } },
                   { born = "2021-07-05", events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" } } } } },
    { name = "before this child was born", born = "2024-03-05", as_of = "2024-09-30", expect = "not-met", events = {},
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "this child was of age", born = "2006-03-04", as_of = "2024-09-30", expect = "not-met", events = {},
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "this child assessed on some day in June", born = "2018-05-14", as_of = "2024-09-30", expect = "possible",
      evidence = { 1, 2 },
      events = { { "2024-06", "assessment-start", "childrens-social-care" } },
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "the day of birth is not known", as_of = "2024-09-30", expect = "possible", evidence = { 1 }, events = {},
      siblings = { { born = "2020-02-10", events = { { "2024-03-04", "assessment-start", "childrens-social-care" } } } } },
    { name = "an only child", born = "2018-05-14", as_of = "2024-09-30", expect = "not-met", events = {}, siblings = {} },
    { name = "no household is on record", born = "2018-05-14", as_of = "2024-09-30", expect = "not-assessed",
      reason = "no-data", events = {} },
  },
}
