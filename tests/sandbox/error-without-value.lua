-- expect: script-error (evaluate)
error()
