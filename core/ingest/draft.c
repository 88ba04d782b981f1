/*
 * How each field of an event reads what was written. One row a field; the readers of facts stand in
 * facts.c. What is done with a value that cannot be read is said by the problem that comes back.
 */
#include "ingest/facts.h"

#include <string.h>

static const tdm_date undated = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

void tdm__draft_init(tdm__draft *draft, const tdm_vocabulary *vocabulary, const tdm_allocator *allocator,
                     tdm__arena *scratch)
{
    *draft = (tdm__draft){.vocabulary = vocabulary, .allocator = allocator, .scratch = scratch};
    tdm__draft_clear(draft);
}

void tdm__draft_free(tdm__draft *draft)
{
    if (!draft->allocator)
        return;
    tdm__free(draft->allocator, draft->facts);
    tdm__free(draft->allocator, draft->end_facts);
    draft->facts = draft->end_facts = NULL;
}

void tdm__draft_clear(tdm__draft *draft)
{
    draft->event = (tdm__event_input){.occurred = undated,
                                      .ended = undated,
                                      .minute = -1,
                                      .recorded = TDM_DAY_NONE,
                                      .kind = draft->vocabulary->kind_other};
    draft->child = draft->household = draft->ended_as_written = (tdm_str){NULL, 0};
    draft->child_split = '\0';
    draft->has_time = draft->has_ended = false;
    draft->ended = undated;
    draft->fact_count = 0;
    draft->facts_known = 0;
}

/* Exact ISO days are most of what comes, and need no as-written form. */
static tdm__problem read_date(tdm_date *out, int32_t *minute, tdm_str *as_written, tdm_str value,
                              const tdm_date_rules *rules)
{
    char canonical[TDM_DATE_TEXT_SIZE];
    tdm_day day;
    *minute = -1;
    if (tdm_day_parse_iso(&day, value)) {
        *out = (tdm_date){day, day, 0};
        return TDM__FINE;
    }
    if (tdm_date_parse(out, minute, value, rules) != TDM_OK) {
        *out = undated;
        *as_written = value;
        return TDM__PROBLEM_DATE;
    }
    tdm_date_format(canonical, *out);
    if (!tdm__str_equal(value, tdm__str(canonical)))
        *as_written = value;
    return TDM__FINE;
}

static tdm__problem read_occurred(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    int32_t minute;
    tdm__problem problem = read_date(&draft->event.occurred, &minute,
                                     &draft->event.strings[TDM__OCCURRED_AS_WRITTEN], value, how->rules);
    if (!draft->has_time)
        draft->event.minute = minute;
    return problem;
}

static tdm__problem read_ended(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    int32_t minute;
    draft->has_ended = true;
    tdm__problem problem = read_date(&draft->ended, &minute, &draft->ended_as_written, value, how->rules);
    return problem == TDM__FINE ? TDM__FINE : TDM__PROBLEM_ENDED;
}

static tdm__problem read_recorded(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    tdm_date date;
    tdm_str as_written;
    int32_t minute;
    if (read_date(&date, &minute, &as_written, value, how->rules) != TDM__FINE || date.from != date.to)
        return TDM__PROBLEM_RECORDED;
    draft->event.recorded = date.from;
    return TDM__FINE;
}

static tdm__problem read_time(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    int32_t minute;
    (void)how;
    if (!tdm__time_of(&minute, value))
        return TDM__PROBLEM_TIME;
    draft->event.minute = minute;
    draft->has_time = true;
    return TDM__FINE;
}

static tdm__problem read_kind(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    uint32_t kind = tdm__vocabulary_kind(draft->vocabulary, value);
    (void)how;
    draft->event.kind = kind == TDM_NO_INDEX ? draft->vocabulary->kind_other : kind;
    if (kind != TDM_NO_INDEX)
        return TDM__FINE;
    draft->event.strings[TDM__KIND_AS_WRITTEN] = value;
    return TDM__PROBLEM_KIND;
}

static tdm__problem read_agency(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    (void)how;
    draft->event.agency = value;
    return tdm__vocabulary_agency(draft->vocabulary, value) == TDM_NO_INDEX ? TDM__PROBLEM_AGENCY : TDM__FINE;
}

static tdm__problem read_theme(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    tdm__problem problem = TDM__FINE;
    while (value.length > 0) {
        tdm_str item = tdm__str_trimmed(tdm__str_split(&value, how->split ? how->split : ' '));
        int32_t theme = tdm__theme_find(item);
        if (theme >= 0)
            draft->event.themes |= UINT32_C(1) << theme;
        else if (item.length > 0)
            problem = TDM__PROBLEM_THEME;
    }
    return problem;
}

static tdm__problem read_polarity(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    (void)how;
    return tdm__polarity_read(&draft->event.polarity, value) ? TDM__FINE : TDM__PROBLEM_WORD;
}

static tdm__problem read_significance(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    (void)how;
    return tdm__significance_read(&draft->event.significance, value) ? TDM__FINE : TDM__PROBLEM_WORD;
}

static tdm__problem read_yes_no(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    uint32_t answer = tdm__yes_no_of(value);
    if (answer == TDM__NOT_RECORDED)
        return TDM__PROBLEM_WORD;
    if (how->field == TDM__FIELD_CHILD_SEEN)
        draft->event.child_seen = answer;
    else if (how->field == TDM__FIELD_SEEN_ALONE)
        draft->event.seen_alone = answer;
    else
        draft->event.voice = answer;
    return TDM__FINE;
}

static tdm__problem read_child(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    *(how->field == TDM__FIELD_CHILD ? &draft->child : &draft->household) = value;
    if (how->field == TDM__FIELD_CHILD)
        draft->child_split = how->split;
    return TDM__FINE;
}

static tdm__problem read_string(tdm__draft *draft, const tdm__how *how, tdm_str value);

typedef struct field_row {
    const char *name;
    tdm__problem (*read)(tdm__draft *draft, const tdm__how *how, tdm_str value);
    tdm__string_field string;
} field_row;

static const field_row fields[TDM__FIELDS] = {
    [TDM__FIELD_CHILD] = {"child", read_child, TDM__STRING_FIELDS},
    [TDM__FIELD_HOUSEHOLD] = {"household", read_child, TDM__STRING_FIELDS},
    [TDM__FIELD_OCCURRED] = {"occurred", read_occurred, TDM__STRING_FIELDS},
    [TDM__FIELD_OCCURRED_AS_WRITTEN] = {"occurred_as_written", read_string, TDM__OCCURRED_AS_WRITTEN},
    [TDM__FIELD_TIME] = {"time", read_time, TDM__STRING_FIELDS},
    [TDM__FIELD_ENDED] = {"ended", read_ended, TDM__STRING_FIELDS},
    [TDM__FIELD_RECORDED] = {"recorded", read_recorded, TDM__STRING_FIELDS},
    [TDM__FIELD_AGENCY] = {"agency", read_agency, TDM__STRING_FIELDS},
    [TDM__FIELD_KIND] = {"kind", read_kind, TDM__STRING_FIELDS},
    [TDM__FIELD_KIND_AS_WRITTEN] = {"kind_as_written", read_string, TDM__KIND_AS_WRITTEN},
    [TDM__FIELD_THEME] = {"theme", read_theme, TDM__STRING_FIELDS},
    [TDM__FIELD_POLARITY] = {"polarity", read_polarity, TDM__STRING_FIELDS},
    [TDM__FIELD_SIGNIFICANCE] = {"significance", read_significance, TDM__STRING_FIELDS},
    [TDM__FIELD_CHILD_SEEN] = {"child_seen", read_yes_no, TDM__STRING_FIELDS},
    [TDM__FIELD_SEEN_ALONE] = {"seen_alone", read_yes_no, TDM__STRING_FIELDS},
    [TDM__FIELD_VOICE] = {"voice", read_yes_no, TDM__STRING_FIELDS},
    [TDM__FIELD_ROLE] = {"role", read_string, TDM__ROLE},
    [TDM__FIELD_SIGNIFICANCE_BY] = {"significance_by", read_string, TDM__SIGNIFICANCE_BY},
    [TDM__FIELD_ACTION] = {"action", read_string, TDM__ACTION},
    [TDM__FIELD_OUTCOME] = {"outcome", read_string, TDM__OUTCOME},
    [TDM__FIELD_TEXT] = {"text", read_string, TDM__TEXT},
    [TDM__FIELD_ANALYSIS] = {"analysis", read_string, TDM__ANALYSIS},
    [TDM__FIELD_REFERENCE] = {"reference", read_string, TDM__REFERENCE},
    [TDM__FIELD_INCIDENT] = {"incident", read_string, TDM__INCIDENT},
    [TDM__FIELD_EPISODE] = {"episode", read_string, TDM__EPISODE},
    [TDM__FIELD_FACT] = {"facts", tdm__read_fact, TDM__STRING_FIELDS},
};

static tdm__problem read_string(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    draft->event.strings[fields[how->field].string] = value;
    return TDM__FINE;
}

tdm__problem tdm__draft_read(tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    return fields[how->field].read(draft, how, value);
}

const char *tdm__field_name(tdm__field field)
{
    return fields[field].name;
}

tdm__string_field tdm__field_string(tdm__field field)
{
    return fields[field].string;
}

tdm__field tdm__field_named(tdm_str *key, tdm_str name)
{
    const tdm_str facts = TDM_LIT("facts.");
    *key = (tdm_str){NULL, 0};
    if (tdm__str_starts(name, facts) && name.length > facts.length) {
        *key = (tdm_str){name.data + facts.length, name.length - facts.length};
        return TDM__FIELD_FACT;
    }
    for (int field = 0; field < TDM__FIELD_FACT; field++)
        if (tdm__str_equal(name, tdm__str(fields[field].name)))
            return (tdm__field)field;
    return TDM__FIELDS;
}

typedef struct problem_row {
    const char *code;
    tdm__severity severity;
    bool once; /* told once for each distinct value */
    const char *words;
} problem_row;

static const problem_row problems[TDM__PROBLEMS] = {
    [TDM__PROBLEM_DATE] = {"date-not-read", TDM__WARNING, false,
                           "no date that can be read; the row is kept as undated, with what was written"},
    [TDM__PROBLEM_ENDED] = {"date-not-read", TDM__WARNING, false,
                            "no date that can be read; the end is kept as undated"},
    [TDM__PROBLEM_TIME] = {"time-not-read", TDM__WARNING, false,
                           "no time of day that can be read; expected one like 14:30; it is left out"},
    [TDM__PROBLEM_RECORDED] = {"recorded-not-read", TDM__WARNING, false,
                               "not one exact day; the day of recording is left out"},
    [TDM__PROBLEM_KIND] = {"kind-unknown", TDM__WARNING, true,
                           "this value names no kind of event; rows with it are kept as \"other\" with their "
                           "own words"},
    [TDM__PROBLEM_AGENCY] = {"agency-unknown", TDM__WARNING, true,
                             "this value is no agency of the vocabulary; it is kept as it is"},
    [TDM__PROBLEM_THEME] = {"theme-unknown", TDM__WARNING, true, "this value is no theme; it is left out"},
    [TDM__PROBLEM_WORD] = {"value-unknown", TDM__WARNING, true,
                           "this value is none of those the field knows; it is left out"},
    [TDM__PROBLEM_FACT] = {"fact-not-read", TDM__WARNING, false,
                           "not of the form that this fact has; it is left out"},
    [TDM__PROBLEM_FACT_CODE] = {"fact-code-unknown", TDM__WARNING, true,
                                "this value is none of the codes of the fact; it is kept as it is"},
    [TDM__PROBLEM_FACT_KEY] = {"fact-unknown", TDM__WARNING, true,
                               "a fact of this name is not in the vocabulary; it is kept as text"},
};

tdm_status tdm__note_problem(tdm__return *file, tdm__problem problem, int32_t row, tdm_str column,
                             tdm_str value)
{
    const problem_row *row_of = &problems[problem];
    if (problem == TDM__FINE)
        return TDM_OK;
    if (problem == TDM__PROBLEM_MEMORY)
        return TDM_NO_MEMORY;
    if (row_of->once)
        return tdm__note_once(file, row_of->severity, row_of->code, row, column, value, row_of->words);
    return tdm__note(file, row_of->severity, row_of->code, row, column, "%s", row_of->words);
}
