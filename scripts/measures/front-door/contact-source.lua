-- Who turns to the front door.

return {
  id = "contact-source", version = "1.0.0", group = "front-door",
  title = "Contacts by source",
  definition = "contacts to the front door with a day in the period, by the source that the contact tells, in the codes of"
    .. " the children in need census; those that tell none stand in a line of their own",
  numerator = "contacts in the period from that source", denominator = "contacts in the period",
  exclusions = { "a contact whose day may lie outside the period" },
  pitfalls = {
    "the source is who made the contact, not the agency whose return it stands in",
    "codes hold several services: 3A to 3F are all health",
  },
  evidence = { source = "Ofsted Annex A, list 1: source of the contact; codes of the children in need census",
               standing = { "practice" } },
  needs = { any = { "contact" }, facts = { "contact.referral_source" } },
  unit = "contacts", chart = "none",
  measure = function(m)
    local contacts = m:rows({ kind = "contact", once = "incident" }):starting()
    return m:breakdown { of = contacts, by = "referral_source", codes = use("referral-sources").codes }
  end,
  examples = {
    { name = "schools, police, and one that tells none", from = "2024-01-01", to = "2024-03-31",
      expect = { denominator = 4, lines = { ["2A"] = 2, ["6"] = 1, ["not-recorded"] = 1 } },
      events = { { "A", "2024-01-08", "contact", "childrens-social-care", { referral_source = "2A" } },
                 { "A", "2024-02-12", "contact", "childrens-social-care", { referral_source = "2A" } },
                 { "B", "2024-02-13", "contact", "childrens-social-care", { referral_source = "6" } },
                 { "C", "2024-03-04", "contact", "childrens-social-care" } } },
    { name = "before the period, and perhaps before it", from = "2024-01-01", to = "2024-03-31",
      expect = { denominator = 0, lines = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2023-12-31", "contact", "childrens-social-care", { referral_source = "2A" } },
                 { "B", "2023-12-31/2024-01-01", "contact", "childrens-social-care", { referral_source = "6" } } } },
  },
}
