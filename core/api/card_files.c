/*
 * Reading the tables beside a scorecard (card_files.h): one way through a CSV file, and what a row of each
 * of the three is.
 */
#include "api/card_files.h"

#include "base/csv.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 6
#define PEOPLE_MAX  1000000000   /* more children than any country has */
#define CASES_MAX   100000000000 /* a published count never has twelve digits */
#define TEXT_MAX    4000         /* bytes of one commentary */

typedef struct heading {
    const char *name;
    bool may_lack;
} heading;

typedef struct reading {
    tdm__arena *arena;
    const tdm__card_file *file;
    const heading *headings;
    size_t heading_count;
    size_t columns[COLUMNS_MAX]; /* where each heading stands; SIZE_MAX: nowhere */
    tdm__csv csv;
    size_t rows_max;
    void *out;
    const tdm__measures *measures;
    tdm_error *error;
} reading;

typedef tdm_status (*row_fn)(reading *r);

static tdm_status fail_cell(const reading *r, size_t column, const char *expected)
{
    bool known = column < r->heading_count && r->columns[column] != SIZE_MAX;
    return tdm__fail_at(r->error, TDM_INVALID_INPUT,
                        (tdm_place){r->file->name, r->csv.line, known ? (int32_t)r->columns[column] + 1 : 0},
                        "%s", expected);
}

static tdm_str cell(const reading *r, size_t column)
{
    size_t at = r->columns[column];
    return at < r->csv.field_count ? tdm__str_trimmed(r->csv.fields[at]) : TDM_LIT("");
}

static tdm_status keep_cell(tdm_str *out, const reading *r, size_t column)
{
    *out = tdm__arena_copy(r->arena, cell(r, column));
    return out->data ? TDM_OK : tdm__no_memory(r->error);
}

/* Which of the headings lack, in the words of the error. */
static tdm_status fail_headings(const reading *r)
{
    tdm__text text;
    tdm__text_init(&text, r->arena->allocator);
    for (size_t i = 0; i < r->heading_count; i++)
        if (!r->headings[i].may_lack)
            tdm__text_printf(&text, "%s%s", i > 0 ? ", " : "", r->headings[i].name);
    tdm_status status = text.failed
                            ? tdm__no_memory(r->error)
                            : tdm__fail_at(r->error, TDM_INVALID_INPUT, (tdm_place){r->file->name, 1, 0},
                                           "expected the columns %s", text.data);
    tdm__text_free(&text);
    return status;
}

static tdm_status read_headings(reading *r)
{
    bool more;
    tdm_status status = tdm__csv_next(&r->csv, &more, r->error);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < r->heading_count; i++) {
        size_t at = 0;
        while (more && at < r->csv.field_count &&
               !tdm__str_equal(tdm__str_trimmed(r->csv.fields[at]), tdm__str(r->headings[i].name)))
            at++;
        bool found = more && at < r->csv.field_count;
        r->columns[i] = found ? at : SIZE_MAX;
        if (!found && !r->headings[i].may_lack)
            return fail_headings(r);
    }
    return TDM_OK;
}

static tdm_status read_rows(reading *r, row_fn take)
{
    bool more = true;
    size_t rows = 0;
    tdm_status status = read_headings(r);
    while (status == TDM_OK && more) {
        status = tdm__csv_next(&r->csv, &more, r->error);
        if (status == TDM_OK && more && rows++ == r->rows_max)
            return tdm__fail_at(r->error, TDM_TOO_LARGE, (tdm_place){r->file->name, r->csv.line, 0},
                                "expected at most %u rows", TDM__CARD_ROWS_MAX);
        if (status == TDM_OK && more)
            status = take(r);
    }
    return status;
}

static tdm_str without_bom(tdm_str text)
{
    return tdm__str_starts(text, TDM_LIT("\xef\xbb\xbf")) ? (tdm_str){text.data + 3, text.length - 3} : text;
}

/* Room for as many items as the text can have rows. */
static tdm_status make_room(void **items, reading *r, size_t item_size)
{
    tdm_str text = r->file->text;
    size_t ends = 1;
    for (size_t i = 0; i < text.length && ends < TDM__CARD_ROWS_MAX; i++)
        ends += text.data[i] == '\n' || text.data[i] == '\r';
    r->rows_max = ends;
    *items = tdm__arena_array(r->arena, ends, item_size);
    return *items ? TDM_OK : tdm__no_memory(r->error);
}

static tdm_status read_table(reading *r, row_fn take)
{
    size_t bad;
    tdm_str text = without_bom(r->file->text);
    if (!tdm__utf8_valid(text, &bad))
        return tdm__fail_at(r->error, TDM_ENCODING, (tdm_place){r->file->name, 0, 0},
                            "expected text in UTF-8");
    tdm__csv_init(&r->csv, r->arena->allocator, text, tdm__csv_guess_delimiter(text));
    tdm_status status = read_rows(r, take);
    tdm__csv_free(&r->csv);
    if (status != TDM_OK && status != TDM_NO_MEMORY && r->error && r->error->file[0] == '\0') {
        const tdm_error inner = *r->error; /* of the CSV, which knows no file */
        return tdm__fail_at(r->error, status, (tdm_place){r->file->name, inner.line, inner.column}, "%s",
                            inner.message);
    }
    return status;
}

/* A whole number from 0 to most. */
static bool read_number(int64_t *out, tdm_str text, int64_t most)
{
    return tdm__str_to_int64(out, text) && *out >= 0 && *out <= most;
}

/* --- areas --- */

enum { AREA_CODE, AREA_NAME, AREA_POPULATION, AREA_NEIGHBOUR };
static const heading area_headings[] = {
    {"code", false}, {"name", false}, {"population", false}, {"neighbour", true}};

static tdm_status take_area(reading *r)
{
    tdm__card_areas *out = r->out;
    tdm__area *area = &out->areas[out->area_count];
    tdm_str neighbour = cell(r, AREA_NEIGHBOUR), population = cell(r, AREA_POPULATION);
    bool is_neighbour = tdm__str_equal(neighbour, TDM_LIT("yes"));
    if (cell(r, AREA_CODE).length == 0)
        return fail_cell(r, AREA_CODE, "expected the code of an area");
    if (!is_neighbour && neighbour.length > 0 && !tdm__str_equal(neighbour, TDM_LIT("no")))
        return fail_cell(r, AREA_NEIGHBOUR, "expected yes, no or nothing");
    *area = (tdm__area){.population = -1};
    if (population.length > 0 && !read_number(&area->population, population, PEOPLE_MAX))
        return fail_cell(r, AREA_POPULATION, "expected how many children live there, or nothing");
    tdm_status status = keep_cell(&area->code, r, AREA_CODE);
    if (status == TDM_OK)
        status = keep_cell(&area->name, r, AREA_NAME);
    if (status != TDM_OK)
        return status;
    if (is_neighbour)
        out->neighbours[out->neighbour_count++] = area->code;
    else
        out->area_count++;
    return TDM_OK;
}

static int compare_areas(const void *a, const void *b)
{
    return tdm__str_compare(((const tdm__area *)a)->code, ((const tdm__area *)b)->code);
}

static int compare_codes(const void *a, const void *b)
{
    return tdm__str_compare(*(const tdm_str *)a, *(const tdm_str *)b);
}

static bool is_neighbour(const tdm__card_areas *areas, tdm_str code)
{
    return areas->neighbour_count > 0 &&
           bsearch(&code, areas->neighbours, areas->neighbour_count, sizeof code, compare_codes) != NULL;
}

/* A code that stands twice, among areas or neighbours or as both. */
static tdm_status check_once(const reading *r, const tdm__card_areas *areas)
{
    bool twice = false;
    for (size_t i = 0; i < areas->area_count; i++)
        twice = twice || is_neighbour(areas, areas->areas[i].code) ||
                (i > 0 && compare_areas(&areas->areas[i - 1], &areas->areas[i]) == 0);
    for (size_t i = 1; i < areas->neighbour_count; i++)
        twice = twice || tdm__str_equal(areas->neighbours[i - 1], areas->neighbours[i]);
    return twice ? tdm__fail_at(r->error, TDM_INVALID_INPUT, (tdm_place){r->file->name, 0, 0},
                                "code: expected each area once")
                 : TDM_OK;
}

tdm_status tdm__card_read_areas(tdm__card_areas *out, tdm__arena *arena, const tdm__card_file *file,
                                tdm_error *error)
{
    void *items;
    *out = (tdm__card_areas){.area_count = 0};
    reading r = {.arena = arena, .file = file, .headings = area_headings, .out = out, .error = error};
    r.heading_count = sizeof area_headings / sizeof *area_headings;
    tdm_status status = make_room(&items, &r, sizeof(tdm_str));
    out->neighbours = items;
    if (status == TDM_OK)
        status = make_room(&items, &r, sizeof(tdm__area));
    out->areas = items;
    if (status == TDM_OK)
        status = read_table(&r, take_area);
    if (status != TDM_OK)
        return status;
    if (out->area_count > 0)
        qsort(out->areas, out->area_count, sizeof *out->areas, compare_areas);
    if (out->neighbour_count > 0)
        qsort(out->neighbours, out->neighbour_count, sizeof *out->neighbours, compare_codes);
    return check_once(&r, out);
}

/* --- figures of others --- */

enum { PEER_MEASURE, PEER_YEAR, PEER_CODE, PEER_AREA, PEER_NUMERATOR, PEER_DENOMINATOR };
static const heading peer_headings[] = {{"measure", false}, {"year", false},      {"area_code", false},
                                        {"area", false},    {"numerator", false}, {"denominator", false}};

/* How the national files say that a number is not given: suppressed, not available, not applicable, low. */
static bool is_not_published(tdm_str text)
{
    static const char *const signs[] = {"", "c", "x", "z", "u", ":", "low", "k"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (tdm__str_equal(text, tdm__str(signs[i])))
            return true;
    return false;
}

static tdm_status keep_peer_texts(tdm__peer_figure *peer, const reading *r)
{
    tdm_status status = keep_cell(&peer->measure, r, PEER_MEASURE);
    if (status == TDM_OK)
        status = keep_cell(&peer->code, r, PEER_CODE);
    return status == TDM_OK ? keep_cell(&peer->name, r, PEER_AREA) : status;
}

static tdm_status take_peer(reading *r)
{
    int64_t year;
    tdm__card_peers *out = r->out;
    tdm__peer_figure *peer = &out->items[out->count];
    *peer = (tdm__peer_figure){.row = (uint32_t)r->csv.line};
    if (cell(r, PEER_MEASURE).length == 0 || cell(r, PEER_CODE).length == 0)
        return fail_cell(r, cell(r, PEER_MEASURE).length == 0 ? PEER_MEASURE : PEER_CODE,
                         "expected the name of a measure and the code of an area");
    if (!read_number(&year, cell(r, PEER_YEAR), 9999) || year < 1900)
        return fail_cell(r, PEER_YEAR, "expected a year such as 2024");
    peer->year = (int32_t)year;
    if (is_not_published(cell(r, PEER_NUMERATOR)) || is_not_published(cell(r, PEER_DENOMINATOR))) {
        out->not_published++;
        return TDM_OK;
    }
    if (!read_number(&peer->numerator, cell(r, PEER_NUMERATOR), CASES_MAX))
        return fail_cell(r, PEER_NUMERATOR, "expected a whole number, or c where it is not published");
    if (!read_number(&peer->denominator, cell(r, PEER_DENOMINATOR), CASES_MAX))
        return fail_cell(r, PEER_DENOMINATOR, "expected a whole number, or c where it is not published");
    tdm_status status = keep_peer_texts(peer, r);
    out->count += status == TDM_OK;
    return status;
}

tdm_status tdm__card_read_peers(tdm__card_peers *out, tdm__arena *arena, const tdm__card_file *file,
                                tdm_error *error)
{
    void *items;
    *out = (tdm__card_peers){.count = 0};
    reading r = {.arena = arena, .file = file, .headings = peer_headings, .out = out, .error = error};
    r.heading_count = sizeof peer_headings / sizeof *peer_headings;
    tdm_status status = make_room(&items, &r, sizeof *out->items);
    out->items = items;
    return status == TDM_OK ? read_table(&r, take_peer) : status;
}

void tdm__card_only_neighbours(tdm__card_peers *peers, const tdm__card_areas *areas)
{
    size_t kept = 0;
    for (size_t i = 0; areas->neighbour_count > 0 && i < peers->count; i++) {
        const tdm__area key = {.code = peers->items[i].code};
        bool own = areas->area_count > 0 &&
                   bsearch(&key, areas->areas, areas->area_count, sizeof key, compare_areas) != NULL;
        if (own || is_neighbour(areas, key.code))
            peers->items[kept++] = peers->items[i];
    }
    if (areas->neighbour_count > 0)
        peers->count = kept;
}

/* --- commentary --- */

enum { COMMENT_MEASURE, COMMENT_GROUP, COMMENT_PERIOD, COMMENT_TEXT };
static const heading comment_headings[] = {
    {"measure", false}, {"group", false}, {"period", false}, {"text", false}};

typedef struct comments {
    tdm__card_comment *items;
    size_t count;
    tdm__dictionary places; /* measure, group and period of each */
    tdm__text place;
} comments;

static tdm_status keep_place(bool *known, comments *list, const reading *r)
{
    uint32_t at;
    *known = false;
    tdm__text_clear(&list->place);
    for (size_t i = COMMENT_MEASURE; i < COMMENT_TEXT; i++) {
        tdm__text_add(&list->place, cell(r, i));
        tdm__text_char(&list->place, '\n');
    }
    if (list->place.failed || tdm__dictionary_add(&at, &list->places, tdm__text_str(&list->place)) != TDM_OK)
        return tdm__no_memory(r->error);
    *known = at < list->count;
    return TDM_OK;
}

static tdm_status take_comment(reading *r)
{
    bool known;
    comments *list = r->out;
    tdm__card_comment *comment = &list->items[list->count];
    tdm_str *const texts[] = {&comment->measure, &comment->group, &comment->period, &comment->text};
    tdm_str text = cell(r, COMMENT_TEXT);
    if (tdm__measures_find(r->measures, cell(r, COMMENT_MEASURE)) == TDM_NO_INDEX)
        return fail_cell(r, COMMENT_MEASURE,
                         "expected the id of a measure; tidemark measures list shows all");
    if (text.length == 0 || text.length > TEXT_MAX)
        return fail_cell(r, COMMENT_TEXT, "expected a commentary of at most 4000 bytes");
    tdm_status status = keep_place(&known, list, r);
    if (status == TDM_OK && known)
        return fail_cell(r, COMMENT_TEXT, "a line above comments on the same measure, group and period");
    for (size_t i = 0; status == TDM_OK && i < sizeof texts / sizeof *texts; i++)
        status = keep_cell(texts[i], r, i);
    list->count += status == TDM_OK;
    return status;
}

tdm_status tdm__card_read_comments(tdm__card_comment **out, size_t *count, tdm__arena *arena,
                                   const tdm__card_file *file, const tdm__measures *measures,
                                   tdm_error *error)
{
    void *items;
    comments list = {.count = 0};
    *out = NULL;
    *count = 0;
    reading r = {.arena = arena,
                 .file = file,
                 .headings = comment_headings,
                 .out = &list,
                 .measures = measures,
                 .error = error};
    r.heading_count = sizeof comment_headings / sizeof *comment_headings;
    tdm__dictionary_init(&list.places, arena->allocator);
    tdm__text_init(&list.place, arena->allocator);
    tdm_status status = make_room(&items, &r, sizeof *list.items);
    list.items = items;
    if (status == TDM_OK)
        status = read_table(&r, take_comment);
    tdm__dictionary_free(&list.places);
    tdm__text_free(&list.place);
    if (status != TDM_OK)
        return status;
    *out = list.items;
    *count = list.count;
    return TDM_OK;
}
