-- The bins of a time that is short when all goes well, in calendar days.

local bins = {
  { name = "same-day", same_day = true },
  { name = "1-7", to = 7 }, { name = "8-30", to = 30 }, { name = "31-90", to = 90 }, { name = "91-or-more" },
}

return { bins = bins }
