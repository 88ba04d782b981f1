/*
 * Events and their facts into a store, in the order of its key. `seq` is the order of coming within
 * child and sort day: what comes later stands behind what is there.
 */
#include "store/tables.h"
#include "store/writer.h"

/* All theme codes with a space between fit well. */
#define THEMES_SIZE 256

typedef struct place {
    uint32_t child; /* TDM_NO_INDEX: none yet */
    tdm_day sort_day;
    int64_t last_seq;
} place;

static tdm_day sort_day_of(tdm_date occurred)
{
    return occurred.from == TDM_DAY_BEFORE_ALL ? occurred.to : occurred.from;
}

static tdm_str join_themes(char room[THEMES_SIZE], uint32_t themes)
{
    size_t length = 0;
    for (uint32_t theme = 0; theme < tdm__theme_count(); theme++) {
        tdm_str code = tdm__str(tdm__theme_code(theme));
        if (!(themes >> theme & 1) || length + code.length + 1 > THEMES_SIZE)
            continue;
        if (length > 0)
            room[length++] = ' ';
        for (size_t i = 0; i < code.length; i++)
            room[length++] = code.data[i];
    }
    return (tdm_str){room, length};
}

static tdm__cell code_cell(const char *code)
{
    return tdm__cell_optional_text(tdm__str(code));
}

/* The row of an event but for its seq. */
static void event_cells(tdm__cell *cells, char themes[THEMES_SIZE], tdm__store_writer *writer,
                        const tdm__event *event)
{
    const tdm_chronology *c = writer->content->chronology;
    cells[TDM__COLUMN_CHILD] = tdm__cell_text(tdm_chronology_child_id(c, event->child));
    cells[TDM__COLUMN_SORT_DAY] = tdm__cell_number(sort_day_of(event->occurred));
    cells[TDM__COLUMN_ID] = tdm__cell_number((int64_t)event->id);
    cells[TDM__COLUMN_DAY_FROM] = tdm__cell_number(event->occurred.from);
    cells[TDM__COLUMN_DAY_TO] = tdm__cell_number(event->occurred.to);
    cells[TDM__COLUMN_DATE_FLAGS] = tdm__cell_number(event->occurred.flags);
    cells[TDM__COLUMN_MINUTE] = tdm__cell_number(event->minute);
    cells[TDM__COLUMN_RECORDED] = tdm__cell_number(event->recorded);
    cells[TDM__COLUMN_ENDED_FROM] = tdm__cell_number(event->ended_from);
    cells[TDM__COLUMN_ENDED_TO] = tdm__cell_number(event->ended_to);
    cells[TDM__COLUMN_AGENCY] = tdm__cell_text(tdm__chronology_agency(c, event->agency));
    cells[TDM__COLUMN_KIND] = tdm__cell_text(tdm__chronology_vocabulary(c)->kinds[event->kind].code);
    cells[TDM__COLUMN_THEMES] = tdm__cell_optional_text(join_themes(themes, event->themes));
    cells[TDM__COLUMN_POLARITY] = code_cell(tdm__polarity_code(event->polarity));
    cells[TDM__COLUMN_SIGNIFICANCE] = code_cell(tdm__significance_code(event->significance));
    cells[TDM__COLUMN_CHILD_SEEN] = code_cell(tdm__yes_no_code(event->child_seen));
    cells[TDM__COLUMN_SEEN_ALONE] = code_cell(tdm__yes_no_code(event->seen_alone));
    cells[TDM__COLUMN_VOICE] = code_cell(tdm__yes_no_code(event->voice));
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        cells[TDM__COLUMN_STRINGS + field] = tdm__cell_optional_text(
            tdm__chronology_text(&writer->rooms[field], c, event->index, (tdm__string_field)field));
    cells[TDM__COLUMN_SOURCE] = tdm__cell_number(writer->source_numbers[event->source]);
    cells[TDM__COLUMN_ROW] = tdm__cell_number(event->row);
}

/* Moves to the place of the event; the last seq that is taken there is looked up where it may be. */
static tdm_status move_to(place *at, tdm__store_writer *writer, const tdm__event *event,
                          const tdm__cell *cells, tdm_error *error)
{
    tdm__cell last;
    bool row = false;
    tdm_day sort_day = sort_day_of(event->occurred);
    if (at->child == event->child && at->sort_day == sort_day)
        return TDM_OK;
    *at = (place){event->child, sort_day, 0};
    if (writer->fresh)
        return TDM_OK;
    tdm_status status = tdm__writer_find(&row, writer, TDM__LAST_SEQ, cells, 2, &last, 1, error);
    if (row)
        at->last_seq = last.number;
    tdm__writer_done(writer, TDM__LAST_SEQ);
    return status;
}

static tdm_status write_facts(tdm__store_writer *writer, uint32_t event, const tdm__cell *cells,
                              tdm_error *error)
{
    const tdm_chronology *c = writer->content->chronology;
    size_t keys = tdm__chronology_fact_key_count(c);
    int64_t position = 0;
    tdm_status status = TDM_OK;
    for (uint32_t key = 0; status == TDM_OK && key < keys; key++) {
        tdm__fact_value fact;
        bool added;
        if (!tdm__chronology_fact(&fact, c, event, key))
            continue;
        const tdm__cell row[] = {cells[TDM__COLUMN_CHILD],
                                 cells[TDM__COLUMN_SORT_DAY],
                                 cells[TDM__COLUMN_SEQ],
                                 tdm__cell_number(position++),
                                 tdm__cell_text(tdm__chronology_fact_key(c, key)),
                                 tdm__cell_text(fact.text)};
        status = tdm__writer_put(&added, writer, TDM__PUT_FACT, row, 6, error);
    }
    return status;
}

/* --- an event that is there already: does it say the same? --- */

/* seq, source and row say where it stands, not what it says; nor does how a date was written that is known.
 */
static bool is_said(const tdm__cell *given, int column)
{
    bool dated = given[TDM__COLUMN_DAY_FROM].number != TDM_DAY_BEFORE_ALL ||
                 given[TDM__COLUMN_DAY_TO].number != TDM_DAY_AFTER_ALL;
    return column != TDM__COLUMN_SEQ && column != TDM__COLUMN_ID && column != TDM__COLUMN_SOURCE &&
           column != TDM__COLUMN_ROW && (!dated || column != TDM__COLUMN_STRINGS + TDM__OCCURRED_AS_WRITTEN);
}

static bool says_the_same(const tdm__cell *held, const tdm__cell *given)
{
    for (int column = 0; column < TDM__EVENT_COLUMNS; column++)
        if (is_said(given, column) && !tdm__cell_equal(&held[column], &given[column]))
            return false;
    return true;
}

static tdm_status same_facts(bool *same, tdm__store_writer *writer, uint32_t event, const tdm__cell *held,
                             tdm_error *error)
{
    const tdm_chronology *c = writer->content->chronology;
    size_t keys = tdm__chronology_fact_key_count(c);
    tdm__cell row[5] = {held[TDM__COLUMN_CHILD], held[TDM__COLUMN_SORT_DAY], held[TDM__COLUMN_SEQ]};
    tdm__cell found;
    bool there = false;
    int64_t given = 0;
    tdm_status status = tdm__writer_find(&there, writer, TDM__COUNT_FACTS, row, 3, &found, 1, error);
    int64_t count = there ? found.number : 0;
    tdm__writer_done(writer, TDM__COUNT_FACTS);
    for (uint32_t key = 0; status == TDM_OK && *same && key < keys; key++) {
        tdm__fact_value fact;
        if (!tdm__chronology_fact(&fact, c, event, key))
            continue;
        given++;
        row[3] = tdm__cell_text(tdm__chronology_fact_key(c, key));
        row[4] = tdm__cell_text(fact.text);
        status = tdm__writer_find(same, writer, TDM__FIND_FACT, row, 5, &found, 1, error);
        tdm__writer_done(writer, TDM__FIND_FACT);
    }
    *same = *same && given == count;
    return status;
}

static tdm_status is_there(bool *there, tdm__store_writer *writer, tdm__store_statement which,
                           const tdm__cell *key, size_t count, tdm_error *error)
{
    tdm__cell found;
    tdm_status status = tdm__writer_find(there, writer, which, key, count, &found, 1, error);
    tdm__writer_done(writer, which);
    return status;
}

/*
 * Whether the entry of the store makes this one needless: it is of the same source, or says the same, where
 * there is no other version between them and its return was not replaced.
 */
static tdm_status is_known(bool *known, tdm__store_writer *writer, uint32_t event, const tdm__cell *given,
                           tdm_error *error)
{
    const tdm__cell key[] = {given[TDM__COLUMN_CHILD], given[TDM__COLUMN_ID]};
    tdm__cell held[TDM__EVENT_COLUMNS], source = {.type = TDM__CELL_NULL};
    bool row, same = false, other = false;
    *known = false;
    tdm_status status = tdm__writer_find(&row, writer, TDM__FIND_EVENT, key, 2, held, TDM__EVENT_COLUMNS,
                                         error);
    if (status == TDM_OK && row) {
        source = held[TDM__COLUMN_SOURCE];
        same = says_the_same(held, given);
        status = same_facts(&same, writer, event, held, error);
    }
    tdm__writer_done(writer, TDM__FIND_EVENT);
    *known = tdm__cell_equal(&source, &given[TDM__COLUMN_SOURCE]);
    writer->counts.events.differs += *known && !same;
    if (status != TDM_OK || *known || !same)
        return status;
    status = is_there(&other, writer, TDM__FIND_VERSION, key, 2, error);
    if (status == TDM_OK && !other)
        status = is_there(&other, writer, TDM__FIND_REPLACED, &source, 1, error);
    *known = !other;
    return status;
}

static uint64_t hash_cell(uint64_t hash, const tdm__cell *cell)
{
    char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(unsigned char)((uint64_t)cell->number >> (8 * i) & 0xff);
    hash = tdm__hash64((tdm_str){bytes, sizeof bytes}, hash + (uint64_t)cell->type);
    return cell->type == TDM__CELL_TEXT ? tdm__hash64(cell->text, hash + cell->text.length) : hash;
}

/* What names a version: the entry, its source, and all that it says. */
static int64_t version_id(const tdm_chronology *c, const tdm__event *event, const tdm__cell *cells)
{
    const tdm__source *source = tdm__chronology_source(c, event->source);
    uint64_t hash = tdm__hash64(source->hash, tdm__hash64(source->id, event->id));
    for (int column = 0; column < TDM__EVENT_COLUMNS; column++)
        if (is_said(cells, column))
            hash = hash_cell(hash, &cells[column]);
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(c); key++) {
        tdm__fact_value fact;
        if (tdm__chronology_fact(&fact, c, event->index, key))
            hash = tdm__hash64(fact.text, tdm__hash64(tdm__chronology_fact_key(c, key), hash));
    }
    return (int64_t)hash;
}

/* Another version of an entry that is there: under an id of its own, unless it is there too. */
static tdm_status add_version(bool *added, tdm__store_writer *writer, const tdm__event *event,
                              tdm__cell *cells, tdm_error *error)
{
    const tdm__cell id = cells[TDM__COLUMN_ID];
    bool put;
    cells[TDM__COLUMN_ID] = tdm__cell_number(version_id(writer->content->chronology, event, cells));
    const tdm__cell version[] = {cells[TDM__COLUMN_CHILD], cells[TDM__COLUMN_ID], id};
    tdm_status status = tdm__writer_put(added, writer, TDM__PUT_EVENT, cells, TDM__EVENT_COLUMNS, error);
    if (status == TDM_OK && *added)
        status = tdm__writer_put(&put, writer, TDM__PUT_VERSION, version, 3, error);
    writer->counts.events.versions += status == TDM_OK && *added;
    return status;
}

static tdm_status write_event(place *at, tdm__store_writer *writer, uint32_t index, tdm_error *error)
{
    char themes[THEMES_SIZE];
    tdm__cell cells[TDM__EVENT_COLUMNS];
    tdm__event event = tdm__chronology_event(writer->content->chronology, index);
    bool added = false, known = false;
    event_cells(cells, themes, writer, &event);
    tdm_status status = move_to(at, writer, &event, cells, error);
    if (status != TDM_OK)
        return status;
    cells[TDM__COLUMN_SEQ] = tdm__cell_number(at->last_seq + 1);
    status = tdm__writer_put(&added, writer, TDM__PUT_EVENT, cells, TDM__EVENT_COLUMNS, error);
    if (status != TDM_OK)
        return status;
    if (!added)
        status = is_known(&known, writer, index, cells, error);
    if (status == TDM_OK && !added && !known)
        status = add_version(&added, writer, &event, cells, error);
    if (status != TDM_OK || !added) {
        writer->counts.events.known++;
        return status;
    }
    at->last_seq++;
    writer->counts.events.added++;
    return write_facts(writer, index, cells, error);
}

tdm_status tdm__store_write_events(tdm__store_writer *writer, tdm_error *error)
{
    size_t count = tdm_chronology_event_count(writer->content->chronology);
    place at = {TDM_NO_INDEX, 0, 0};
    tdm_status status = TDM_OK;
    for (uint32_t index = 0; status == TDM_OK && index < count; index++)
        status = write_event(&at, writer, index, error);
    return status;
}
