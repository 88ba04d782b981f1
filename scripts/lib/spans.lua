-- Spans reckoned back from a day, and as days.

local MONTH_DAYS = 365.25 / 12

-- The last day from which the span leads no further than to the day.
local function before(day, span)
  if span.days then
    return day - span.days
  end
  local from = day - 31 * (span.months or span.working_days)
  while calendar.add(from + 1, span) <= day do
    from = from + 1
  end
  return from
end

-- How many days it has, months at their mean length.
local function days(span)
  return span.days or span.months and math.floor(span.months * MONTH_DAYS + 0.5) or span.working_days
end

return { before = before, days = days }
