-- expect: budget (evaluate)
local all = child:select {}
while true do
  all:in_periods { of = { days = 600 }, periods = 60, n = 60, level = "not-above", outcome = "yes" }
end
