-- Health appointments to which the child was not brought, as a pattern.

return {
  id = "was-not-brought", version = "1.0.0", group = "accumulation",
  title = "Not brought to health appointments",
  question = "Was the child not brought to health appointments again and again, or even once while on a plan for neglect?",
  definition = "{appointments} or more health appointments to which the child was not brought within {within};"
    .. " or {on_plan} while a child protection plan for neglect is open"
    .. " (cancelled by the family counted too: {count_cancelled})",
  evidence = {
    source = "Royal College of General Practitioners and NHS Borders on children who are not brought; local policies",
    standing = { "practice", "local" },
  },
  needs = {
    any = { "was-not-brought" },
    deny = {
      "was-not-brought", "cp-plan-start.category",
      { any = { "appointment-cancelled" }, when = { count_cancelled = true } },
    },
    held = { "was-not-brought", "appointment-cancelled" },
  },
  params = {
    appointments = { type = "count", default = 2, min = 1, max = 50, standing = "local",
                     doc = "appointments that make a prompt" },
    within = { type = "span", default = { months = 12 }, min = { days = 30 }, max = { months = 60 }, standing = "local",
               doc = "length of the window" },
    on_plan = { type = "count", default = 1, min = 1, max = 50, standing = "local",
                doc = "appointments that make a prompt while a plan for neglect is open" },
    count_cancelled = { type = "flag", default = false, standing = "local",
                        doc = "count appointments that the family cancelled or rebooked" },
  },
  outcomes = {
    missed = "Not brought to {count} health appointments (first: {from}; last: {to}).",
    one_service = "Not brought to {count} health appointments (first: {from}; last: {to}); {service} alone reaches the number.",
    on_plan = "Not brought to a health appointment while a child protection plan for neglect was open"
      .. " ({count} in all; last: {to}).",
  },
  evaluate = function(child, p)
    local kinds = { "was-not-brought" }
    if p.count_cancelled then
      table.insert(kinds, "appointment-cancelled")
    end
    local missed = child:select { kind = kinds }
    if not child:has("cp-plan-start") and missed:count().possible < p.appointments then
      return nil
    end
    -- One service that reaches the number alone is named: four dental appointments say more than four of any kind.
    local outcome, service = "missed", nil
    for _, part in ipairs(missed:by("service")) do
      local alone = part.selection:at_least { n = p.appointments, within = p.within }
      if alone.answer == "met" and not service then
        outcome, service = "one_service", part.service
      end
    end
    local repeated = missed:at_least { n = p.appointments, within = p.within, outcome = outcome }
    local plans = child:episodes { name = "cp-plan", facts = { category = "neglect" } }
    local on_plan = missed:during(plans):at_least { n = p.on_plan, within = p.within, outcome = "on_plan" }
    local answer = any_of { repeated, on_plan }
    if service then
      answer.values = { service = service }
    end
    return answer
  end,
  examples = {
    { name = "twice in a year", as_of = "2024-12-31", expect = "met", evidence = { 1, 3 }, outcome = "missed",
      events = { { "2024-02-05", "was-not-brought", "dental", { service = "dental" } },
                 { "2024-03-11", "appointment-kept", "gp", { service = "gp" } },
                 { "2024-10-21", "was-not-brought", "hospital", { service = "paediatric" } } } },
    { name = "twice to the dentist", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 }, outcome = "one_service",
      events = { { "2024-02-05", "was-not-brought", "dental", { service = "dental" } },
                 { "2024-10-21", "was-not-brought", "dental", { service = "dental" } } } },
    { name = "once", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-02-05", "was-not-brought", "dental", { service = "dental" } } } },
    { name = "once on a plan for neglect", as_of = "2024-12-31", expect = "met", evidence = { 2 }, outcome = "on_plan",
      events = { { "2024-01-15", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2024-02-05", "was-not-brought", "dental", { service = "dental" } } } },
    { name = "once on a plan for something else", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-15", "cp-plan-start", "childrens-social-care", { category = "physical" } },
                 { "2024-02-05", "was-not-brought", "dental", { service = "dental" } } } },
    { name = "cancelled by the family", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-02-05", "was-not-brought", "dental", { service = "dental" } },
                 { "2024-05-20", "appointment-cancelled", "hospital", { service = "paediatric" } } } },
    { name = "cancelled by the family, where that counts", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      params = { count_cancelled = true },
      events = { { "2024-02-05", "was-not-brought", "dental", { service = "dental" } },
                 { "2024-05-20", "appointment-cancelled", "hospital", { service = "paediatric" } } } },
    { name = "the second may be more than a year later", as_of = "2025-03-31", expect = "possible", evidence = { 1, 2 },
      events = { { "2024-02-05", "was-not-brought", "dental", { service = "dental" } },
                 { "2025-02", "was-not-brought", "hospital", { service = "paediatric" } } } },
  },
}
