-- expect: script-error (evaluate)
-- Methods of strings come from the filtered table.
return ("a"):rep(2000000000)
