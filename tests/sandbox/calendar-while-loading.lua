-- expect: not-met (file)
local day = calendar.add(0, { working_days = 0, })
local evaluate = function() assert(day == 0) end
