-- Which concerns count as neglect: by theme, or by a kind that is neglect whatever its theme.

local themes = { "physical", "educational", "emotional", "medical", "supervisory", "environmental" }
local kinds = { "hunger-concern", "hygiene-concern", "supervision-concern", "housing-concern" }

-- The concerns from one day to another, both left out: all of them.
local function concerns(child, of, from, to)
  local by_theme = child:select { concern = true, theme = of.themes, from = from, to = to }
  return by_theme:union(child:select { concern = true, kind = of.kinds, from = from, to = to })
end

return { themes = themes, kinds = kinds, concerns = concerns }
