-- expect: script-error (file)
-- The rule asks the same question again: C calls Lua calls C, which Lua ends.
local evaluate
evaluate = function(child, p)
  child:in_worlds { rows = { a = child:select {} }, rule = function() evaluate(child, p) return true end, outcome = "yes" }
end
