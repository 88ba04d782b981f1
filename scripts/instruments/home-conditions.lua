-- Eleven observations of a home, each present (1) or not (0), added up. No cut-off is published.

-- Every item `value`, then the changes.
local function all_valued(value, changes)
  local items = {}
  for number = 1, 11 do
    local code = "H" .. number
    items[code] = changes[code] or value
  end
  return items
end

return {
  id = "home-conditions", version = "1.0.0",
  title = "Home conditions",
  source = "Items and sum: Home Conditions Assessment (Davie, Hutt, Vincent and Mason 1984), as reproduced in the "
    .. "Family Pack of Questionnaires and Scales (Department of Health 2000). No cut-off is published.",
  licence = "Item keys only. The scale is reproduced in the Family Pack by permission of its publisher; a partnership "
    .. "loads the full wording itself.",
  respondent = "home",
  direction = "higher-is-worse",
  event = "tool-completed",
  scale = {
    { value = 0, label = "not present" },
    { value = 1, label = "present", meaning = "concern" },
  },
  areas = {
    { code = "H", title = "Home conditions", sub_areas = {
      { code = "H1", title = "smell" },
      { code = "H2", title = "kitchen floor" },
      { code = "H3", title = "other floors" },
      { code = "H4", title = "decorative order" },
      { code = "H5", title = "kitchen surfaces" },
      { code = "H6", title = "other surfaces" },
      { code = "H7", title = "cooking things" },
      { code = "H8", title = "lavatory, bath, basin" },
      { code = "H9", title = "furnishings" },
      { code = "H10", title = "clothing, hair" },
      { code = "H11", title = "garden, yard" },
    } },
  },
  scoring = { items = "sum", sub_areas = "sum", areas = "sum" },
  examples = {
    { name = "nothing present", items = all_valued(0, {}), expect = { H = 0, total = 0 } },
    { name = "all present", items = all_valued(1, {}), expect = { H = 11, total = 11 } },
    { name = "four present", items = all_valued(0, { H1 = 1, H5 = 1, H7 = 1, H9 = 1 }),
      expect = { H1 = 1, H2 = 0, H = 4, total = 4 } },
    { name = "no garden: ten items apply", items = all_valued(1, { H11 = "not-applicable" }),
      expect = { H11 = "not-assessed", H = 10, total = 10 } },
    { name = "one room not seen: no sum", items = all_valued(1, { H8 = "not-seen" }),
      expect = { H8 = "not-assessed", H = "not-assessed", total = "not-assessed" } },
  },
}
