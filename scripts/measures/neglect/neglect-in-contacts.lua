-- Neglect at the front door.

return {
  id = "neglect-in-contacts", version = "1.0.0", group = "neglect",
  title = "Contacts about neglect",
  definition = "of the contacts of the period that have a theme, those with a theme of neglect: physical, educational,"
    .. " emotional, medical, supervisory or environmental. A contact may have several themes",
  numerator = "contacts with a theme of neglect", denominator = "contacts with a theme",
  exclusions = { "a contact without a theme", "a contact whose day may lie outside the period" },
  pitfalls = {
    "areas that counted neglect at the front door by different definitions came to 20 %, 5 to 6 % and under 1 %: compare"
      .. " only where the themes are recorded alike",
    "where only the main reason is recorded, neglect stands behind domestic abuse and is not seen",
    "how many contacts have no theme is not shown here: look at the contacts beside it",
  },
  evidence = { source = "Neglect scorecard of a group of safeguarding partnerships; the six themes of their report",
               standing = { "practice" } },
  needs = { any = { "contact" } },
  unit = "contacts", chart = "xmr",
  measure = function(m)
    local about, told = use("neglect-units").by_theme(m:rows({ kind = "contact", once = "incident" }):starting())
    return m:share { of = about, among = told }
  end,
  examples = {
    { name = "two of neglect, one of domestic abuse, one of nothing told", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 2, denominator = 3 },
      events = { { "A", "2024-04-08", "contact", "childrens-social-care", theme = "supervisory" },
                 { "B", "2024-04-15", "contact", "childrens-social-care", theme = "environmental" },
                 { "C", "2024-05-13", "contact", "childrens-social-care", theme = "domestic-abuse" },
                 { "D", "2024-06-30", "contact", "childrens-social-care" } } },
    { name = "a contact of the quarter before", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-03-31", "contact", "childrens-social-care", theme = "physical" } } },
    { name = "March or April", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-31/2024-04-01", "contact", "childrens-social-care", theme = "physical" } } },
  },
}
