-- The assessments that measures count: those of children's social care. An early help, young carer's or parenting
-- assessment has its own name in the record and is none of them; one whose type is not told is.

local others = { "early-help", "young-carer", "parenting" }

local function all(m)
  local assessments = m:episodes { name = "assessment" }
  return assessments:minus(assessments:where { facts = { assessment_type = others } })
end

-- Those that were authorised: the closing of a case ends an assessment too, but authorises none.
local function authorised(m)
  return all(m):where { end_kind = "assessment-end" }
end

return { all = all, authorised = authorised, others = others }
