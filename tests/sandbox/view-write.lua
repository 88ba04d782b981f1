-- expect: script-error (evaluate)
child.id = "another"
