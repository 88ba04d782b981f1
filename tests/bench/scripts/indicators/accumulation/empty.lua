-- What calling an indicator costs at the least (see columns.lua).

return {
  id = "empty", version = "1.0.0", group = "accumulation",
  title = "Nothing",
  question = "What does a call cost?",
  definition = "nothing is asked",
  evidence = { source = "the bench", standing = { "product" } },
  needs = {},
  params = {},
  outcomes = { none = "Nothing." },
  evaluate = function()
    return nil
  end,
  examples = {
    { name = "nothing", as_of = "2024-12-31", expect = "not-met", events = {} },
  },
}
