-- expect: budget (evaluate)
-- The error is raised inside a function that C called; nothing swallows it.
table.sort({ 3, 2, 1 }, function() while true do end end)
