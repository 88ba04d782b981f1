-- Neglect that has gone on for so long that nobody is surprised by it.

local neglect = use "neglect"

return {
  id = "acclimatisation", version = "1.0.0", group = "drift",
  title = "Used to neglect",
  question = "Has neglect been recorded in most quarters for a long time, with no better spell and no higher response?",
  definition = "in {quarters} or more of {periods} successive periods of {quarter} that end on some day, a concern of a theme"
    .. " ({themes}) or a kind ({kinds}) that is neglect; no more than {better} between one such concern and the next;"
    .. " and the level of response on that day not above that on the first day of those periods",
  evidence = {
    source = "Neglect needs analysis: drift and acclimatisation to chronic neglect over years; the numbers are set by this"
      .. " product",
    standing = { "practice", "product" },
  },
  needs = {
    any = { "concern", "hunger-concern", "hygiene-concern", "supervision-concern", "housing-concern", "school-concern" },
    deny = { { any = { "concern", "hunger-concern", "hygiene-concern", "supervision-concern", "housing-concern" } } },
    held = { concern = true, n = { "quarters", "periods" }, of = { "themes", "kinds" } },
  },
  params = {
    quarter = { type = "span", default = { months = 3 }, min = { days = 28 }, max = { months = 6 }, standing = "product",
                doc = "length of one period, in days or months" },
    periods = { type = "count", default = 6, min = 2, max = 40, standing = "product", doc = "periods looked at" },
    quarters = { type = "count", default = 4, min = 2, max = 40, standing = "product",
                 doc = "of them those that hold a concern, no more than there are" },
    better = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 24 }, standing = "product",
               doc = "a time without concern that is a sustained better spell where it is longer" },
    themes = { type = "list", default = neglect.themes, standing = "practice", doc = "themes that are forms of neglect" },
    kinds = { type = "list", default = neglect.kinds, standing = "product",
              doc = "kinds of concern that are neglect whatever their theme" },
  },
  outcomes = {
    used_to = "Neglect was recorded in {count} of {periods} successive periods of {quarter}, from {from} to {to}, with no"
      .. " better spell and no higher response.",
  },
  evaluate = function(child, p)
    local answers, lib = use "answers", use "neglect"
    local concerns = lib.concerns(child, p)

    local function in_periods(rows)
      return rows:in_periods {
        of = p.quarter, periods = p.periods, n = math.min(p.quarters, p.periods), level = "not-above", outcome = "used_to",
      }
    end

    -- Where it does not hold of all concerns, it holds between no two better spells.
    local of_all = in_periods(concerns)
    if of_all.answer == "not-met" then
      return of_all
    end

    local columns = concerns:columns("from", "to")
    -- In the order of their first days: after each, the last day that what came up to it may have, and the first day
    -- that is left of it.
    local order = {}
    for i in ipairs(columns.from) do
      table.insert(order, i)
    end
    table.sort(order, function(a, b)
      if columns.from[a] ~= columns.from[b] then
        return columns.from[a] < columns.from[b]
      end
      return a < b
    end)

    -- Stretches of concerns, parted where a better spell is sure or, strictly, where there may be one.
    local function stretches(strict)
      local list, since, last = {}, nil, nil
      for _, i in ipairs(order) do
        local side, other = strict and "from" or "to", strict and "to" or "from"
        if last and columns[other][i] > calendar.add(last, p.better) then
          table.insert(list, { from = since, to = columns.from[i] - 1 })
          since = columns.from[i]
        end
        last = math.max(last or columns[side][i], columns[side][i])
      end
      table.insert(list, { from = since })
      return list
    end

    local function ask(list)
      if #list == 1 then
        return answers.any { of_all }
      end
      local found = {}
      for _, stretch in ipairs(list) do
        table.insert(found, in_periods(lib.concerns(child, p, stretch.from, stretch.to)))
      end
      return answers.any(found)
    end

    local strict = ask(stretches(true))
    if strict.answer == "met" then
      return strict
    end
    return answers.doubted(ask(stretches(false)))
  end,
  examples = {
    -- The six quarters that end on 30 June 2024 begin on 31 December 2022.
    { name = "neglect in four of six quarters on a plan", as_of = "2024-06-30", expect = "met", evidence = { 2, 3, 4, 5 },
      outcome = "used_to",
      events = { { "2022-10-03", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2023-02-06", "hunger-concern", "school" },
                 { "2023-07-10", "hygiene-concern", "school" },
                 { "2023-11-13", "housing-concern", "housing" },
                 { "2024-04-15", "concern", "health-visiting", theme = "medical" } } },
    { name = "three quarters, in one of them two on a day", as_of = "2024-06-30", expect = "not-met",
      events = { { "2023-02-06", "hunger-concern", "school" },
                 { "2023-07-10", "hygiene-concern", "school" },
                 { "2023-11-13", "housing-concern", "housing" },
                 { "2023-11-13", "concern", "health-visiting", theme = "medical" } } },
    { name = "the response rose", as_of = "2024-06-30", expect = "not-met",
      events = { { "2023-02-06", "hunger-concern", "school" },
                 { "2023-07-10", "hygiene-concern", "school" },
                 { "2023-08-07", "cin-plan-start", "childrens-social-care" },
                 { "2023-11-13", "housing-concern", "housing" },
                 { "2024-04-15", "concern", "health-visiting", theme = "medical" } } },
    { name = "concerns of other kinds", as_of = "2024-06-30", expect = "not-met",
      events = { { "2023-02-06", "police-incident", "police" },
                 { "2023-07-10", "exclusion", "school" },
                 { "2023-11-13", "missing-start", "police" },
                 { "2024-04-15", "domestic-abuse-incident", "police" } } },
    -- From 20 April to 21 October 2023 are six months and a day.
    { name = "a better spell of more than six months lies between", as_of = "2024-06-30", expect = "not-met",
      events = { { "2023-02-06", "hunger-concern", "school" },
                 { "2023-04-20", "hygiene-concern", "school" },
                 { "2023-10-21", "housing-concern", "housing" },
                 { "2024-02-12", "concern", "health-visiting", theme = "medical" },
                 { "2024-05-13", "hunger-concern", "school" } } },
    { name = "six months to the day are none", as_of = "2024-06-30", expect = "met", evidence = { 1, 2, 3, 4, 5 },
      events = { { "2023-02-06", "hunger-concern", "school" },
                 { "2023-04-20", "hygiene-concern", "school" },
                 { "2023-10-20", "housing-concern", "housing" },
                 { "2024-02-12", "concern", "health-visiting", theme = "medical" },
                 { "2024-05-13", "hunger-concern", "school" } } },
    { name = "the year of one is all that is known", as_of = "2024-06-30", expect = "possible", evidence = { 1, 2, 3, 4 },
      events = { { "2023-02-06", "hunger-concern", "school" },
                 { "2023", "hygiene-concern", "school" },
                 { "2023-11-13", "housing-concern", "housing" },
                 { "2024-04-15", "concern", "health-visiting", theme = "medical" } } },
  },
}
