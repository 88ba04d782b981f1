-- Initial child protection conferences, and the section 47 enquiries that led to them.

-- Those that were held: an entry saying that none was needed is none.
local function held(m)
  local conferences = m:rows { kind = "icpc", once = "incident" }
  return conferences:minus(conferences:where { facts = { not_required = "yes" } })
end

-- Of these, those with an enquiry that began on their day or in the time before.
local function after_enquiry(conferences, enquiries, within)
  return conferences:after(enquiries, { within = within }):union(conferences:followed(enquiries, { within = { days = 0 } }))
end

return { held = held, after_enquiry = after_enquiry }
