-- expect: script-error (evaluate)
error({ code = 1 })
