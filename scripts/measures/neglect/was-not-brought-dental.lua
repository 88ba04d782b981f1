-- Dental appointments to which nobody brought the child.

return {
  id = "was-not-brought-dental", version = "1.0.0", group = "neglect",
  title = "Was not brought to the dentist",
  definition = "of the dental appointments of the period that were kept or to which the child was not brought, those to"
    .. " which the child was not brought. Dental is an appointment whose service is dental",
  numerator = "dental appointments to which the child was not brought",
  denominator = "dental appointments kept or not brought to",
  exclusions = {
    "an appointment cancelled by the family or by the service",
    "an appointment whose service is not told",
    "an appointment whose day may lie outside the period",
  },
  pitfalls = { "a child without a dentist misses no appointment", "emergency visits count as kept" },
  evidence = { source = "A published audit of missed dental appointments of children: 134 of 1,238; the yearly report of a"
    .. " safeguarding partnership on dental neglect", standing = { "practice" } },
  needs = { all = { "was-not-brought", "appointment-kept" },
            facts = { "was-not-brought.service", "appointment-kept.service" } },
  unit = "appointments", chart = "xmr",
  measure = function(m)
    local dental = m:rows({ kind = { "was-not-brought", "appointment-kept" }, facts = { service = "dental" },
                            once = "incident" }):starting()
    return m:share { of = dental:where { kind = "was-not-brought" }, among = dental }
  end,
  examples = {
    { name = "only the dentist", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-05-13", "was-not-brought", "dental", { service = "dental" } },
                 { "A", "2024-06-10", "appointment-kept", "dental", { service = "dental" } },
                 { "A", "2024-06-11", "was-not-brought", "hospital", { service = "paediatric" } },
                 { "A", "2024-06-12", "was-not-brought", "dental" } } },
    { name = "nothing but cancelled ones", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-05-13", "appointment-cancelled", "dental", { service = "dental" } } } },
    { name = "May, or the year before", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "[2023-05-13..2024-05-13]", "appointment-kept", "dental", { service = "dental" } } } },
  },
}
