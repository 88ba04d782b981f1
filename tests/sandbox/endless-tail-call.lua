-- expect: budget (evaluate)
local function again() return again() end
return again()
