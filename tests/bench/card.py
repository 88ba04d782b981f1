#!/usr/bin/python3
"""The measures that plain SQL can say, counted in DuckDB from the tables of the same store: tests/bench/card.py BUILD
SCRATCH. SCRATCH lies outside the repository and holds node_modules/@duckdb/node-api (npm install it there).

Makes the authority of 50,000 children once (tests/authority/generate.py), imports it, writes entries and facts of the
store as CSV, and runs bench_card, then DuckDB with one thread and with two. Reading is no part of what is compared:
the scorecard counts from a chronology that was read, DuckDB from typed tables that it has loaded. Pairing starts and
ends is, in both: DuckDB joins them by the episode that they name, which is less than what the library asks."""
import csv
import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "authority"))
import sql  # noqa: E402

CHILDREN = "50000"
DAYS = {"from": "2024-04-01", "to": "2025-03-31", "as_of": "2025-03-31"}
ENTRIES = """SELECT child_id AS child, date(day_from * 86400, 'unixepoch') AS day, kind, agency, episode, sort_day, seq
    FROM event WHERE day_from = day_to"""
FACTS = "SELECT child_id AS child, sort_day, seq, key, value FROM fact"
HERE_OF = "(SELECT child, sort_day, seq, value FROM fact WHERE key = '{0}') AS {0}_of"
SAME_ROW = "{0}_of.child = {1}.child AND {0}_of.sort_day = {1}.sort_day AND {0}_of.seq = {1}.seq"


def rows_of(kind, *facts):
    """The table of a view of entries, as DuckDB makes it."""
    joins = " ".join(f"LEFT JOIN {HERE_OF.format(key)} ON {SAME_ROW.format(key, 'a')}" for key in facts)
    values = "".join(f", {key}_of.value AS {key}" for key in facts)
    return f"SELECT a.child, a.day, a.agency, a.episode, a.kind{values} FROM entry AS a {joins} WHERE a.kind = '{kind}'"


def episodes_of(name, *facts):
    joins = " ".join(f"LEFT JOIN {HERE_OF.format(key)} ON {SAME_ROW.format(key, 'a')}" for key in facts)
    values = "".join(f", {key}_of.value AS {key}" for key in facts)
    return (f"SELECT a.child, a.day AS started, b.day AS ended, a.agency{values} FROM entry AS a LEFT JOIN entry AS b"
            f" ON b.child = a.child AND b.episode = a.episode AND b.kind = '{name}-end' {joins} WHERE a.kind = '{name}-start'")


TABLES = {
    "v_contacts": rows_of("contact", "referral_source"),
    "v_referrals": rows_of("referral", "referral_source", "no_further_action"),
    "v_conferences": rows_of("icpc", "not_required"),
    "v_reviews": rows_of("cp-review"),
    "v_visits": rows_of("visit"),
    "v_assessments": episodes_of("assessment", "assessment_type"),
    "v_s47": episodes_of("s47"),
    "v_plans": episodes_of("cp-plan", "category", "previous_plans"),
    "v_early_help": episodes_of("early-help"),
    "v_rows": "SELECT * FROM entry WHERE kind IN ('referral', 'case-closure')",
}


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def prepare(build, scratch):
    """The record, and the tables of its store as CSV."""
    record, store = os.path.join(scratch, "full.ndjson"), os.path.join(scratch, "full.db")
    if not os.path.exists(record):
        run(sys.executable, os.path.join(HERE, "..", "authority", "generate.py"), scratch, "--children", CHILDREN)
    if not os.path.exists(store):
        run(os.path.join(build, "tidemark"), "import", record, "--into", store)
    opened = sql.open_store(store)
    for name, statement in (("entry", ENTRIES), ("fact", FACTS), ("working", "SELECT day, n FROM working")):
        rows = opened.execute(statement)
        with open(os.path.join(scratch, f"{name}.csv"), "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(column[0] for column in rows.description)
            writer.writerows(rows)
    opened.close()
    return record


def in_duckdb(statement):
    """The same statement with DuckDB's days, which are numbers of their own type."""
    statement = re.sub(r"date\((:?[\w.]+), '([+-])(\d+) days?'\)", r"(\1 \2 \3)", statement)
    for name in ("as_of", "from", "to"):
        statement = statement.replace(f":{name}", f"DATE '{DAYS[name]}'")
    return statement


def main():
    if len(sys.argv) != 3:
        print("usage: tests/bench/card.py BUILD SCRATCH", file=sys.stderr)
        sys.exit(2)
    build, scratch = map(os.path.abspath, sys.argv[1:])
    record = prepare(build, scratch)
    measures = sorted(sql.MEASURES)
    bench = os.path.join(build, "tests", "bench", "bench_card")
    subprocess.run([bench, record], check=True)
    subprocess.run([bench, record, ",".join(measures)], check=True)
    job = {"files": {name: f"{scratch}/{name}.csv" for name in ("entry", "fact", "working")}, "tables": TABLES,
           "measures": {name: in_duckdb(sql.MEASURES[name]) for name in measures}}
    with open(os.path.join(scratch, "card.json"), "w", encoding="utf-8") as out:
        json.dump(job, out)
    shutil.copy(os.path.join(HERE, "peers", "card.mjs"), scratch)
    for threads in ("1", "2"):
        subprocess.run(["node", os.path.join(scratch, "card.mjs"), os.path.join(scratch, "card.json"), threads], check=True)


main()
