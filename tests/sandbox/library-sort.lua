-- expect: script-error (evaluate)
table.sort(_ENV)
