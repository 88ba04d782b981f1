// What an instrument, as the server shows it, means for a form: its steps, the grades of an item in the
// order in which they are offered, and names of codes. Asks nothing and shows nothing.

export const NOT_SEEN = "not-seen";
export const NOT_APPLICABLE = "not-applicable";

const asked = (part, ageBand) => !part.ages || !ageBand || part.ages.includes(ageBand);

function scaleOf(instrument, area) {
  if (instrument.scale) return { direction: instrument.direction, values: instrument.scale };
  return instrument.scales[area.scale] || Object.values(instrument.scales)[0];
}

/** The best grade first, so that a strength is what the eye meets first. */
export function gradesOf(instrument, area) {
  const { direction, values } = scaleOf(instrument, area);
  const sign = direction === "higher-is-better" ? -1 : 1;
  return [...values].sort((a, b) => sign * (a.value - b.value));
}

/** A sub-area that is graded directly is its own only item. */
function itemsOf(subArea, ageBand) {
  const items = subArea.items || [{ code: subArea.code, title: subArea.title, ages: subArea.ages }];
  return items.filter((item) => asked(item, ageBand));
}

/** One step a sub-area: {code, title, area, items, grades}; what is not asked at that age is left out. */
export function stepsOf(instrument, ageBand) {
  const steps = [];
  for (const area of instrument.areas)
    for (const subArea of area.sub_areas) {
      const items = asked(subArea, ageBand) ? itemsOf(subArea, ageBand) : [];
      if (items.length) steps.push({ code: subArea.code, title: subArea.title, area, items, grades: gradesOf(instrument, area) });
    }
  return steps;
}

/** The code and title of every area, sub-area and item; an item's with its sub-area's before it. */
export function titlesOf(instrument) {
  const titles = new Map();
  for (const area of instrument.areas) {
    titles.set(area.code, area.title);
    for (const subArea of area.sub_areas) {
      titles.set(subArea.code, subArea.title);
      for (const item of subArea.items || []) titles.set(item.code, `${subArea.title}, ${item.title}`);
    }
  }
  return titles;
}

/** The step that asks for an item, or is of that sub-area or area; undefined when there is none. */
export function stepOf(steps, code) {
  return steps.find((step) => step.items.some((item) => item.code === code)) ||
    steps.find((step) => step.code === code) || steps.find((step) => step.area.code === code);
}

export const answered = (step, items) => step.items.filter((item) => items?.[item.code] !== undefined).length;

/** The grade of an item as it may stand in a form: {value, label, meaning}, or undefined. */
export const gradeOf = (step, value) => step.grades.find((grade) => grade.value === value);
