#!/bin/sh
# The bench's questions in sqlite3: sqlite.sh EVENTS.csv SCRATCH.db. Prints name, phase, seconds, answer,
# parted by tabs. No syncing: the file is scratch.
set -eu
csv=$1 database=$2
rm -f "$database"

# phase NAME: runs the statements of standard input on the database. The last line they print is the answer.
phase() {
    begin=$(date +%s.%N)
    answer=$(sqlite3 -batch -separator ' ' "$database" | tail -n 1)
    end=$(date +%s.%N)
    awk -v name="$1" -v from="$begin" -v to="$end" -v answer="$answer" \
        'BEGIN { printf "sqlite\t%s\t%.3f\t%s\n", name, to - from, answer }'
}

fast='.output /dev/null
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000; pragma temp_store = memory;
.output stdout'

phase load <<END
$fast
create table loaded(child_id integer, date text, agency text, event_type text, severity integer, text text);
.import --csv --skip 1 "$csv" loaded
END
phase sort <<END
$fast
create table events(child_id integer, day integer, seq integer, agency text, event_type text, severity integer,
  text text, primary key (child_id, day, seq)) without rowid;
insert into events select child_id, cast(julianday(date) - julianday('2014-01-01') as integer) as day, rowid,
  agency, event_type, severity, text from loaded order by child_id, day, rowid;
select count(*), count(distinct child_id), sum(day) from events;
END
phase q2 <<END
$fast
with gaps as (select child_id, day - lag(day) over (partition by child_id order by day) as gap
  from events where event_type = 'referral')
select count(*), count(distinct child_id) from gaps where gap <= 365;
END
phase q3 <<END
$fast
with windows as (select child_id, count(*) over (partition by child_id order by day
    range between 89 preceding and current row) as n from events where severity >= 2),
  most as (select child_id, max(n) as n from windows group by 1)
select sum(n), max(n), count(*) from most;
END
phase q4 <<END
$fast
with gaps as (select child_id, day - lag(day) over (partition by child_id order by day) as gap from events)
select count(*), count(distinct child_id), max(gap) from gaps where gap > 180;
END
phase q5 <<END
$fast
with loads as (select child_id, power(2.0, -day / 90.0) * sum(severity * power(2.0, day / 90.0))
    over (partition by child_id order by day) as load from events),
  highest as (select child_id, max(load) as load from loads group by 1)
select round(sum(load), 3), round(max(load), 6) from highest;
END
