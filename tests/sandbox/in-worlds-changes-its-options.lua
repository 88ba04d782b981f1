-- expect: script-error (evaluate)
-- What is asked for was read before; the outcome is read when there is an answer.
local options = { rows = { a = child:select {} }, outcome = "yes" }
options.rule = function()
  options.rule, options.rows, options.outcome = nil, nil, "no-such-outcome"
  return true
end
return child:in_worlds(options)
