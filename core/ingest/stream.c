/*
 * Streams: a window over the input that moves on batch by batch (see stream.h). Where records begin and
 * end, and of which child they are, says stream_split.c; what they mean, the readers.
 */
#include "ingest/stream.h"

#include "ingest/map_file.h"
#include "ingest/stream_split.h"

#include <string.h>

#define BLOCK_BYTES ((size_t)1024 * 1024)
/* A batch with what stands behind it, so that only a large child makes the window grow. */
#define WINDOW_BYTES (TDM__STREAM_BYTES + TDM__STREAM_AHEAD_BYTES + 2 * BLOCK_BYTES)
#define HEAD_BYTES   65536u

struct tdm__stream {
    tdm_context *context;
    const tdm_vocabulary *vocabulary;
    const tdm__input *input;
    tdm__collection looking; /* what finding the map needs; no rows go in */
    tdm_str name;
    tdm_str format; /* name of the reader */
    tdm__file_reader reader;
    tdm_str content;       /* what is left of an input given as content */
    uint64_t size, offset; /* of the input; of the window's first byte in it */
    char *window;
    size_t length, capacity;
    size_t start, at; /* of the batch; of the next record */
    int32_t start_line, line;
    bool ended; /* the window reaches the end of the input */
    bool over, begun;
    bool is_mine;  /* the child at hand is of this share */
    bool key_seen; /* a child has come */
    tdm__stream_share share;
    tdm__stream_grouping *grouping;
    tdm__splitter splitter;
    tdm__text heading;
    tdm__input_part part;
    tdm__dictionary children; /* of the batch */
    tdm__text child;          /* that the last record with a child was of */
    tdm__text household;      /* its, where grouped by it; "": it has none */
};

static tdm_status fail_row(const tdm__stream *s, int32_t line, tdm_status status, const char *message,
                           tdm_error *error)
{
    return tdm__fail_at(error, status, (tdm_place){s->name, line, 0}, "%s", message);
}

/* --- the window --- */

static void move_window(tdm__stream *s)
{
    if (s->start == 0)
        return;
    memmove(s->window, s->window + s->start, s->length - s->start);
    s->offset += s->start;
    s->length -= s->start;
    s->at -= s->start;
    s->start = 0;
}

static tdm_status read_block(tdm__stream *s, size_t *got, tdm_error *error)
{
    if (s->input->path)
        return tdm__file_reader_next(&s->reader, s->window + s->length, BLOCK_BYTES, got, error);
    *got = s->content.length < BLOCK_BYTES ? s->content.length : BLOCK_BYTES;
    if (*got > 0)
        memcpy(s->window + s->length, s->content.data, *got);
    s->content = (tdm_str){s->content.data + *got, s->content.length - *got};
    return TDM_OK;
}

static tdm_status fill_window(tdm__stream *s, tdm_error *error)
{
    size_t needed, got;
    move_window(s);
    if (!tdm__add_size(&needed, s->length, BLOCK_BYTES))
        return tdm__no_memory(error);
    needed = needed > WINDOW_BYTES ? needed : WINDOW_BYTES;
    char *grown = tdm__grown(&s->context->allocator, s->window, &s->capacity, needed, 1);
    if (!grown)
        return tdm__no_memory(error);
    s->window = grown;
    tdm_status status = read_block(s, &got, error);
    s->length += got;
    s->ended = got < BLOCK_BYTES;
    return status;
}

/* The record at hand, with as much of the input behind it as cutting it takes. */
static tdm_status look_at_record(tdm__record *out, tdm__stream *s, tdm_error *error)
{
    tdm_status status = TDM_OK;
    while (status == TDM_OK && !s->ended && s->length - s->at < TDM__STREAM_AHEAD_BYTES)
        status = fill_window(s, error);
    while (status == TDM_OK) {
        status = tdm__splitter_next(out, &s->splitter, (tdm_str){s->window, s->length}, s->at, s->line);
        /* A record up to the edge of the window may go on behind it. */
        if (status != TDM_OK || s->ended || out->end + 1 < s->length)
            break;
        if (s->length - s->at > TDM__STREAM_CHILD_BYTES)
            return fail_row(s, s->line, TDM_TOO_LARGE, "a record longer than the limit", error);
        status = fill_window(s, error);
    }
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static void pass_record(tdm__stream *s, const tdm__record *record)
{
    s->at = record->end;
    s->line = record->next_line;
}

/* What was passed belongs to no batch. */
static void drop_passed(tdm__stream *s)
{
    s->start = s->at;
    s->start_line = s->line;
}

/* --- opening --- */

static tdm_status choose_format(tdm__stream *s, tdm_str head, tdm_error *error)
{
    size_t count;
    const tdm__reader *readers = tdm__readers(&count);
    s->format = s->input->format;
    if (s->format.length == 0 && s->input->map.length > 0)
        s->format = TDM_LIT("csv");
    for (size_t i = 0; i < count && s->format.length == 0; i++)
        if (readers[i].recognises(head))
            s->format = tdm__str(readers[i].name);
    s->splitter.is_csv = tdm__str_equal(s->format, TDM_LIT("csv"));
    if (s->splitter.is_csv && s->grouping->by_household)
        return fail_row(s, 0, TDM_UNSUPPORTED,
                        "a stream by household is NDJSON, whose lines of children say the household", error);
    if (s->splitter.is_csv || tdm__str_equal(s->format, TDM_LIT("ndjson")))
        return TDM_OK;
    return fail_row(s, 0, TDM_UNSUPPORTED, "a stream is NDJSON, or CSV with its column map", error);
}

/* The child of each row and its kind must stand in the row: no other row can be asked. */
static tdm_status check_map(uint32_t *child_heading, tdm__stream *s, const tdm__map *map, tdm_error *error)
{
    const tdm__binding *child = NULL;
    const char *wrong = NULL;
    for (size_t i = 0; i < map->binding_count; i++) {
        const tdm__binding *binding = &map->bindings[i];
        if (binding->how.field == TDM__FIELD_CHILD && !child)
            child = binding;
        if (binding->how.field == TDM__FIELD_KIND && !binding->has_values)
            wrong = "column map: in a stream a column of kinds needs \"values\", which say what it may hold";
    }
    if (!child || child->has_values || child->event != TDM__SHARED)
        wrong = "column map: in a stream one column has to hold the child, as it is, in every row";
    *child_heading = child ? child->heading : 0;
    return wrong ? fail_row(s, 0, TDM_INVALID_INPUT, wrong, error) : TDM_OK;
}

static tdm_status find_child_column(tdm__stream *s, const tdm__map *map, uint32_t child_heading,
                                    tdm_error *error)
{
    tdm__text folded;
    bool found = false;
    tdm_status status = TDM_OK;
    tdm__text_init(&folded, &s->context->allocator);
    for (size_t c = 0; c < s->splitter.csv.field_count && !found && status == TDM_OK; c++) {
        tdm__text_clear(&folded);
        status = tdm__fold(&folded, s->splitter.csv.fields[c]);
        s->splitter.child_column = c;
        found = status == TDM_OK &&
                tdm__dictionary_find(&map->folded, tdm__text_str(&folded)) == child_heading;
    }
    tdm__text_free(&folded);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    return found ? TDM_OK
                 : fail_row(s, s->splitter.csv.line, TDM_INVALID_INPUT,
                            "the heading of the column that holds the child is not in this line", error);
}

static tdm_status read_csv_heading(tdm__stream *s, const tdm__map *map, size_t bom, tdm_error *error)
{
    tdm__record record;
    uint32_t child_heading;
    tdm_status status = check_map(&child_heading, s, map, error);
    tdm_str head = {s->window + bom, s->length - bom < HEAD_BYTES ? s->length - bom : HEAD_BYTES};
    s->part.delimiter = map->delimiter ? map->delimiter : tdm__csv_guess_delimiter(head);
    s->splitter.delimiter = s->part.delimiter;
    s->splitter.child_column = TDM__STREAM_AHEAD_BYTES; /* all fields of the heading */
    s->splitter.is_windows_1252 = bom == 0 && tdm__str_equal(map->encoding, TDM_LIT("windows-1252"));
    do {
        if (status == TDM_OK)
            status = look_at_record(&record, s, error);
        if (status != TDM_OK)
            return status;
        if (record.end == s->at)
            return fail_row(s, map->header_row, TDM_INVALID_INPUT, "the file ends before its heading", error);
        pass_record(s, &record);
    } while (s->splitter.csv.line < map->header_row);
    status = find_child_column(s, map, child_heading, error);
    s->splitter.text = (tdm_str){NULL, 0}; /* of a row fewer fields are wanted */
    return status;
}

/* Beside the file or as the input names it, in the words that a whole return would be told. */
static tdm_status find_map(tdm__map **out, tdm__stream *s, tdm_error *error)
{
    tdm_str name;
    tdm__return file = {.collection = &s->looking,
                        .allocator = &s->context->allocator,
                        .name = s->name,
                        .path = s->input->path,
                        .map = s->input->map,
                        .map_is_json = s->input->map_is_json};
    tdm__arena_init(&file.arena, file.allocator);
    tdm_status status = tdm__map_find(out, &name, &file, error);
    tdm__arena_free(&file.arena);
    return status;
}

static tdm_status read_ndjson_heading(tdm__stream *s, tdm_error *error)
{
    tdm__record record;
    tdm_status status;
    for (;;) {
        status = look_at_record(&record, s, error);
        bool blank = tdm__str_trimmed((tdm_str){s->window + s->at, record.end - s->at}).length == 0;
        if (status != TDM_OK || record.end == s->at || (!record.describes && !blank))
            return status;
        if (record.names_children)
            return fail_row(s, s->line, TDM_UNSUPPORTED,
                            "expected a source without \"children\": in a stream a source is about any child",
                            error);
        pass_record(s, &record);
    }
}

static tdm_status read_heading(tdm__stream *s, tdm_error *error)
{
    tdm__map *map = NULL;
    bool has_bom = tdm__str_starts((tdm_str){s->window, s->length}, TDM_LIT("\xef\xbb\xbf"));
    tdm_status status = TDM_OK;
    s->at = has_bom ? 3 : 0;
    if (s->splitter.is_csv) {
        status = find_map(&map, s, error);
        if (status == TDM_OK)
            status = read_csv_heading(s, map, s->at, error);
        tdm__map_free(map);
    } else {
        s->start = s->at;
        status = read_ndjson_heading(s, error);
    }
    if (status != TDM_OK)
        return status;
    tdm__text_bytes(&s->heading, s->window + s->start, s->at - s->start);
    s->part.heading_lines = s->line - 1;
    s->part.again = s->share.number > 1;
    drop_passed(s);
    return s->heading.failed ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status open_input(tdm__stream *s, tdm_error *error)
{
    s->content = s->input->content;
    s->size = s->content.length;
    if (s->input->path) {
        tdm_status status = tdm__file_reader_open(&s->reader, s->context, s->input->path, error);
        s->size = s->reader.size;
        if (status != TDM_OK)
            return status;
    }
    if (s->share.count > 1 && s->size == 0)
        return fail_row(s, 0, TDM_UNSUPPORTED, "only a file has a known size, of which a share can be taken",
                        error);
    return fill_window(s, error);
}

static tdm_status begin(tdm__stream *s, tdm_error *error)
{
    tdm_status status = tdm__input_name(&s->name, &s->looking, s->input) == TDM_OK ? TDM_OK
                                                                                   : tdm__no_memory(error);
    if (status == TDM_OK)
        status = open_input(s, error);
    if (status == TDM_OK)
        status = choose_format(s, (tdm_str){s->window, s->length}, error);
    return status == TDM_OK ? read_heading(s, error) : status;
}

tdm_status tdm__stream_open(tdm__stream **out, tdm_context *context, const tdm_vocabulary *vocabulary,
                            const tdm_date_rules *dates, const tdm__input *input, tdm__stream_share share,
                            tdm__stream_grouping *grouping, tdm_error *error)
{
    *out = NULL;
    tdm__stream *s = tdm__alloc_zeroed(&context->allocator, 1, sizeof *s);
    if (!s)
        return tdm__no_memory(error);
    s->context = context;
    s->vocabulary = vocabulary;
    s->input = input;
    s->reader.file = -1;
    s->share = share;
    s->is_mine = share.number <= 1;
    s->grouping = grouping;
    s->start_line = s->line = 1;
    tdm__splitter_init(&s->splitter, &context->allocator);
    tdm__text_init(&s->heading, &context->allocator);
    tdm__text_init(&s->child, &context->allocator);
    tdm__text_init(&s->household, &context->allocator);
    tdm__dictionary_init(&s->children, &context->allocator);
    tdm_status status = tdm__collection_init(&s->looking, context, vocabulary);
    s->looking.dates = *dates;
    status = status == TDM_OK ? begin(s, error) : tdm__no_memory(error);
    if (status != TDM_OK) {
        tdm__stream_free(s);
        return status;
    }
    *out = s;
    return TDM_OK;
}

void tdm__stream_free(tdm__stream *s)
{
    if (!s)
        return;
    const tdm_allocator allocator = s->context->allocator;
    tdm__file_reader_close(&s->reader);
    tdm__splitter_free(&s->splitter);
    tdm__text_free(&s->heading);
    tdm__text_free(&s->child);
    tdm__text_free(&s->household);
    tdm__dictionary_free(&s->children);
    tdm__collection_free(&s->looking);
    tdm__free(&allocator, s->window);
    tdm__free(&allocator, s);
}

/* --- batches --- */

/* Which share the child lies in whose first row is at hand. */
static uint64_t share_of_place(const tdm__stream *s)
{
    uint64_t place = s->offset + s->at;
    /* In two steps: the product of two large numbers would not fit. */
    uint64_t step = s->size / s->share.count + (s->size % s->share.count != 0);
    return place / (step > 0 ? step : 1) + 1;
}

/* What is told when one of a kind comes again, and when there are too many to say. */
typedef struct order_words {
    const char *again, *too_many;
} order_words;

static const order_words of_children = {
    "not grouped by child: rows of this child stand further up too, with those of another between; sort the "
    "input by child",
    "more than 750,000 children: from here on they must ascend by bytes, as LC_ALL=C sort gives them, so "
    "that "
    "one that comes twice is noticed"};

static const order_words of_households = {
    "not grouped by household: a child of this household stands further up too, with one of another between",
    "more than 750,000 households: from here on they must ascend by bytes, so that one that comes twice is "
    "noticed"};

static tdm_status add_in_order(tdm__stream *s, tdm__stream_order *order, tdm_str id, const order_words *words,
                               tdm_error *error)
{
    tdm_status status = tdm__stream_order_add(order, id);
    if (status == TDM_CONFLICT)
        return fail_row(s, s->line, TDM_INVALID_INPUT, words->again, error);
    if (status == TDM_TOO_LARGE)
        return fail_row(s, s->line, TDM_INVALID_INPUT, words->too_many, error);
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

/* What is never parted begins: a child, or a household with the first of its children. */
static tdm_status begin_group(tdm__stream *s, tdm_str household, tdm_error *error)
{
    if (s->share.count > 1) {
        uint64_t share = share_of_place(s);
        s->is_mine = share == s->share.number;
        s->over = share > s->share.number;
    }
    tdm__text_clear(&s->household);
    if (!s->grouping->by_household || household.length == 0)
        return TDM_OK;
    tdm__text_add(&s->household, household);
    return s->household.failed ? tdm__no_memory(error)
                               : add_in_order(s, &s->grouping->households, household, &of_households, error);
}

static tdm_status begin_child(tdm__stream *s, tdm_str key, tdm_error *error)
{
    uint32_t number;
    tdm_status status = add_in_order(s, &s->grouping->children, key, &of_children, error);
    if (status != TDM_OK)
        return status;
    tdm__text_clear(&s->child);
    tdm__text_add(&s->child, key);
    s->key_seen = true;
    if (s->is_mine && !s->over)
        status = tdm__dictionary_add(&number, &s->children, key);
    return status != TDM_OK || s->child.failed ? tdm__no_memory(error) : TDM_OK;
}

static bool is_of_household(const tdm__stream *s, tdm_str household)
{
    return s->grouping->by_household && household.length > 0 &&
           tdm__str_equal(household, tdm__text_str(&s->household));
}

static bool is_full(const tdm__stream *s)
{
    return s->children.count >= TDM__STREAM_CHILDREN || s->at - s->start >= TDM__STREAM_BYTES;
}

/* *ends: the record belongs to the next batch, or to nobody. */
static tdm_status take_record(bool *ends, tdm__stream *s, const tdm__record *record, tdm_error *error)
{
    bool is_new = record->key.length > 0 &&
                  (!s->key_seen || !tdm__str_equal(record->key, tdm__text_str(&s->child)));
    bool is_apart = is_new && !is_of_household(s, record->household);
    *ends = is_apart && s->children.count > 0 && is_full(s);
    if (*ends)
        return TDM_OK;
    if (record->describes)
        return fail_row(s, s->line, TDM_INVALID_INPUT,
                        "sources and coverage stand before the first child of a stream", error);
    if (s->grouping->by_household && !is_new && record->household.length > 0 &&
        !is_of_household(s, record->household))
        return fail_row(
            s, s->line, TDM_INVALID_INPUT,
            "in a stream by household the line of a child, which says it, stands first of its lines", error);
    tdm_status status = is_apart ? begin_group(s, record->household, error) : TDM_OK;
    if (status == TDM_OK && is_new)
        status = begin_child(s, record->key, error);
    *ends = s->over;
    if (status != TDM_OK || *ends)
        return status;
    pass_record(s, record);
    if (!s->is_mine)
        drop_passed(s);
    if (s->at - s->start > TDM__STREAM_CHILD_BYTES)
        return fail_row(s, s->line, TDM_TOO_LARGE,
                        "one child or household has more rows than a stream can hold at once", error);
    return TDM_OK;
}

static tdm_status gather(tdm__stream *s, tdm_error *error)
{
    tdm__record record;
    bool ends = s->over;
    tdm_status status = TDM_OK;
    for (uint32_t walked = 1; status == TDM_OK && !ends; walked++) {
        status = look_at_record(&record, s, error);
        if (status == TDM_OK && record.end == s->at)
            ends = s->over = true;
        else if (status == TDM_OK)
            status = take_record(&ends, s, &record, error);
        if (status == TDM_OK && walked % 4096 == 0)
            status = tdm__context_poll(s->context, error);
    }
    return status;
}

/* The heading and the rows of the batch, as one file. */
static tdm_status read_batch(tdm__stream *s, tdm__collection *into, tdm_error *error)
{
    size_t size;
    tdm__return file = {.collection = into,
                        .name = s->name,
                        .path = s->input->path,
                        .map = s->input->map,
                        .map_is_json = s->input->map_is_json,
                        .declared = {.received = TDM_DAY_NONE}};
    size_t body = s->at - s->start;
    if (s->heading.length + body == 0)
        return TDM_OK; /* no child begins in this share, or in this partition of a cluster */
    if (!tdm__add_size(&size, s->heading.length, body) || !tdm__add_size(&size, size, 1))
        return tdm__no_memory(error);
    file.owned = tdm__alloc(&s->context->allocator, size);
    if (!file.owned)
        return tdm__no_memory(error);
    if (s->heading.length > 0)
        memcpy(file.owned, s->heading.data, s->heading.length);
    if (body > 0)
        memcpy(file.owned + s->heading.length, s->window + s->start, body);
    file.owned[size - 1] = '\0';
    file.content = (tdm_str){file.owned, size - 1};
    s->part.lines_before = s->start_line - 1 - s->part.heading_lines;
    into->part = &s->part;
    tdm_status status = tdm__return_read(&file, s->format, error);
    into->part = NULL;
    s->part.again = true;
    return status;
}

/* Whether a column is month first can only be told from all its rows. */
static tdm_status check_orders(const tdm__stream *s, const tdm__collection *c, tdm_error *error)
{
    for (size_t i = 0; i < c->diagnostics.count; i++)
        if (strcmp(c->diagnostics.items[i].code, "date-order-doubtful") == 0)
            return fail_row(s, c->diagnostics.items[i].row, TDM_INVALID_INPUT,
                            "a date that is month first for certain: the map of a stream has to give the "
                            "\"order\" of its dates",
                            error);
    return TDM_OK;
}

tdm_status tdm__stream_next(bool *more, tdm__stream *s, tdm__collection *into, tdm_error *error)
{
    bool first = !s->begun;
    tdm__dictionary_free(&s->children);
    tdm__dictionary_init(&s->children, &s->context->allocator);
    s->begun = true;
    *more = false;
    tdm_status status = gather(s, error);
    *more = status == TDM_OK && (first || s->at > s->start);
    if (!*more)
        return status;
    status = read_batch(s, into, error);
    if (status == TDM_OK)
        status = check_orders(s, into, error);
    drop_passed(s);
    return status;
}

const tdm__dictionary *tdm__stream_children(const tdm__stream *s)
{
    return &s->children;
}

void tdm__stream_progress(const tdm__stream *s, uint64_t *done, uint64_t *total)
{
    *done = s->offset + s->start;
    *total = s->size;
}
