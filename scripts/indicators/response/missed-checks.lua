-- A MASH episode in which an agency that should have been asked was not.

return {
  id = "missed-checks", version = "1.0.0", group = "response",
  title = "An agency was not asked",
  question = "Was there a MASH episode in which a required agency was not asked?",
  definition = "a MASH episode that is over, or has been open for more than {open_for}, without a check with each of"
    .. " {agencies}, with one of {education} and with one of {health}. An agency was asked where a check from the first to"
    .. " the last day of the episode names it or is its own answer",
  evidence = {
    source = "Joint targeted area inspection of Bedford 2023, main finding 11: not all partners contacted for MASH checks (adult"
      .. " mental health, child and adolescent mental health, drug and alcohol, police)",
    standing = { "practice", "local" },
  },
  needs = {
    all = { "mash-start", "mash-check" },
    deny = { "mash-start", "mash-outcome" },
    held = { "mash-start" },
  },
  params = {
    agencies = { type = "list", default = { "adult-mental-health", "camhs", "drug-alcohol", "police" },
                 doc = "agencies each of which is to be asked", standing = "practice" },
    education = { type = "list", default = { "school", "early-years" }, standing = "practice",
                  doc = "agencies of education of which one is to be asked; an empty list: none" },
    health = { type = "list", standing = "practice",
               default = { "health-visiting", "school-nursing", "gp", "hospital", "midwifery", "community-nursing" },
               doc = "agencies of health of which one is to be asked; an empty list: none" },
    open_for = { type = "span", default = { working_days = 5 }, min = { working_days = 1 }, max = { working_days = 60 },
                 doc = "how long an episode may be open before its checks are held to be missing", standing = "product" },
  },
  outcomes = {
    one = "In the MASH episode of {since} there is no check with {first} on record.",
    two = "In the MASH episode of {since} there is no check with {first} or {second} on record.",
    three = "In the MASH episode of {since} there is no check with {first}, {second} or {third} on record.",
    more = "In the MASH episode of {since} there is no check with {missing} of those who are to be asked on record,"
      .. " {first}, {second} and {third} among them.",
  },
  evaluate = function(child, p)
    local mash = child:episodes { name = "mash" }
    if mash:count() > 0 and not use("rows").told(child, { "mash-check" }) then
      return { answer = "not-assessed", reason = "no-data" }
    end
    local today = child.as_of
    local required = {}
    for _, agency in ipairs(p.agencies) do
      table.insert(required, { name = agency, any = { agency } })
    end
    for _, name in ipairs { "education", "health" } do
      if #p[name] > 0 then
        table.insert(required, { name = name, any = p[name] })
      end
    end

    -- How many checks with one of the agencies lie between two days.
    local function checks(any, from, to)
      local own = child:select { kind = "mash-check", agency = any, from = from, to = to }
      return own:union(child:select { kind = "mash-check", facts = { agencies_asked = any }, from = from, to = to })
    end

    -- When an episode began and ended, each from its first to its last possible day.
    local function days(episode)
      local columns = episode:rows():columns()
      local found = { sure = true }
      for i, kind in ipairs(columns.kind) do
        found[kind == "mash-start" and "start" or "over"] = { from = columns.from[i], to = columns.to[i] }
        found.sure = found.sure and not columns.uncertain[i]
      end
      return found
    end

    -- What was not asked, for certain and perhaps, and whether it should have been by now.
    local function look(episode)
      local day = days(episode)
      local over = day.over or { from = today, to = today }
      local due = day.over and over.to or calendar.add(day.start.to, p.open_for) + 1
      local missing, doubted = {}, {}
      for _, one in ipairs(required) do
        if checks(one.any, day.start.from, over.to):count().possible == 0 then
          table.insert(missing, one.name)
        end
        if checks(one.any, day.start.to, over.from):count().certain == 0 then
          table.insert(doubted, one.name)
        end
      end
      local may_be_due = day.over or calendar.add(day.start.from, p.open_for) < today
      local answer = #missing > 0 and due <= today and day.sure and "met"
        or #doubted > 0 and may_be_due and "possible" or "not-met"
      return { answer = answer, missing = answer == "met" and missing or doubted, since = day.start, due = due,
               spell = { evidence = episode:rows():union(child:select { kind = "mash-check", from = day.start.from,
                                                                        to = over.to }),
                         from = day.start.from, to = math.max(over.to, day.start.to),
                         first_met = answer == "met" and due or nil } }
    end

    -- Those of one answer, and the last of them, which is the one that is told.
    local told = { ["not-met"] = {}, possible = {}, met = {} }
    for _, episode in ipairs(mash:each()) do
      local found = look(episode)
      local list = told[found.answer]
      table.insert(list, found.spell)
      if not list.last or found.spell.to >= list.last.spell.to then
        list.last = found
      end
    end
    local spells = #told.met > 0 and told.met or told.possible
    local best = spells.last
    if not best then
      return nil
    end
    spells.last = nil
    local outcomes = { "one", "two", "three" }
    return { answer = best.answer, outcome = outcomes[#best.missing] or "more", spells = spells,
             values = { since = best.since, missing = #best.missing, first = best.missing[1], second = best.missing[2],
                        third = best.missing[3] } }
  end,
  examples = {
    { name = "all were asked", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } },
                 { "2024-06-03", "mash-check", "mash",
                   { agencies_asked = "adult-mental-health camhs drug-alcohol police school gp" } },
                 { "2024-06-04", "mash-outcome", "mash", { outcome = "accepted" } } } },
    { name = "some were named and the others answered", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } },
                 { "2024-06-03", "mash-check", "mash", { agencies_asked = "adult-mental-health camhs drug-alcohol" } },
                 { "2024-06-03", "mash-check", "police" },
                 { "2024-06-04", "mash-check", "early-years" },
                 { "2024-06-04", "mash-check", "health-visiting" },
                 { "2024-06-04", "mash-outcome", "mash", { outcome = "accepted" } } } },
    { name = "drug and alcohol was not asked", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 }, outcome = "one",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } },
                 { "2024-06-03", "mash-check", "mash", { agencies_asked = "adult-mental-health camhs police school gp" } },
                 { "2024-06-04", "mash-outcome", "mash", { outcome = "accepted" } } } },
    { name = "police, education and health were asked", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 },
      outcome = "three",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } },
                 { "2024-06-03", "mash-check", "mash", { agencies_asked = "police early-years midwifery" } },
                 { "2024-06-04", "mash-outcome", "mash", { outcome = "accepted" } } } },
    { name = "an episode of one day, and police alone asked", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 },
      outcome = "more",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "red" } },
                 { "2024-06-03", "mash-check", "mash", { agencies_asked = "police" } },
                 { "2024-06-03", "mash-outcome", "mash", { outcome = "accepted" } } } },
    { name = "a check of an earlier episode is none of this", as_of = "2024-12-31", expect = "met", evidence = { 4, 5, 6 },
      outcome = "two",
      events = { { "2024-03-04", "mash-start", "mash", { rag = "amber" } },
                 { "2024-03-04", "mash-check", "mash",
                   { agencies_asked = "adult-mental-health camhs drug-alcohol police school gp" } },
                 { "2024-03-05", "mash-outcome", "mash", { outcome = "no-further-action" } },
                 { "2024-06-03", "mash-start", "mash", { rag = "amber" } },
                 { "2024-06-03", "mash-check", "mash", { agencies_asked = "adult-mental-health drug-alcohol school gp" } },
                 { "2024-06-04", "mash-outcome", "mash", { outcome = "accepted" } } } },
    -- Five working days after Monday 3 June 2024 end on Monday 10 June.
    { name = "an open episode on its fifth working day", as_of = "2024-06-10", expect = "not-met",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } } } },
    { name = "an open episode a day later", as_of = "2024-06-11", expect = "met", evidence = { 1 }, outcome = "more",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } } } },
    { name = "the check with police may lie before the episode", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3, 4 }, outcome = "one",
      events = { { "2024-06-03", "mash-start", "mash", { rag = "amber" } },
                 { "2024-06-03", "mash-check", "mash", { agencies_asked = "adult-mental-health camhs drug-alcohol school gp" } },
                 { "2024-05-28/2024-06-03", "mash-check", "police" },
                 { "2024-06-04", "mash-outcome", "mash", { outcome = "accepted" } } } },
  },
}
