/*
 * Reading and running case fixtures.
 */
#include "api/cases.h"

typedef struct reading {
    tdm__data *data;
    const char *root;
    tdm_str path;
    tdm__json *json;
    const tdm__json_value *name, *indicator, *as_of, *events, *input, *expect, *evidence;
    tdm_day day;
} reading;

static tdm_status read_members(reading *r, tdm_error *error)
{
    const tdm__json_field fields[] = {
        {"case", TDM__JSON_STRING, true, false, &r->name},
        {"indicator", TDM__JSON_STRING, false, false, &r->indicator},
        {"as_of", TDM__JSON_STRING, true, false, &r->as_of},
        {"events", TDM__JSON_ARRAY, false, false, &r->events},
        {"input", TDM__JSON_STRING, false, false, &r->input},
        {"expect", TDM__JSON_OBJECT, true, false, &r->expect},
        {"evidence", TDM__JSON_OBJECT, false, false, &r->evidence},
    };
    const tdm__json_value *root = tdm__json_root(r->json);
    tdm_status status = tdm__json_read(r->json, root, "a case", fields, sizeof fields / sizeof *fields,
                                       error);
    if (status != TDM_OK)
        return status;
    if (!tdm_day_parse_iso(&r->day, tdm__json_string(r->as_of)))
        return tdm__json_fail(r->json, r->as_of, error, "as_of: expected a day such as 2024-09-30");
    if (!r->events == !r->input)
        return tdm__json_fail(r->json, root, error, "a case has 'events', or 'input'");
    return TDM_OK;
}

static tdm_status find_indicator(uint32_t *out, const reading *r, tdm_str stem, tdm_error *error)
{
    tdm_str id = r->indicator ? tdm__json_string(r->indicator) : stem;
    bool only = id.length == 0 && tdm__catalogue_count(r->data->catalogue) == 1;
    if (only)
        id = tdm__catalogue_at(r->data->catalogue, 0)->id;
    *out = tdm__catalogue_find(r->data->catalogue, id);
    return *out != TDM_NO_INDEX
               ? TDM_OK
               : tdm__json_fail(r->json, r->indicator ? r->indicator : tdm__json_root(r->json), error,
                                "'indicator': expected the id of one of those that are tested");
}

/* --- the record --- */

static void put_event(tdm__json_writer *json, const tdm__json_value *event)
{
    tdm__json_open_object(json);
    if (!tdm__json_member(event, "type")) {
        tdm__json_put_name(json, "type");
        tdm__json_put_text(json, "event");
    }
    for (const tdm__json_value *m = tdm__json_first(event); m; m = tdm__json_next(m)) {
        tdm__json_put_name_str(json, tdm__json_name(m));
        tdm__json_put_value(json, m);
    }
    tdm__json_close_object(json);
}

/* One entry a line, as an export has them. */
static tdm_status events_text(tdm__text *text, const reading *r, tdm_error *error)
{
    for (const tdm__json_value *e = tdm__json_first(r->events); e; e = tdm__json_next(e)) {
        tdm__json_writer json;
        if (tdm__json_type_of(e) != TDM__JSON_OBJECT)
            return tdm__json_fail(r->json, e, error, "an event is an object");
        tdm__json_writer_init(&json, text->allocator, tdm__text_sink(text), 0);
        put_event(&json, e);
        tdm_status status = tdm__json_writer_end(&json);
        if (status != TDM_OK)
            return status;
        tdm__text_char(text, '\n');
    }
    return text->failed ? TDM_NO_MEMORY : TDM_OK;
}

/* Beside the case. */
static tdm_status input_text(tdm__text *text, const reading *r, tdm_error *error)
{
    tdm_str shown, content, name = tdm__path_name(r->path);
    tdm_str folder = {r->path.data, r->path.length > name.length ? r->path.length - name.length - 1 : 0};
    shown = tdm__path_join(&r->data->arena, folder, tdm__json_string(r->input));
    if (!shown.data)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__data_file(&content, r->data, r->root, shown.data, shown, error);
    if (status == TDM_OK)
        tdm__text_add(text, content);
    return status;
}

static tdm_status read_record(tdm__collection *c, const reading *r, tdm_error *error)
{
    tdm__text text;
    tdm__input input = {.name = r->input ? tdm__json_string(r->input) : tdm__path_name(r->path),
                        .format = r->input ? (tdm_str){"", 0} : TDM_LIT("ndjson")};
    tdm__text_init(&text, &r->data->context->allocator);
    tdm_status status = r->input ? input_text(&text, r, error) : events_text(&text, r, error);
    /* The chronology points into what was read. */
    input.content = tdm__arena_copy(&r->data->arena, tdm__text_str(&text));
    bool kept = !text.failed && input.content.data;
    tdm__text_free(&text);
    if (status == TDM_OK)
        status = kept ? tdm__ingest(c, &input, error) : TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < c->diagnostics.count; i++) {
        const tdm__diagnostic *d = &c->diagnostics.items[i];
        if (d->severity == TDM__ERROR)
            status = tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){r->path, 0, 0}, "entry %d: %.*s",
                                  (int)d->row, TDM_STR_ARGS(d->message));
    }
    return status;
}

/* --- what came of it --- */

static const tdm__child_result *child_of(const tdm_run *run, tdm_str id)
{
    for (size_t i = 0; i < run->child_count; i++)
        if (tdm__str_equal(tdm_chronology_child_id(run->chronology, run->children[i].child), id))
            return &run->children[i];
    return NULL;
}

static const tdm__prompt *look(tdm__case_child *out, const tdm__child_result *child)
{
    out->got = TDM_NOT_MET;
    if (child->no_prompt_count > 0)
        out->got = child->no_prompts[0].answer;
    if (child->prompt_count == 0)
        return NULL;
    out->got = child->prompts[0].answer;
    return &child->prompts[0];
}

static bool shows(const tdm_run *run, const tdm__prompt *prompt, int64_t row)
{
    for (size_t s = 0; prompt && s < prompt->spell_count; s++)
        for (size_t i = 0; i < prompt->spells[s].event_count; i++)
            if (tdm__chronology_event(run->chronology, prompt->spells[s].events[i]).row == row)
                return true;
    return false;
}

static bool is_listed(const tdm__json_value *list, int64_t row)
{
    int64_t number;
    for (const tdm__json_value *e = tdm__json_first(list); e; e = tdm__json_next(e))
        if (tdm__json_int64(&number, e) && number == row)
            return true;
    return false;
}

/* Rows that are missing as "- row 3", those that should not be there as "+ row 4". */
static void compare_evidence(tdm__text *detail, const tdm_run *run, const tdm__prompt *prompt,
                             const tdm__json_value *list)
{
    int64_t number = 0;
    for (const tdm__json_value *e = tdm__json_first(list); e; e = tdm__json_next(e))
        if (!tdm__json_int64(&number, e) || !shows(run, prompt, number))
            tdm__text_printf(detail, "\n    - row %lld", (long long)number);
    for (size_t s = 0; prompt && s < prompt->spell_count; s++)
        for (size_t i = 0; i < prompt->spells[s].event_count; i++) {
            uint32_t row = tdm__chronology_event(run->chronology, prompt->spells[s].events[i]).row;
            if (!is_listed(list, row))
                tdm__text_printf(detail, "\n    + row %u", (unsigned)row);
        }
}

static bool read_answer(tdm_answer *out, tdm_str code)
{
    for (tdm_answer a = TDM_NOT_ASSESSED; a <= TDM_MET; a++)
        if (tdm__str_equal(code, tdm__str(tdm_answer_code(a)))) {
            *out = a;
            return true;
        }
    return false;
}

static tdm_status compare_child(tdm__case_child *out, const reading *r, const tdm_run *run,
                                const tdm__json_value *expected, tdm_error *error)
{
    tdm__text detail;
    *out = (tdm__case_child){.child = tdm__arena_copy(&r->data->arena, tdm__json_name(expected))};
    const tdm__child_result *child = child_of(run, out->child);
    if (!read_answer(&out->expected, tdm__json_string(expected)))
        return tdm__json_fail(r->json, expected, error, "met, possible, not-met or not-assessed expected");
    if (!child)
        return tdm__json_fail(r->json, expected, error, "the record holds no such child");
    const tdm__prompt *prompt = look(out, child);
    tdm__text_init(&detail, &r->data->context->allocator);
    if (out->got != out->expected)
        tdm__text_printf(&detail, "\n    - %s\n    + %s", tdm_answer_code(out->expected),
                         tdm_answer_code(out->got));
    if (out->got != out->expected && child->no_prompt_count > 0)
        tdm__text_printf(&detail, " (%s)", child->no_prompts[0].reason);
    const tdm__json_value *rows = r->evidence ? tdm__json_member(r->evidence, out->child.data) : NULL;
    if (rows)
        compare_evidence(&detail, run, prompt, rows);
    out->passed = detail.length == 0;
    out->detail = tdm__arena_copy(&r->data->arena, tdm__text_str(&detail));
    bool kept = !detail.failed && out->child.data && out->detail.data;
    tdm__text_free(&detail);
    return kept ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status compare(tdm__case *out, const reading *r, const tdm_run *run, tdm_error *error)
{
    tdm_status status = TDM_OK;
    out->children = tdm__arena_array(&r->data->arena, tdm__json_count(r->expect), sizeof *out->children);
    if (!out->children)
        return TDM_NO_MEMORY;
    for (const tdm__json_value *e = tdm__json_first(r->expect); status == TDM_OK && e; e = tdm__json_next(e))
        status = compare_child(&out->children[out->child_count++], r, run, e, error);
    return status;
}

static tdm_status ask(tdm__case *out, const reading *r, tdm_error *error)
{
    tdm_run *run = NULL;
    tdm__collection c;
    tdm_chronology *chronology = NULL;
    tdm__review_policy *policy = r->data->policy;
    tdm__run_options options = {
        .as_of = r->day, .as_of_from = TDM_LIT("case"), .jobs = 1, .holidays = r->data->holidays};
    for (size_t i = 0; i < policy->indicator_count; i++)
        policy->indicators[i].on = i == out->indicator;
    tdm_context *context = (tdm_context *)r->data->context;
    tdm_status status = tdm__collection_init(&c, context, r->data->vocabulary);
    c.dates = policy->dates;
    if (status == TDM_OK)
        status = read_record(&c, r, error);
    if (status == TDM_OK)
        status = tdm__builder_freeze(&chronology, c.builder, &c.diagnostics);
    if (status == TDM_OK)
        status = tdm__engine_run(&run, context, chronology, policy, NULL, 0, &options, &c.diagnostics,
                                 c.accounts, c.account_count, error);
    if (status == TDM_OK)
        status = compare(out, r, run, error);
    tdm__run_free(run);
    tdm_chronology_free(chronology);
    tdm__collection_free(&c);
    return status;
}

tdm_status tdm__case_run(tdm__case *out, tdm__data *data, const char *root, tdm_str path, tdm_str stem,
                         tdm_error *error)
{
    tdm_str text;
    reading r = {.data = data, .root = root, .path = path};
    *out = (tdm__case){.file = path, .name = {"", 0}};
    tdm_status status = tdm__data_file(&text, data, root, path.data, path, error);
    if (status == TDM_OK)
        status = tdm__json_parse(&r.json, &data->context->allocator, text, path, error);
    if (status == TDM_OK)
        status = read_members(&r, error);
    if (status == TDM_OK)
        status = find_indicator(&out->indicator, &r, stem, error);
    if (status == TDM_OK) {
        out->name = tdm__arena_copy(&data->arena, tdm__json_string(r.name));
        status = out->name.data ? ask(out, &r, error) : TDM_NO_MEMORY;
    }
    tdm__json_free(r.json);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}
