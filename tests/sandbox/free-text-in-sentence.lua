-- expect: script-error (evaluate)
-- Codes, counts and dates only: a sentence never carries a child's words.
return {
  answer = "met", outcome = "said", evidence = child:select {}, values = { said = "Mum said she was hungry" },
}
