/*
 * See assessment_work.h. What a form may say is the instrument layer's business.
 */
#include "api/assessment_work.h"

#include "api/answer.h"
#include "api/service_operations.h"
#include "base/context.h"
#include "report/json_members.h"

#include <stdlib.h>
#include <string.h>

/* --- rows --- */

static tdm_status parse(tdm__json **out, const tdm__serving *serving, tdm_str json, tdm_error *error)
{
    return tdm__json_parse(out, &serving->context->allocator, json, TDM_LIT("assessment"), error);
}

static tdm_day date_of(const tdm__json_value *form)
{
    tdm_day day;
    tdm_str text = tdm__json_string(tdm__json_member(form, "date"));
    return tdm_day_parse_iso(&day, text) ? day : TDM_DAY_NONE;
}

static bool keep_member(tdm_str *out, const tdm__serving *serving, const tdm__json_value *form,
                        const char *name)
{
    *out = tdm__arena_copy(serving->arena, tdm__json_string(tdm__json_member(form, name)));
    return out->data != NULL;
}

static tdm_status date_draft(tdm__assessment_row *row, const tdm__serving *serving, tdm_error *error)
{
    tdm__json *document;
    tdm_status status = parse(&document, serving, row->draft.json, error);
    if (status == TDM_OK)
        row->date = date_of(tdm__json_root(document));
    tdm__json_free(document);
    return status;
}

/* What a return brought without a status is a form that was handed in. */
static uint32_t state_of(const tdm__json_value *form)
{
    uint32_t state;
    tdm_str status = tdm__json_string(tdm__json_member(form, "status"));
    return tdm__code_find(&state, &tdm__draft_states, status) ? state : TDM__DRAFT_COMPLETE;
}

static tdm_status read_kept(tdm__assessment_row *row, const tdm__serving *serving, tdm_str json,
                            tdm_error *error)
{
    tdm__json *document;
    tdm_status status = parse(&document, serving, json, error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *form = tdm__json_root(document);
    *row = (tdm__assessment_row){.draft = {.child = serving->child, .json = json, .state = state_of(form)},
                                 .date = date_of(form)};
    if (!keep_member(&row->draft.id, serving, form, "id") ||
        !keep_member(&row->draft.instrument, serving, form, "instrument") ||
        !keep_member(&row->draft.author, serving, form, "assessor"))
        status = tdm__no_memory(error);
    tdm__json_free(document);
    return status;
}

static bool is_among(const tdm__assessment_row *rows, size_t count, tdm_str id)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(rows[i].draft.id, id))
            return true;
    return false;
}

/* Those of the record that nobody has worked on here. */
static tdm_status add_kept(tdm__assessment_rows *out, const tdm__serving *serving, const tdm_str *kept,
                           size_t kept_count, tdm_error *error)
{
    size_t drafts = out->count;
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < kept_count; i++) {
        tdm__assessment_row *row = &out->items[out->count];
        status = read_kept(row, serving, kept[i], error);
        if (status == TDM_OK && !is_among(out->items, drafts, row->draft.id))
            out->count++;
    }
    return status;
}

static int compare_rows(const void *a, const void *b)
{
    const tdm__assessment_row *x = a, *y = b;
    if (x->date != y->date)
        return x->date > y->date ? -1 : 1;
    int order = tdm__str_compare(x->draft.id, y->draft.id);
    return order != 0 ? order : tdm__str_compare(x->draft.json, y->draft.json);
}

tdm_status tdm__assessments_of(tdm__assessment_rows *out, tdm__serving *serving, tdm_error *error)
{
    tdm_str *kept;
    size_t kept_count;
    tdm__stored_drafts drafts;
    const tdm__draft_filter filter = {.child = serving->child, .state = TDM_ANY};
    const tdm__paging page = {.limit = TDM_PAGE_MOST};
    *out = (tdm__assessment_rows){.count = 0};
    tdm_status status = tdm__work_drafts(&drafts, serving->work, serving->arena, &filter, page, error);
    if (status == TDM_OK)
        status = tdm__work_assessments(&kept, &kept_count, serving->work, serving->child, serving->arena,
                                       error);
    if (status != TDM_OK)
        return status;
    out->items = tdm__arena_array(serving->arena, drafts.count + kept_count, sizeof *out->items);
    if (!out->items)
        return tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < drafts.count; i++) {
        out->items[out->count++].draft = drafts.items[i];
        status = date_draft(&out->items[i], serving, error);
    }
    if (status == TDM_OK)
        status = add_kept(out, serving, kept, kept_count, error);
    if (status == TDM_OK && out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_rows);
    return status;
}

static const char *wanted_id(const tdm_request *request)
{
    const char *id = tdm__request_value(request, "id");
    return id ? id : tdm__request_value(request, "assessment");
}

static tdm_status no_assessment(tdm_error *error)
{
    return tdm__fail(error, TDM_NOT_FOUND, "there is no such assessment");
}

tdm_status tdm__assessment_find(tdm__assessment_row *out, const tdm_request *request, tdm_error *error)
{
    tdm__assessment_rows rows;
    tdm__serving *serving = request->serving;
    tdm_str id = tdm__str(wanted_id(request));
    tdm_status status = tdm__work_draft(&out->draft, serving->work, serving->arena, id, error);
    if (status == TDM_OK && !tdm__str_equal(out->draft.child, serving->child))
        return no_assessment(error);
    if (status == TDM_OK)
        return date_draft(out, serving, error);
    if (status != TDM_NOT_FOUND)
        return status;
    tdm__error_clear(error);
    status = tdm__assessments_of(&rows, serving, error);
    for (size_t i = 0; status == TDM_OK && i < rows.count; i++)
        if (tdm__str_equal(rows.items[i].draft.id, id)) {
            *out = rows.items[i];
            return TDM_OK;
        }
    return status == TDM_OK ? no_assessment(error) : status;
}

/* Of one that a return brought the call must say which child it is about: its id is another system's. */
tdm_status tdm__child_of_assessment(tdm_str *out, const tdm_request *request, tdm__serving *serving,
                                    tdm__work *work, tdm_error *error)
{
    tdm__stored_draft draft;
    const char *id = wanted_id(request);
    if (!id)
        return tdm__fail(error, TDM_INVALID_ARG, "id: name the assessment");
    tdm_status status = tdm__work_draft(&draft, work, serving->arena, tdm__str(id), error);
    if (status == TDM_OK) {
        *out = draft.child;
        return TDM_OK;
    }
    if (status != TDM_NOT_FOUND)
        return status;
    tdm__error_clear(error);
    return serving->child.length > 0 ? TDM_OK : no_assessment(error);
}

/* --- reading and scoring --- */

typedef struct telling {
    tdm__assessment_reading *reading;
    tdm__json_writer json; /* into its problems */
    tdm_context *context;  /* NULL: it does not tell */
} telling;

/* The code of the item that a problem begins with, "item A1a: ..."; "" where it is of none. */
static tdm_str item_of(tdm_str message)
{
    const tdm_str begins = TDM_LIT("item ");
    if (!tdm__str_starts(message, begins))
        return TDM_LIT("");
    tdm_str rest = {message.data + begins.length, message.length - begins.length};
    return tdm__str_split(&rest, ':');
}

static void take_problem(const tdm_error *problem, void *payload)
{
    telling *t = payload;
    tdm_str message = tdm__str(problem->message);
    t->reading->problem_count++;
    tdm__json_open_object(&t->json);
    tdm__answer_member(&t->json, "item", item_of(message));
    tdm__answer_member(&t->json, "message", message);
    tdm__json_close_object(&t->json);
    if (t->context)
        tdm__context_add_problem(problem, t->context);
}

static tdm_status score(telling *t, const tdm__serving *serving, tdm_error *failed)
{
    char name[64];
    tdm__assessment_reading *reading = t->reading;
    tdm_str id = tdm_assessment_instrument(reading->assessment);
    const tdm_instrument *instrument = tdm__data_instrument(serving->rules, id);
    tdm_score_options options = {
        .struct_size = sizeof options, .lenient = true, .problem = take_problem, .payload = t};
    if (!instrument)
        return tdm__fail(failed, TDM_NOT_FOUND, "there is no instrument of the id that the assessment names");
    if (tdm__data_aggregation(name, sizeof name, serving->rules, instrument))
        options.aggregation = name;
    return tdm_score_make(&reading->score, &serving->context->allocator, reading->assessment, instrument,
                          &options, failed);
}

/* A failure that told no problem of its own is one. */
static tdm_status settle(telling *t, tdm_status status, const tdm_error *failed, tdm_error *error)
{
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    if (status != TDM_OK && t->reading->problem_count == 0)
        take_problem(failed, t);
    return TDM_OK;
}

tdm_status tdm__assessment_reading_make(tdm__assessment_reading *out, const tdm__serving *serving,
                                        const tdm__stored_draft *draft, bool tells, tdm_error *error)
{
    tdm_error failed = {.status = TDM_OK};
    telling t = {.reading = out, .context = tells ? serving->context : NULL};
    const tdm_allocator *allocator = &serving->context->allocator;
    tdm_assessment_options options = {sizeof options, true, take_problem, &t};
    *out = (tdm__assessment_reading){.assessment = NULL};
    tdm__text_init(&out->problems, allocator);
    tdm__json_writer_init(&t.json, allocator, tdm__text_sink(&out->problems), 0);
    tdm__json_open_array(&t.json);
    tdm_status status = tdm_assessment_read(&out->assessment, allocator, draft->json, TDM_LIT("assessment"),
                                            1, &options, &failed);
    if (status == TDM_OK)
        status = score(&t, serving, &failed);
    status = settle(&t, status, &failed, error);
    tdm__json_close_array(&t.json);
    tdm_status written = tdm__json_writer_end(&t.json);
    return status == TDM_OK && written != TDM_OK ? tdm__no_memory(error) : status;
}

void tdm__assessment_reading_free(tdm__assessment_reading *reading)
{
    tdm_score_free(reading->score);
    tdm_assessment_free(reading->assessment);
    tdm__text_free(&reading->problems);
}

/* --- shown --- */

static void put_row_members(tdm__json_writer *json, const tdm__serving *serving,
                            const tdm__assessment_row *row)
{
    const tdm__stored_draft *draft = &row->draft;
    const tdm_instrument *instrument = tdm__data_instrument(serving->rules, draft->instrument);
    tdm__answer_member(json, "id", draft->id);
    tdm__answer_member(json, "instrument", draft->instrument);
    tdm__answer_member(json, "instrument_title",
                       instrument ? tdm_instrument_title(instrument) : draft->instrument);
    tdm__put_day(json, "date", row->date);
    tdm__json_code_member(json, "state", tdm__code_of(&tdm__draft_states, draft->state));
    tdm__answer_member(json, "author", draft->author);
    tdm__json_int_member(json, "version", draft->version);
    tdm__answer_time(json, "changed", draft->changed);
}

void tdm__put_assessment_row(tdm__json_writer *json, const tdm__serving *serving,
                             const tdm__assessment_row *row)
{
    tdm__json_open_object(json);
    put_row_members(json, serving, row);
    tdm__json_close_object(json);
}

/* A member whose value is JSON already. */
static void put_json(tdm__json_writer *json, const char *name, tdm_str value)
{
    tdm__json_put_name(json, name);
    if (value.length > 0)
        tdm__json_put_raw(json, value);
    else
        tdm__json_put_null(json);
}

static tdm_status put_reading(tdm__json_writer *json, const tdm__assessment_reading *reading,
                              tdm_error *error)
{
    tdm__text text;
    tdm__text_init(&text, reading->problems.allocator);
    tdm_status status = reading->score ? tdm_score_write(reading->score, tdm__text_sink(&text), 0) : TDM_OK;
    put_json(json, "score", tdm__text_str(&text));
    put_json(json, "problems", tdm__text_str(&reading->problems));
    tdm__text_free(&text);
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

tdm_status tdm__put_assessment_work(tdm__json_writer *json, const tdm__serving *serving,
                                    const tdm__assessment_row *row, tdm_error *error)
{
    tdm__assessment_reading reading;
    tdm_status status = tdm__assessment_reading_make(&reading, serving, &row->draft, false, error);
    if (status == TDM_OK) {
        tdm__json_open_object(json);
        put_row_members(json, serving, row);
        tdm__answer_member(json, "child", row->draft.child);
        put_json(json, "assessment", row->draft.json);
        status = put_reading(json, &reading, error);
        tdm__answer_member(json, "countersigned_by", row->draft.countersigned_by);
        tdm__json_close_object(json);
    }
    tdm__assessment_reading_free(&reading);
    return status;
}
