-- A plan is open, and nobody wrote down that the child was seen.

return {
  id = "child-not-seen", version = "1.0.0", group = "seen-and-heard",
  title = "Child not seen",
  question = "Was the child on a plan and not seen for longer than visits may lie apart?",
  definition = "for {within} during a child protection plan, or {child_in_need_within} during a child in need plan"
    .. " (counted: {child_in_need}), no entry of any agency says that the child was seen. The day on which the plan began, the"
    .. " child was born or was last seen, is day 0, and an entry of the last day is in time. Only times that the returns declare"
    .. " to cover are looked at. A visit ({visits}; by: {visitors}) that does not say whether the child was seen leaves it"
    .. " possible, not met",
  evidence = {
    source = "Visiting standards of local partnerships: every 10 working days on a child protection plan (elsewhere 15),"
      .. " every 20 on a child in need plan",
    standing = { "local" },
  },
  needs = {
    any = { "cp-plan-start", "cin-plan-start" },
    all = { "visit" },
    coverage = { days = 14, agencies = 1 },
    deny = { "cp-plan-start", { any = { "cin-plan-start" }, when = { child_in_need = true } } },
    held = { "cp-plan-start", "cin-plan-start" },
  },
  params = {
    within = { type = "span", default = { working_days = 10 }, min = { working_days = 1 }, max = { working_days = 120 },
               standing = "local", doc = "longest time between two days on which a child on a child protection plan is seen" },
    child_in_need = { type = "flag", default = true, standing = "local", doc = "ask of child in need plans too" },
    child_in_need_within = { type = "span", default = { working_days = 20 }, min = { working_days = 1 },
                             max = { working_days = 120 }, standing = "local",
                             doc = "the same for a child in need plan" },
    visits = { type = "list", default = { "visit", "health-visitor-contact" }, standing = "product",
               doc = "kinds of entry that may mean that the child was seen where they do not say" },
    visitors = { type = "list", standing = "product", doc = "agencies whose visits these are",
                 default = { "childrens-social-care", "early-help", "health-visiting", "school-nursing", "midwifery",
                             "community-nursing" } },
  },
  outcomes = {
    on_protection_plan = "On a child protection plan, no entry says that the child was seen after {from} up to {to}"
      .. " (longest time: {within}).",
    on_need_plan = "On a child in need plan, no entry says that the child was seen after {from} up to {to}"
      .. " (longest time: {child_in_need_within}).",
    protection_plan_not_said = "On a child protection plan, entries after {from} up to {to} do not say whether the child was"
      .. " seen (longest time: {within}).",
    need_plan_not_said = "On a child in need plan, entries after {from} up to {to} do not say whether the child was seen"
      .. " (longest time: {child_in_need_within}).",
  },
  evaluate = function(child, p)
    local seen = child:select { child_seen = "yes" }
    local born = child.born or child.expected
    local not_said = child:select { kind = p.visits, agency = p.visitors, child_seen = "not-recorded" }

    -- With every visit taken for one at which the child was seen, and with none.
    local function unseen(name, span, outcome, outcome_not_said)
      local plans = child:episodes { name = name }
      local rule = { over = span, during = plans, covered = true, from = born, outcome = outcome }
      local surely = seen:union(not_said):absent(rule)
      rule.outcome = outcome_not_said
      local perhaps = seen:absent(rule)
      if perhaps.answer == "met" then
        perhaps.answer = "possible"
      end
      return any_of { surely, perhaps }
    end

    local protection = unseen("cp-plan", p.within, "on_protection_plan", "protection_plan_not_said")
    if not p.child_in_need then
      return protection
    end
    return any_of { protection, unseen("cin-plan", p.child_in_need_within, "on_need_plan", "need_plan_not_said") }
  end,
  examples = {
    -- Ten working days after Monday 8 January 2024: 9 to 12, 15 to 19 and 22 January.
    { name = "seen on the tenth working day", as_of = "2024-02-05", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-01-22", "visit", "childrens-social-care", child_seen = "yes" } } },
    { name = "seen on the eleventh", as_of = "2024-01-31", expect = "met", evidence = { 1 }, outcome = "on_protection_plan",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-01-23", "visit", "childrens-social-care", child_seen = "yes" } } },
    { name = "the tenth working day is not over", as_of = "2024-01-22", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" } } },
    -- After Monday 25 March 2024: 26 to 28 March, then, past Good Friday and Easter Monday, 2 to 5 and 8 to 10 April.
    { name = "Easter lies between", as_of = "2024-04-11", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-03-25", "cp-plan-start", "childrens-social-care" },
                 { "2024-04-10", "visit", "childrens-social-care", child_seen = "yes" } } },
    { name = "visited, and the child was not there", as_of = "2024-01-31", expect = "met", evidence = { 1 },
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-01-15", "visit", "childrens-social-care", child_seen = "no" } } },
    { name = "visited, and the entry does not say", as_of = "2024-01-23", expect = "possible", evidence = { 1 },
      outcome = "protection_plan_not_said",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-01-15", "visit", "childrens-social-care" } } },
    { name = "housing visited, and its entry does not say", as_of = "2024-01-23", expect = "met", evidence = { 1 },
      outcome = "on_protection_plan", covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-01-15", "visit", "housing" } } },
    { name = "a plan from before birth, and the baby seen in time", born = "2024-02-12", as_of = "2024-02-27",
      expect = "not-met", covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-02-26", "visit", "childrens-social-care", child_seen = "yes" } } },
    { name = "a plan from before birth, and the baby not seen", born = "2024-02-12", as_of = "2024-02-27",
      expect = "met", evidence = { 1 }, covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" } } },
    { name = "seen on some day from the 20th to the 26th", as_of = "2024-01-31", expect = "possible", evidence = { 1, 2 },
      outcome = "on_protection_plan",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "[2024-01-20..2024-01-26]", "visit", "childrens-social-care", child_seen = "yes" } } },
    { name = "seen by the health visitor", as_of = "2024-01-31", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } },
                 ["health-visiting"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-01-18", "health-visitor-contact", "health-visiting", child_seen = "yes" } } },
    { name = "the return ends before the time does", as_of = "2024-01-31", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-01-19" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" } } },
    { name = "the plan ends before the time does", as_of = "2024-01-31", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-01-19", "cp-plan-end", "childrens-social-care" } } },
    -- Twenty working days after Monday 8 January 2024 end on Monday 5 February.
    { name = "a child in need seen on the twentieth working day", as_of = "2024-02-29", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cin-plan-start", "childrens-social-care" },
                 { "2024-02-05", "visit", "childrens-social-care", child_seen = "yes" } } },
    { name = "a child in need not seen", as_of = "2024-02-06", expect = "met", evidence = { 1 }, outcome = "on_need_plan",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cin-plan-start", "childrens-social-care" } } },
    { name = "a child in need visited, and the entry does not say", as_of = "2024-02-06", expect = "possible",
      evidence = { 1 }, outcome = "need_plan_not_said",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cin-plan-start", "childrens-social-care" },
                 { "2024-01-24", "visit", "childrens-social-care" } } },
    { name = "child in need plans are not asked of", as_of = "2024-02-06", expect = "not-met",
      params = { child_in_need = false }, covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "cin-plan-start", "childrens-social-care" } } },
  },
}
