-- The clocks of statutory guidance and of local practice: what was to be done by a day, and was not.

return {
  id = "clocks", version = "1.0.0", group = "response",
  title = "Clocks that were missed",
  question = "Which statutory or local clocks were missed, and by how many working days?",
  definition = "of these clocks: {clocks}. Decision: a referral with neither an outcome nor what"
    .. " follows from one (an assessment, an enquiry, a plan, early help, a closure) within {decision}; a referral that ended in"
    .. " no further action, on a day that is not known, is left out. Assessment: a referral that opened a case in which an"
    .. " assessment was made, and none authorised within {assessment} of the referral. Conference: a section 47 enquiry that"
    .. " came to an initial conference, or was to, and none held within {conference} of its {conference_from} strategy"
    .. " discussion, looked for from {discussion_before} days before the enquiry on; without one, of the start of the enquiry."
    .. " Core group: none within {core_group} of the start of a child protection plan, which is the day of its conference."
    .. " Review: no review conference within {first_review} of the start of the plan, or for {further_review} while it was"
    .. " open. Visits: none by {visits_by} for {visits_plan} of a child protection plan, or for {visits_in_need} of a child"
    .. " in need plan. MASH: an episode rated amber without a decision within {mash_amber}. A clock whose answer no source"
    .. " could hold is not told",
  evidence = {
    source = "Working Together to Safeguard Children, statutory guidance: decision, assessment, conference, core group and"
      .. " review; local procedures and audits: visits and MASH",
    standing = { "statutory", "local" },
  },
  needs = {
    any = { "referral-outcome", "assessment-end", "icpc", "core-group", "cp-review", "visit", "mash-outcome" },
    deny = {
      { any = { "referral" }, when = { clocks = { "decision", "assessment" } } },
      { any = { "referral-outcome" }, when = { clocks = { "decision" } } },
      { any = { "assessment-start" }, when = { clocks = { "assessment" } } },
      { any = { "assessment-end" }, when = { clocks = { "assessment" } } },
      { any = { "case-closure" }, when = { clocks = { "assessment" } } },
      { any = { "strategy-discussion" }, when = { clocks = { "conference" } } },
      { any = { "s47-start" }, when = { clocks = { "conference" } } },
      { any = { "s47-end.outcome" }, when = { clocks = { "conference" } } },
      { any = { "icpc" }, when = { clocks = { "conference" } } },
      { any = { "core-group" }, when = { clocks = { "core-group" } } },
      { any = { "cp-review" }, when = { clocks = { "review" } } },
      { any = { "cp-plan-start" }, when = { clocks = { "core-group", "review", "visits-plan" } } },
      { any = { "cp-plan-end" }, when = { clocks = { "core-group", "review", "visits-plan" } } },
      { any = { "visit" }, when = { clocks = { "visits-plan", "visits-in-need" } } },
      { any = { "cin-plan-start" }, when = { clocks = { "visits-in-need" } } },
      { any = { "cin-plan-end" }, when = { clocks = { "visits-in-need" } } },
      { any = { "mash-start.rag" }, when = { clocks = { "mash-amber" } } },
      { any = { "mash-outcome" }, when = { clocks = { "mash-amber" } } },
    },
    held = { "referral", "s47-start", "cp-plan-start", "cin-plan-start", "mash-start" },
  },
  params = {
    clocks = {
      type = "list", standing = "product", doc = "clocks that are asked for",
      default = { "decision", "assessment", "conference", "core-group", "review", "visits-plan", "visits-in-need",
                  "mash-amber" },
      choices = { "decision", "assessment", "conference", "core-group", "review", "visits-plan", "visits-in-need",
                  "mash-amber" },
    },
    decision = { type = "span", default = { working_days = 1 }, min = { working_days = 1 }, max = { working_days = 20 },
                 doc = "time to decide on a referral", standing = "statutory" },
    assessment = { type = "span", default = { working_days = 45 }, min = { working_days = 5 }, max = { working_days = 120 },
                   doc = "time from a referral to an authorised assessment", standing = "statutory" },
    conference = { type = "span", default = { working_days = 15 }, min = { working_days = 1 }, max = { working_days = 60 },
                   doc = "time from the strategy discussion to the initial conference", standing = "statutory" },
    conference_from = { type = "choice", default = "first", choices = { "first", "last" }, standing = "statutory",
                        doc = "which strategy discussion of an enquiry counts; the last one in some local manuals" },
    discussion_before = { type = "count", default = 7, min = 0, max = 60, standing = "product",
                          doc = "days before an enquiry in which its strategy discussion may lie" },
    core_group = { type = "span", default = { working_days = 10 }, min = { working_days = 1 }, max = { working_days = 60 },
                   doc = "time from the conference to the first core group", standing = "statutory" },
    first_review = { type = "span", default = { months = 3 }, min = { days = 28 }, max = { months = 12 },
                     doc = "time from the conference to its first review", standing = "statutory" },
    further_review = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 24 },
                       doc = "longest time from one review conference to the next", standing = "statutory" },
    visits_plan = { type = "span", default = { working_days = 10 }, min = { working_days = 1 }, max = { working_days = 60 },
                    doc = "longest time without a visit on a child protection plan", standing = "local" },
    visits_in_need = { type = "span", default = { working_days = 20 }, min = { working_days = 1 },
                       max = { working_days = 120 }, standing = "local",
                       doc = "longest time without a visit on a child in need plan" },
    visits_by = { type = "list", default = { "childrens-social-care" }, doc = "agencies whose visits count",
                  standing = "local" },
    mash_amber = { type = "span", default = { working_days = 1 }, min = { working_days = 1 }, max = { working_days = 20 },
                   doc = "time to decide on a MASH episode rated amber", standing = "local" },
  },
  outcomes = {
    decision = "No decision within {decision} of the referral of {from} ({late} beyond that; clocks missed in all: {missed}).",
    assessment = "No assessment was authorised within {assessment} of the referral of {from}"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
    conference = "No initial conference within {conference} of the strategy discussion of {from}"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
    conference_enquiry = "No initial conference within {conference} of the start of the section 47 enquiry on {from},"
      .. " for which no strategy discussion is on record ({late} beyond that; clocks missed in all: {missed}).",
    core_group = "No core group within {core_group} of the conference of {from}"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
    first_review = "No review conference within {first_review} of the conference of {from}"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
    further_review = "No review conference for {further_review} after {from} while the child protection plan was open"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
    visits_plan = "No visit for {visits_plan} after {from} while the child protection plan was open"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
    visits_in_need = "No visit for {visits_in_need} after {from} while the child in need plan was open"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
    mash_amber = "No decision within {mash_amber} of the MASH episode of {from}, rated amber"
      .. " ({late} beyond that; clocks missed in all: {missed}).",
  },
  evaluate = function(child, p)
    local answers, rows = use "answers", use "rows"

    local function of(kinds)
      return child:select { kind = kinds }
    end

    -- What starts a clock must be on record. What it is answered by, and what shows that it no longer runs, must be
    -- something that could be.
    local function may_run(start, ...)
      return child:has(start) and rows.told(child, { ... })
    end

    -- The answers of each clock; nothing where it may not run.
    local clocks = {}

    clocks["decision"] = function()
      if not may_run("referral", "referral-outcome") then
        return nil
      end
      local refused = child:select { kind = "referral", facts = { no_further_action = true } }
      local decided = of { "referral-outcome", "mash-outcome", "assessment-start", "strategy-discussion", "s47-start",
                           "icpc", "cin-plan-start", "cp-plan-start", "early-help-start", "case-closure" }
      return { of("referral"):minus(refused):unanswered { by = decided, within = p.decision, outcome = "decision" } }
    end

    clocks["assessment"] = function()
      if not may_run("referral", "assessment-end") then
        return nil
      end
      if not child:has("assessment-start", "assessment-end") then
        return {}
      end
      local referrals = of "referral"
      local others = child:episodes({ name = "assessment",
                                      facts = { assessment_type = { "early-help", "young-carer", "parenting" } } }):rows()
      local assessments = of({ "assessment-start", "assessment-end" }):minus(others)
      if assessments:count().possible == 0 then
        return {}
      end
      local by = of("assessment-end"):minus(others):union(of "case-closure")
      local found = {}
      for _, case in ipairs(child:episodes({ name = "case" }):each()) do
        local made = assessments:during(case):count()
        if made.possible > 0 then
          local answer = rows.both(referrals, case:rows()):unanswered { by = by, within = p.assessment, outcome = "assessment" }
          table.insert(found, made.certain > 0 and answer or answers.doubted(answer))
        end
      end
      return found
    end

    clocks["conference"] = function()
      if not may_run("s47-start", "icpc") then
        return nil
      end
      local starts, found = of "s47-start", {}
      local held = of("icpc"):minus(child:select { kind = "icpc", facts = { not_required = true } })
      local decided = child:select { kind = "s47-end", facts = { outcome = "conference" } }
      for _, enquiry in ipairs(child:episodes({ name = "s47" }):each()) do
        local start = rows.both(starts, enquiry:rows())
        local came = held:after(start):minus(held:after(starts:after(start)))
        local due = rows.both(decided, enquiry:rows()):union(came):count()
        if due.possible > 0 then
          local discussions = of("strategy-discussion"):during(enquiry)
          local days = start:columns("from", "to") -- none where an end has no start; doubtful ones stand there too
          if days.from[1] then
            discussions = discussions:union(child:select { kind = "strategy-discussion", to = days.to[1],
                                                           from = days.from[1] - p.discussion_before })
          end
          local count = discussions:count().possible
          local rule = { by = held, within = p.conference, outcome = count > 0 and "conference" or "conference_enquiry" }
          if count == 0 then
            discussions = start
          elseif p.conference_from == "first" then
            discussions = discussions:minus(discussions:after(discussions))
          else
            rule.n = count -- each of them is unanswered exactly where the last one is
          end
          local answer = discussions:unanswered(rule)
          table.insert(found, due.certain > 0 and answer or answers.doubted(answer))
        end
      end
      return found
    end

    clocks["core-group"] = function()
      if not may_run("cp-plan-start", "core-group", "cp-plan-end") then
        return nil
      end
      return { of("cp-plan-start"):unanswered { by = of { "core-group", "cp-plan-end" }, within = p.core_group,
                                                outcome = "core_group" } }
    end

    clocks["review"] = function()
      if not may_run("cp-plan-start", "cp-review", "cp-plan-end") then
        return nil
      end
      local first = of("cp-plan-start"):unanswered { by = of { "cp-review", "cp-plan-end" }, within = p.first_review,
                                                     outcome = "first_review" }
      return { first, of("cp-review"):absent { over = p.further_review, during = child:episodes { name = "cp-plan" },
                                               outcome = "further_review" } }
    end

    local function visits(plan, over, outcome)
      return function()
        if not may_run(plan .. "-start", "visit", plan .. "-end") then
          return nil
        end
        local made = child:select { kind = "visit", agency = p.visits_by }
        return { made:absent { over = over, during = child:episodes { name = plan }, outcome = outcome } }
      end
    end
    clocks["visits-plan"] = visits("cp-plan", p.visits_plan, "visits_plan")
    clocks["visits-in-need"] = visits("cin-plan", p.visits_in_need, "visits_in_need")

    clocks["mash-amber"] = function()
      if not may_run("mash-start", "mash-outcome") then
        return nil
      end
      local amber = child:select { kind = "mash-start", facts = { rag = "amber" } }
      return { amber:unanswered { by = of "mash-outcome", within = p.mash_amber, outcome = "mash_amber" } }
    end

    local count, told = { certain = 0, possible = 0 }, {}
    for _, name in ipairs(p.clocks) do
      local missed = clocks[name]()
      local answer = missed and answers.any(missed)
      if answer then
        count.certain = count.certain + (answer.answer == "met" and 1 or 0)
        count.possible = count.possible + ((answer.answer == "met" or answer.answer == "possible") and 1 or 0)
        table.insert(told, answer)
      end
    end
    local answer = answers.any(told)
    if answer then
      answer.values = { missed = count }
    end
    return answer
  end,
  examples = {
    -- Decision: one working day after Friday 7 June 2024 is Monday 10 June.
    { name = "decided on the next working day", as_of = "2024-12-31", expect = "not-met", params = { clocks = { "decision" } },
      events = { { "2024-06-07", "referral", "childrens-social-care" },
                 { "2024-06-10", "referral-outcome", "childrens-social-care", { outcome = "accepted" } } } },
    { name = "decided on the second working day", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      params = { clocks = { "decision" } }, outcome = "decision",
      events = { { "2024-06-07", "referral", "childrens-social-care" },
                 { "2024-06-11", "referral-outcome", "childrens-social-care", { outcome = "accepted" } } } },
    { name = "an assessment that began shows the decision", as_of = "2024-12-31", expect = "not-met",
      params = { clocks = { "decision" } },
      events = { { "2024-06-07", "referral", "childrens-social-care" },
                 { "2024-06-10", "assessment-start", "childrens-social-care" } } },
    { name = "no further action, on a day that is not on record", as_of = "2024-12-31", expect = "not-met",
      params = { clocks = { "decision" } },
      events = { { "2024-06-07", "referral", "childrens-social-care", { no_further_action = true } } } },
    -- Assessment: 45 working days after Monday 8 January 2024, without a bank holiday, end on Monday 11 March.
    { name = "authorised on the last day", as_of = "2024-12-31", expect = "not-met", params = { clocks = { "assessment" } },
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-10", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-03-11", "assessment-end", "childrens-social-care", episode = "A1" } } },
    { name = "authorised a day late", as_of = "2024-12-31", expect = "met", evidence = { 1, 3 }, outcome = "assessment",
      params = { clocks = { "assessment" } },
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-10", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-03-12", "assessment-end", "childrens-social-care", episode = "A1" } } },
    { name = "a case without an assessment has no such clock", as_of = "2024-12-31", expect = "not-met",
      params = { clocks = { "assessment" } },
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "a later assessment of the same case counts from no referral", as_of = "2024-12-31", expect = "not-met",
      params = { clocks = { "assessment" } },
      events = { { "2024-01-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-10", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-02-20", "assessment-end", "childrens-social-care", episode = "A1" },
                 { "2024-06-03", "assessment-start", "childrens-social-care", episode = "A2" },
                 { "2024-11-04", "assessment-end", "childrens-social-care", episode = "A2" } } },
    { name = "the referral is dated by its month", as_of = "2024-12-31", expect = "possible", evidence = { 1, 3 },
      params = { clocks = { "assessment" } },
      events = { { "2024-01", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-02-05", "assessment-start", "childrens-social-care", episode = "A1" },
                 { "2024-03-15", "assessment-end", "childrens-social-care", episode = "A1" } } },
    -- Conference: 15 working days after Monday 3 June 2024 end on Monday 24 June, after Monday 10 June on Monday 1 July.
    { name = "a conference on the last day", as_of = "2024-12-31", expect = "not-met", params = { clocks = { "conference" } },
      events = { { "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-04", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-24", "icpc", "childrens-social-care", { outcome = "plan" } } } },
    { name = "late from the first discussion", as_of = "2024-12-31", expect = "met", evidence = { 1, 4 },
      params = { clocks = { "conference" } }, outcome = "conference",
      events = { { "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-04", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-10", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-28", "icpc", "childrens-social-care", { outcome = "plan" } } } },
    { name = "in time from the last discussion", as_of = "2024-12-31", expect = "not-met",
      params = { clocks = { "conference" }, conference_from = "last" },
      events = { { "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-04", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-10", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-28", "icpc", "childrens-social-care", { outcome = "plan" } } } },
    { name = "late from the last discussion too", as_of = "2024-12-31", expect = "met", evidence = { 1, 3, 4 },
      params = { clocks = { "conference" }, conference_from = "last" },
      events = { { "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-04", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-10", "strategy-discussion", "childrens-social-care" },
                 { "2024-07-02", "icpc", "childrens-social-care", { outcome = "plan" } } } },
    { name = "no discussion is on record: from the start of the enquiry", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2 }, params = { clocks = { "conference" } }, outcome = "conference_enquiry",
      events = { { "2024-06-03", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-25", "icpc", "childrens-social-care", { outcome = "plan" } } } },
    { name = "a conference was decided on and not held", as_of = "2024-12-31", expect = "met", evidence = { 1 },
      params = { clocks = { "conference" } },
      events = { { "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-03", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-14", "s47-end", "childrens-social-care", { outcome = "conference" }, episode = "S1" } } },
    { name = "the start of the enquiry is doubtful", as_of = "2024-12-31", expect = "possible", evidence = { 1 },
      params = { clocks = { "conference" } }, outcome = "conference_enquiry",
      events = { { "2024-06-03?", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-14", "s47-end", "childrens-social-care", { outcome = "conference" }, episode = "S1" } } },
    { name = "an enquiry that needed no conference", as_of = "2024-12-31", expect = "not-met",
      params = { clocks = { "conference" } },
      events = { { "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "2024-06-03", "s47-start", "childrens-social-care", episode = "S1" },
                 { "2024-06-14", "s47-end", "childrens-social-care", { outcome = "no-conference" }, episode = "S1" } } },
    -- Core group: 10 working days after Monday 8 April 2024 end on Monday 22 April.
    { name = "a core group on the tenth working day", as_of = "2024-12-31", expect = "not-met",
      params = { clocks = { "core-group" } },
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-04-22", "core-group", "childrens-social-care" } } },
    { name = "a core group on the eleventh", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      params = { clocks = { "core-group" } }, outcome = "core_group",
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-04-23", "core-group", "childrens-social-care" } } },
    { name = "some day in April", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2 },
      params = { clocks = { "core-group" } },
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-04", "core-group", "childrens-social-care" } } },
    -- Review: three months after 8 April end on 8 July, six months after 8 July on 8 January 2025.
    { name = "reviews on the last days", as_of = "2025-01-31", expect = "not-met", params = { clocks = { "review" } },
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-07-08", "cp-review", "childrens-social-care" },
                 { "2025-01-08", "cp-review", "childrens-social-care" } } },
    { name = "the first review a day late", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      params = { clocks = { "review" } }, outcome = "first_review",
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-07-09", "cp-review", "childrens-social-care" } } },
    { name = "the second review a day late", as_of = "2025-01-31", expect = "met", evidence = { 2 },
      params = { clocks = { "review" } }, outcome = "further_review",
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-07-08", "cp-review", "childrens-social-care" },
                 { "2025-01-09", "cp-review", "childrens-social-care" } } },
    -- Visits: 10 working days after Monday 8 April end on Monday 22 April, the next 10 on Tuesday 7 May (6 May is a holiday).
    { name = "visits on the last days", as_of = "2024-05-20", expect = "not-met", params = { clocks = { "visits-plan" } },
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-04-22", "visit", "childrens-social-care" },
                 { "2024-05-07", "visit", "childrens-social-care" } } },
    { name = "a health visitor's visit is another's", as_of = "2024-05-20", expect = "met", evidence = { 2 },
      params = { clocks = { "visits-plan" } }, outcome = "visits_plan",
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-04-22", "visit", "childrens-social-care" },
                 { "2024-05-07", "visit", "health-visiting" },
                 { "2024-05-08", "visit", "childrens-social-care" } } },
    -- 20 working days after Monday 3 June 2024 end on Monday 1 July.
    { name = "no visit in twenty working days of a child in need plan", as_of = "2024-07-02", expect = "met", evidence = { 1 },
      params = { clocks = { "visits-in-need" } }, outcome = "visits_in_need",
      events = { { "2024-06-03", "cin-plan-start", "childrens-social-care" } } },
    { name = "the twentieth working day is not over", as_of = "2024-07-01", expect = "not-met",
      params = { clocks = { "visits-in-need" } },
      events = { { "2024-06-03", "cin-plan-start", "childrens-social-care" } } },
    { name = "amber, decided on the second working day", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      params = { clocks = { "mash-amber" } }, outcome = "mash_amber",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } },
                 { "2024-06-05", "mash-outcome", "mash" } } },
    { name = "green has no clock", as_of = "2024-12-31", expect = "not-met", params = { clocks = { "mash-amber" } },
      events = { { "2024-06-03", "mash-start", "mash", { rag = "green" } },
                 { "2024-06-05", "mash-outcome", "mash" } } },
    -- What begins with one entry is one spell: the first of the clocks tells it.
    { name = "two clocks of one plan", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 },
      params = { clocks = { "core-group", "review" } }, outcome = "core_group",
      events = { { "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-04-23", "core-group", "childrens-social-care" },
                 { "2024-07-09", "cp-review", "childrens-social-care" } } },
  },
}
