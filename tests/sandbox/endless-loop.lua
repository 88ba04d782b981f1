-- expect: budget (evaluate)
while true do end
