/*
 * Reading the frozen table. Nothing here changes it.
 */
#include "chronology/table.h"

static const char *const string_field_names[TDM__STRING_FIELDS] = {
    "text",     "occurred_as_written", "kind_as_written", "role",    "significance_by", "action", "outcome",
    "analysis", "reference",           "incident",        "episode",
};

const char *tdm__string_field_name(tdm__string_field field)
{
    return string_field_names[field];
}

static const char *const yes_no_codes[] = {"", "yes", "no"};
static const char *const polarity_codes[] = {"", "concern", "neutral", "strength"};
static const char *const significance_codes[] = {"", "low", "medium", "high"};

static bool read_code(uint32_t *out, tdm_str code, const char *const *codes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (tdm__str_equal(code, tdm__str(codes[i]))) {
            *out = i;
            return true;
        }
    *out = 0;
    return false;
}

const char *tdm__yes_no_code(uint32_t value)
{
    return value < 3 ? yes_no_codes[value] : "";
}

const char *tdm__polarity_code(uint32_t value)
{
    return value < 4 ? polarity_codes[value] : "";
}

const char *tdm__significance_code(uint32_t value)
{
    return value < 4 ? significance_codes[value] : "";
}

bool tdm__yes_no_read(uint32_t *out, tdm_str code)
{
    return read_code(out, code, yes_no_codes, 3);
}

bool tdm__polarity_read(uint32_t *out, tdm_str code)
{
    return read_code(out, code, polarity_codes, 4);
}

bool tdm__significance_read(uint32_t *out, tdm_str code)
{
    return read_code(out, code, significance_codes, 4);
}

const char *tdm_answer_code(tdm_answer answer)
{
    static const char *const codes[] = {"not-assessed", "not-met", "possible", "met"};
    return answer >= 0 && answer <= TDM_MET ? codes[answer] : codes[0];
}

static void free_sparse(const tdm_allocator *allocator, tdm__sparse *sparse)
{
    tdm__free(allocator, sparse->events);
    tdm__free(allocator, sparse->values);
}

void tdm_chronology_free(tdm_chronology *c)
{
    if (!c)
        return;
    tdm_allocator allocator = c->allocator;
    tdm__columns *k = &c->columns;
#define FREE_COLUMN(name) tdm__free(&allocator, k->name);
    TDM__COLUMN_MAP(FREE_COLUMN)
#undef FREE_COLUMN
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        free_sparse(&allocator, &c->strings[field]);
    free_sparse(&allocator, &c->ended);
    tdm__free(&allocator, c->versions);
    tdm__free(&allocator, c->replacements);
    for (size_t key = 0; key < c->fact_column_count; key++)
        free_sparse(&allocator, &c->facts[key]);
    for (size_t i = 0; i < c->source_count; i++) {
        tdm__free(&allocator, c->sources[i].owned_bytes);
        tdm__held_file_close(c->sources[i].file);
    }
    tdm__free(&allocator, c->facts);
    tdm__free(&allocator, c->children);
    tdm__free(&allocator, c->child_first);
    tdm__free(&allocator, c->sources);
    tdm__free(&allocator, c->people);
    tdm__text_free(&c->blob);
    tdm__dictionary_free(&c->agencies);
    tdm__dictionary_free(&c->fact_keys);
    for (int numbered = 0; numbered < TDM__NUMBERED; numbered++) {
        tdm__dictionary_free(&c->fact_values[numbered].texts);
        tdm__free(&allocator, c->fact_values[numbered].numbers);
    }
    tdm__arena_free(&c->arena);
    tdm__free(&allocator, c);
}

size_t tdm_chronology_event_count(const tdm_chronology *chronology)
{
    return chronology->event_count;
}

size_t tdm_chronology_child_count(const tdm_chronology *chronology)
{
    return chronology->child_count;
}

tdm_str tdm_chronology_child_id(const tdm_chronology *chronology, size_t child)
{
    return child < chronology->child_count ? chronology->children[child].id : (tdm_str){"", 0};
}

tdm_status tdm__sparse_list_events(const tdm_allocator *allocator, tdm__sparse *sparse)
{
    if (sparse->events)
        return TDM_OK;
    sparse->event_capacity = 0;
    uint32_t *events = tdm__grown(allocator, NULL, &sparse->event_capacity, sparse->count + 1,
                                  sizeof *events);
    if (!events)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < sparse->count; i++)
        events[i] = (uint32_t)i;
    sparse->events = events;
    return TDM_OK;
}

size_t tdm__sparse_lower_bound(const tdm__sparse *sparse, uint32_t event)
{
    if (!sparse->events)
        return event < sparse->count ? event : sparse->count;
    /* Where nearly every event has a value it stands at its own number. */
    if (event < sparse->count && sparse->events[event] == event &&
        (event == 0 || sparse->events[event - 1] < event))
        return event;
    size_t low = 0, high = sparse->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sparse->events[middle] < event)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const void *tdm__sparse_value(const tdm__sparse *sparse, uint32_t event, size_t item_size)
{
    size_t at = tdm__sparse_lower_bound(sparse, event);
    if (at == sparse->count || tdm__sparse_event(sparse, at) != event)
        return NULL;
    return (const char *)sparse->values + at * item_size;
}

static uint32_t child_of(const tdm_chronology *c, uint32_t event)
{
    size_t low = 0, high = c->child_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (c->child_first[middle] <= event)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

tdm__event tdm__chronology_event(const tdm_chronology *c, uint32_t index)
{
    return tdm__chronology_event_of(c, index, child_of(c, index));
}

tdm__event tdm__chronology_event_of(const tdm_chronology *c, uint32_t index, uint32_t child)
{
    const tdm__columns *k = &c->columns;
    uint32_t packed = tdm__column_packed(k, index);
    const tdm__period *ended = tdm__sparse_value(&c->ended, index, sizeof *ended);
    return (tdm__event){
        .index = index,
        .child = child,
        .occurred = {k->day_from[index], tdm__column_day_to(k, index), packed >> TDM__PACK_DATE_FLAGS & 7},
        .ended_from = ended ? ended->from : TDM_DAY_NONE,
        .ended_to = ended ? ended->to : TDM_DAY_NONE,
        .minute = tdm__column_minute(k, index),
        .recorded = tdm__column_recorded(k, index),
        .agency = k->agency[index],
        .source = tdm__column_source(k, index),
        .row = k->row[index],
        .kind = k->kind[index],
        .themes = packed & 0xFFFF,
        .polarity = packed >> TDM__PACK_POLARITY & 3,
        .significance = packed >> TDM__PACK_SIGNIFICANCE & 3,
        .child_seen = packed >> TDM__PACK_SEEN & 3,
        .seen_alone = packed >> TDM__PACK_ALONE & 3,
        .voice = packed >> TDM__PACK_VOICE & 3,
        .incident = tdm__column_incident(k, index),
        .id = k->id[index],
    };
}

void tdm__chronology_event_id(char out[TDM_HEX64_SIZE], const tdm_chronology *chronology, uint32_t index)
{
    tdm__hex64(out, chronology->columns.id[index]);
}

tdm_str tdm__chronology_occurred_text(char room[TDM_DATE_TEXT_SIZE], const tdm_chronology *c, uint32_t event)
{
    tdm_str written = tdm__chronology_string(c, event, TDM__OCCURRED_AS_WRITTEN);
    if (written.length > 0)
        return written;
    tdm_date_format(room, (tdm_date){c->columns.day_from[event], tdm__column_day_to(&c->columns, event),
                                     tdm__column_packed(&c->columns, event) >> TDM__PACK_DATE_FLAGS & 7});
    return tdm__str(room);
}

tdm__numbered tdm__fact_numbered(const tdm_chronology *c, uint32_t key)
{
    static const tdm__numbered numbered[] = {
        [TDM__FACT_YES_NO] = TDM__NUMBERED_YES_NO, [TDM__FACT_COUNT] = TDM__NUMBERED_COUNT,
        [TDM__FACT_DATE] = TDM__NUMBERED_DATE,     [TDM__FACT_TIME] = TDM__NUMBERED_TIME,
        [TDM__FACT_CODE] = TDM__NUMBERED_NOT,      [TDM__FACT_LIST] = TDM__NUMBERED_NOT,
        [TDM__FACT_TEXT_CODE] = TDM__NUMBERED_NOT,
    };
    return key < c->vocabulary->fact_count ? numbered[c->vocabulary->facts[key].type] : TDM__NUMBERED_COUNT;
}

bool tdm__chronology_fact(tdm__fact_value *out, const tdm_chronology *c, uint32_t event, uint32_t key)
{
    *out = (tdm__fact_value){0, {"", 0}};
    if (key >= c->fact_column_count)
        return false;
    const tdm__fact_cell *cell = tdm__sparse_value(&c->facts[key], event, sizeof *cell);
    if (!cell)
        return false;
    const tdm__fact_values *values = &c->fact_values[tdm__fact_numbered(c, key)];
    *out = (tdm__fact_value){tdm__fact_number(values, *cell), tdm__dictionary_at(&values->texts, *cell)};
    return true;
}

size_t tdm__chronology_fact_key_count(const tdm_chronology *chronology)
{
    return chronology->fact_keys.count;
}

tdm_str tdm__chronology_fact_key(const tdm_chronology *chronology, uint32_t key)
{
    return tdm__dictionary_at(&chronology->fact_keys, key);
}

const tdm_vocabulary *tdm__chronology_vocabulary(const tdm_chronology *chronology)
{
    return chronology->vocabulary;
}

void tdm__chronology_child_events(const tdm_chronology *chronology, size_t child, uint32_t *first,
                                  uint32_t *end)
{
    *first = chronology->child_first[child];
    *end = chronology->child_first[child + 1];
}

const tdm__child *tdm__chronology_child(const tdm_chronology *chronology, size_t child)
{
    return &chronology->children[child];
}

uint32_t tdm__chronology_find_child(const tdm_chronology *c, tdm_str id)
{
    size_t low = 0, high = c->child_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = tdm__str_compare(c->children[middle].id, id);
        if (order == 0)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TDM_NO_INDEX;
}

void tdm__chronology_set_missing(tdm_chronology *chronology, tdm__missing missing)
{
    chronology->missing = missing;
}

tdm__missing tdm__chronology_missing(const tdm_chronology *chronology)
{
    return chronology->missing;
}

size_t tdm__chronology_source_count(const tdm_chronology *chronology)
{
    return chronology->source_count;
}

const tdm__source *tdm__chronology_source(const tdm_chronology *chronology, uint32_t source)
{
    return &chronology->sources[source];
}

size_t tdm__chronology_person_count(const tdm_chronology *chronology)
{
    return chronology->person_count;
}

const tdm__person *tdm__chronology_person(const tdm_chronology *chronology, size_t person)
{
    return &chronology->people[person];
}

size_t tdm__chronology_agency_count(const tdm_chronology *chronology)
{
    return chronology->agencies.count;
}

tdm_str tdm__chronology_agency(const tdm_chronology *chronology, uint32_t agency)
{
    return tdm__dictionary_at(&chronology->agencies, agency);
}

tdm_str tdm__chronology_agency_title(const tdm_chronology *chronology, uint32_t agency)
{
    tdm_str code = tdm__chronology_agency(chronology, agency);
    uint32_t known = tdm__vocabulary_agency(chronology->vocabulary, code);
    return known == TDM_NO_INDEX ? code : chronology->vocabulary->agencies[known].title;
}

bool tdm__source_concerns(const tdm__source *source, size_t child)
{
    if (source->any_child)
        return true;
    for (size_t i = 0; i < source->child_count; i++)
        if (source->children[i] == child)
            return true;
    return false;
}

/* What a replaced source could hold, the one in its place need not. */
static bool could_hold_of(const tdm_chronology *c, uint32_t source, size_t child, tdm_day day)
{
    return tdm__source_concerns(&c->sources[source], child) &&
           !tdm__chronology_source_replaced(c, source, day);
}

bool tdm__chronology_could_hold(const tdm_chronology *c, size_t child, uint32_t kind, tdm_day day)
{
    for (size_t i = 0; i < c->source_count; i++) {
        const tdm__source *source = &c->sources[i];
        if ((source->carries_all || (source->carries[kind / 64] >> (kind % 64) & 1)) &&
            could_hold_of(c, (uint32_t)i, child, day))
            return true;
    }
    return false;
}

static void add_carried(tdm__carried *out, const tdm__source *source, size_t kind_count)
{
    for (size_t word = 0; word < (kind_count + 63) / 64; word++) {
        out->kinds[word] |= source->carries[word];
        out->in_full[word] |= source->carries[word] & ~source->in_part[word];
    }
    for (size_t kind = 0; kind < kind_count; kind++)
        if (!(source->in_part[kind / 64] >> (kind % 64) & 1))
            out->facts[kind] |= source->carries_facts[kind];
}

tdm_status tdm__chronology_carried(tdm__carried *out, tdm__arena *arena, const tdm_chronology *c,
                                   size_t child, tdm_day day)
{
    size_t kind_count = c->vocabulary->kind_count, words = (kind_count + 63) / 64;
    *out = (tdm__carried){.kinds = tdm__arena_array(arena, words, sizeof *out->kinds),
                          .in_full = tdm__arena_array(arena, words, sizeof *out->in_full),
                          .facts = tdm__arena_array(arena, kind_count, sizeof *out->facts)};
    if (!out->kinds || !out->in_full || !out->facts)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < c->source_count && !out->all; i++)
        if (could_hold_of(c, (uint32_t)i, child, day)) {
            out->all = c->sources[i].carries_all;
            add_carried(out, &c->sources[i], kind_count);
        }
    return TDM_OK;
}

bool tdm__carried_kind(const tdm__carried *carried, uint32_t kind)
{
    return carried->all || (carried->kinds[kind / 64] >> (kind % 64) & 1);
}

bool tdm__carried_in_full(const tdm__carried *carried, uint32_t kind, uint32_t fact)
{
    return carried->all || ((carried->in_full[kind / 64] >> (kind % 64) & 1) &&
                            (fact == TDM_NO_INDEX || (carried->facts[kind] >> fact & 1)));
}
