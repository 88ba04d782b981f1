-- How many different kinds of adversity are on record.

return {
  id = "risk-factor-count", version = "1.0.0", group = "accumulation",
  title = "Many kinds of adversity",
  question = "How many different kinds of adversity are on record for the child?",
  definition = "{factors} or more different kinds of adversity since the record began: neglect; emotional, physical, sexual"
    .. " abuse; harmful practice; domestic abuse; alcohol or drugs; mental health; exploitation; going missing; caring for"
    .. " others; bereavement. Each counts once, whether an assessment, a plan or a concern tells it, and none weighs more"
    .. " than another. A child's own disability or a carer's illness is none of them",
  evidence = {
    source = "Research on cumulative risk: the number of different circumstances, unweighted (Rutter 1979; Evans, Li and"
      .. " Whipple 2013); from four on in studies of groups, no cut-off for one child; which circumstances: this product",
    standing = { "research", "product" },
  },
  needs = {
    any = { "assessment-end", "cp-plan-start", "concern", "domestic-abuse-incident", "substance-concern",
            "exploitation-concern", "missing-start", "young-carer-concern", "death", "hunger-concern",
            "hygiene-concern", "supervision-concern", "housing-concern", "was-not-brought", "dental-concern" },
    deny = {
      "assessment-end.factors", "cp-plan-start.category",
      { any = { "concern", "domestic-abuse-incident", "substance-concern", "exploitation-concern",
                "missing-start", "young-carer-concern" } },
    },
    held = { "death", "domestic-abuse-incident", "exploitation-concern", "missing-start", "substance-concern",
             "young-carer-concern", use("neglect").kinds, "assessment-end.factors", "cp-plan-start.category",
             "cp-plan-end.category", concern = true, n = { "factors" }, different = true },
  },
  params = {
    factors = { type = "count", default = 4, min = 2, max = 12, doc = "different kinds that make a prompt",
                standing = "research" },
  },
  outcomes = {
    many = "{found} different kinds of adversity are on record (first: {from}; the latest to appear: {to}).",
  },
  evaluate = function(child, p)
    local adversity = use "adversity"
    local some = adversity.on_record(child)
    if some.kinds + some.codes + some.categories + some.themes < p.factors then
      return nil
    end
    local told, found = {}, { certain = 0, possible = 0 }
    for _, factor in ipairs(adversity.factors()) do
      local rows = adversity.entries(child, factor, some)
      local count = rows and rows:count()
      if count and count.possible > 0 then
        table.insert(told, { factor = factor, rows = rows })
        found.possible = found.possible + 1
        found.certain = found.certain + (count.certain > 0 and 1 or 0)
      end
    end
    if found.possible < p.factors then
      return nil
    end
    local evidence
    for _, one in ipairs(told) do
      local first = adversity.entries(child, one.factor, some, adversity.on_record_by(one.rows))
      evidence = evidence and evidence:union(first) or first
    end
    return { answer = found.certain >= p.factors and "met" or "possible", outcome = "many", values = { found = found },
             evidence = evidence }
  end,
  examples = {
    { name = "four kinds, from an assessment and from entries", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2, 4 }, outcome = "many",
      events = { { "2022-03-01", "assessment-end", "childrens-social-care", { factors = "16A 3B" } },
                 { "2023-05-10", "substance-concern", "gp" },
                 { "2023-06-12", "substance-concern", "gp" },
                 { "2024-02-05", "young-carer-concern", "school" } } },
    { name = "one kind told four times", as_of = "2024-12-31", expect = "not-met",
      events = { { "2022-03-01", "assessment-end", "childrens-social-care", { factors = "16A" } },
                 { "2022-04-01", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2023-05-10", "hunger-concern", "school" },
                 { "2023-06-12", "concern", "school", theme = "emotional" } } },
    -- The child's and the carer's use of alcohol and of drugs is one kind; a disability is none.
    { name = "codes that are one kind, and one that is none", as_of = "2024-12-31", expect = "not-met",
      events = { { "2022-03-01", "assessment-end", "childrens-social-care",
                   { factors = "1A 1B 2B 5B 3B 16A" } } } },
    { name = "all in one assessment", as_of = "2024-12-31", expect = "met", evidence = { 1 },
      events = { { "2022-03-01", "assessment-end", "childrens-social-care", { factors = "16A 3B 4B 2B" } } } },
    { name = "of the fourth nobody is sure that it was", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3 },
      events = { { "2022-03-01", "assessment-end", "childrens-social-care", { factors = "16A 3B" } },
                 { "2023-05-10", "substance-concern", "gp" },
                 { "2024-02-05?", "missing-start", "police" } } },
    { name = "three where three are asked for", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      params = { factors = 3 },
      events = { { "2022-03-01", "assessment-end", "childrens-social-care", { factors = "17A 3B" } },
                 { "2023-05-10", "death", "gp" } } },
  },
}
