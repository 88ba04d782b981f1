-- Visits to children on a child protection plan.

-- Those of the period while a plan of the child was open: from its start to the day before its end.
local function of_period(m, agencies)
  return m:rows({ kind = "visit", agency = agencies }):starting():during(m:episodes { name = "cp-plan" })
end

return { of_period = of_period }
