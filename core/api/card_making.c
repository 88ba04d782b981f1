/*
 * See card_making.h. What is counted stands in the measures, how it is counted and shown in the engine; here
 * the options are read and the tables beside the figures.
 */
#include "api/card_making.h"

#include "api/keys.h"
#include "api/serving.h"
#include "report/scorecard.h"
#include "store/prompt_records.h"

#include <string.h>

#define THRESHOLD_MAX 1000
#define TREND_DEFAULT 12 /* quarters: three years */
#define TREND_MAX     80

/* --- options --- */

static tdm_status read_day(tdm_day *out, const tdm_request *request, const char *name, tdm_error *error)
{
    const char *given = tdm__request_value(request, name);
    if (!given && *out != TDM_DAY_NONE)
        return TDM_OK;
    *out = TDM_DAY_NONE;
    if (given && tdm_day_parse_iso(out, tdm__str(given)))
        return TDM_OK;
    return tdm__fail(error, TDM_INVALID_ARG, "%s: name the %s day of the period, such as 2024-03-31", name,
                     strcmp(name, "from") == 0 ? "first" : "last");
}

static tdm_status read_number(int32_t *out, const tdm_request *request, const char *name, int64_t fallback,
                              int64_t most, tdm_error *error)
{
    int64_t number = tdm__request_number(request, name, fallback);
    *out = (int32_t)fallback;
    if (number < 0 || number > most)
        return tdm__fail(error, TDM_INVALID_ARG, "%s: expected 0 to %d", name, (int)most);
    *out = (int32_t)number;
    return TDM_OK;
}

static const struct {
    const char *name;
    tdm__group_by by;
} group_words[] = {{"agency", TDM__BY_AGENCY}, {"area", TDM__BY_AREA}, {"team", TDM__BY_TEAM}};

/* One of the words of --by: a group, or else a stretch of the period. False: there is one of its sort. */
static bool take_by(tdm__scorecard_options *options, tdm_str word)
{
    for (size_t i = 0; i < sizeof group_words / sizeof *group_words; i++)
        if (tdm__str_equal(word, tdm__str(group_words[i].name))) {
            bool first = options->by == TDM__BY_NOTHING;
            options->by = group_words[i].by;
            return first;
        }
    bool first = options->by_period.length == 0;
    options->by_period = word;
    return first;
}

static tdm_status read_by(tdm__scorecard_options *options, const tdm_request *request, tdm_error *error)
{
    tdm_str rest = tdm__str(tdm__request_value(request, "by"));
    while (rest.length > 0)
        if (!take_by(options, tdm__str_split(&rest, ',')))
            return tdm__fail(
                error, TDM_INVALID_ARG,
                "by: expected at most one of agency, area and team, and one of year and quarter");
    return TDM_OK;
}

static tdm_status read_numbers(tdm__scorecard_options *options, const tdm_request *request, tdm_error *error)
{
    tdm_status status = read_number(&options->threshold, request, "threshold", TDM__CARD_THRESHOLD_DEFAULT,
                                    THRESHOLD_MAX, error);
    if (status == TDM_OK)
        status = read_number(&options->trend_quarters, request, "trend", TREND_DEFAULT, TREND_MAX, error);
    return status;
}

/* Everything that the request alone says, before an input is read. */
static tdm_status read_options(tdm__card_making *m, tdm_error *error)
{
    tdm__scorecard_options *options = &m->options;
    const tdm_request *request = m->session.request;
    tdm_status status = read_day(&options->from, request, "from", error);
    if (status == TDM_OK)
        status = read_day(&options->to, request, "to", error);
    if (status == TDM_OK && options->to < options->from)
        status = tdm__fail(error, TDM_INVALID_ARG, "to: expected a day that is not before the first one");
    if (status == TDM_OK)
        status = read_by(options, request, error);
    if (status == TDM_OK)
        status = read_numbers(options, request, error);
    if (m->lists)
        options->trend_quarters = 0;
    return status;
}

/* --- measures --- */

static tdm_status check_measure(const tdm__card_making *m, const char *option, tdm_str id, tdm_error *error)
{
    if (tdm__measures_find(m->session.data.measures, id) != TDM_NO_INDEX)
        return TDM_OK;
    return tdm__fail(error, TDM_INVALID_ARG,
                     "%s: there is no measure '%.*s'; tidemark measures list shows all", option,
                     TDM_STR_ARGS(id));
}

static tdm_status choose_measures(tdm__card_making *m, tdm_error *error)
{
    const tdm_request *request = m->session.request;
    tdm_str rest = tdm__str(tdm__request_value(request, "measure"));
    tdm_str *ids = tdm__arena_array(&m->session.data.arena, rest.length + 1, sizeof *ids);
    if (!ids)
        return tdm__no_memory(error);
    tdm_status status = TDM_OK;
    m->options.only = ids;
    while (status == TDM_OK && rest.length > 0) {
        tdm_str id = tdm__str_trimmed(tdm__str_split(&rest, ','));
        status = check_measure(m, "measure", id, error);
        ids[m->options.only_count++] = id;
    }
    m->options.list = m->lists && status == TDM_OK ? ids[0] : tdm__str(tdm__request_value(request, "list"));
    if (status == TDM_OK && m->options.list.length > 0)
        status = check_measure(m, "list", m->options.list, error);
    return status;
}

/* --- the tables beside the figures --- */

/* *file has no text where the option was not given. */
static tdm_status open_table(tdm__card_file *file, tdm__card_making *m, const char *option, tdm_error *error)
{
    tdm__buffer buffer;
    const char *path = tdm__request_value(m->session.request, option);
    const tdm_allocator *allocator = &m->session.request->context->allocator;
    *file = (tdm__card_file){.name = {"", 0}};
    if (!path)
        return TDM_OK;
    tdm_status status = tdm__file_read(&buffer, allocator, NULL, path, TDM__CARD_FILE_BYTES_MAX, error);
    if (status != TDM_OK)
        return status;
    file->name = tdm__path_name(tdm__str(path));
    file->text = tdm__arena_copy(&m->session.data.arena, (tdm_str){buffer.data, buffer.length});
    tdm__free(allocator, buffer.data);
    return file->text.data ? TDM_OK : tdm__no_memory(error);
}

static tdm_status read_areas(tdm__card_making *m, tdm_error *error)
{
    tdm__card_file file;
    tdm_status status = open_table(&file, m, "areas", error);
    if (status == TDM_OK && file.text.data)
        status = tdm__card_read_areas(&m->areas, &m->session.data.arena, &file, error);
    m->options.areas = m->areas.areas;
    m->options.area_count = m->areas.area_count;
    m->options.areas_name = file.name;
    return status;
}

static tdm_status read_peers(tdm__card_making *m, tdm_error *error)
{
    tdm__card_file file;
    tdm_status status = open_table(&file, m, "compare", error);
    if (status == TDM_OK && file.text.data)
        status = tdm__card_read_peers(&m->peers, &m->session.data.arena, &file, error);
    tdm__card_only_neighbours(&m->peers, &m->areas);
    m->options.peers = m->peers.items;
    m->options.peer_count = m->peers.count;
    m->options.compare_name = file.name;
    if (status == TDM_OK && m->peers.not_published > 0)
        status = tdm__diagnose(&m->session.collection.diagnostics, TDM__INFORMATION, "compare-not-published",
                               file.name, 0, TDM_LIT(""), "%zu row%s: not published", m->peers.not_published,
                               m->peers.not_published == 1 ? "" : "s");
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

static tdm_status read_comments(tdm__card_making *m, tdm_error *error)
{
    tdm__card_file file;
    tdm_status status = open_table(&file, m, "commentary", error);
    if (status == TDM_OK && file.text.data)
        status = tdm__card_read_comments(&m->comments, &m->options.comment_count, &m->session.data.arena,
                                         &file, m->session.data.measures, error);
    m->options.comments = m->comments;
    m->options.commentary_name = file.name;
    return status;
}

static tdm_status add_stores(tdm__store_prompts *prompts, const tdm_request *request, tdm_error *error)
{
    tdm__keys_held keys;
    tdm_status status = tdm__keys_hold(&keys, request, error);
    for (size_t i = 0; status == TDM_OK && i < request->input_count; i++)
        if (request->inputs[i].path && tdm__store_is_one(request->context, request->inputs[i].path))
            status = tdm__store_prompts_add(prompts, request->context, request->inputs[i].path, error);
    tdm__keys_release(&keys);
    return status;
}

/* What the worklists of the stores among the inputs, or of the service's, know of prompts. */
static tdm_status read_prompts(tdm__card_making *m, tdm_error *error)
{
    const tdm_request *request = m->session.request;
    tdm__store_prompts prompts;
    tdm__store_prompts_begin(&prompts, &m->session.data.arena);
    tdm_status status = request->serving
                            ? tdm__store_prompts_add_work(&prompts, request->serving->work, error)
                            : add_stores(&prompts, request, error);
    m->options.prompts = prompts.items;
    m->options.prompt_count = prompts.count;
    m->options.has_prompts = prompts.has_worklist;
    return status;
}

static tdm_status read_tables(tdm__card_making *m, tdm_error *error)
{
    tdm_status status = read_areas(m, error);
    if (status == TDM_OK)
        status = read_peers(m, error);
    if (status == TDM_OK)
        status = read_comments(m, error);
    return status == TDM_OK ? read_prompts(m, error) : status;
}

/* --- the figures --- */

static tdm_status read_rules(tdm__card_making *m, tdm_error *error)
{
    tdm__session *session = &m->session;
    tdm__data_request rules = tdm__session_rules(session);
    session->data.with_measures = true;
    tdm_status status = tdm__data_read_rules(&session->data, &rules, error);
    if (status == TDM_OK)
        status = choose_measures(m, error);
    return status;
}

static tdm_status read_record(tdm__card_making *m, tdm_error *error)
{
    tdm__run_options run;
    tdm__session *session = &m->session;
    session->collection.dates = session->data.policy->dates;
    session->with_assessed_rows = true;
    if (session->request->serving)
        session->request->serving->alone = true;
    tdm_status status = tdm__session_read(session, TDM__TELL_DIAGNOSTICS, error);
    if (status == TDM_OK)
        status = tdm__session_run_options(&run, session, error);
    if (status != TDM_OK)
        return status;
    m->options.as_of = run.as_of;
    m->options.jobs = run.jobs;
    return TDM_OK;
}

static tdm_status count(tdm__card_making *m, tdm_error *error)
{
    tdm__session *s = &m->session;
    tdm__collection *c = &s->collection;
    return tdm__scorecard_new(&m->card, s->request->context, s->chronology, &c->diagnostics, c->accounts,
                              c->account_count, s->data.measures, s->data.policy, &m->options, error);
}

tdm_status tdm__card_making_open(tdm__card_making *making, const tdm_request *request, tdm_error *error)
{
    *making = (tdm__card_making){.options = {.from = TDM_DAY_NONE, .to = TDM_DAY_NONE}};
    return tdm__session_open(&making->session, request, error);
}

tdm_status tdm__card_make(tdm__card_making *making, tdm_error *error)
{
    static tdm_status (*const steps[])(tdm__card_making *, tdm_error *) = {read_options, read_rules,
                                                                           read_tables, read_record, count};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](making, error);
    return status;
}

tdm_status tdm__card_making_end(tdm__card_making *making, tdm_status status, tdm_error *error)
{
    tdm__scorecard_free(making->card);
    return tdm__session_end(&making->session, status, error);
}

bool tdm__card_has_failed(const tdm_scorecard *card)
{
    static const char *const failures[] = {"script-error", "budget", "memory"};
    for (size_t i = 0; i < card->measure_count; i++)
        for (size_t f = 0; f < card->measures[i].figure_count; f++)
            for (size_t r = 0; r < sizeof failures / sizeof *failures; r++)
                if (card->measures[i].figures[f].reason &&
                    strcmp(card->measures[i].figures[f].reason, failures[r]) == 0)
                    return true;
    return false;
}

/* --- out --- */

static const struct {
    const char *format;
    tdm__card_writer write, list; /* NULL: no such form of a list */
} writers[] = {{"text", tdm__report_scorecard_text, tdm__report_units_text},
               {"json", tdm__report_scorecard_json, tdm__report_units_json},
               {"csv", tdm__report_scorecard_csv, tdm__report_units_csv},
               {"html", tdm__report_scorecard_html, NULL},
               {"xlsx", tdm__report_scorecard_xlsx, NULL}};

tdm__card_writer tdm__card_writer_of(const tdm_request *request, bool as_list)
{
    size_t i = 0;
    const char *format = tdm__request_value(request, "format");
    while (format && strcmp(writers[i].format, format) != 0)
        i++;
    return as_list ? writers[i].list : writers[i].write;
}
