-- Selections of concerns that several indicators make.

-- What was noticed. A referral passes on what was noticed already, often on the day after: it is no incident more.
local function incidents(child, from, to, agencies)
  local concerns = child:select { concern = true, agency = agencies, from = from, to = to }
  return concerns:minus(child:select { kind = "referral" })
end

return { incidents = incidents }
