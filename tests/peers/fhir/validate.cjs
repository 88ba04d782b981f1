// Holds resources against the definitions of FHIR R4 4.0.1: node validate.cjs [--form-only] MODULES FILE...
// MODULES is where npm has put what package.json names. With --form-only whether a response answers what its
// Questionnaire asks is not looked at. Ends with "N passed, N failed".
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const { schemaFaults } = require("./schema.cjs");
const { linkFaults, responseFaults } = require("./answers.cjs");

const words = process.argv.slice(2);
const formOnly = words[0] === "--form-only";
const [modules, ...files] = formOnly ? words.slice(1) : words;
const load = createRequire(path.join(path.resolve(modules), "package.json"));
const bySchema = schemaFaults(load);
const { Fhir } = load("fhir");
const validator = new Fhir();

// What `fhir` finds: cardinality, value sets, names that R4 does not have.
function byDefinitions(resource) {
  const told = validator.validate(resource, { errorOnUnexpected: true });
  return told.messages.filter((m) => m.severity === "error" || m.severity === "fatal")
    .map((m) => `fhir ${m.location} ${m.message}`);
}

function faultsOf(resource, questionnaires) {
  const faults = [...bySchema(resource), ...byDefinitions(resource)];
  if (resource.resourceType === "Questionnaire") return [...faults, ...linkFaults(resource)];
  return formOnly ? faults : [...faults, ...responseFaults(resource, questionnaires)];
}

let passed = 0, failed = 0;
function count(name, faults) {
  if (faults.length === 0) { passed++; return; }
  failed++;
  console.log(`FAILED ${name}: ${faults.slice(0, 5).join("; ")}`);
}

// A validator that finds nothing in these would prove nothing.
function controls(resource) {
  const copy = () => JSON.parse(JSON.stringify(resource));
  const wrongLink = copy(), unknown = copy(), wrongStatus = copy();
  wrongLink.item[0].linkId = 7;
  unknown.answerOptions = [];
  wrongStatus.status = "nearly";
  const tried = { "a number as linkId": bySchema(wrongLink), "an unknown member": byDefinitions(unknown),
    "an unknown member, by schema": bySchema(unknown), "a status of no value set": byDefinitions(wrongStatus) };
  for (const [name, faults] of Object.entries(tried))
    count(`control ${name}`, faults.length > 0 ? [] : ["nothing was found"]);
}

const resources = files.map((file) => [file, JSON.parse(fs.readFileSync(file, "utf8"))]);
const questionnaires = resources.map(([, resource]) => resource).filter((r) => r.resourceType === "Questionnaire");
for (const [file, resource] of resources) count(path.basename(file), faultsOf(resource, questionnaires));
if (questionnaires.length > 0) controls(questionnaires[0]);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
