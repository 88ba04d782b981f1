-- expect: budget (measure)
-- A selection that was made before costs what making it costs.
while true do
  m:rows { kind = "referral" }
end
