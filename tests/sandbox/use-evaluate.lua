-- expect: not-met (evaluate)
assert(use("shared").three == 3)
