-- Clutter of three rooms, each matched by eye to one of nine pictures. The pictures are not here.

local function level(value)
  return { value = value, meaning = value >= 4 and "concern" or nil,
           label = value == 4 and "help is encouraged from here on" or nil }
end

return {
  id = "clutter", version = "1.0.0",
  title = "Clutter, level 1 to 9 a room",
  source = "Nine pictures for each of living room, kitchen and bedroom: Clutter Image Rating (Frost, Steketee, Tolin and "
    .. "Renaud 2008). That help is encouraged from level 4 on: guidance of the IOCDF. Bands of three levels each are in "
    .. "use, but no source text was found, so none are here. The rooms are not put together.",
  licence = "Numbers and names of rooms only; the pictures belong to their authors and must be at hand for rating.",
  respondent = "home",
  direction = "higher-is-worse",
  event = "tool-completed",
  scale = { level(1), level(2), level(3), level(4), level(5), level(6), level(7), level(8), level(9) },
  areas = {
    { code = "L", title = "Living room", sub_areas = { { code = "L1", title = "Living room" } } },
    { code = "K", title = "Kitchen", sub_areas = { { code = "K1", title = "Kitchen" } } },
    { code = "B", title = "Bedroom", sub_areas = { { code = "B1", title = "Bedroom" } } },
  },
  scoring = { items = "worst", sub_areas = "worst", areas = "none" },
  examples = {
    { name = "no clutter", items = { L1 = 1, K1 = 1, B1 = 1 }, expect = { L = 1, K = 1, B = 1 } },
    { name = "each room on its own", items = { L1 = 3, K1 = 4, B1 = 9 }, expect = { L = 3, K = 4, B = 9, B1 = 9 } },
    { name = "a room that nobody was let into", items = { L1 = 2, K1 = 2, B1 = "not-seen" },
      expect = { L = 2, K = 2, B = "not-assessed" } },
    { name = "no separate bedroom", items = { L1 = 5, K1 = 2, B1 = "not-applicable" },
      expect = { L = 5, K = 2, B = "not-assessed" } },
  },
}
