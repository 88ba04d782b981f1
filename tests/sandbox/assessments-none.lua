-- expect: not-met (evaluate)
assert(#child:assessments() == 0 and #child:assessments("graded-care") == 0)
assert(child:evidence({}):count().possible == 0)
