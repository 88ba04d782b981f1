-- A case that was closed too soon.

return {
  id = "premature-closure", version = "1.0.0", group = "response",
  title = "Closed too soon",
  question = "Was a case closed with an assessment unfinished, or with fresh concerns just before?",
  definition = "a case closed while an assessment of the same agency that had begun before was not authorised; or closed"
    .. " within {before} after a concern that came once the case was open, referrals apart. Closures for one of these reasons"
    .. " are left out: {reasons}",
  evidence = {
    source = "Audit of child-to-parent violence: closure while assessments were unfinished, and support in place without"
      .. " evidence of change; the time is set by this product",
    standing = { "practice", "product" },
  },
  needs = {
    any = { "case-closure" },
    deny = { "case-closure", "assessment-start", "assessment-end", { any = use("concern-kinds").noticed } },
    held = { "case-closure" },
  },
  params = {
    before = { type = "span", default = { days = 30 }, min = { days = 1 }, max = { months = 12 }, standing = "product",
               doc = "time before a closure in which a concern is fresh" },
    reasons = { type = "list", default = { "RC1", "RC2", "RC3", "RC4", "RC5", "RC6" }, standing = "national-definition",
                doc = "reasons for closure that are no judgement of need: adoption, death, an order, another authority,"
                  .. " adult services" },
  },
  outcomes = {
    unfinished = "The case was closed on {to} while an assessment begun on {from} was not finished.",
    fresh = "The case was closed on {to}, within {before} of a concern recorded for {from}.",
  },
  evaluate = function(child, p)
    local answers, rows = use "answers", use "rows"
    local closures, found = child:select { kind = "case-closure" }, {}
    if #p.reasons > 0 then
      closures = closures:minus(child:select { kind = "case-closure", facts = { closure_reason = p.reasons } })
    end

    -- Closures after the first and before the last day of an assessment that ended by itself; whether for certain.
    local theirs
    local function within(episode)
      theirs = theirs or closures:columns("agency", "from", "to")
      local own, sure = episode:rows():columns("agency", "from", "to"), true
      local inside = closures:minus(closures)
      for i, agency in ipairs(theirs.agency) do
        local from, to = theirs.from[i], theirs.to[i]
        if #own.from == 2 and agency == own.agency[1] and own.from[1] < to and own.to[2] > from then
          sure = sure and own.to[1] < from and own.from[2] > to
          inside = inside:union(rows.both(closures, child:select { kind = "case-closure", agency = agency, from = from,
                                                                   to = to }))
        end
      end
      return inside, sure
    end

    if child:has("assessment-start") and rows.told(child, { "assessment-end" }) then
      local starts = child:select { kind = "assessment-start" }
      for _, episode in ipairs(child:episodes({ name = "assessment" }):each()) do
        -- What nothing else ended is over with the closure of its case.
        local closed, sure = rows.both(closures, episode:rows()), true
        if closed:count().possible == 0 then
          closed, sure = within(episode)
        end
        if closed:count().possible > 0 then
          local answer = closed:follows { after = rows.both(starts, episode:rows()), outcome = "unfinished" }
          table.insert(found, sure and answer or answers.doubted(answer))
        end
      end
    end

    local referrals = child:select { kind = "referral" }
    local concerns, left = use("concerns").incidents(child), closures
    for _, case in ipairs(child:episodes({ name = "case" }):each()) do
      local closed = rows.both(closures, case:rows())
      if closed:count().possible > 0 then
        local opened = rows.both(referrals, case:rows())
        left = left:minus(closed)
        table.insert(found, closed:follows { after = concerns:after(opened), within = p.before, outcome = "fresh" })
      end
    end
    if left:count().possible > 0 then
      table.insert(found, left:follows { after = concerns, within = p.before, outcome = "fresh" })
    end
    return answers.any(found)
  end,
  examples = {
    { name = "closed with the assessment never authorised", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 },
      outcome = "unfinished",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-10", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } } } },
    { name = "authorised after the closure", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 },
      outcome = "unfinished",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-10", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } },
                 { "2024-02-21", "assessment-end", "childrens-social-care", episode = "A1" } } },
    { name = "authorised on the day of the closure", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-10", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } },
                 { "2024-02-20", "assessment-end", "childrens-social-care", episode = "A1" } } },
    -- 30 days after 21 January are over on 20 February.
    { name = "a concern thirty days before", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 }, outcome = "fresh",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-21", "hunger-concern", "school" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } } } },
    { name = "a concern thirty-one days before", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-20", "hunger-concern", "school" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } } } },
    { name = "what the referral was about is not fresh", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-02-05", "hunger-concern", "school" },
                 { "2024-02-05", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } } } },
    { name = "moved to another authority", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-02-12", "hunger-concern", "school" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC5" } } } },
    { name = "the assessment was authorised some day in February", as_of = "2024-12-31", expect = "possible",
      evidence = { 2, 3 }, outcome = "unfinished",
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-10", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } },
                 { "2024-02", "assessment-end", "childrens-social-care", episode = "A1" } } },
    { name = "the concern is dated by its month", as_of = "2024-12-31", expect = "possible", evidence = { 2, 3 },
      outcome = "fresh",
      events = { { "2024-01-02", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01", "hunger-concern", "school" },
                 { "2024-02-20", "case-closure", "childrens-social-care", { closure_reason = "RC8" } } } },
  },
}
