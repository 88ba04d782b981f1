-- Concerns go on, and nobody wrote down what the child said.

return {
  id = "voice-absent", version = "1.0.0", group = "seen-and-heard",
  title = "The child's voice is not on record",
  question = "Did concerns go on for months while nobody wrote down what the child said or showed?",
  definition = "for {over} no entry of any agency says what the child said or showed (an entry marked as holding the child's"
    .. " voice, or one that is nothing else), while {concerns} or more concerns are recorded, each incident once. Counted from"
    .. " the last such entry, or from the first concern; from birth at the earliest. Only times that the returns declare to"
    .. " cover are looked at. An entry that is not marked counts as one without the child's voice",
  evidence = {
    source = "A local review of a family over years: the voice of the children was not recorded; numbers set by this product",
    standing = { "practice", "product" },
  },
  needs = {
    coverage = { days = 180, agencies = 1 },
    deny = { { any = use("concern-kinds").noticed } },
    held = { concern = true },
  },
  params = {
    over = { type = "span", default = { months = 6 }, min = { days = 14 }, max = { months = 36 }, standing = "product",
             doc = "how long nothing is on record of what the child said" },
    concerns = { type = "count", default = 3, min = 1, max = 100, standing = "product",
                 doc = "concerns, each incident once, that are recorded meanwhile" },
  },
  outcomes = {
    absent = "Between {from} and {to} no entry says what the child said or showed, while {count} concerns were recorded.",
  },
  evaluate = function(child, p)
    if child.expected and not child.born and child.expected >= child.as_of then
      return nil
    end
    local marked = child:select { voice = "yes", from = child.born }
    local voice = marked:union(child:select { kind = "child-voice", from = child.born })
    local concerns = child:select { concern = true, from = child.born }
    return voice:absent { over = p.over, others = concerns, n = p.concerns, covered = true, outcome = "absent" }
  end,
  examples = {
    -- Six months after 8 January 2024 end on 8 July.
    { name = "three concerns in six months without it", as_of = "2024-07-09", expect = "met", evidence = { 1, 2, 3, 4 },
      outcome = "absent", covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "visit", "childrens-social-care", child_seen = "yes", voice = "yes" },
                 { "2024-01-22", "school-concern", "school" },
                 { "2024-04-16", "hunger-concern", "school" },
                 { "2024-06-03", "police-incident", "police" } } },
    { name = "the last day is not over", as_of = "2024-07-08", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "visit", "childrens-social-care", child_seen = "yes", voice = "yes" },
                 { "2024-01-22", "school-concern", "school" },
                 { "2024-04-16", "hunger-concern", "school" },
                 { "2024-06-03", "police-incident", "police" } } },
    { name = "two concerns, one of them told by two agencies", as_of = "2024-09-30", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "visit", "childrens-social-care", child_seen = "yes", voice = "yes" },
                 { "2024-01-22", "school-concern", "school", incident = "I1" },
                 { "2024-01-22", "police-incident", "police", incident = "I1" },
                 { "2024-06-03", "police-incident", "police" } } },
    { name = "the school wrote down what the child said", as_of = "2024-07-09", expect = "not-met",
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } },
                 school = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "visit", "childrens-social-care", child_seen = "yes", voice = "yes" },
                 { "2024-01-22", "school-concern", "school" },
                 { "2024-04-16", "hunger-concern", "school" },
                 { "2024-05-02", "child-voice", "school" },
                 { "2024-06-03", "police-incident", "police" } } },
    { name = "seen, and not heard", as_of = "2024-12-31", expect = "met", evidence = { 1, 3, 4 },
      covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-22", "school-concern", "school" },
                 { "2024-02-12", "visit", "childrens-social-care", child_seen = "yes", voice = "no" },
                 { "2024-02-19", "hunger-concern", "school" },
                 { "2024-03-04", "hunger-concern", "school" } }, params = { concerns = 2 } },
    { name = "no return says that it covers the time", as_of = "2024-07-09", expect = "not-met",
      events = { { "2024-01-08", "visit", "childrens-social-care", child_seen = "yes", voice = "yes" },
                 { "2024-01-22", "school-concern", "school" },
                 { "2024-04-16", "hunger-concern", "school" },
                 { "2024-06-03", "police-incident", "police" } } },
    { name = "the child was heard on some day in July", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3, 4, 5 }, covers = { ["childrens-social-care"] = { { "2024-01-01", "2024-12-31" } } },
      events = { { "2024-01-08", "visit", "childrens-social-care", child_seen = "yes", voice = "yes" },
                 { "2024-01-22", "school-concern", "school" },
                 { "2024-04-16", "hunger-concern", "school" },
                 { "2024-06-03", "police-incident", "police" },
                 { "2024-07", "visit", "childrens-social-care", child_seen = "yes", voice = "yes" } } },
  },
}
