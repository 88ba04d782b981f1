// Whether a response fits its Questionnaire, which neither schema says: link ids that are there, in their
// order and their groups, answers of the item's type and among its options.
"use strict";

const VALUES = {
  boolean: ["valueBoolean"], date: ["valueDate"], integer: ["valueInteger"], decimal: ["valueDecimal"],
  string: ["valueString"], text: ["valueString"], choice: ["valueCoding"],
};

function linkFaults(questionnaire) {
  const seen = new Set(), faults = [];
  const walk = (items) => (items || []).forEach((item) => {
    if (seen.has(item.linkId)) faults.push(`que-2: ${item.linkId} twice`);
    seen.add(item.linkId);
    if (item.type === "group" && !item.item) faults.push(`que-1: group ${item.linkId} is empty`);
    if (item.answerOption && item.answerValueSet) faults.push(`que-4: ${item.linkId}`);
    walk(item.item);
  });
  walk(questionnaire.item);
  if (!/^[A-Z]([A-Za-z0-9_]){0,254}$/.test(questionnaire.name || "")) faults.push("que-0: name");
  return faults;
}

function answerFaults(item, question) {
  return (item.answer || []).flatMap((answer) => {
    const names = Object.keys(answer).filter((name) => name.startsWith("value"));
    if (names.length !== 1 || !(VALUES[question.type] || []).includes(names[0]))
      return [`${item.linkId}: ${names} where a ${question.type} is asked`];
    const coding = answer.valueCoding;
    const offered = (question.answerOption || []).map((option) => option.valueCoding);
    const fits = !coding || offered.some((one) => one.system === coding.system && one.code === coding.code);
    return fits ? [] : [`${item.linkId}: an answer that is no option`];
  });
}

function itemFaults(items, questions) {
  const faults = [];
  let at = 0;
  for (const item of items || []) {
    const place = questions.findIndex((question) => question.linkId === item.linkId);
    if (place < 0) { faults.push(`${item.linkId}: not asked here`); continue; }
    if (place < at) faults.push(`${item.linkId}: out of order`);
    if (place === at - 1 && !questions[place].repeats) faults.push(`${item.linkId}: again`);
    at = place + 1;
    if (questions[place].repeats) at = place;
    faults.push(...answerFaults(item, questions[place]));
    faults.push(...itemFaults(item.item, questions[place].item || []));
  }
  return faults;
}

function responseFaults(response, questionnaires) {
  const asked = questionnaires.find((q) => `${q.url}|${q.version}` === response.questionnaire);
  return asked ? itemFaults(response.item, asked.item || []) : [`no Questionnaire ${response.questionnaire}`];
}

module.exports = { linkFaults, responseFaults };
