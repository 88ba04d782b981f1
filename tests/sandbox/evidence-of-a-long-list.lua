-- expect: script-error (evaluate)
local list = {}
for i = 1, 5000 do
  list[i] = child
end
return child:evidence(list)
