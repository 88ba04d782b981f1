-- expect: load-error (file)
-- There is no child and no indicator yet.
local evaluate = any_of { { answer = "met", outcome = "yes" } }
