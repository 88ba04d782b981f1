-- An open case of which nobody wrote down that a manager looked at it.

return {
  id = "supervision-gap", version = "1.0.0", group = "response",
  title = "No recorded management oversight",
  question = "Was a case open for a long time without supervision or management oversight on the child's record?",
  definition = "no supervision or management oversight by {agencies} on record for {over}, while one case, one child in need"
    .. " plan or one child protection plan was open all the time, of those in {during}; counted from the last entry or,"
    .. " where there is none, from the start. A kind of episode whose ends the sources could not hold is left out",
  evidence = {
    source = "Joint targeted area inspection of Bedford 2023, main finding 32: supervision reflects on plans but is not"
      .. " recorded on the child's record; how often is set locally",
    standing = { "practice", "local" },
  },
  needs = {
    all = { "supervision" },
    any = { "case-closure", "cin-plan-end", "cp-plan-end" },
    deny = {
      { any = { "referral" }, when = { during = { "case" } } },
      { any = { "case-closure" }, when = { during = { "case" } } },
      { any = { "cin-plan-start" }, when = { during = { "cin-plan" } } },
      { any = { "cin-plan-end" }, when = { during = { "cin-plan" } } },
      { any = { "cp-plan-start" }, when = { during = { "cp-plan" } } },
      { any = { "cp-plan-end" }, when = { during = { "cp-plan" } } },
    },
    held = { "referral", "cin-plan-start", "cp-plan-start" },
  },
  params = {
    over = { type = "span", default = { months = 2 }, min = { days = 7 }, max = { months = 12 }, standing = "local",
             doc = "longest time between two entries of oversight" },
    during = { type = "list", default = { "case", "cin-plan", "cp-plan" }, choices = { "case", "cin-plan", "cp-plan" },
               doc = "episodes during which oversight is expected", standing = "local" },
    agencies = { type = "list", default = { "childrens-social-care" }, standing = "local",
                 doc = "agencies whose oversight counts" },
  },
  outcomes = {
    gap = "No management oversight is on record for {over} after {from} while the case or plan was open"
      .. " ({late} beyond that).",
  },
  evaluate = function(child, p)
    local rows = use "rows"
    local starts = { case = "referral", ["cin-plan"] = "cin-plan-start", ["cp-plan"] = "cp-plan-start" }
    if not child:has("referral", "cin-plan-start", "cp-plan-start") then
      return nil
    end
    if not rows.told(child, { "supervision" }) then
      return { answer = "not-assessed", reason = "no-data" }
    end
    local oversight = child:select { kind = "supervision", agency = p.agencies }
    local ends = { case = "case-closure", ["cin-plan"] = "cin-plan-end", ["cp-plan"] = "cp-plan-end" }
    local each = {}
    for _, name in ipairs(p.during) do
      if child:has(starts[name]) and rows.told(child, { ends[name] }) then
        table.insert(each, oversight:absent { over = p.over, during = child:episodes { name = name }, outcome = "gap" })
      end
    end
    return use("answers").any(each)
  end,
  examples = {
    -- Two months after Monday 8 January 2024 end on 8 March.
    { name = "a case of three months without oversight", as_of = "2024-04-08", expect = "met", evidence = { 1 },
      outcome = "gap",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "the last day of the two months is not over", as_of = "2024-03-08", expect = "not-met",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "oversight on the last day", as_of = "2024-04-08", expect = "not-met",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-03-08", "supervision", "childrens-social-care" } } },
    { name = "oversight a day late", as_of = "2024-04-08", expect = "met", evidence = { 1 },
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-03-09", "supervision", "childrens-social-care" } } },
    { name = "closed on the last day", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-03-08", "case-closure", "childrens-social-care" } } },
    { name = "supervision of the health visitor is not that of the case", as_of = "2024-04-08", expect = "met",
      evidence = { 1 },
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-02-20", "supervision", "health-visiting" } } },
    { name = "a plan alone is on record", as_of = "2024-06-30", expect = "met", evidence = { 2 },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2024-02-05", "supervision", "childrens-social-care" } } },
    { name = "the oversight may have been in time", as_of = "2024-04-08", expect = "possible", evidence = { 1, 2 },
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-03", "supervision", "childrens-social-care" } } },
    { name = "a referral without further action opens no case", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = true } } } },
  },
}
