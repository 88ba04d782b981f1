/*
 * Handing out the tables of a file (see map_tables.h).
 */
#include "ingest/map_tables.h"

#include "ingest/workbook.h"

#define GUESS_RECORDS 64
#define GUESS_FIELDS  256

typedef struct handing_out {
    tdm__mapped_file *mapped;
    tdm__return file;
    tdm__mapped_taker take;
    void *payload;
} handing_out;

/* How many of the first records have the number of fields that most of those with several have. */
static tdm_status count_agreeing(int32_t *agreeing, size_t *most, tdm_str text, char delimiter,
                                 const tdm_allocator *allocator)
{
    int32_t counts[GUESS_FIELDS] = {0};
    bool more = true;
    tdm__csv csv;
    tdm_status status = TDM_OK;
    *agreeing = 0;
    *most = 0;
    tdm__csv_init(&csv, allocator, text, delimiter);
    for (int32_t i = 0; i < GUESS_RECORDS && more && status != TDM_NO_MEMORY; i++) {
        status = tdm__csv_next(&csv, &more, NULL);
        if (status == TDM_OK && more)
            counts[csv.field_count < GUESS_FIELDS ? csv.field_count : GUESS_FIELDS - 1]++;
    }
    tdm__csv_free(&csv);
    for (size_t fields = 2; fields < GUESS_FIELDS; fields++)
        if (counts[fields] > 0 && counts[fields] >= *agreeing) {
            *agreeing = counts[fields];
            *most = fields;
        }
    return status == TDM_NO_MEMORY ? status : TDM_OK;
}

/* Titles may stand above the heading, so that no line alone says what parts the cells. */
static tdm_status guess_delimiter(char *out, tdm_str text, const tdm_allocator *allocator)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    int32_t best = 0;
    size_t best_fields = 0;
    *out = ',';
    for (size_t i = 0; i < sizeof candidates; i++) {
        int32_t agreeing;
        size_t fields;
        if (count_agreeing(&agreeing, &fields, text, candidates[i], allocator) != TDM_OK)
            return TDM_NO_MEMORY;
        if (agreeing > best || (agreeing == best && fields > best_fields)) {
            *out = candidates[i];
            best = agreeing;
            best_fields = fields;
        }
    }
    return TDM_OK;
}

static tdm_status hand_out_csv(handing_out *h, tdm_error *error)
{
    tdm__table table;
    tdm__return *file = &h->file;
    tdm_status status = tdm__check_is_text(file->content, file->name, error);
    if (status == TDM_OK)
        status = tdm__decode(file, h->mapped->encoding, error);
    h->mapped->encoding_seen = file->is_decoded ? "windows-1252" : "utf-8";
    h->mapped->delimiter_seen = h->mapped->delimiter;
    if (status == TDM_OK && !h->mapped->delimiter)
        status = guess_delimiter(&h->mapped->delimiter_seen, file->content, file->allocator);
    if (status != TDM_OK)
        return status;
    tdm__table_of_csv(&table, file->allocator, file->content, h->mapped->delimiter_seen);
    status = h->take(&table, TDM_LIT(""), h->payload, error);
    tdm__table_free(&table);
    return status;
}

static tdm_status take_grid(const tdm__grid *grid, void *payload, tdm_error *error)
{
    tdm__table table;
    handing_out *h = payload;
    tdm_status status = tdm__table_of_grid(&table, h->file.allocator, grid);
    if (status == TDM_OK)
        status = h->take(&table, grid->name, h->payload, error);
    tdm__table_free(&table);
    return status;
}

static tdm_status hand_out_workbook(handing_out *h, tdm_error *error)
{
    h->mapped->is_grid = true;
    return tdm__workbook_grids(&h->file, take_grid, h, error);
}

static tdm_status hand_out_document(handing_out *h, tdm_error *error)
{
    const char *part;
    tdm__package *package;
    h->mapped->is_grid = true;
    tdm_status status = tdm__package_open(&package, &h->file, error);
    if (status == TDM_OK)
        status = tdm__package_main_part(&part, package, &h->file.arena, "word/document.xml", error);
    if (status == TDM_OK)
        status = tdm__word_tables(package, part, take_grid, h, error);
    tdm__package_close(package);
    return status;
}

static const struct mapped_form {
    const char *name;
    tdm_status (*hand_out)(handing_out *h, tdm_error *error);
} forms[] = {{"csv", hand_out_csv}, {"xlsx", hand_out_workbook}, {"docx", hand_out_document}};

/* The reader that the file is for; "" when none knows it. */
static tdm_str format_of(const tdm__mapped_file *mapped)
{
    size_t count;
    const tdm__reader *readers = tdm__readers(&count);
    if (mapped->format.length > 0)
        return mapped->format;
    for (size_t i = 0; i < count; i++)
        if (readers[i].recognises(mapped->content))
            return tdm__str(readers[i].name);
    return TDM_LIT("");
}

static tdm_status hand_out(handing_out *h, tdm_error *error)
{
    tdm_place place = {h->file.name, 0, 0};
    if (tdm__looks_like_old_office(h->file.content))
        return tdm__fail_at(error, TDM_UNSUPPORTED, place,
                            "password-protected, or an old .xls or .doc: save it as .xlsx or .docx without a "
                            "password");
    tdm_str format = format_of(h->mapped);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (tdm__str_equal(format, tdm__str(forms[i].name)))
            return forms[i].hand_out(h, error);
    if (format.length == 0) {
        tdm_status status = tdm__check_is_text(h->file.content, h->file.name, error);
        return status == TDM_OK
                   ? tdm__fail_at(error, TDM_UNSUPPORTED, place, "no reader knows this form of file")
                   : status;
    }
    return tdm__fail_at(error, TDM_UNSUPPORTED, place,
                        "a form of file that is read without a column map; --input-format csv takes it as a "
                        "table all the same");
}

tdm_status tdm__mapped_tables(tdm__mapped_file *mapped, tdm__collection *collection, tdm__mapped_taker take,
                              void *payload, tdm_error *error)
{
    handing_out h = {.mapped = mapped,
                     .take = take,
                     .payload = payload,
                     .file = {.collection = collection,
                              .allocator = &collection->context->allocator,
                              .name = mapped->name,
                              .content = mapped->content}};
    tdm__arena_init(&h.file.arena, h.file.allocator);
    tdm__dictionary_init(&h.file.noted, h.file.allocator);
    tdm__text_init(&h.file.note_key, h.file.allocator);
    tdm_status status = hand_out(&h, error);
    tdm__free(h.file.allocator, h.file.owned);
    tdm__dictionary_free(&h.file.noted);
    tdm__text_free(&h.file.note_key);
    tdm__arena_free(&h.file.arena);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}
