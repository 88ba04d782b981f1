-- When a referral is a re-referral, by the definitions in use.

-- The referrals among `referrals` that come after an earlier one, or after what ended it.
local function again(m, p, referrals)
  if p.anchor == "referral" then
    return referrals:after(m:rows { kind = "referral" }, { within = { months = 12 } })
  end
  local within = p.anchor == "closure" and { months = 12 } or { days = 183 }
  local closed
  if p.closure_of == "own" then
    closed = referrals:after(m:episodes { name = "case" }, { of = "end", within = within, latest = true })
  else
    closed = referrals:after(m:rows { kind = "case-closure" }, { within = within })
  end
  if p.anchor == "closure" then
    return closed
  end
  -- No further action has no day of its own in the census: the day of the referral stands for it.
  local refused = m:rows { kind = { "referral", "referral-outcome" }, facts = { no_further_action = "yes" } }
  local outcomes = m:rows { kind = "referral-outcome", facts = { outcome = "no-further-action" } }
  return closed:union(referrals:after(refused:union(outcomes), { within = within }))
end

return { again = again }
