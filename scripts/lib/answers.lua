-- Joining answers of measures, however many there are.

local LIMIT = 64 -- what any_of takes at once

-- As any_of; nothing for an empty list.
local function any(answers)
  while #answers > LIMIT do
    local joined, part = {}, {}
    for _, answer in ipairs(answers) do
      table.insert(part, answer)
      if #part == LIMIT then
        table.insert(joined, any_of(part))
        part = {}
      end
    end
    if #part > 0 then
      table.insert(joined, any_of(part))
    end
    answers = joined
  end
  return #answers > 0 and any_of(answers) or nil
end

-- An answer that rests on something doubtful says no more than possible.
local function doubted(answer)
  if answer.answer == "met" then
    answer.answer = "possible"
  end
  return answer
end

return { any = any, doubted = doubted }
