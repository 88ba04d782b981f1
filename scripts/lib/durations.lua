-- The bins in which lengths are published.

-- Child protection plans: three and six months are the last days of their bins, one and two years the first of the next.
local plans = {
  { name = "3-months-or-less", to = { months = 3 } },
  { name = "3-to-6-months", to = { months = 6 } },
  { name = "6-months-to-1-year", below = { months = 12 } },
  { name = "1-to-2-years", below = { months = 24 } },
  { name = "2-years-or-more" },
}

-- Assessments, in working days. Saturday to Sunday is 0 working days, but not the same day.
local assessments = {
  { name = "same-day", same_day = true },
  { name = "1-10", to = 10 }, { name = "11-20", to = 20 }, { name = "21-30", to = 30 }, { name = "31-40", to = 40 },
  { name = "41-45", to = 45 }, { name = "46-50", to = 50 }, { name = "51-60", to = 60 }, { name = "61-or-more" },
}

-- Section 47 enquiry to initial conference, in working days.
local conferences = {
  { name = "0-10", to = 10 }, { name = "11-15", to = 15 }, { name = "16-20", to = 20 }, { name = "21-or-more" },
}

return { plans = plans, assessments = assessments, conferences = conferences }
