// Counts what held and what did not, and ends with the line that tools/check reads.

let passed = 0;
let failed = 0;

export function check(holds, name, found = "") {
  if (holds) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED ${name}${found === "" ? "" : `\n    ${String(found).replaceAll("\n", "\n    ").slice(0, 1500)}`}`);
}

export const same = (got, wanted, name) =>
  check(JSON.stringify(got) === JSON.stringify(wanted), name, `got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);

export function close() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
