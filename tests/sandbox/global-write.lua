-- expect: script-error (evaluate)
counter = 1
