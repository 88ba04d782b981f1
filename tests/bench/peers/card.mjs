// Measures in DuckDB: node card.mjs card.json THREADS, with @duckdb/node-api beside this file (tests/bench/card.py
// copies it there). Prints name, phase, seconds, answer, parted by tabs.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [path, threads] = process.argv.slice(2);
const job = JSON.parse(readFileSync(path, 'utf8'));
const database = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const processor = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };

let clock = process.hrtime.bigint(), used = processor();
function tell(phase, answer) {
  const seconds = Number(process.hrtime.bigint() - clock) / 1e9;
  console.log(`duckdb-t${threads}\t${phase}\t${seconds.toFixed(3)}\t${(processor() - used).toFixed(3)} of processor${answer}`);
  clock = process.hrtime.bigint();
  used = processor();
}

await database.run('create macro months_after(day, n) as cast(day + to_months(n) as date)');
const typed = { entry: '* replace (cast(day as date) as day, cast(sort_day as integer) as sort_day, cast(seq as bigint) as seq)',
  fact: '* replace (cast(sort_day as integer) as sort_day, cast(seq as bigint) as seq)',
  working: '* replace (cast(day as date) as day, cast(n as integer) as n)' };
for (const [name, file] of Object.entries(job.files))
  await database.run(`create table ${name} as select ${typed[name]} from read_csv('${file}', header=true, all_varchar=true)`);
tell('load', '');
for (const [name, statement] of Object.entries(job.tables)) await database.run(`create table ${name} as ${statement}`);
const answers = [];
for (const [name, statement] of Object.entries(job.measures)) {
  const start = process.hrtime.bigint();
  const rows = (await database.runAndReadAll(statement)).getRows();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  answers.push([name, seconds, rows.map((row) => row.join(':')).sort().join(' ')]);
}
tell('scorecard', `; ${answers.length} measures`);
for (const [name, seconds, answer] of answers) console.log(`duckdb-t${threads}\t${name}\t${seconds.toFixed(3)}\t${answer}`);
