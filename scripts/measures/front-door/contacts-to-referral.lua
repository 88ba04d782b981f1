-- How much of what comes to the front door goes on as a referral.

return {
  id = "contacts-to-referral", version = "1.0.0", group = "front-door",
  title = "Contacts that became a referral",
  definition = "of the contacts of the period whose time of {within} was over before the as-of day, those with a referral of"
    .. " the same child on their day or within {within} after it",
  numerator = "contacts followed by a referral of the child within {within}",
  denominator = "contacts in the period whose time of {within} is over",
  exclusions = { "a contact whose time is not over yet", "a contact or referral whose day may make a difference" },
  pitfalls = {
    "records seldom tie a referral to its contact: of two contacts shortly before one referral both count",
    "referrals divided by contacts is another figure, and not comparable with this one",
    "areas that record only what will go on have a high share",
  },
  evidence = { source = "Contacts and referrals in yearly reports of safeguarding partnerships; the time between them is ours",
               standing = { "practice", "product" } },
  needs = { all = { "contact", "referral" } },
  unit = "contacts", chart = "xmr",
  params = {
    within = { type = "span", default = { days = 7 }, min = { days = 0 }, max = { days = 90 }, standing = "product",
               doc = "how long after a contact a referral is taken as its outcome" },
  },
  measure = function(m, p)
    local contacts = m:rows({ kind = "contact", once = "incident" }):starting(use("windows").over(m, p.within))
    return m:share { of = contacts:followed(m:rows { kind = "referral" }, { within = p.within }), among = contacts }
  end,
  examples = {
    { name = "on the day, on the seventh day, on the eighth", from = "2024-01-01", to = "2024-03-31", as_of = "2024-06-30",
      expect = { numerator = 2, denominator = 4 },
      events = { { "A", "2024-01-10", "contact", "childrens-social-care" },
                 { "A", "2024-01-10", "referral", "childrens-social-care" },
                 { "B", "2024-01-10", "contact", "childrens-social-care" },
                 { "B", "2024-01-17", "referral", "childrens-social-care" },
                 { "C", "2024-01-10", "contact", "childrens-social-care" },
                 { "C", "2024-01-18", "referral", "childrens-social-care" },
                 { "D", "2024-01-10", "contact", "childrens-social-care" } } },
    { name = "a referral before the contact is not its outcome", from = "2024-01-01", to = "2024-03-31",
      expect = { numerator = 0, denominator = 1 },
      events = { { "A", "2024-01-09", "referral", "childrens-social-care" },
                 { "A", "2024-01-10", "contact", "childrens-social-care" } } },
    -- Seven days after 23 March end on 30 March, before the as-of day; after 24 March on it.
    { name = "the seven days of the second are not over", from = "2024-01-01", to = "2024-03-31",
      expect = { numerator = 0, denominator = 1 },
      events = { { "A", "2024-03-23", "contact", "childrens-social-care" },
                 { "B", "2024-03-24", "contact", "childrens-social-care" } } },
    { name = "the referral may be of the seventh or of the eighth day", from = "2024-01-01", to = "2024-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-01-10", "contact", "childrens-social-care" },
                 { "A", "2024-01-17/2024-01-18", "referral", "childrens-social-care" } } },
  },
}
