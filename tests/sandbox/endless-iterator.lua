-- expect: budget (evaluate)
for _ in function() return 1 end do end
