/*
 * Any bytes as a CSV return, under a map that uses every way of filling a field.
 */
#include "ingest_target.h"

static const char map[] =
    "{\"map\": 1, \"agency\": \"school\", \"columns\": {\"Child\": {\"to\": \"child\", \"split\": \"/\"},"
    "\"Date\": {\"to\": \"occurred\"}, \"Time\": {\"to\": \"time\"}, \"Until\": {\"to\": \"ended\"},"
    "\"Typed\": {\"to\": \"recorded\"}, \"Kind\": {\"to\": \"kind\", \"values\": {\"Plan\": "
    "\"cp-plan-start\", \"Visit\": \"visit\"}}, \"Theme\": {\"to\": \"theme\", \"split\": \";\", \"values\": "
    "{\"DA\": \"domestic-abuse\"}}, \"Note\": {\"to\": \"text\"}, \"More\": {\"to\": \"text\", \"join\": \" "
    "\"}, \"Ref\": {\"to\": \"reference\"}, \"Seen\": {\"to\": \"child_seen\"}, \"Factors\": {\"to\": "
    "\"facts.factors\", \"split\": \",\"}, \"Due\": {\"to\": \"facts.due\"}, \"Count\": {\"to\": "
    "\"facts.previous_plans\"}, \"Odd\": {\"to\": \"facts.odd\"}}, \"events\": [{\"when\": \"Closed\", "
    "\"kind\": \"case-closure\"}], \"constants\": {\"role\": \"teacher\"}, \"ignore\": [\"Row\"]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_input("csv", bytes_of(data, size), tdm__str(map));
    return 0;
}
