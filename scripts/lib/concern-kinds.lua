-- Kinds of entry that are a concern by themselves, as scripts/vocabulary/kinds.csv has them. What an indicator selects is
-- in concerns.lua: these lists are for what it needs.

local kinds = {
  "anonymous-concern", "concern", "dental-concern", "development-concern", "domestic-abuse-incident", "exclusion",
  "exploitation-concern", "housing-concern", "hunger-concern", "hygiene-concern", "injury", "missing-start",
  "non-engagement", "police-incident", "reduced-timetable", "school-concern", "substance-concern",
  "supervision-concern", "visit-no-access", "was-not-brought", "young-carer-concern",
}

-- Of these, those by which agencies tell what they notice from day to day. A source that could hold none of them, but
-- missing episodes, exclusions or visits without access, does not show that nothing was noticed.
local noticed = {
  "anonymous-concern", "concern", "development-concern", "domestic-abuse-incident", "housing-concern", "hunger-concern",
  "hygiene-concern", "injury", "police-incident", "school-concern", "substance-concern", "supervision-concern",
}

return { kinds = kinds, noticed = noticed }
