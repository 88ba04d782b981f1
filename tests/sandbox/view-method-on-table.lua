-- expect: script-error (evaluate)
return child.select({}, {})
