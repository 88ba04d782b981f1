/*
 * Events and their facts out of a store: two queries in the order of the same key, walked side by
 * side.
 */
#include "store/limits.h"
#include "store/reader.h"
#include "store/statements.h"
#include "store/tables.h"

enum { FACT_CHILD, FACT_SORT_DAY, FACT_SEQ, FACT_KEY, FACT_VALUE, FACT_COLUMNS };

/* Behind the columns of an event: the entry that it is another version of. */
enum { VERSION_OF = TDM__EVENT_COLUMNS };

typedef struct walk {
    tdm__store_reader *reader;
    sqlite3_stmt *events, *facts;
    tdm__cell fact[FACT_COLUMNS]; /* the next one, when `fact_waits` */
    bool fact_waits;
    tdm__fact_input *given; /* facts of the event at hand; strings in the scratch arena */
    size_t given_count, given_capacity;
} walk;

static tdm_status next_fact(walk *at, tdm_error *error)
{
    tdm__store *store = at->reader->store;
    tdm_status status = tdm__store_step(&at->fact_waits, store, at->facts, error);
    if (status == TDM_OK && at->fact_waits)
        status = tdm__store_cells(at->fact, FACT_COLUMNS, store, at->facts, error);
    return status;
}

static tdm_status keep_fact(walk *at, tdm_error *error)
{
    const tdm_allocator *allocator = &at->reader->store->context->allocator;
    tdm__fact_input *grown = tdm__grown(allocator, at->given, &at->given_capacity, at->given_count + 1,
                                        sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    at->given = grown;
    tdm__fact_input *fact = &at->given[at->given_count];
    fact->key = tdm__arena_copy(&at->reader->scratch, at->fact[FACT_KEY].text);
    fact->value = tdm__arena_copy(&at->reader->scratch, at->fact[FACT_VALUE].text);
    if (!fact->key.data || !fact->value.data)
        return tdm__no_memory(error);
    at->given_count++;
    return TDM_OK;
}

static bool fact_belongs(const walk *at, const tdm__cell *event)
{
    return at->fact_waits && tdm__cell_equal(&at->fact[FACT_SEQ], &event[TDM__COLUMN_SEQ]) &&
           tdm__cell_equal(&at->fact[FACT_SORT_DAY], &event[TDM__COLUMN_SORT_DAY]) &&
           tdm__cell_equal(&at->fact[FACT_CHILD], &event[TDM__COLUMN_CHILD]);
}

static tdm_status gather_facts(walk *at, const tdm__cell *event, tdm_error *error)
{
    tdm_status status = TDM_OK;
    at->given_count = 0;
    tdm__arena_reset(&at->reader->scratch);
    while (status == TDM_OK && fact_belongs(at, event)) {
        status = keep_fact(at, error);
        if (status == TDM_OK)
            status = next_fact(at, error);
    }
    return status;
}

static tdm_status read_themes(uint32_t *out, tdm__store_reader *reader, tdm_str themes, tdm_error *error)
{
    tdm_status status = TDM_OK;
    *out = 0;
    while (status == TDM_OK && themes.length > 0) {
        tdm_str code = tdm__str_split(&themes, ' ');
        int32_t theme = tdm__theme_find(code);
        if (theme >= 0)
            *out |= UINT32_C(1) << theme;
        else
            status = tdm__reader_told(reader, tdm__reader_unknown(reader, "theme", code), error);
    }
    return status;
}

static tdm_status read_kind(tdm__event_input *event, tdm__store_reader *reader, tdm_str code,
                            tdm_error *error)
{
    tdm_status status = tdm__reader_kind(&event->kind, reader, code);
    if (status != TDM_OK || event->kind != TDM_NO_INDEX)
        return tdm__reader_told(reader, status, error);
    event->kind = reader->vocabulary->kind_other;
    if (event->strings[TDM__KIND_AS_WRITTEN].length == 0)
        event->strings[TDM__KIND_AS_WRITTEN] = code;
    return TDM_OK;
}

static tdm_status read_codes(tdm__event_input *event, tdm__store_reader *reader, const tdm__cell *cells,
                             tdm_error *error)
{
    const struct {
        uint32_t *to;
        bool (*read)(uint32_t *out, tdm_str code);
        int column;
    } codes[] = {
        {&event->polarity, tdm__polarity_read, TDM__COLUMN_POLARITY},
        {&event->significance, tdm__significance_read, TDM__COLUMN_SIGNIFICANCE},
        {&event->child_seen, tdm__yes_no_read, TDM__COLUMN_CHILD_SEEN},
        {&event->seen_alone, tdm__yes_no_read, TDM__COLUMN_SEEN_ALONE},
        {&event->voice, tdm__yes_no_read, TDM__COLUMN_VOICE},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!codes[i].read(codes[i].to, cells[codes[i].column].text))
            return tdm__store_damaged(reader->store, error);
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        event->strings[field] = cells[TDM__COLUMN_STRINGS + field].text;
    tdm_status status = read_kind(event, reader, cells[TDM__COLUMN_KIND].text, error);
    if (status == TDM_OK)
        status = read_themes(&event->themes, reader, cells[TDM__COLUMN_THEMES].text, error);
    return status;
}

static tdm_status read_ended(tdm_date *out, tdm__store_reader *reader, const tdm__cell *cells,
                             tdm_error *error)
{
    tdm_status status = tdm__reader_day(&out->from, reader, &cells[TDM__COLUMN_ENDED_FROM], error);
    if (status == TDM_OK)
        status = tdm__reader_day(&out->to, reader, &cells[TDM__COLUMN_ENDED_TO], error);
    if (status != TDM_OK)
        return status;
    if (out->from == TDM_DAY_NONE)
        *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    return out->from <= out->to ? TDM_OK : tdm__store_damaged(reader->store, error);
}

static tdm_status read_numbers(tdm__event_input *event, tdm__store_reader *reader, const tdm__cell *cells,
                               tdm_error *error)
{
    int64_t minute = -1, row = 0;
    tdm_status status = tdm__reader_date(&event->occurred, reader, &cells[TDM__COLUMN_DAY_FROM], error);
    if (status == TDM_OK)
        status = tdm__reader_number(&minute, reader, &cells[TDM__COLUMN_MINUTE], -1, 24 * 60 - 1, error);
    if (status == TDM_OK)
        status = tdm__reader_day(&event->recorded, reader, &cells[TDM__COLUMN_RECORDED], error);
    if (status == TDM_OK)
        status = read_ended(&event->ended, reader, cells, error);
    if (status == TDM_OK)
        status = tdm__reader_source(&event->source, reader, &cells[TDM__COLUMN_SOURCE], error);
    if (status == TDM_OK)
        status = tdm__reader_number(&row, reader, &cells[TDM__COLUMN_ROW], 0, UINT32_MAX, error);
    event->minute = (int32_t)minute;
    event->row = (uint32_t)row;
    event->id =
        (uint64_t)cells[cells[VERSION_OF].type == TDM__CELL_NUMBER ? VERSION_OF : TDM__COLUMN_ID].number;
    return status;
}

static tdm_status take_event(walk *at, const tdm__cell *cells, tdm_error *error)
{
    tdm__event_input event = {.child = cells[TDM__COLUMN_CHILD].text,
                              .agency = cells[TDM__COLUMN_AGENCY].text};
    tdm_status status = read_numbers(&event, at->reader, cells, error);
    if (status == TDM_OK)
        status = read_codes(&event, at->reader, cells, error);
    if (status == TDM_OK)
        status = gather_facts(at, cells, error);
    if (status != TDM_OK)
        return status;
    event.facts = at->given;
    event.fact_count = at->given_count;
    return tdm__reader_told(at->reader, tdm__builder_event(at->reader->builder, &event), error);
}

static tdm_status walk_events(walk *at, tdm_error *error)
{
    tdm__cell cells[VERSION_OF + 1];
    tdm__store *store = at->reader->store;
    bool row = true;
    tdm_status status = next_fact(at, error);
    while (status == TDM_OK && row) {
        status = tdm__store_step(&row, store, at->events, error);
        if (status == TDM_OK && row)
            status = tdm__store_cells(cells, VERSION_OF + 1, store, at->events, error);
        if (status == TDM_OK && row)
            status = take_event(at, cells, error);
    }
    /* A fact that no event took belongs to none. */
    if (status == TDM_OK && at->fact_waits)
        status = tdm__store_damaged(store, error);
    return status;
}

#define EVENTS                                                                                               \
    "SELECT " TDM__EVENT_COLUMN_NAMES ", (SELECT v.id FROM event_version AS v"                               \
    " WHERE v.child_id = event.child_id AND v.version_id = event.id) FROM event"
/* Where no entry has another version there is nothing to look up for each. */
#define FIRST_EVENTS "SELECT " TDM__EVENT_COLUMN_NAMES ", NULL FROM event"
#define FACTS        "SELECT child_id, sort_day, seq, key, value FROM fact"
#define GIVEN        " WHERE child_id IN " TDM__CHILDREN_GIVEN
#define IN_ORDER     " ORDER BY child_id, sort_day, seq"
#define SEEN(of)                                                                                             \
    " (child_id, sort_day, seq) NOT IN (SELECT child_id, sort_day, seq FROM " TDM__WITHHELD_ROWS(of) ")"
#define SEEN_OF_ALL   " WHERE" SEEN("1")
#define SEEN_OF_GIVEN GIVEN " AND" SEEN("f.child_id IN " TDM__CHILDREN_GIVEN)

static tdm_status take_statement(sqlite3_stmt **out, tdm__store_reader *reader, const char *sql,
                                 tdm_error *error)
{
    tdm_status status = tdm__statement_take(out, reader->store, sql, error);
    if (status == TDM_OK)
        status = tdm__store_bind(reader->store, *out, reader->given, reader->given ? 1 : 0, error);
    return status;
}

/* Of all children or of those given, all rows or those that are for the eyes. */
static const char *const event_statements[2][2] = {
    {EVENTS IN_ORDER, EVENTS SEEN_OF_ALL IN_ORDER},
    {EVENTS GIVEN IN_ORDER, EVENTS SEEN_OF_GIVEN IN_ORDER},
};
static const char *const fact_statements[2][2] = {
    {FACTS IN_ORDER ", position", FACTS SEEN_OF_ALL IN_ORDER ", position"},
    {FACTS GIVEN IN_ORDER ", position", FACTS SEEN_OF_GIVEN IN_ORDER ", position"},
};

static tdm_status take_events(sqlite3_stmt **out, tdm__store_reader *reader, size_t given, size_t eyes,
                              tdm_error *error)
{
    static const char first[] = FIRST_EVENTS IN_ORDER;
    int64_t versions = 1;
    *out = NULL;
    tdm_status status = TDM_OK;
    if (!given && !eyes)
        status = tdm__store_number(&versions, reader->store, "SELECT EXISTS (SELECT 1 FROM event_version)",
                                   error);
    if (status != TDM_OK)
        return status;
    return take_statement(out, reader, versions ? event_statements[given][eyes] : first, error);
}

tdm_status tdm__store_read_events(tdm__store_reader *reader, tdm_error *error)
{
    walk at = {.reader = reader};
    size_t given = reader->given ? 1 : 0, eyes = reader->store->eyes ? 1 : 0;
    tdm_status status = take_events(&at.events, reader, given, eyes, error);
    if (status == TDM_OK)
        status = take_statement(&at.facts, reader, fact_statements[given][eyes], error);
    if (status == TDM_OK)
        status = walk_events(&at, error);
    tdm__statement_give(reader->store, at.events);
    tdm__statement_give(reader->store, at.facts);
    tdm__free(&reader->store->context->allocator, at.given);
    return status;
}
