-- expect: script-error (evaluate)
child:select { kind = "no-such-kind" }
