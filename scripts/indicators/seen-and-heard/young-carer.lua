-- A child cares for somebody at home, and no young carer's assessment is on record.

return {
  id = "young-carer", version = "1.0.0", group = "seen-and-heard",
  title = "Young carer not assessed",
  question = "Is it on record that the child cares for somebody, without a young carer's assessment?",
  definition = "an entry that the child cares for a parent or sibling, or an assessment that names caring as a factor"
    .. " ({factors}), without a young carer's assessment on that day, up to {within} after it or up to {before} before it",
  evidence = {
    source = "A local review of a family over years: young carers went unseen; numbers set by this product",
    standing = { "practice", "product" },
  },
  needs = {
    any = { "young-carer-concern", "assessment-end" },
    all = { "young-carer-assessment" },
    deny = { "young-carer-concern", "assessment-end.factors" },
    held = { "young-carer-concern", "assessment-end" },
  },
  params = {
    within = { type = "span", default = { days = 90 }, min = { days = 1 }, max = { months = 24 }, standing = "product",
               doc = "time to assess the child as a young carer" },
    before = { type = "span", default = { months = 12 }, min = { days = 0 }, max = { months = 60 }, standing = "product",
               doc = "how long an earlier young carer's assessment stands" },
    factors = { type = "list", default = { "7A" }, standing = "national-definition",
                doc = "factors of an assessment that say that the child is a young carer" },
  },
  outcomes = {
    not_assessed = "The child is on record as caring for somebody at home ({from}), and no young carer's assessment within"
      .. " {within} is.",
  },
  evaluate = function(child, p)
    local noted = child:select { kind = "young-carer-concern" }
    local caring = noted:union(child:select { kind = "assessment-end", facts = { factors = p.factors } })
    local by_kind = child:select { kind = "young-carer-assessment" }
    local assessed = by_kind:union(child:select {
      kind = { "assessment-start", "assessment-end" }, facts = { assessment_type = "young-carer" },
    })
    return caring:unanswered { by = assessed, within = p.within, before = p.before, outcome = "not_assessed" }
  end,
  examples = {
    -- Ninety days after 10 January 2024: 21 to the end of January, 29, 31, and 9 in April.
    { name = "assessed on the ninetieth day", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-10", "young-carer-concern", "school" },
                 { "2024-04-09", "young-carer-assessment", "childrens-social-care" } } },
    { name = "assessed a day later", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 }, outcome = "not_assessed",
      events = { { "2024-01-10", "young-carer-concern", "school" },
                 { "2024-04-10", "young-carer-assessment", "childrens-social-care" } } },
    { name = "never assessed", as_of = "2024-04-10", expect = "met", evidence = { 1 },
      events = { { "2024-01-10", "young-carer-concern", "school" } } },
    { name = "the ninetieth day is not over", as_of = "2024-04-09", expect = "not-met",
      events = { { "2024-01-10", "young-carer-concern", "school" } } },
    { name = "assessed a year before, to the day", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-01-10", "young-carer-assessment", "childrens-social-care" },
                 { "2024-01-10", "young-carer-concern", "school" } } },
    { name = "assessed a year and a day before", as_of = "2024-12-31", expect = "met", evidence = { 2 },
      events = { { "2023-01-09", "young-carer-assessment", "childrens-social-care" },
                 { "2024-01-10", "young-carer-concern", "school" } } },
    { name = "an assessment names caring, and a young carer's assessment begins", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-10", "assessment-end", "childrens-social-care", { factors = "3B 7A" } },
                 { "2024-02-12", "assessment-start", "early-help", { assessment_type = "young-carer" } } } },
    { name = "an assessment names caring, and nothing follows", as_of = "2024-12-31", expect = "met", evidence = { 1 },
      events = { { "2024-01-10", "assessment-end", "childrens-social-care", { factors = "3B 7A" } },
                 { "2024-02-12", "assessment-start", "early-help", { assessment_type = "early-help" } } } },
    { name = "assessed on some day in April", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2 },
      events = { { "2024-01-10", "young-carer-concern", "school" },
                 { "2024-04", "young-carer-assessment", "childrens-social-care" } } },
  },
}
