/*
 * Facts in their canonical text (see facts.h).
 */
#include "ingest/facts.h"

#include <stdio.h>
#include <string.h>

typedef struct word {
    const char *text;
    uint32_t answer;
} word;

static const word words[] = {
    {"yes", TDM__YES}, {"y", TDM__YES}, {"true", TDM__YES}, {"t", TDM__YES}, {"1", TDM__YES},
    {"no", TDM__NO},   {"n", TDM__NO},  {"false", TDM__NO}, {"f", TDM__NO},  {"0", TDM__NO},
};

static bool same_letters(tdm_str value, const char *lower)
{
    size_t length = strlen(lower);
    if (value.length != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = value.data[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != lower[i])
            return false;
    }
    return true;
}

uint32_t tdm__yes_no_of(tdm_str value)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (same_letters(value, words[i].text))
            return words[i].answer;
    return TDM__NOT_RECORDED;
}

bool tdm__time_of(int32_t *minute, tdm_str value)
{
    /* The calendar reads a time behind a date; any date will do. */
    char room[TDM_DATE_TEXT_SIZE];
    tdm_date date;
    *minute = -1;
    if (value.length == 0 || value.length > 24 || memchr(value.data, '\0', value.length))
        return false;
    int length = snprintf(room, sizeof room, "2000-01-01 %.*s", TDM_STR_ARGS(value));
    return tdm_date_parse(&date, minute, (tdm_str){room, (size_t)length}, NULL) == TDM_OK && *minute >= 0;
}

bool tdm__code_is_listed(tdm_str codes, tdm_str value)
{
    if (codes.length == 0 || !memchr(codes.data, '|', codes.length) || memchr(codes.data, ' ', codes.length))
        return true;
    while (codes.length > 0)
        if (tdm__str_equal(tdm__str_split(&codes, '|'), value))
            return true;
    return false;
}

static tdm__problem add_fact(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    tdm__fact_input *grown = tdm__grown(draft->allocator, draft->facts, &draft->fact_capacity,
                                        draft->fact_count + 1, sizeof *grown);
    if (!grown || !value.data)
        return TDM__PROBLEM_MEMORY;
    draft->facts = grown;
    draft->facts[draft->fact_count++] = (tdm__fact_input){how->fact_key, value};
    if (how->fact != TDM_NO_INDEX)
        draft->facts_known |= UINT64_C(1) << how->fact;
    return TDM__FINE;
}

static tdm__problem read_code(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    bool listed = tdm__code_is_listed(draft->vocabulary->facts[how->fact].codes, value);
    tdm__problem problem = add_fact(draft, how, value);
    return problem == TDM__FINE && !listed ? TDM__PROBLEM_FACT_CODE : problem;
}

static tdm__problem read_text_code(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    return add_fact(draft, how, value);
}

static tdm__problem read_fact_yes_no(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    uint32_t answer = tdm__yes_no_of(value);
    if (answer == TDM__NOT_RECORDED)
        return TDM__PROBLEM_FACT;
    return add_fact(draft, how, tdm__str(tdm__yes_no_code(answer)));
}

static tdm__problem add_made(tdm__draft *draft, const tdm__how *how, const char *text)
{
    return add_fact(draft, how, tdm__arena_copy(draft->scratch, tdm__str(text)));
}

/* Whether a number stands as it would be printed. */
static bool is_canonical_number(tdm_str value, int64_t number)
{
    size_t first = number < 0 ? 1 : 0;
    return value.data[0] != '+' && (value.data[0] == '-') == (number < 0) &&
           (value.data[first] != '0' || value.length == 1);
}

static tdm__problem read_count(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    char room[32];
    int64_t number;
    if (!tdm__str_to_int64(&number, value))
        return TDM__PROBLEM_FACT;
    if (is_canonical_number(value, number))
        return add_fact(draft, how, value);
    snprintf(room, sizeof room, "%lld", (long long)number);
    return add_made(draft, how, room);
}

static tdm__problem read_fact_date(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_date date;
    if (tdm_date_parse(&date, NULL, value, how->rules) != TDM_OK || date.from != date.to)
        return TDM__PROBLEM_FACT;
    date.flags = 0;
    tdm_date_format(room, date);
    return add_made(draft, how, room);
}

static tdm__problem read_fact_time(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    char room[32];
    int32_t minute;
    if (!tdm__time_of(&minute, value))
        return TDM__PROBLEM_FACT;
    snprintf(room, sizeof room, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
    return add_made(draft, how, room);
}

/* Whom a row is limited to must be known: an agency that is spelt otherwise is given nothing of it. */
static bool are_agencies(const tdm__draft *draft, const tdm__how *how, tdm_str list)
{
    if ((draft->vocabulary->sharing_facts >> how->fact & 1) == 0)
        return true;
    while (list.length > 0)
        if (tdm__vocabulary_agency(draft->vocabulary, tdm__str_split(&list, ' ')) == TDM_NO_INDEX)
            return false;
    return true;
}

/* Items by one space; a space inside an item becomes a hyphen, so that items stay apart. */
static tdm__problem read_list(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    char *room = tdm__arena_alloc(draft->scratch, value.length + 1);
    size_t length = 0;
    if (!room)
        return TDM__PROBLEM_MEMORY;
    while (value.length > 0) {
        tdm_str item = tdm__str_trimmed(tdm__str_split(&value, how->split ? how->split : ' '));
        if (item.length == 0)
            continue;
        if (length > 0)
            room[length++] = ' ';
        for (size_t i = 0; i < item.length; i++)
            room[length++] = item.data[i] == ' ' ? '-' : item.data[i];
    }
    tdm_str list = {room, length};
    tdm__problem problem = add_fact(draft, how, list);
    return problem == TDM__FINE && !are_agencies(draft, how, list) ? TDM__PROBLEM_FACT_CODE : problem;
}

typedef tdm__problem (*fact_reader)(tdm__draft *draft, const tdm__how *how, tdm_str value);

static const fact_reader fact_readers[] = {
    [TDM__FACT_CODE] = read_code,           [TDM__FACT_YES_NO] = read_fact_yes_no,
    [TDM__FACT_COUNT] = read_count,         [TDM__FACT_DATE] = read_fact_date,
    [TDM__FACT_TIME] = read_fact_time,      [TDM__FACT_LIST] = read_list,
    [TDM__FACT_TEXT_CODE] = read_text_code,
};

tdm__problem tdm__read_fact(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    if (how->fact == TDM_NO_INDEX) {
        tdm__problem problem = add_fact(draft, how, value);
        return problem == TDM__FINE ? TDM__PROBLEM_FACT_KEY : problem;
    }
    return fact_readers[draft->vocabulary->facts[how->fact].type](draft, how, value);
}
