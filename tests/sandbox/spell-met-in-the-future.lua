-- expect: script-error (evaluate)
return { answer = "met", outcome = "yes",
         spells = { { evidence = child:select({}), first_met = child.as_of + 1 } } }
