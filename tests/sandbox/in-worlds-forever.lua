-- expect: budget (evaluate)
child:in_worlds { rows = { a = child:select {} }, rule = function() while true do end end, outcome = "yes" }
