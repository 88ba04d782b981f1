-- expect: script-error (evaluate)
child:select { agency = "no-such-agency" }
