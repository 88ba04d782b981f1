-- What measures take as being about neglect.

local neglect = use "neglect"

-- Units whose entry has a theme of neglect, and those that have a theme at all.
local function by_theme(units)
  return units:where { theme = neglect.themes }, units:where { theme = true }
end

-- The profiles of graded care.
local function profiles(m)
  return m:rows { kind = "graded-care-completed", once = "incident" }
end

-- Of these units, those with a graded care profile on their day, from `before` before it up to `after` after it.
local function with_profile(m, units, before, after)
  local found = profiles(m)
  return units:followed(found, { within = after }):union(units:after(found, { within = before }))
end

return { by_theme = by_theme, profiles = profiles, with_profile = with_profile }
