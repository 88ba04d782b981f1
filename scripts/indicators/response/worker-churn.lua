-- Workers that change too often to know the history.

return {
  id = "worker-churn", version = "1.0.0", group = "response",
  title = "Workers keep changing",
  question = "Did workers change too often for any of them to know the history?",
  definition = "{workers} or more different workers of one agency were allocated to the child within {within}."
    .. " An allocation that does not say who was allocated is left out",
  evidence = {
    source = "Luton yearly report 2024/2025, Family T: turnover of workers in extreme chronic neglect; the numbers are set by"
      .. " this product",
    standing = { "practice", "product" },
  },
  needs = {
    any = { "allocation" },
    deny = { "allocation.worker" },
    held = { "allocation" },
  },
  params = {
    workers = { type = "count", default = 3, min = 2, max = 50, standing = "product",
                doc = "different workers that make a prompt" },
    within = { type = "span", default = { months = 12 }, min = { days = 28 }, max = { months = 60 }, standing = "product",
               doc = "length of the window" },
  },
  outcomes = {
    churn = "{count} different workers of one agency were allocated from {from} to {to}, {workers} or more within {within}.",
  },
  evaluate = function(child, p)
    local each = {}
    for _, part in ipairs(child:select({ kind = "allocation" }):by "agency") do
      table.insert(each, part.selection:at_least { n = p.workers, within = p.within, different = "worker",
                                                   outcome = "churn" })
    end
    return use("answers").any(each)
  end,
  examples = {
    { name = "three social workers in ten months", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 },
      outcome = "churn",
      events = { { "2024-01-15", "allocation", "childrens-social-care", { worker = "SW1" } },
                 { "2024-06-03", "allocation", "childrens-social-care", { worker = "SW2" } },
                 { "2024-11-04", "allocation", "childrens-social-care", { worker = "SW3" } } } },
    { name = "the anniversary counts", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 },
      events = { { "2023-05-09", "allocation", "childrens-social-care", { worker = "SW1" } },
                 { "2023-10-02", "allocation", "childrens-social-care", { worker = "SW2" } },
                 { "2024-05-09", "allocation", "childrens-social-care", { worker = "SW3" } } } },
    { name = "a day more than a year", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-05-09", "allocation", "childrens-social-care", { worker = "SW1" } },
                 { "2023-10-02", "allocation", "childrens-social-care", { worker = "SW2" } },
                 { "2024-05-10", "allocation", "childrens-social-care", { worker = "SW3" } } } },
    { name = "the first worker came back", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-15", "allocation", "childrens-social-care", { worker = "SW1" } },
                 { "2024-06-03", "allocation", "childrens-social-care", { worker = "SW2" } },
                 { "2024-11-04", "allocation", "childrens-social-care", { worker = "SW1" } } } },
    { name = "workers of two agencies", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-15", "allocation", "childrens-social-care", { worker = "SW1" } },
                 { "2024-06-03", "allocation", "early-help", { worker = "FW1" } },
                 { "2024-11-04", "allocation", "childrens-social-care", { worker = "SW3" } } } },
    { name = "the third allocation does not say who", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-15", "allocation", "childrens-social-care", { worker = "SW1" } },
                 { "2024-06-03", "allocation", "childrens-social-care", { worker = "SW2" } },
                 { "2024-11-04", "allocation", "childrens-social-care" } } },
    { name = "the first is dated by its month", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2, 3 },
      events = { { "2023-05", "allocation", "childrens-social-care", { worker = "SW1" } },
                 { "2023-10-02", "allocation", "childrens-social-care", { worker = "SW2" } },
                 { "2024-05-10", "allocation", "childrens-social-care", { worker = "SW3" } } } },
  },
}
