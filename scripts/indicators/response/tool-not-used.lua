-- Neglect is on record and no assessment tool was used in time, or its review is overdue.

return {
  id = "tool-not-used", version = "1.0.0", group = "response",
  title = "No tool for neglect",
  question = "Is neglect on record without a graded care profile or screening, or is the review of the last one overdue?",
  definition = "neglect is on record from the first of these: a child protection plan of category neglect; an assessment"
    .. " that names neglect as a factor ({factors}); the last of {concerns} concerns of a theme ({themes}) or a kind ({kinds})"
    .. " that is neglect, each incident once. Not used: no tool ({tools}) within {within} of that day or in the"
    .. " {review_after} before it. Review overdue: the last such tool, or one since, is more than {review_after} old while"
    .. " neglect is current, by an open plan of category neglect or an entry of neglect in the last {current}. Where both"
    .. " hold, the overdue review is told",
  evidence = {
    source = "A graded care profile should go with any referral for neglect and be reviewed: review practice of safeguarding"
      .. " partnerships; the numbers are local",
    standing = { "practice", "local" },
  },
  needs = {
    any = { "graded-care-completed", "screening-completed" },
    deny = {
      "cp-plan-start.category", "assessment-end.factors",
      { any = { "concern", "hunger-concern", "hygiene-concern", "supervision-concern", "housing-concern" } },
    },
  },
  params = {
    tools = { type = "list", default = { "graded-care-completed", "screening-completed" }, standing = "practice",
              doc = "kinds of entry that a completed tool is" },
    within = { type = "span", default = { working_days = 45 }, min = { working_days = 1 }, max = { working_days = 260 },
               standing = "local", doc = "time to complete a tool once neglect is on record" },
    review_after = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 24 }, standing = "local",
                     doc = "how long a completed tool stands before its review" },
    current = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 60 }, standing = "product",
                doc = "how long an entry of neglect keeps it current where no plan is open" },
    concerns = { type = "count", default = 3, min = 1, max = 100, standing = "product",
                 doc = "concerns, each incident once, that put neglect on record without a plan or an assessment" },
    themes = { type = "list", standing = "practice", doc = "themes that are forms of neglect",
               default = { "physical", "educational", "emotional", "medical", "supervisory", "environmental" } },
    kinds = { type = "list", standing = "product", doc = "kinds of concern that are neglect whatever their theme",
              default = { "hunger-concern", "hygiene-concern", "supervision-concern", "housing-concern" } },
    factors = { type = "list", default = { "16A" }, standing = "national-definition",
                doc = "factors of an assessment that are neglect" },
  },
  outcomes = {
    not_used = "Neglect has been on record since {since}, and no graded care profile or screening was completed"
      .. " within {within}.",
    review_overdue = "The last graded care profile or screening was completed on {last} and not reviewed within"
      .. " {review_after}, while neglect is still current.",
  },
  evaluate = function(child, p)
    local today = child.as_of

    -- Each filter with the days that it is to lie in.
    local function entries(from, to)
      local plans = child:select { kind = "cp-plan-start", facts = { category = "neglect" }, from = from, to = to }
      local assessed = child:select { kind = "assessment-end", facts = { factors = p.factors }, from = from, to = to }
      local by_theme = child:select { concern = true, theme = p.themes, from = from, to = to }
      local by_kind = child:select { concern = true, kind = p.kinds, from = from, to = to }
      return plans:union(assessed), by_theme:union(by_kind)
    end

    -- The days of each incident once.
    local function incidents(selection)
      local columns, list, seen = selection:columns(), {}, {}
      for i, incident in ipairs(columns.incident) do
        if not seen[incident] then
          seen[incident] = true
          table.insert(list, { from = columns.from[i], to = columns.to[i], uncertain = columns.uncertain[i],
                               found = columns.found[i] })
        end
      end
      return list
    end

    -- The n-th of the earliest or of the latest days; nil where there are fewer.
    local function nth(list, n, side)
      local days = {}
      for _, item in ipairs(list) do
        table.insert(days, item[side])
      end
      table.sort(days)
      return days[n]
    end

    -- Where entries of several agencies may be one incident, only one of them, the last, is sure to count.
    local function surely_counted(list)
      local kept, groups = {}, {}
      for _, item in ipairs(list) do
        local group = item.found and groups[item.found]
        if group then
          group.to = math.max(group.to, item.to)
        else
          group = { to = item.to }
          table.insert(kept, group)
          if item.found then
            groups[item.found] = group
          end
        end
      end
      return kept
    end

    local function earlier(a, b)
      return (a and b) and math.min(a, b) or a or b
    end

    local sure, concerns = entries()
    sure, concerns = incidents(sure), incidents(concerns)
    local since = { from = earlier(nth(sure, 1, "from"), nth(concerns, p.concerns, "from")),
                    to = earlier(nth(sure, 1, "to"), nth(surely_counted(concerns), p.concerns, "to")) }
    if not since.from then
      return nil
    end
    -- Neither a date with a question mark nor a number that is not sure allows more than "possible".
    local doubted = not since.to
    since.to = since.to or nth(concerns, p.concerns, "to")
    local completed = child:select { kind = p.tools }
    local tools = incidents(completed)

    for _, list in ipairs { sure, concerns, tools } do
      for _, item in ipairs(list) do
        doubted = doubted or (item.uncertain and (list == tools or item.from <= since.to))
      end
    end

    local function answer_of(always, sometimes)
      return always and not doubted and "met" or sometimes and "possible" or "not-met"
    end

    -- Every day on which neglect may have come on record: each is a world, and each tool is placed on its own.
    local function not_used()
      local always, sometimes = true, false
      for day = since.from, since.to do
        local deadline = calendar.add(day, p.within)
        local some_in, all_out = false, true
        for _, tool in ipairs(tools) do
          local stands_from, stands_to = calendar.add(tool.from, p.review_after), calendar.add(tool.to, p.review_after)
          some_in = some_in or (stands_to >= day and tool.from <= deadline)
          all_out = all_out and (stands_from < day or tool.to > deadline)
        end
        always = always and today > deadline and not some_in
        sometimes = sometimes or (today > deadline and all_out)
      end
      return answer_of(always, sometimes)
    end

    local function current()
      local open = child:episodes({ name = "cp-plan", facts = { category = "neglect" } }):open_on(today)
      local always, sometimes = open.certain > 0, open.possible > 0
      for _, list in ipairs { sure, concerns } do
        for _, item in ipairs(list) do
          always = always or (calendar.add(item.from, p.current) >= today and not item.uncertain)
          sometimes = sometimes or calendar.add(item.to, p.current) >= today
        end
      end
      return always, sometimes
    end

    local is_current, may_be_current = current()
    local last = { from = nth(tools, #tools, "from"), to = nth(tools, #tools, "to") }

    local function overdue()
      if #tools == 0 then
        return "not-met"
      end
      local first_end, last_end = calendar.add(last.from, p.review_after), calendar.add(last.to, p.review_after)
      return answer_of(is_current and last_end < today and first_end >= since.to,
                       may_be_current and first_end < today and last_end >= since.from)
    end

    local function told_not_used(answer)
      local early, counted = entries(nil, since.to)
      local deadline, goes_to = calendar.add(since.to, p.within), nil
      -- In the world with the earliest day, the first tool behind its time ends it.
      for _, tool in ipairs(tools) do
        if tool.to > calendar.add(since.from, p.within) then
          goes_to = earlier(goes_to, tool.to)
        end
      end
      local latest = math.max(deadline, nth(sure, #sure, "to") or since.to, nth(concerns, #concerns, "to") or since.to)
      goes_to = goes_to or (may_be_current and today) or math.min(latest, today)
      return { answer = answer, outcome = "not_used", values = { since = since },
               spells = { { evidence = early:union(counted), to = math.max(goes_to, since.to),
                            first_met = answer == "met" and deadline + 1 or nil } } }
    end

    local function told_overdue(answer)
      local plans, counted = entries(last.from)
      local rows = child:select({ kind = p.tools, from = last.from }):union(plans):union(counted)
      return { answer = answer, outcome = "review_overdue", values = { last = last },
               spells = { { evidence = rows, to = today,
                            first_met = answer == "met" and calendar.add(last.to, p.review_after) + 1 or nil } } }
    end

    local late, unused = overdue(), not_used()
    if late == "met" or (late == "possible" and unused ~= "met") then
      return told_overdue(late)
    end
    if unused ~= "not-met" then
      return told_not_used(unused)
    end
    return nil
  end,
  examples = {
    -- 45 working days after Monday 8 January 2024: 9 January to 11 March are 45 weekdays without a bank holiday.
    { name = "a plan for neglect and no tool", as_of = "2024-03-12", expect = "met", evidence = { 1 }, outcome = "not_used",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } } },
    { name = "on the last day of the time", as_of = "2024-03-11", expect = "not-met",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } } },
    { name = "a profile on the last day of the time", as_of = "2024-06-28", expect = "not-met",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } },
      assessments = { { "2024-03-11", "graded-care", grade = 3, carer = "M" } } },
    { name = "a profile a day too late", as_of = "2024-06-28", expect = "met", evidence = { 1 }, outcome = "not_used",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } },
      assessments = { { "2024-03-12", "graded-care", grade = 3, carer = "M" } } },
    { name = "a screening that an agency recorded three months before", as_of = "2024-03-29", expect = "not-met",
      events = { { "2023-10-09", "screening-completed", "health-visiting", { instrument = "neglect-screening" } },
                 { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } } },
    { name = "a plan for something else", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "physical" } } } },
    { name = "an assessment names neglect", as_of = "2024-12-31", expect = "met", evidence = { 1 }, outcome = "not_used",
      events = { { "2024-01-08", "assessment-end", "childrens-social-care", { factors = "3B 16A" } } } },
    { name = "the third concern puts neglect on record", as_of = "2024-03-12", expect = "met", evidence = { 1, 2, 3 },
      outcome = "not_used",
      events = { { "2023-10-02", "concern", "school", theme = "physical" },
                 { "2023-11-20", "hunger-concern", "school" },
                 { "2024-01-08", "concern", "health-visiting", theme = "medical" } } },
    { name = "two concerns, one of them told by two agencies", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-10-02", "hunger-concern", "school" },
                 { "2024-01-08", "hygiene-concern", "school", incident = "I1" },
                 { "2024-01-08", "hygiene-concern", "health-visiting", incident = "I1" } } },
    { name = "three concerns, of which two may be one", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2, 3 },
      outcome = "not_used",
      events = { { "2023-10-02", "hunger-concern", "school" },
                 { "2024-01-08", "housing-concern", "housing" },
                 { "2024-01-09", "housing-concern", "health-visiting" } } },
    { name = "a draft is no profile", as_of = "2024-12-31", expect = "met", evidence = { 1 }, outcome = "not_used",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } },
      assessments = { { "2024-02-05", "graded-care", grade = 3, carer = "M", status = "draft" } } },
    { name = "the plan began some day in January", as_of = "2024-03-15", expect = "possible", evidence = { 1 },
      outcome = "not_used",
      events = { { "2024-01", "cp-plan-start", "childrens-social-care", { category = "neglect" } } } },
    { name = "the screening may have been in time", as_of = "2024-06-28", expect = "possible", evidence = { 1 },
      outcome = "not_used",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2024-03", "screening-completed", "childrens-social-care", { instrument = "neglect-screening" } } } },
    -- Six months after 12 February end on 12 August.
    { name = "the review is overdue while the plan is open", as_of = "2024-08-13", expect = "met", evidence = { 2 },
      outcome = "review_overdue",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } },
      assessments = { { "2024-02-12", "graded-care", grade = 3, carer = "M" } } },
    { name = "the last day of the six months", as_of = "2024-08-12", expect = "not-met",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } } },
      assessments = { { "2024-02-12", "graded-care", grade = 3, carer = "M" } } },
    { name = "the plan has ended and nothing of neglect came since", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2024-06-10", "cp-plan-end", "childrens-social-care" } },
      assessments = { { "2024-02-12", "graded-care", grade = 3, carer = "M" } } },
    { name = "the plan has ended, and a concern of October keeps neglect current", as_of = "2024-12-31", expect = "met",
      evidence = { 3, 4 }, outcome = "review_overdue",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2024-06-10", "cp-plan-end", "childrens-social-care" },
                 { "2024-10-14", "hygiene-concern", "school" } },
      assessments = { { "2024-02-12", "graded-care", grade = 3, carer = "M" } } },
    { name = "the six months may or may not have passed", as_of = "2024-08-13", expect = "possible", evidence = { 2 },
      outcome = "review_overdue",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2024-02", "graded-care-completed", "childrens-social-care", { instrument = "graded-care" } } } },
  },
}
