-- A concern of high significance, and nobody met to discuss it.

return {
  id = "strategy-discussion-absent", version = "1.0.0", group = "response",
  title = "No strategy discussion",
  question = "Was a concern of high significance recorded, and no strategy discussion held after it?",
  definition = "a concern rated high, each incident once, with none of these ({answers}) from its day until {within} after it."
    .. " Left out are concerns that nobody rated, and those raised while a section 47 enquiry was open",
  evidence = {
    source = "Joint targeted area inspection of Bedford 2023, main finding 28: strategy meetings not held when risk rose;"
      .. " the time is set by this product",
    standing = { "practice", "product" },
  },
  needs = {
    all = { "strategy-discussion" },
    deny = { { any = use("concern-kinds").noticed } },
    held = { concern = "high" },
  },
  params = {
    within = { type = "span", default = { working_days = 5 }, min = { working_days = 1 }, max = { working_days = 60 },
               standing = "product", doc = "time to hold the discussion" },
    answers = { type = "list", default = { "strategy-discussion", "s47-start", "icpc" }, standing = "product",
                doc = "entries that show that a discussion was held" },
  },
  outcomes = {
    absent = "No strategy discussion within {within} of the concern rated high on {from} ({late} beyond that).",
  },
  evaluate = function(child, p)
    local high = child:select { concern = true, significance = "high", rated = true }
    if high:count().possible > 0 and not use("rows").told(child, { "strategy-discussion" }) then
      return { answer = "not-assessed", reason = "no-data" }
    end
    local enquiries = child:episodes { name = "s47" }
    local held = child:select { kind = p.answers }
    return high:minus(high:during(enquiries)):unanswered { by = held, within = p.within, outcome = "absent" }
  end,
  examples = {
    -- Five working days after Monday 3 June 2024 end on Monday 10 June.
    { name = "held on the fifth working day", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-06-03", "injury", "hospital", significance = "high" },
                 { "2024-06-10", "strategy-discussion", "childrens-social-care" } } },
    { name = "held a working day late", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 }, outcome = "absent",
      events = { { "2024-06-03", "injury", "hospital", significance = "high" },
                 { "2024-06-11", "strategy-discussion", "childrens-social-care" } } },
    { name = "never held", as_of = "2024-06-11", expect = "met", evidence = { 1 },
      events = { { "2024-06-03", "injury", "hospital", significance = "high" } } },
    { name = "the last day is not over", as_of = "2024-06-10", expect = "not-met",
      events = { { "2024-06-03", "injury", "hospital", significance = "high" } } },
    -- From Thursday 2 May: 3, 7 (the 6th is a bank holiday), 8, 9 and 10 May.
    { name = "a bank holiday lies between", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-05-02", "domestic-abuse-incident", "police", { risk = "high" }, significance = "high" },
                 { "2024-05-10", "strategy-discussion", "childrens-social-care" } } },
    { name = "rated low, or by nobody", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-06-03", "hygiene-concern", "school", significance = "low" },
                 { "2024-06-04", "hygiene-concern", "school" } } },
    { name = "an enquiry was open", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-05-28", "strategy-discussion", "childrens-social-care" },
                 { "2024-05-28", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-03", "injury", "hospital", significance = "high" },
                 { "2024-06-17", "s47-end", "childrens-social-care", { outcome = "no-conference" }, episode = "S1" } } },
    { name = "the discussion may have been in time", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2 },
      events = { { "2024-06-03", "injury", "hospital", significance = "high" },
                 { "2024-06", "strategy-discussion", "childrens-social-care" } } },
  },
}
