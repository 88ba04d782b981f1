-- expect: script-error (evaluate)
local function deeper()
  table.sort({ 2, 1 }, function() deeper() end)
end
deeper()
