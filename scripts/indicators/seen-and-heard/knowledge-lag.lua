-- What one agency knew, and how long it took to reach another.

return {
  id = "knowledge-lag", version = "1.1.0", group = "seen-and-heard",
  title = "Slow to reach another agency",
  question = "Did it take too long until domestic abuse known to the police reached the school, or a serious concern of one"
    .. " agency reached another?",
  definition = "Domestic abuse told by the police, the child being {school_from} old or more and under 18: nothing on record"
    .. " shows that a school or early years setting was told ({school_told}, or information passed to one) within"
    .. " {school_within}, counted in school days where the policy names the terms of these days (\"terms\"). Elsewhere the next"
    .. " school day may be a later one, so that this is possible at most. An"
    .. " entry of the last day counts as in time, whatever its hour. Other concerns rated high: nothing on record"
    .. " ({passed_on}) could have taken it to another agency within {others_within}. Where another agency tells the same"
    .. " incident, it knew by the day it recorded it; where that day is not known, possible at most",
  evidence = {
    source = "Domestic Abuse Act 2021, s.49A: police notify schools, in force since November 2025; Operation Encompass before:"
      .. " before the next school day. Other concerns: number set by this product",
    standing = { { code = "statutory", from = "2025-11-01" }, "practice", "product" },
  },
  needs = {
    any = { "school-notified", "information-shared" },
    deny = { "domestic-abuse-incident" },
    held = { "domestic-abuse-incident", concern = "high" },
  },
  params = {
    school_within = { type = "span", default = { working_days = 1 }, min = { working_days = 1 }, max = { working_days = 20 },
                      standing = "practice", doc = "time for the school to be told of domestic abuse" },
    school_from = { type = "span", default = { months = 48 }, min = { months = 0 }, max = { months = 72 },
                    standing = "product", doc = "age from which a school or setting is to be told" },
    school_told = { type = "list", default = { "school-notified" }, standing = "practice",
                    doc = "kinds of entry that say that a school was told" },
    others_within = { type = "span", default = { working_days = 5 }, min = { working_days = 1 }, max = { working_days = 60 },
                      standing = "product", doc = "time for a concern rated high to reach another agency" },
    passed_on = {
      type = "list", standing = "product", doc = "kinds of entry by which a concern may have reached another agency",
      default = { "information-shared", "school-notified", "contact", "referral", "mash-start", "mash-check",
                  "strategy-discussion", "s47-start", "police-protection", "icpc", "cp-review", "core-group", "cin-review",
                  "taf-meeting", "multi-agency-meeting" },
    },
  },
  outcomes = {
    school = "Domestic abuse told by the police ({from}): no entry shows that a school was told within {school_within}. School"
      .. " terms are not on record, so this is possible at most.",
    school_days = "Domestic abuse told by the police ({from}): no entry shows that a school was told within {school_within},"
      .. " counted in school days.",
    school_days_not_said = "Domestic abuse told by the police ({from}): a school may not have been told within {school_within},"
      .. " counted in school days: when it recorded it is not known.",
    others = "A concern rated high ({from}) had not reached another agency within {others_within}, as far as the record shows.",
    others_not_said = "A concern rated high ({from}) may not have reached another agency within {others_within}: when the other"
      .. " agency recorded it is not known.",
  },
  evaluate = function(child, p)
    local schools = { school = true, ["early-years"] = true }
    local concerns = child:select { concern = true, significance = "high", rated = true }
    local old_enough = child.born and calendar.add(child.born, p.school_from)
    local of_age = child.born and calendar.add(child.born, { months = 216 })
    local abuse = child:select {
      kind = "domestic-abuse-incident", agency = "police", from = old_enough, to = of_age and of_age - 1,
    }
    if concerns:count().possible == 0 and abuse:count().possible == 0 then
      return nil
    end

    -- By incident and agency: the day from which the agency knew, false where its entries do not say.
    local function known()
      local columns, days = child:select({ count = "rows" }):columns("incident", "agency", "recorded"), {}
      for i, incident in ipairs(columns.incident) do
        local agencies = days[incident] or {}
        local agency, day = columns.agency[i], columns.recorded[i]
        local earlier = agencies[agency]
        agencies[agency] = (day and earlier) and math.min(day, earlier) or day or earlier or false
        days[incident] = agencies
      end
      return days
    end

    local days_known = known()

    -- Who told it first: by the day it recorded it, or where that is not known by the day it happened.
    local function tellers(columns)
      local first = {}
      for i, incident in ipairs(columns.incident) do
        local agency = columns.agency[i]
        local day = days_known[incident][agency] or columns.from[i] or math.huge
        if not first[incident] or day < first[incident].day then
          first[incident] = { agency = agency, day = day, from = columns.from[i], to = columns.to[i] }
        end
      end
      return first
    end

    -- The rest, when the incidents that surely reached a receiver in time are left out, and when those are too that may have.
    local function not_reached(incidents, within, is_receiver, days)
      local columns, surely, perhaps = incidents:columns("incident", "agency", "from", "to"), {}, {}
      local first = tellers(columns)
      for i, incident in ipairs(columns.incident) do
        local teller = first[incident]
        if columns.from[i] and first[incident] then
          first[incident] = nil
          local early, late = calendar.add(teller.from, within, days), calendar.add(teller.to, within, days)
          for agency, day in pairs(days_known[incident]) do
            if agency ~= teller.agency and is_receiver(agency) then
              table.insert((day and day <= early) and surely or (not day or day <= late) and perhaps or {}, incident)
            end
          end
        end
      end
      local rest = incidents:minus(incidents:incidents(surely))
      return rest, rest:minus(rest:incidents(perhaps))
    end

    local function at_most_possible(answer)
      if answer.answer == "met" then
        answer.answer = "possible"
      end
      return answer
    end

    -- Incidents whose time can be counted in school days, and the others.
    local function by_terms(incidents)
      local columns, outside = incidents:columns("incident", "from", "to"), {}
      for i, incident in ipairs(columns.incident) do
        local from, to = columns.from[i], columns.to[i]
        local counted = from and calendar.add(from, p.school_within, "school") and calendar.add(to, p.school_within, "school")
        table.insert(counted and {} or outside, incident)
      end
      local others = incidents:incidents(outside)
      return incidents:minus(others), others
    end

    local function is_school(agency)
      return schools[agency]
    end

    local function to_school()
      local told = child:select({ kind = p.school_told }):union(child:select {
        kind = "information-shared", facts = { to_agency = { "school", "early-years" } },
      })
      local in_terms, others = by_terms(abuse)
      local rule = { by = told, within = p.school_within, outcome = "school" }
      local answers = { at_most_possible(not_reached(others, p.school_within, is_school):unanswered(rule)) }
      if in_terms:count().possible > 0 then
        local rest, surely_not = not_reached(in_terms, p.school_within, is_school, "school")
        rule.days, rule.outcome = "school", "school_days"
        table.insert(answers, surely_not:unanswered(rule))
        rule.outcome = "school_days_not_said"
        table.insert(answers, at_most_possible(rest:unanswered(rule)))
      end
      return any_of(answers)
    end

    local function to_others()
      local passed_on = child:select { kind = p.passed_on }
      local rest, surely_not = not_reached(concerns, p.others_within, function()
        return true
      end)
      local rule = { by = passed_on, within = p.others_within, outcome = "others" }
      local surely = surely_not:unanswered(rule)
      rule.outcome = "others_not_said"
      return any_of { surely, at_most_possible(rest:unanswered(rule)) }
    end

    return any_of { to_others(), to_school() }
  end,
  examples = {
    -- Friday 1 March 2024: the next working day is Monday 4 March.
    { name = "the school is told on Monday", born = "2015-05-14", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-03-01", "domestic-abuse-incident", "police" },
                 { "2024-03-04", "school-notified", "police" } } },
    { name = "the school is told on Tuesday", born = "2015-05-14", as_of = "2024-09-30", expect = "possible",
      evidence = { 1, 2 }, outcome = "school",
      events = { { "2024-03-01", "domestic-abuse-incident", "police" },
                 { "2024-03-05", "school-notified", "police" } } },
    { name = "nobody told the school", born = "2015-05-14", as_of = "2024-03-05", expect = "possible", evidence = { 1 },
      outcome = "school",
      events = { { "2024-03-01", "domestic-abuse-incident", "police" } } },
    { name = "Monday is not over", born = "2015-05-14", as_of = "2024-03-04", expect = "not-met",
      events = { { "2024-03-01", "domestic-abuse-incident", "police" } } },
    { name = "the school recorded the same incident on Monday", born = "2015-05-14", as_of = "2024-09-30",
      expect = "not-met",
      events = { { "2024-03-01", "domestic-abuse-incident", "police", incident = "I1" },
                 { "2024-03-01", "school-concern", "school", incident = "I1", recorded = "2024-03-04" } } },
    { name = "the school recorded the same incident on Tuesday", born = "2015-05-14", as_of = "2024-09-30",
      expect = "possible", evidence = { 1, 2 }, outcome = "school",
      events = { { "2024-03-01", "domestic-abuse-incident", "police", incident = "I1" },
                 { "2024-03-01", "school-concern", "school", incident = "I1", recorded = "2024-03-05" } } },
    { name = "too young for school", born = "2022-05-14", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-03-01", "domestic-abuse-incident", "police" } } },
    { name = "told to the housing service, not to the school", born = "2015-05-14", as_of = "2024-09-30",
      expect = "possible", evidence = { 1 },
      events = { { "2024-03-01", "domestic-abuse-incident", "police" },
                 { "2024-03-04", "information-shared", "police", { to_agency = "housing" } } } },
    -- Five working days after Friday 22 March 2024: 25 to 28 March, then, past Good Friday and Easter Monday, 2 April.
    { name = "a serious concern referred on the fifth working day", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-03-22", "injury", "school", significance = "high" },
                 { "2024-04-02", "referral", "school" } } },
    { name = "a serious concern referred a day later", as_of = "2024-09-30", expect = "met", evidence = { 1, 2 },
      outcome = "others",
      events = { { "2024-03-22", "injury", "school", significance = "high" },
                 { "2024-04-03", "referral", "school" } } },
    { name = "a concern that was not rated", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-03-22", "injury", "school" } } },
    { name = "the hospital recorded the same incident at once", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-03-22", "injury", "school", significance = "high", incident = "I1", recorded = "2024-03-22" },
                 { "2024-03-22", "ed-attendance", "hospital", incident = "I1", recorded = "2024-03-23" } } },
    { name = "the hospital recorded it eight working days later", as_of = "2024-09-30", expect = "met", evidence = { 1, 2 },
      outcome = "others",
      events = { { "2024-03-22", "injury", "school", significance = "high", incident = "I1", recorded = "2024-03-22" },
                 { "2024-03-22", "ed-attendance", "hospital", incident = "I1", recorded = "2024-04-05" } } },
    { name = "when the hospital recorded it is not known", as_of = "2024-09-30", expect = "possible", evidence = { 1, 2 },
      outcome = "others_not_said",
      events = { { "2024-03-22", "injury", "school", significance = "high", incident = "I1", recorded = "2024-03-22" },
                 { "2024-03-22", "ed-attendance", "hospital", incident = "I1" } } },
    { name = "referred on some day in April", as_of = "2024-09-30", expect = "possible", evidence = { 1, 2 },
      outcome = "others",
      events = { { "2024-03-22", "injury", "school", significance = "high" },
                 { "2024-04", "referral", "school" } } },
  },
}
