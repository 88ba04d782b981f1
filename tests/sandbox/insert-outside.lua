-- expect: script-error (evaluate)
table.insert({}, 5, 1)
