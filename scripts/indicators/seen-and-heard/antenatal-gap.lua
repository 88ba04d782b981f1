-- Concern about an unborn child, and no antenatal contact by birth.

return {
  id = "antenatal-gap", version = "1.0.0", group = "seen-and-heard",
  title = "No antenatal contact",
  question = "Was there concern before birth, and no antenatal contact by birth?",
  definition = "a concern about the child in the {pregnancy} days before birth, and no antenatal contact on record in that"
    .. " time, the day of birth included. Where only the expected day is known it stands for the day of birth, and the answer is"
    .. " possible at most; it is asked once that day is over",
  evidence = {
    source = "Inspection of a local partnership: no antenatal visit unless risk is known; how many days is set by this"
      .. " product",
    standing = { "practice", "product" },
  },
  needs = {
    all = { "antenatal-contact" },
    deny = { { any = use("concern-kinds").noticed } },
    held = { concern = true },
  },
  params = {
    pregnancy = { type = "count", default = 280, min = 140, max = 301, standing = "product",
                  doc = "days before birth that are looked at" },
  },
  outcomes = {
    no_contact = "Concern about the unborn child (first: {from}), and no antenatal contact on record by birth ({birth}).",
    no_contact_expected = "Concern about the unborn child (first: {from}), and no antenatal contact on record by the day on"
      .. " which birth was expected ({birth}); the day of birth is not on record.",
  },
  evaluate = function(child, p)
    local birth = child.born or child.expected
    if child:select({ concern = true }):count().possible == 0 then
      return nil
    end
    if not birth then
      return { answer = "not-assessed", reason = "no-data" }
    end
    if birth >= child.as_of then
      return nil
    end
    local start = birth - p.pregnancy
    local answer = child:in_worlds {
      rows = { concerns = child:select { concern = true, from = start, to = birth - 1 },
               contacts = child:select { kind = "antenatal-contact", from = start, to = birth } },
      rule = function(world)
        return #world.concerns > 0 and #world.contacts == 0
      end,
      outcome = child.born and "no_contact" or "no_contact_expected",
    }
    if answer.answer == "met" and not child.born then
      answer.answer = "possible"
    end
    answer.values = { birth = { from = birth, to = birth } }
    return answer
  end,
  examples = {
    { name = "a referral in pregnancy and no antenatal contact", born = "2024-06-10", as_of = "2024-09-30", expect = "met",
      evidence = { 1 }, outcome = "no_contact",
      events = { { "2024-02-12", "referral", "childrens-social-care" },
                 { "2024-06-24", "health-visitor-contact", "health-visiting" } } },
    { name = "an antenatal contact after the referral", born = "2024-06-10", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-02-12", "referral", "childrens-social-care" },
                 { "2024-04-15", "antenatal-contact", "midwifery" } } },
    { name = "an antenatal contact before the referral", born = "2024-06-10", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-01-15", "antenatal-contact", "midwifery" },
                 { "2024-02-12", "referral", "childrens-social-care" } } },
    { name = "no concern before the day of birth", born = "2024-06-10", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-06-10", "concern", "hospital" } } },
    { name = "not born yet", expected = "2024-10-14", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-07-08", "referral", "childrens-social-care" } } },
    { name = "only the expected day is known", expected = "2024-06-10", as_of = "2024-09-30", expect = "possible",
      evidence = { 1 }, outcome = "no_contact_expected",
      events = { { "2024-02-12", "referral", "childrens-social-care" } } },
    { name = "the contact may have been after birth", born = "2024-06-10", as_of = "2024-09-30", expect = "possible",
      evidence = { 1, 2 },
      events = { { "2024-02-12", "referral", "childrens-social-care" },
                 { "2024-06", "antenatal-contact", "midwifery" } } },
    -- 280 days before 10 June 2024 is 4 September 2023.
    { name = "a concern before this pregnancy", born = "2024-06-10", as_of = "2024-09-30", expect = "not-met",
      events = { { "2023-09-03", "domestic-abuse-incident", "police" } } },
    { name = "neither birth nor the expected day is known", as_of = "2024-09-30", expect = "not-assessed", reason = "no-data",
      events = { { "2024-02-12", "referral", "childrens-social-care" } } },
  },
}
