/*
 * Sources with their declarations out of a store.
 */
#include "store/limits.h"
#include "store/reader.h"
#include "store/statements.h"
#include "store/tables.h"

/* What side tables hold about the source at hand. Strings live in the reader's scratch arena. */
typedef struct declarations {
    uint32_t *kinds;
    size_t kind_count, kind_capacity;
    uint64_t *facts; /* one a kind; in the reader's scratch arena, like the next */
    uint32_t *in_part;
    size_t in_part_count;
    tdm_str *children;
    size_t child_count, child_capacity;
    tdm__period *covers;
    size_t cover_count, cover_capacity;
    tdm__period *no_contact;
    size_t no_contact_count, no_contact_capacity;
} declarations;

static void free_declarations(const tdm_allocator *allocator, declarations *list)
{
    tdm__free(allocator, list->kinds);
    tdm__free(allocator, list->children);
    tdm__free(allocator, list->covers);
    tdm__free(allocator, list->no_contact);
}

static const tdm_allocator *allocator_of(const tdm__store_reader *reader)
{
    return &reader->store->context->allocator;
}

static tdm_status take_kind(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                            tdm_error *error)
{
    declarations *list = payload;
    uint32_t kind;
    tdm_status status = tdm__reader_kind(&kind, reader, cells[0].text);
    if (status != TDM_OK)
        return tdm__reader_told(reader, status, error);
    if (kind == TDM_NO_INDEX)
        return TDM_OK;
    uint32_t *grown = tdm__grown(allocator_of(reader), list->kinds, &list->kind_capacity,
                                 list->kind_count + 1, sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    list->kinds = grown;
    list->kinds[list->kind_count++] = kind;
    return TDM_OK;
}

/* Where the kind stands in the list; its length: nowhere. */
static size_t place_of_kind(const declarations *list, uint32_t kind)
{
    size_t at = 0;
    while (at < list->kind_count && list->kinds[at] != kind)
        at++;
    return at;
}

static tdm_status take_fact(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                            tdm_error *error)
{
    declarations *list = payload;
    (void)error;
    size_t at = place_of_kind(list, tdm__vocabulary_kind(reader->vocabulary, cells[0].text));
    uint32_t fact = tdm__vocabulary_fact(reader->vocabulary, cells[1].text);
    if (at < list->kind_count && fact != TDM_NO_INDEX)
        list->facts[at] |= UINT64_C(1) << fact;
    return TDM_OK;
}

static tdm_status take_part(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                            tdm_error *error)
{
    declarations *list = payload;
    (void)error;
    size_t at = place_of_kind(list, tdm__vocabulary_kind(reader->vocabulary, cells[0].text));
    if (at < list->kind_count && list->in_part_count < list->kind_count)
        list->in_part[list->in_part_count++] = list->kinds[at];
    return TDM_OK;
}

/* Facts and parts of the kinds that have been read. */
static tdm_status read_carried(tdm__store_reader *reader, const tdm__cell *number, declarations *list,
                               tdm_error *error)
{
    list->facts = tdm__arena_array(&reader->scratch, list->kind_count + 1, sizeof *list->facts);
    list->in_part = tdm__arena_array(&reader->scratch, list->kind_count + 1, sizeof *list->in_part);
    if (!list->facts || !list->in_part)
        return tdm__no_memory(error);
    tdm_status status = tdm__reader_each(reader,
                                         "SELECT kind, fact FROM source_fact WHERE source_no = ?1"
                                         " ORDER BY kind, fact",
                                         number, 2, take_fact, list, error);
    if (status == TDM_OK)
        status = tdm__reader_each(reader, "SELECT kind FROM source_part WHERE source_no = ?1 ORDER BY kind",
                                  number, 1, take_part, list, error);
    return status;
}

static tdm_status take_child(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                             tdm_error *error)
{
    declarations *list = payload;
    tdm_str id = tdm__arena_copy(&reader->scratch, cells[0].text);
    tdm_str *grown = tdm__grown(allocator_of(reader), list->children, &list->child_capacity,
                                list->child_count + 1, sizeof *grown);
    if (grown)
        list->children = grown;
    if (!grown || !id.data)
        return tdm__no_memory(error);
    list->children[list->child_count++] = id;
    return TDM_OK;
}

static tdm_status add_period(tdm__store_reader *reader, tdm__period **periods, size_t *count,
                             size_t *capacity, tdm__period period, tdm_error *error)
{
    tdm__period *grown = tdm__grown(allocator_of(reader), *periods, capacity, *count + 1, sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    *periods = grown;
    grown[(*count)++] = period;
    return TDM_OK;
}

static tdm_status take_period(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                              tdm_error *error)
{
    declarations *list = payload;
    tdm__period period;
    tdm_status status = tdm__reader_day(&period.from, reader, &cells[1], error);
    if (status == TDM_OK)
        status = tdm__reader_day(&period.to, reader, &cells[2], error);
    if (status != TDM_OK)
        return status;
    if (tdm__str_equal(cells[0].text, TDM_LIT(TDM__PERIOD_COVERS)))
        return add_period(reader, &list->covers, &list->cover_count, &list->cover_capacity, period, error);
    return add_period(reader, &list->no_contact, &list->no_contact_count, &list->no_contact_capacity, period,
                      error);
}

/* Of a source about many children only those that are read matter, and they are found from their side. */
static tdm_status read_source_children(tdm__store_reader *reader, const tdm__cell *number, declarations *list,
                                       tdm_error *error)
{
    static const char given[] = "SELECT child_id FROM source_child WHERE child_id IN " TDM__CHILDREN_GIVEN
                                " AND source_no = ?2 ORDER BY position";
    sqlite3_stmt *statement;
    bool row = true;
    tdm__cell child;
    if (!reader->given)
        return tdm__reader_each(reader,
                                "SELECT child_id FROM source_child WHERE source_no = ?1 ORDER BY position",
                                number, 1, take_child, list, error);
    const tdm__cell cells[] = {*reader->given, *number};
    tdm_status status = tdm__statement_take(&statement, reader->store, given, error);
    if (status == TDM_OK)
        status = tdm__store_bind(reader->store, statement, cells, 2, error);
    while (status == TDM_OK && row) {
        status = tdm__store_step(&row, reader->store, statement, error);
        if (status == TDM_OK && row)
            status = tdm__store_cells(&child, 1, reader->store, statement, error);
        if (status == TDM_OK && row)
            status = take_child(reader, &child, list, error);
    }
    tdm__statement_give(reader->store, statement);
    return status;
}

static tdm_status read_declarations(tdm__store_reader *reader, const tdm__cell *number, declarations *list,
                                    tdm_error *error)
{
    tdm_status status = tdm__reader_each(reader,
                                         "SELECT kind FROM source_kind WHERE source_no = ?1 ORDER BY kind",
                                         number, 1, take_kind, list, error);
    if (status == TDM_OK)
        status = read_carried(reader, number, list, error);
    if (status == TDM_OK)
        status = read_source_children(reader, number, list, error);
    if (status == TDM_OK)
        status = tdm__reader_each(reader,
                                  "SELECT what, day_from, day_to FROM source_period WHERE source_no = ?1"
                                  " ORDER BY what, position",
                                  number, 3, take_period, list, error);
    return status;
}

static tdm_status add_source(tdm__store_reader *reader, const tdm__cell *cells, const declarations *list,
                             tdm_error *error)
{
    static const tdm_str nobody = {"", 0};
    tdm__store_source *at = &reader->sources[reader->source_count];
    bool any_child = cells[10].number != 0;
    tdm__source_input source = {.id = cells[1].text,
                                .hash = cells[2].text,
                                .name = cells[3].text,
                                .sheet = cells[4].text,
                                .agency = cells[5].text,
                                .map = cells[6].text,
                                .format = cells[7].text,
                                .carries_all = cells[9].number != 0,
                                .carries = list->kinds,
                                .carry_count = list->kind_count,
                                .carries_facts = list->facts,
                                .in_part = list->in_part,
                                .in_part_count = list->in_part_count,
                                .covers = list->covers,
                                .cover_count = list->cover_count,
                                .no_contact = list->no_contact,
                                .no_contact_count = list->no_contact_count};
    tdm_status status = tdm__reader_day(&source.received, reader, &cells[8], error);
    if (status != TDM_OK)
        return status;
    if (!any_child) {
        /* A source about none of the children here must not become one about any. */
        source.children = list->child_count > 0 ? list->children : &nobody;
        source.child_count = list->child_count > 0 ? list->child_count : 1;
    }
    at->number = cells[0].number;
    status = tdm__builder_source(&at->source, reader->builder, &source);
    if (status != TDM_OK)
        return tdm__reader_told(reader, status, error);
    reader->source_count++;
    return TDM_OK;
}

static tdm_status take_source(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                              tdm_error *error)
{
    size_t *capacity = payload;
    declarations list = {0};
    tdm__store_source *grown = tdm__grown(allocator_of(reader), reader->sources, capacity,
                                          reader->source_count + 1, sizeof *grown);
    if (!grown)
        return tdm__no_memory(error);
    reader->sources = grown;
    tdm__arena_reset(&reader->scratch);
    tdm_status status = read_declarations(reader, &cells[0], &list, error);
    if (status == TDM_OK)
        status = add_source(reader, cells, &list, error);
    free_declarations(allocator_of(reader), &list);
    return status;
}

tdm_status tdm__reader_source(uint32_t *out, tdm__store_reader *reader, const tdm__cell *cell,
                              tdm_error *error)
{
    size_t low = 0, high = reader->source_count;
    *out = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reader->sources[middle].number == cell->number) {
            *out = reader->sources[middle].source;
            return TDM_OK;
        }
        if (reader->sources[middle].number < cell->number)
            low = middle + 1;
        else
            high = middle;
    }
    return tdm__store_damaged(reader->store, error);
}

static bool is_read(tdm__store_reader *reader, const tdm__cell *number)
{
    uint32_t source;
    return tdm__reader_source(&source, reader, number, NULL) == TDM_OK;
}

static tdm_status take_replacement(tdm__store_reader *reader, const tdm__cell *cells, void *payload,
                                   tdm_error *error)
{
    uint32_t by, replaced;
    (void)payload;
    /* Of children given alone: one that concerns none of them was not read; nor one that is withheld. */
    if ((reader->given || reader->store->eyes) &&
        (!is_read(reader, &cells[0]) || !is_read(reader, &cells[1])))
        return TDM_OK;
    tdm_status status = tdm__reader_source(&by, reader, &cells[0], error);
    if (status == TDM_OK)
        status = tdm__reader_source(&replaced, reader, &cells[1], error);
    if (status == TDM_OK)
        status = tdm__builder_source_replaces(reader->builder, by, replaced);
    return status == TDM_INVALID_ARG ? tdm__store_damaged(reader->store, error)
                                     : tdm__reader_told(reader, status, error);
}

#define SOURCES                                                                                              \
    "SELECT source_no, id, hash, name, sheet, agency, map, format, received, carries_all, any_child FROM "   \
    "source"
#define BY_NUMBER " ORDER BY source_no"
/* Sources that concern the children given, and those that replace one of them. */
#define WANTED                                                                                               \
    "WITH RECURSIVE wanted (number) AS (SELECT source_no FROM source WHERE any_child = 1"                    \
    " UNION SELECT source_no FROM source_child WHERE child_id IN " TDM__CHILDREN_GIVEN                       \
    " UNION SELECT source_no FROM event WHERE child_id IN " TDM__CHILDREN_GIVEN                              \
    " UNION SELECT r.source_no FROM source_replaces AS r JOIN wanted ON r.replaced_no = wanted.number) "
/* A source that holds nothing for the eyes: that there is one would say who wrote, and of what kind. */
#define NOTHING_SEEN(of, among)                                                                              \
    "source_no IN (SELECT w.source_no FROM " TDM__WITHHELD_ROWS(                                             \
        of) " AS w GROUP BY w.source_no"                                                                     \
            " HAVING count(*) = (SELECT count(*) FROM event AS x WHERE x.source_no = w.source_no AND " among \
            "))"
#define REPLACES "SELECT source_no, replaced_no FROM source_replaces"

tdm_status tdm__store_read_sources(tdm__store_reader *reader, tdm_error *error)
{
    static const char all[] = SOURCES BY_NUMBER;
    static const char given[] = WANTED SOURCES " WHERE source_no IN (SELECT number FROM wanted)" BY_NUMBER;
    static const char all_replaces[] = REPLACES BY_NUMBER ", replaced_no";
    static const char given_replaces[] = WANTED REPLACES
        " WHERE replaced_no IN (SELECT number FROM wanted)" BY_NUMBER ", replaced_no";
    static const char seen_all[] = SOURCES " WHERE NOT " NOTHING_SEEN("1", "1") BY_NUMBER;
    static const char seen_given[] = WANTED SOURCES
        " WHERE source_no IN (SELECT number FROM wanted) AND NOT " NOTHING_SEEN(
            "f.child_id IN " TDM__CHILDREN_GIVEN, "x.child_id IN " TDM__CHILDREN_GIVEN) BY_NUMBER;
    static const char *const statements[2][2] = {{all, seen_all}, {given, seen_given}};
    size_t capacity = 0;
    const char *sql = statements[reader->given ? 1 : 0][reader->store->eyes ? 1 : 0];
    tdm_status status = tdm__reader_each(reader, sql, reader->given, 11, take_source, &capacity, error);
    if (status == TDM_OK)
        status = tdm__reader_each(reader, reader->given ? given_replaces : all_replaces, reader->given, 2,
                                  take_replacement, NULL, error);
    return status;
}
