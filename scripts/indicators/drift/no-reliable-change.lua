-- Graded care assessments of one carer whose profile has not moved over the reviews.

return {
  id = "no-reliable-change", version = "1.0.0", group = "drift",
  title = "A profile that does not move",
  question = "Has the graded care profile of a carer not become better in any sub-area over two reviews?",
  definition = "the latest assessment of one child and one carer on one instrument ({instruments}) and the {reviews} visits"
    .. " before it: at the first, {concerns} or more sub-areas are of concern, and between no two of them is any sub-area"
    .. " clearly better (a grade step that its items bear out, beyond what two assessors of one visit differed by); where"
    .. " the policy says how exactly the total measures, better is a reliable change of the total instead (an index of 1.96"
    .. " or more). A sub-area graded at the first that cannot be compared with the last leaves it open; with less than"
    .. " {comparable} of them comparable it is not assessed. Drafts do not count",
  evidence = {
    source = "No sub-area better by a grade step over two reviews: set by this product. Reliable change: Jacobson and Truax"
      .. " 1991",
    standing = { "product", "research" },
  },
  needs = { any = { "graded-care-completed", "screening-completed", "tool-completed" } },
  params = {
    instruments = { type = "list", default = { "graded-care", "gcp2-style" }, standing = "product",
                    doc = "instruments whose profiles are compared" },
    reviews = { type = "count", default = 2, min = 1, max = 10, standing = "product",
                doc = "reviews, after the assessment they start from, that make a series" },
    concerns = { type = "count", default = 1, min = 1, max = 100, standing = "product",
                 doc = "sub-areas of concern at the first: without any there is nothing that must become better" },
    comparable = { type = "percent", default = 50, min = 1, max = 100, standing = "product",
                   doc = "share of the sub-areas graded at the first that must be comparable with the last" },
  },
  outcomes = {
    no_change = "{count} assessments of one carer ({instrument}; first: {from}; last: {to}) show nothing that is clearly"
      .. " better; sub-areas of concern at the first: {concerned}.",
  },
  evaluate = function(child, p)
    -- A form that a second assessor filled in on the same visit begins no new one.
    local function visits_by_carer(instrument)
      local list, of_carer = {}, {}
      for _, assessment in ipairs(child:assessments(instrument)) do
        local visits = of_carer[assessment.carer]
        if not visits then
          visits = {}
          of_carer[assessment.carer] = visits
          table.insert(list, visits)
        end
        if #visits == 0 or not visits[#visits]:same_visit(assessment) then
          table.insert(visits, assessment)
        end
      end
      return list
    end

    local function latest(visits)
      local series = {}
      for i = #visits - p.reviews, #visits do
        table.insert(series, visits[i])
      end
      return series
    end

    local function became_better(series)
      for i = 1, #series - 1 do
        for k = i + 1, #series do
          local change = series[i]:compare(series[k])
          local better = change.better > 0
          if change.index then
            better = change.index >= 1.96
          end
          if better then
            return true
          end
        end
      end
      return false
    end

    local function judge(series)
      local graded, comparable, first = 0, 0, series[1]
      if #first:concerns() < p.concerns or became_better(series) then
        return "not-met"
      end
      for code, change in pairs(first:compare(series[#series]).sub_areas) do
        if first:grade(code) then
          graded = graded + 1
          comparable = comparable + (change ~= "not-comparable" and 1 or 0)
        end
      end
      if comparable == 0 or comparable * 100 < graded * p.comparable then
        return "not-assessed"
      end
      return comparable < graded and "possible" or "met"
    end

    local found = { met = {}, possible = {}, ["not-assessed"] = {}, ["not-met"] = {} }
    for _, instrument in ipairs(p.instruments) do
      for _, visits in ipairs(visits_by_carer(instrument)) do
        if #visits > p.reviews then
          local series = latest(visits)
          table.insert(found[judge(series)], series)
        end
      end
    end
    local answer = #found.met > 0 and "met" or "possible"
    if #found[answer] == 0 then
      return #found["not-assessed"] > 0 and { answer = "not-assessed", reason = "not-comparable" } or nil
    end
    -- The sentence tells the series that ends last, and of those the one that begins last.
    local spells, told = {}, found[answer][1]
    for _, series in ipairs(found[answer]) do
      local ends, told_ends = series[#series].day, told[#told].day
      if ends > told_ends or (ends == told_ends and series[1].day >= told[1].day) then
        told = series
      end
      table.insert(spells, { evidence = child:evidence(series) })
    end
    return { answer = answer, outcome = "no_change", spells = spells,
             values = { instrument = told[1].instrument, concerned = #told[1]:concerns() } }
  end,
  examples = {
    -- Nutrition (A1) is a four at each visit; all else is a two.
    { name = "two reviews, nothing better", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 }, outcome = "no_change",
      events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 2, items = { A1a = 4, A1b = 3 }, carer = "M" } } },
    { name = "nutrition fell from four to two at the last review", as_of = "2024-12-31", expect = "not-met", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 2, carer = "M" } } },
    { name = "better at the first review and as before at the second: it moved", as_of = "2024-12-31", expect = "not-met",
      events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 2, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" } } },
    { name = "nothing of concern at the first", as_of = "2024-12-31", expect = "not-met", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 2, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 2, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 2, carer = "M" } } },
    { name = "one review only", as_of = "2024-12-31", expect = "not-met", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 2, items = { A1a = 4 }, carer = "M" } } },
    { name = "three assessments, but of two carers", as_of = "2024-12-31", expect = "not-met", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 4, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 4, carer = "F" },
                      { "2024-10-02", "graded-care", grade = 4, carer = "M" } } },
    { name = "the father's profile does not move, the mother's does", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 3, 5 }, events = {},
      assessments = { { "2024-01-10", "gcp2-style", grade = 4, carer = "F" },
                      { "2024-01-10", "gcp2-style", grade = 4, carer = "M" },
                      { "2024-05-15", "gcp2-style", grade = 4, carer = "F" },
                      { "2024-05-15", "gcp2-style", grade = 3, carer = "M" },
                      { "2024-10-02", "gcp2-style", grade = 4, carer = "F" },
                      { "2024-10-02", "gcp2-style", grade = 3, carer = "M" } } },
    { name = "the second review is a draft", as_of = "2024-12-31", expect = "not-met", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 4, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 4, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 4, carer = "M", status = "draft" } } },
    { name = "the second review was recorded later", as_of = "2024-12-31", expect = "not-met", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 4, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 4, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 4, carer = "M", recorded = "2025-01-06" } } },
    { name = "a second assessor of one visit makes no review", as_of = "2024-12-31", expect = "not-met", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 4, carer = "M", assessor = "one" },
                      { "2024-01-10", "graded-care", grade = 4, carer = "M", assessor = "other" },
                      { "2024-05-15", "graded-care", grade = 4, carer = "M", assessor = "one" } } },
    -- Two assessors of the first visit stood a grade apart on everything, so a fall of one grade is not clear.
    { name = "a fall within what two assessors of one visit differed by", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 3, 4 }, events = {},
      assessments = { { "2024-01-10", "gcp2-style", grade = 4, carer = "M", assessor = "one" },
                      { "2024-01-10", "gcp2-style", grade = 5, carer = "M", assessor = "other" },
                      { "2024-05-15", "gcp2-style", grade = 4, carer = "M", assessor = "one" },
                      { "2024-10-02", "gcp2-style", grade = 3, carer = "M", assessor = "one" } } },
    { name = "hygiene was not seen at the last review and may be better", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3 }, events = {},
      assessments = { { "2024-01-10", "gcp2-style", grade = 4, carer = "M" },
                      { "2024-05-15", "gcp2-style", grade = 4, carer = "M" },
                      { "2024-10-02", "gcp2-style", grade = 4, items = { P4 = "not-seen" }, carer = "M" } } },
    { name = "the last form does not say which period was seen", as_of = "2024-12-31", expect = "not-assessed",
      reason = "not-comparable", events = {},
      assessments = { { "2024-01-10", "graded-care", grade = 4, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 4, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 4, carer = "M", window = false } } },
    { name = "three reviews asked for, the latest four count", as_of = "2024-12-31", expect = "met", evidence = { 2, 3, 4, 5 },
      params = { reviews = 3 }, events = {},
      assessments = { { "2023-01-10", "graded-care", grade = 5, carer = "M" },
                      { "2023-09-04", "graded-care", grade = 4, carer = "M" },
                      { "2024-01-10", "graded-care", grade = 4, carer = "M" },
                      { "2024-05-15", "graded-care", grade = 4, carer = "M" },
                      { "2024-10-02", "graded-care", grade = 4, carer = "M" } } },
  },
}
