-- How much comes to the front door.

return {
  id = "contacts", version = "1.0.0", group = "front-door",
  title = "Contacts",
  definition = "contacts to the front door with a day in the period; one that several agencies tell, tied by an incident,"
    .. " once",
  numerator = "contacts in the period", denominator = "",
  exclusions = { "a contact whose day may lie outside the period" },
  pitfalls = {
    "what is a contact is a local matter: some front doors record every call, some only what needs a decision",
    "one contact about three children is three contacts",
  },
  evidence = { source = "Ofsted Annex A, list 1; yearly reports of safeguarding partnerships", standing = { "practice" } },
  needs = { any = { "contact" } },
  unit = "contacts", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = m:rows({ kind = "contact", once = "incident" }):starting() }
  end,
  examples = {
    { name = "first and last day of the quarter", from = "2024-01-01", to = "2024-03-31", expect = { numerator = 2 },
      events = { { "A", "2023-12-31", "contact", "childrens-social-care" },
                 { "A", "2024-01-01", "contact", "childrens-social-care" },
                 { "B", "2024-03-31", "contact", "childrens-social-care" },
                 { "B", "2024-04-01", "contact", "childrens-social-care" } } },
    { name = "one call, told by two agencies", from = "2024-01-01", to = "2024-03-31", expect = { numerator = 1 },
      events = { { "A", "2024-02-05", "contact", "childrens-social-care", incident = "I1" },
                 { "A", "2024-02-05", "contact", "school", incident = "I1" } } },
    { name = "some day from December to January", from = "2024-01-01", to = "2024-03-31",
      expect = { numerator = 1, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-02", "contact", "childrens-social-care" },
                 { "B", "2023-12-20/2024-01-05", "contact", "childrens-social-care" } } },
  },
}
