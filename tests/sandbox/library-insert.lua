-- expect: script-error (evaluate)
-- Our own functions write raw, so they must refuse the read-only tables.
table.insert(string, "x")
