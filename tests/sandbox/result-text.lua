-- expect: script-error (evaluate)
return "met"
