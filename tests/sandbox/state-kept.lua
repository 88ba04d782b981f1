-- expect: not-met (file)
-- A count kept between calls would make answers depend on which children a worker had before.
local calls = 0
local evaluate = function(child)
  calls = calls + 1
  if calls > 1 then
    return { answer = "met", outcome = "yes", evidence = child:select {} }
  end
end
