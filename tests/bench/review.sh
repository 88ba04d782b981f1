#!/bin/sh
# The whole command on a file of events, from the file to the report as JSON: review.sh BUILD EVENTS.csv [JOBS...]
# (1 and 2 where none is named). Prints name, phase, seconds, and user and system seconds, peak memory, bytes
# of report; says whether the reports are the same. Needs Debian's package time.
set -eu
[ $# -ge 2 ] || { echo "usage: review.sh BUILD EVENTS.csv [JOBS...]" >&2; exit 2; }
build=$1 csv=$2
shift 2
[ $# -gt 0 ] || set -- 1 2
map=$(dirname "$0")/events.map.json
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

first=
for jobs in "$@"; do
    # Exit 3 is partial trouble that the report tells of.
    command time -f '%e %U %S %M' -o "$scratch/time" "$build/tidemark" review --as-of 2023-12-31 --format json \
        --jobs "$jobs" --map "$map" "$csv" >"$scratch/report-$jobs" || [ $? -eq 3 ]
    tail -n 1 "$scratch/time" | awk -v jobs="$jobs" -v bytes="$(wc -c <"$scratch/report-$jobs")" '{
        printf "tidemark\treview, jobs %s\t%s\tuser %s, system %s, %.0f MiB, report %.1f MB\n", jobs, $1, $2, $3,
            $4 / 1024, bytes / 1e6 }'
    [ -z "$first" ] || cmp -s "$first" "$scratch/report-$jobs" || { echo "the reports differ" >&2; exit 1; }
    first=$scratch/report-$jobs
done
