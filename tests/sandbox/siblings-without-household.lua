-- expect: not-met (evaluate)
assert(child.household_known == false and #child:siblings() == 0)
assert(child:beside({}):count().possible == 0)
