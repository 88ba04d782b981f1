-- From which day to which a measure asks about something that takes its time.

local spans = use "spans"

-- The days of the period from which the span is over before the as-of day: what began later may still be answered.
local function over(m, span)
  return m.from, math.min(m.to, spans.before(m.as_of - 1, span))
end

-- The days from which the span ends in the period.
local function due(m, span)
  return spans.before(m.from - 1, span) + 1, spans.before(m.to, span)
end

-- The days from which the span leads to the last day of the period or beyond it.
local function last(m, span)
  return spans.before(m.to - 1, span) + 1, m.to
end

return { over = over, due = due, last = last }
