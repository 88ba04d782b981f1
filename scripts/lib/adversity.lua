-- Kinds of adversity, each one factor however often it is told: codes of the national assessment factors, categories
-- of a child protection plan, themes of a concern, and kinds of entry that are it whatever their theme. Illness and
-- disability, of the child or of a carer, are no adversity by themselves and no factor here; nor is what the national
-- list says of the child alone (behaviour, private fostering, coming alone to seek asylum).

local neglect = use "neglect"

local factors = {
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

-- The entries that tell a factor, up to a day (left out: all).
local function entries(child, factor, to)
  local found
  local function add(what)
    what.to = to
    local rows = child:select(what)
    found = found and found:union(rows) or rows
  end
  if factor.codes then
    add { kind = "assessment-end", facts = { factors = factor.codes } }
  end
  if factor.categories then
    add { kind = { "cp-plan-start", "cp-plan-end" }, facts = { category = factor.categories } }
  end
  if factor.themes then
    add { concern = true, theme = factor.themes }
  end
  if factor.kinds then
    add { kind = factor.kinds }
  end
  return found
end

-- The day by which the first of them surely was there; where none surely is, by which the first may have been.
local function on_record_by(rows)
  local columns, sure, perhaps = rows:columns(), nil, nil
  for i, day in ipairs(columns.to) do
    perhaps = math.min(perhaps or day, day)
    if not (columns.doubtful[i] or columns.uncertain[i]) then
      sure = math.min(sure or day, day)
    end
  end
  return sure or perhaps
end

return { factors = factors, entries = entries, on_record_by = on_record_by }
