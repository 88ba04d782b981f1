-- Kinds of adversity, each one factor however often it is told: codes of the national assessment factors, categories
-- of a child protection plan, themes of a concern, and kinds of entry that are it whatever their theme. Illness and
-- disability, of the child or of a carer, are no adversity by themselves and no factor here; nor is what the national
-- list says of the child alone (behaviour, private fostering, coming alone to seek asylum).

local neglect = use "neglect"

-- Kinds of entry that are a factor by themselves, each another one; those that are neglect are in neglect.lua.
local kinds = {
  "death", "domestic-abuse-incident", "exploitation-concern", "missing-start", "substance-concern", "young-carer-concern",
}

-- All factors, by what else tells them.
local function factors()
  return {
    { name = "neglect", codes = { "16A" }, categories = { "neglect" }, themes = neglect.themes, kinds = neglect.kinds },
    { name = "emotional-abuse", codes = { "17A" }, categories = { "emotional" } },
    { name = "physical-abuse", codes = { "18A", "18B", "18C" }, categories = { "physical" } },
    { name = "sexual-abuse", codes = { "19A", "19B", "19C" }, categories = { "sexual" } },
    { name = "harmful-practice", codes = { "22A", "23A" } },
    { name = "domestic-abuse", codes = { "3A", "3B", "3C" }, themes = { "domestic-abuse" },
      kinds = { "domestic-abuse-incident" } },
    { name = "alcohol-or-drugs", codes = { "1A", "1B", "1C", "2A", "2B", "2C" }, themes = { "substance" },
      kinds = { "substance-concern" } },
    { name = "mental-health", codes = { "4A", "4B", "4C", "15A" }, themes = { "mental-health" } },
    { name = "exploitation", codes = { "11A", "12A", "13A", "24A" }, themes = { "exploitation" },
      kinds = { "exploitation-concern" } },
    { name = "missing", codes = { "10A" }, kinds = { "missing-start" } },
    { name = "young-carer", codes = { "7A" }, kinds = { "young-carer-concern" } },
    { name = "bereavement", kinds = { "death" } },
  }
end

-- The entries that tell a factor, up to a day (left out: all); `some` is what on_record found.
local function entries(child, factor, some, to)
  local found
  local function add(what)
    what.to = to
    local rows = child:select(what)
    found = found and found:union(rows) or rows
  end
  if factor.codes and some.codes > 0 then
    add { kind = "assessment-end", facts = { factors = factor.codes } }
  end
  if factor.categories and some.categories > 0 then
    add { kind = { "cp-plan-start", "cp-plan-end" }, facts = { category = factor.categories } }
  end
  if factor.themes and some.themes > 0 then
    add { concern = true, theme = factor.themes }
  end
  if factor.kinds and some.kinds > 0 then
    add { kind = factor.kinds }
  end
  return found
end

-- How many different kinds, codes, categories and themes are on record that could tell a factor. Each tells one factor
-- at most, and all kinds that are neglect tell one, so there are no more factors than these together.
local function on_record(child)
  local function different(what, filter)
    return child:select(filter):different(what).possible
  end
  local some = { kinds = 0, codes = 0, categories = 0 }
  for _, kind in ipairs(kinds) do
    some.kinds = some.kinds + (child:has(kind) and 1 or 0)
  end
  for _, kind in ipairs(neglect.kinds) do
    if child:has(kind) then
      some.kinds = some.kinds + 1
      break
    end
  end
  if child:has("assessment-end") then
    some.codes = different("factors", { kind = "assessment-end" })
  end
  if child:has("cp-plan-start", "cp-plan-end") then
    some.categories = different("category", { kind = { "cp-plan-start", "cp-plan-end" } })
  end
  some.themes = different("theme", { concern = true })
  return some
end

-- The day by which the first of them surely was there; where none surely is, by which the first may have been.
local function on_record_by(rows)
  local columns, sure, perhaps = rows:columns("to", "doubtful", "uncertain"), nil, nil
  for i, day in ipairs(columns.to) do
    perhaps = math.min(perhaps or day, day)
    if not (columns.doubtful[i] or columns.uncertain[i]) then
      sure = math.min(sure or day, day)
    end
  end
  return sure or perhaps
end

return { factors = factors, on_record = on_record, entries = entries, on_record_by = on_record_by }
