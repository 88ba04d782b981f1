-- expect: memory (evaluate)
-- Suricata CVE-2026-45763: the first allocation of each object was not counted.
local last
while true do
  last = { last }
end
