-- The stages between which measures of drift count the time.

local function referrals(m)
  return m:episodes { name = "case" }
end

local function plans(m)
  return m:episodes { name = "cp-plan" }
end

local function care(m)
  return m:episodes { name = "looked-after" }
end

-- The spans after which the share that came so far is told.
local at = { { months = 3 }, { months = 6 }, { months = 12 }, { months = 24 } }

-- Those of `from` that began in the period, waiting for the first of `to`; where `ends` is given, they wait no longer
-- than to its first.
local function waiting(m, from, to, ends)
  return m:survival { of = from:starting():until_first(to, { before = ends }), at = at }
end

-- Those of `to` that began in the period, by the time since the last of `from` on or before them.
local function since(m, from, to)
  return m:times { of = to:starting():since_last(from), count = "months", edges = use("durations").plans }
end

return { referrals = referrals, plans = plans, care = care, waiting = waiting, since = since }
