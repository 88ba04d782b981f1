-- Incidents that come closer and closer together.

return {
  id = "accelerating", version = "1.0.0", group = "accumulation",
  title = "Concerns come faster",
  question = "Are the gaps between incidents closing?",
  definition = "the last {gaps} gaps between days with an incident of concern are each shorter than the one before, the last"
    .. " of them at most {closed_to} of the first; and the last {over} hold {incidents} or more incidents, and {ratio} times"
    .. " as many as the {over} before, or more. Referrals are left out, because they pass on what was noticed already; so"
    .. " are agencies whose returns do not cover the whole time",
  evidence = {
    source = "Reviews: calls to police and health that came faster and faster without anybody looking again. Closing gaps are"
      .. " often chance, so that more incidents are asked for as well; all numbers are set by this product",
    standing = { "product" },
  },
  needs = {
    any = use("concern-kinds").kinds,
    deny = { { any = use("concern-kinds").noticed } },
    held = { concern = true, n = { "incidents" }, within = "over" },
  },
  params = {
    gaps = { type = "count", default = 3, min = 2, max = 20, doc = "last gaps that close" },
    closed_to = { type = "percent", default = 50, min = 1, max = 100, doc = "how long the last gap may be, of the first" },
    over = { type = "span", default = { days = 180 }, min = { days = 28 }, max = { months = 24 },
             doc = "length of each of the two times that are compared" },
    ratio = { type = "ratio", default = 2, min = 1, max = 10, doc = "how many times as many incidents" },
    incidents = { type = "count", default = 6, min = 3, max = 100, doc = "incidents in the later time" },
  },
  outcomes = {
    faster = "The last {gaps} gaps between days with a concern grew shorter each time (last concern: {to}): {later} incidents"
      .. " in the last {over}, {before} in the {over} before.",
  },
  evaluate = function(child, p)
    local before_that, incidents = use("spans").before, use("concerns").incidents
    local middle = before_that(child.as_of, p.over)
    if incidents(child, middle + 1):count().possible < p.incidents then
      return nil
    end
    local start = before_that(middle, p.over)
    local agencies = {}
    for _, agency in ipairs(child:agencies()) do
      local covered = child:covered(agency, start + 1, child.as_of)
      if covered ~= "no" and covered ~= "part" then
        table.insert(agencies, agency)
      end
    end
    if #agencies == 0 then
      return nil
    end
    local recent = incidents(child, start + 1, nil, agencies)
    local later = incidents(child, middle + 1, nil, agencies):count()
    local before = incidents(child, start + 1, middle, agencies):count()
    -- No world can have it: none need be looked at.
    if later.possible < p.incidents or later.possible < p.ratio * before.certain then
      return nil
    end

    local function grown(days)
      local count = { later = 0, before = 0 }
      for _, day in ipairs(days) do
        local part = day > middle and "later" or "before"
        count[part] = count[part] + 1
      end
      return count.later >= p.incidents and count.later >= p.ratio * count.before
    end

    -- Several incidents of one day have no gap between them.
    local function closing(days)
      local apart = {}
      for _, day in ipairs(days) do
        if apart[#apart] ~= day then
          table.insert(apart, day)
        end
      end
      local first = #apart - p.gaps
      if first < 1 then
        return false
      end
      for i = first + 1, #apart - 1 do
        if apart[i + 1] - apart[i] >= apart[i] - apart[i - 1] then
          return false
        end
      end
      return (apart[#apart] - apart[#apart - 1]) * 100 <= (apart[first + 1] - apart[first]) * p.closed_to
    end

    local answer = child:in_worlds {
      rows = { concerns = recent }, outcome = "faster",
      rule = function(world)
        return grown(world.concerns) and closing(world.concerns)
      end,
    }
    answer.values = { later = later, before = before }
    return answer
  end,
  examples = {
    -- 180 days up to 31 December 2024 begin on 5 July. Gaps of 61, 30, 14, 6, 2 days.
    { name = "six in half a year, closer each time", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2, 3, 4, 5, 6 }, outcome = "faster",
      events = { { "2024-09-01", "police-incident", "police" },
                 { "2024-11-01", "school-concern", "school" },
                 { "2024-12-01", "police-incident", "police" },
                 { "2024-12-15", "domestic-abuse-incident", "police" },
                 { "2024-12-21", "injury", "hospital" },
                 { "2024-12-23", "hunger-concern", "school" } } },
    { name = "the last gap is longer than the one before", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-09-01", "police-incident", "police" },
                 { "2024-11-01", "school-concern", "school" },
                 { "2024-12-01", "police-incident", "police" },
                 { "2024-12-15", "domestic-abuse-incident", "police" },
                 { "2024-12-21", "injury", "hospital" },
                 { "2024-12-28", "hunger-concern", "school" } } },
    { name = "closer each time, but five incidents only", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-11-01", "school-concern", "school" },
                 { "2024-12-01", "police-incident", "police" },
                 { "2024-12-15", "domestic-abuse-incident", "police" },
                 { "2024-12-21", "injury", "hospital" },
                 { "2024-12-23", "hunger-concern", "school" } } },
    -- Six and four: fewer than twice as many.
    { name = "no more than before", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-02-01", "police-incident", "police" },
                 { "2024-03-01", "police-incident", "police" },
                 { "2024-04-01", "police-incident", "police" },
                 { "2024-05-01", "police-incident", "police" },
                 { "2024-09-01", "police-incident", "police" },
                 { "2024-11-01", "school-concern", "school" },
                 { "2024-12-01", "police-incident", "police" },
                 { "2024-12-15", "domestic-abuse-incident", "police" },
                 { "2024-12-21", "injury", "hospital" },
                 { "2024-12-23", "hunger-concern", "school" } } },
    -- Days 1 November, 1, 15 and 21 December: three gaps. Two on one day are no gap of 0.
    { name = "the referral that followed and two of one day make no gap", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2, 3, 4, 5, 6 },
      events = { { "2024-09-01", "police-incident", "police" },
                 { "2024-11-01", "school-concern", "school" },
                 { "2024-12-01", "police-incident", "police" },
                 { "2024-12-15", "domestic-abuse-incident", "police" },
                 { "2024-12-21", "hunger-concern", "school" },
                 { "2024-12-21", "school-concern", "school" },
                 { "2024-12-30", "referral", "childrens-social-care" } } },
    -- By 21 December the last gap is the shortest; by 29 December it is not.
    { name = "the day of the last is not known", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3, 4, 5, 6 },
      events = { { "2024-09-01", "police-incident", "police" },
                 { "2024-11-01", "school-concern", "school" },
                 { "2024-12-01", "police-incident", "police" },
                 { "2024-12-15", "domestic-abuse-incident", "police" },
                 { "2024-12-20", "injury", "hospital" },
                 { "[2024-12-21..2024-12-29]", "hunger-concern", "school" } } },
    { name = "the return of the police does not cover the time", as_of = "2024-12-31", expect = "not-met",
      covers = { police = { { "2024-07-01", "2024-12-31" } } },
      events = { { "2024-09-01", "police-incident", "police" },
                 { "2024-11-01", "school-concern", "school" },
                 { "2024-12-01", "police-incident", "police" },
                 { "2024-12-15", "domestic-abuse-incident", "police" },
                 { "2024-12-21", "injury", "hospital" },
                 { "2024-12-23", "hunger-concern", "school" } } },
  },
}
