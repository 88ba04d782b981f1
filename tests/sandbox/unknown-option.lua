-- expect: script-error (evaluate)
child:select { colour = "red" }
