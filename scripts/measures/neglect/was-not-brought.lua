-- Appointments to which nobody brought the child.

return {
  id = "was-not-brought", version = "1.0.0", group = "neglect",
  title = "Was not brought",
  definition = "of the health appointments of the period that were kept or to which the child was not brought, those to"
    .. " which the child was not brought; one appointment that several agencies tell, tied by an incident, once",
  numerator = "appointments to which the child was not brought", denominator = "appointments kept or not brought to",
  exclusions = {
    "an appointment cancelled by the family or by the service",
    "an appointment whose day may lie outside the period",
  },
  pitfalls = {
    "cancelling again and again is a way of not bringing a child, and is not in this figure",
    "agencies that return only what was missed have no kept appointments: their share is 100 % and says nothing",
    "services differ: therapies have more missed appointments than surgeries",
  },
  evidence = { source = "Policies on children not brought to appointments; a published audit of missed dental appointments"
    .. " counts them the same way", standing = { "practice" } },
  needs = { all = { "was-not-brought", "appointment-kept" } },
  unit = "appointments", chart = "xmr",
  measure = function(m)
    local all = m:rows({ kind = { "was-not-brought", "appointment-kept" }, once = "incident" }):starting()
    return m:share { of = all:where { kind = "was-not-brought" }, among = all }
  end,
  examples = {
    { name = "one of three; cancelled ones are none", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-05-13", "was-not-brought", "hospital", { service = "paediatric" } },
                 { "A", "2024-06-10", "appointment-kept", "hospital", { service = "paediatric" } },
                 { "B", "2025-03-31", "appointment-kept", "gp", { service = "gp" } },
                 { "B", "2024-06-10", "appointment-cancelled", "gp", { service = "gp" } },
                 { "B", "2024-06-17", "appointment-cancelled-by-service", "gp", { service = "gp" } } } },
    { name = "told by the hospital and by the practice", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1 },
      events = { { "A", "2024-05-13", "was-not-brought", "hospital", { service = "paediatric" }, incident = "I1" },
                 { "A", "2024-05-13", "was-not-brought", "gp", { service = "paediatric" }, incident = "I1" } } },
    { name = "March or April", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-30/2024-04-02", "was-not-brought", "gp" } } },
  },
}
