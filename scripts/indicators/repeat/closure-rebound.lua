-- Back soon after the case was closed or help was stepped down.

return {
  id = "closure-rebound", version = "1.0.0", group = "repeat",
  title = "Back soon after closure",
  question = "Was there a contact or referral within six months of closure or step-down?",
  definition = "a contact or a referral on a later day within {within} of an end, the last day included."
    .. " An end is: {ends} (closure: the closing of a case; plan: the end of a child in need or child protection plan)",
  evidence = {
    source = "Neglect needs analysis, returns to the front door after closure and step-down; six months stands beside the"
      .. " national twelve in research on re-referral",
    standing = { "practice", "research" },
  },
  needs = {
    any = { "contact", "referral" },
    deny = {
      "contact", "referral",
      "case-closure",
      { any = { "step-down" }, when = { ends = { "closure-or-step-down", "closure-step-down-or-plan" } } },
      { any = { "cin-plan-end" }, when = { ends = { "closure-step-down-or-plan" } } },
      { any = { "cp-plan-end" }, when = { ends = { "closure-step-down-or-plan" } } },
    },
    held = { "contact", "referral", also = { "case-closure", "step-down", "cin-plan-end", "cp-plan-end" } },
  },
  params = {
    ends = {
      type = "choice", default = "closure-or-step-down",
      choices = { "closure", "closure-or-step-down", "closure-step-down-or-plan" },
      doc = "what the time is counted from", standing = "practice",
    },
    within = { type = "span", default = { days = 183 }, min = { days = 7 }, max = { months = 24 },
               doc = "how soon after the end", standing = "research" },
  },
  outcomes = {
    back = "Back at the front door within {within} of closure or step-down: {to} after {from}.",
  },
  evaluate = function(child, p)
    local kinds = { "case-closure" }
    if p.ends ~= "closure" then
      table.insert(kinds, "step-down")
    end
    if p.ends == "closure-step-down-or-plan" then
      table.insert(kinds, "cin-plan-end")
      table.insert(kinds, "cp-plan-end")
    end
    local back = child:select { kind = { "contact", "referral" } }
    return back:follows { after = child:select { kind = kinds }, within = p.within, outcome = "back" }
  end,
  examples = {
    -- 10 January 2024 and 183 days: 21 of January, 29, 31, 30, 31, 30 are 172 to 30 June; 11 July.
    { name = "a contact on the 183rd day", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 }, outcome = "back",
      events = { { "2023-03-01", "referral", "childrens-social-care" },
                 { "2024-01-10", "case-closure", "childrens-social-care" },
                 { "2024-07-11", "contact", "childrens-social-care" } } },
    { name = "on the 184th", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-03-01", "referral", "childrens-social-care" },
                 { "2024-01-10", "case-closure", "childrens-social-care" },
                 { "2024-07-12", "contact", "childrens-social-care" } } },
    { name = "referred again after a step-down", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 },
      events = { { "2023-03-01", "referral", "childrens-social-care" },
                 { "2024-01-10", "step-down", "childrens-social-care", { to_level = 2 } },
                 { "2024-03-04", "referral", "childrens-social-care" } } },
    { name = "a step-down where only closure is an end", as_of = "2024-12-31", expect = "not-met",
      params = { ends = "closure" },
      events = { { "2024-01-10", "step-down", "childrens-social-care", { to_level = 2 } },
                 { "2024-03-04", "referral", "childrens-social-care" } } },
    { name = "the end of a plan where that is an end", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 },
      params = { ends = "closure-step-down-or-plan" },
      events = { { "2023-06-05", "cin-plan-start", "childrens-social-care" },
                 { "2024-01-10", "cin-plan-end", "childrens-social-care" },
                 { "2024-03-04", "contact", "childrens-social-care" } } },
    { name = "on the day of the closure", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-03-01", "referral", "childrens-social-care" },
                 { "2024-01-10", "case-closure", "childrens-social-care" },
                 { "2024-01-10", "contact", "childrens-social-care" } } },
    { name = "a referral that only came before it", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-10-02", "referral", "childrens-social-care" },
                 { "2024-01-10", "case-closure", "childrens-social-care" } } },
    { name = "the month of the contact is all that is known", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2 },
      events = { { "2024-01-10", "case-closure", "childrens-social-care" },
                 { "2024-07", "contact", "childrens-social-care" } } },
  },
}
