/*
 * Any bytes as a date, under every order of day and month: what is written out reads back to the same
 * interval.
 */
#include "ingest_target.h"

static void check_rules(tdm_str text, const tdm_date_rules *rules)
{
    tdm_date date, again;
    int32_t minute;
    char written[TDM_DATE_TEXT_SIZE], words[TDM_DATE_TEXT_SIZE];
    if (tdm_date_parse(&date, &minute, text, rules) != TDM_OK)
        return;
    if (date.from > date.to || minute < -1 || minute > 1439)
        abort();
    tdm_date_format(written, date);
    tdm_date_words(words, date);
    if (words[0] == '\0' || tdm_date_parse(&again, NULL, tdm__str(written), rules) != TDM_OK)
        abort();
    if (again.from != date.from || again.to != date.to ||
        (again.flags & TDM_DATE_UNCERTAIN) != (date.flags & TDM_DATE_UNCERTAIN))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tdm_date_rules rules = tdm_date_rules_default();
    for (int32_t order = TDM_DAY_FIRST; order <= TDM_ORDER_UNKNOWN; order++) {
        rules.order = order;
        check_rules(bytes_of(data, size), &rules);
    }
    return 0;
}
