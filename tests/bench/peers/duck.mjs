// The bench's questions in DuckDB: node duck.mjs EVENTS.csv THREADS, with @duckdb/node-api beside this file
// (tests/bench/run copies it there). Prints name, phase, seconds, answer, parted by tabs.
import { DuckDBInstance } from '@duckdb/node-api';

const [csv, threads] = process.argv.slice(2);
const database = await (await DuckDBInstance.create(':memory:', { threads })).connect();
const day = `(date - DATE '2014-01-01')::INTEGER`;
const types = `{'child_id':'INTEGER','date':'DATE','agency':'VARCHAR','event_type':'VARCHAR','severity':'TINYINT','text':'VARCHAR'}`;
const file = `read_csv('${csv}', header=true, columns=${types})`;
const phases = {
  'load': [`create table loaded as select * from ${file}`],
  'sort': [
    `create table events as select child_id, ${day} as day, agency, event_type, severity, text from loaded order by child_id, day`,
    'select count(*), count(distinct child_id), sum(day) from events',
  ],
  'load, narrow': [`create table narrow as select child_id, ${day} as day, event_type, severity from ${file}`],
  'sort, narrow': [
    'create table narrow_events as select * from narrow order by child_id, day',
    'select count(*), count(distinct child_id), sum(day) from narrow_events',
  ],
  'q2': [`with gaps as (select child_id, day - lag(day) over (partition by child_id order by day) as gap
            from events where event_type = 'referral')
          select count(*), count(distinct child_id) from gaps where gap <= 365`],
  'q3': [`with windows as (select child_id, count(*) over (partition by child_id order by day
              range between 89 preceding and current row) as n from events where severity >= 2),
            most as (select child_id, max(n) as n from windows group by 1)
          select sum(n), max(n), count(*) from most`],
  'q4': [`with gaps as (select child_id, day - lag(day) over (partition by child_id order by day) as gap from events)
          select count(*), count(distinct child_id), max(gap) from gaps where gap > 180`],
  'q5': [`with loads as (select child_id, power(2.0, -day / 90.0) * sum(severity * power(2.0, day / 90.0))
              over (partition by child_id order by day) as load from events),
            highest as (select child_id, max(load) as load from loads group by 1)
          select round(sum(load), 3), round(max(load), 6) from highest`],
};

await database.run('set preserve_insertion_order = false');
for (const [name, statements] of Object.entries(phases)) {
  const start = process.hrtime.bigint();
  let reader;
  for (const statement of statements) reader = await database.runAndReadAll(statement);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const answer = name.startsWith('load') ? '' : reader.getRows()[0].join(' ');
  console.log(`duckdb-t${threads}\t${name}\t${seconds.toFixed(3)}\t${answer}`);
}
