/*
 * instruments blank and export, assessment export: instruments and assessments for paper, for a
 * spreadsheet and for other systems. One output for each; what it looks like is the writers' business.
 */
#include "api/assessed.h"
#include "api/assessment_work.h"
#include "api/show_instrument.h"
#include "instrument/fhir.h"
#include "instrument/sheet.h"
#include "report/forms.h"

#include <string.h>

#define INDENT 2

/* What a writer may need of the request. `assessment` and `score` stay NULL for an instrument alone. */
typedef struct form_source {
    const tdm_request *request;
    const tdm_allocator *allocator;
    const tdm_instrument *instrument;
    const tdm__texts *texts;
    const tdm_assessment *assessment;
    const tdm_score *score;
    tdm_str aggregation; /* that the policy chose; "" */
    tdm_sink sink;
    tdm_error *error;
} form_source;

typedef tdm_status (*form_writer)(const form_source *source);

typedef struct form_row {
    const char *format;
    form_writer write;
} form_row;

static tdm_str base_url(const form_source *source)
{
    return tdm__str(tdm__request_value(source->request, "base_url"));
}

/* JSON with a line end, put together before a byte of it goes out. */
static tdm_status write_json(const form_source *source,
                             void (*put)(tdm__json_writer *writer, const form_source *source))
{
    tdm__text text;
    tdm__json_writer writer;
    tdm__text_init(&text, source->allocator);
    tdm__json_writer_init(&writer, source->allocator, tdm__text_sink(&text), INDENT);
    put(&writer, source);
    tdm_status status = tdm__json_writer_end(&writer);
    tdm__text_char(&text, '\n');
    if (status == TDM_OK)
        status = text.failed ? tdm__no_memory(source->error)
                             : tdm__sink_write(source->sink, tdm__text_str(&text));
    tdm__text_free(&text);
    return status;
}

static void put_definition(tdm__json_writer *writer, const form_source *source)
{
    tdm__show_instrument_json(writer, source->instrument, source->aggregation);
}

static void put_questionnaire(tdm__json_writer *writer, const form_source *source)
{
    tdm__fhir_put_questionnaire(writer, source->instrument, source->texts, base_url(source));
}

static void put_response(tdm__json_writer *writer, const form_source *source)
{
    tdm__fhir_put_response(writer, source->instrument, source->assessment, base_url(source));
}

static tdm_status write_definition(const form_source *source)
{
    return write_json(source, put_definition);
}

static tdm_status write_questionnaire(const form_source *source)
{
    return write_json(source, put_questionnaire);
}

static tdm_status write_response(const form_source *source)
{
    return write_json(source, put_response);
}

static tdm_status write_assessment(const form_source *source)
{
    tdm_status status = tdm_assessment_write(source->assessment, source->sink, INDENT);
    return status == TDM_OK ? tdm__sink_write(source->sink, TDM_LIT("\n")) : status;
}

static tdm_status write_sheet(const form_source *source)
{
    tdm__text text;
    tdm__text_init(&text, source->allocator);
    tdm__sheet_put(&text, source->instrument, source->assessment, source->texts);
    tdm_status status = text.failed ? tdm__no_memory(source->error)
                                    : tdm__sink_write(source->sink, tdm__text_str(&text));
    tdm__text_free(&text);
    return status;
}

static tdm_status write_blank(const form_source *source)
{
    return tdm__report_blank_form(source->instrument, source->texts, source->allocator, source->sink,
                                  source->error);
}

static tdm_status write_record(const form_source *source)
{
    return tdm__report_record(source->assessment, source->score, source->texts, source->allocator,
                              source->sink, source->error);
}

/* The first row of each is what is written when the request names no format; NULL behind the last. */
static const form_row blank_rows[] = {{"html", write_blank}, {"csv", write_sheet}, {NULL, NULL}};
static const form_row definition_rows[] = {
    {"json", write_definition}, {"fhir", write_questionnaire}, {NULL, NULL}};
static const form_row assessment_rows[] = {{"json", write_assessment},
                                           {"csv", write_sheet},
                                           {"html", write_record},
                                           {"fhir", write_response},
                                           {NULL, NULL}};

/* A canonical url ends at its first space. */
static tdm_status check_base_url(const form_source *source)
{
    tdm_str base = base_url(source);
    for (size_t i = 0; i < base.length; i++)
        if ((unsigned char)base.data[i] <= ' ' || base.data[i] == '|' || base.data[i] == '#')
            return tdm__fail(source->error, TDM_INVALID_ARG,
                             "base_url: expected the beginning of a url, without spaces, '|' or '#'");
    return TDM_OK;
}

static tdm_status write_form(const form_source *source, const form_row *rows)
{
    bool as_fhir = tdm__request_flag(source->request, "fhir");
    const char *format = as_fhir ? "fhir" : tdm__request_value(source->request, "format");
    for (const form_row *row = rows; row->format; row++)
        if (!format || strcmp(row->format, format) == 0)
            return row->write(source);
    return TDM_INTERNAL;
}

/* The overlay that the request names; *out stays NULL when it names none. */
static tdm_status read_texts(tdm__texts **out, tdm__data *data, const form_source *source)
{
    tdm_str json;
    const char *path = tdm__request_value(source->request, "texts");
    *out = NULL;
    if (!path)
        return TDM_OK;
    tdm_status status = tdm__data_file(&json, data, NULL, path, tdm__str(path), source->error);
    return status == TDM_OK ? tdm__texts_read(out, source->allocator, json, tdm__str(path),
                                              source->instrument, source->error)
                            : status;
}

static tdm_status write_with_texts(form_source *source, tdm__data *data, const form_row *rows)
{
    tdm__texts *texts;
    tdm_status status = read_texts(&texts, data, source);
    source->texts = texts;
    if (status == TDM_OK)
        status = check_base_url(source);
    if (status == TDM_OK)
        status = write_form(source, rows);
    tdm__texts_free(texts);
    return status;
}

/* --- of an instrument --- */

static tdm_status of_instrument(const tdm_request *request, tdm_sink sink, const form_row *rows,
                                tdm_error *error)
{
    tdm__data data;
    tdm__data_request rules = {tdm__request_value(request, "scripts"), tdm__request_value(request, "policy"),
                               request->policy_json};
    form_source source = {
        .request = request, .allocator = &request->context->allocator, .sink = sink, .error = error};
    tdm_status status = tdm__data_open(&data, request->context, error);
    if (status == TDM_OK)
        status = tdm__data_read_rules(&data, &rules, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&data, &rules, error);
    if (status == TDM_OK)
        status = tdm__request_instrument(&source.instrument, request, &data, error);
    if (status == TDM_OK) {
        source.aggregation = tdm__policy_aggregation(data.policy, tdm_instrument_id(source.instrument));
        status = write_with_texts(&source, &data, rows);
    }
    tdm__data_free(&data);
    return status;
}

tdm_status tdm__op_instruments_blank(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error)
{
    (void)outcome;
    return of_instrument(request, sink, blank_rows, error);
}

tdm_status tdm__op_instruments_export(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                      tdm_error *error)
{
    (void)outcome;
    return of_instrument(request, sink, definition_rows, error);
}

/* --- of an assessment --- */

/* The only one, or the one that the request names. */
static tdm_status choose(size_t *out, const tdm__session *session, tdm_error *error)
{
    const char *id = tdm__request_value(session->request, "assessment");
    size_t found = 0;
    *out = 0;
    for (size_t i = 0; i < session->score_count; i++) {
        if (id && !tdm__str_equal(tdm_score_assessment(session->scores[i]), tdm__str(id)))
            continue;
        *out = i;
        found++;
    }
    if (found == 1)
        return TDM_OK;
    if (found == 0)
        return tdm__fail(error, TDM_NOT_FOUND, "assessment: no input holds one of that id");
    return tdm__fail(error, TDM_INVALID_ARG, "assessment: the inputs hold %zu %s; name one by its id", found,
                     id ? "of that id" : "assessments");
}

static tdm_status export_assessment(tdm__session *session, tdm_sink sink, tdm_error *error)
{
    size_t at;
    tdm_status status = tdm__session_read_scored(session, error);
    if (status == TDM_OK)
        status = choose(&at, session, error);
    if (status != TDM_OK)
        return status;
    form_source source = {.request = session->request,
                          .allocator = &session->data.context->allocator,
                          .instrument = session->scored[at]->instrument,
                          .assessment = session->scored[at]->assessment,
                          .score = session->scores[at],
                          .sink = sink,
                          .error = error};
    return write_with_texts(&source, &session->data, assessment_rows);
}

/* Of a service the one that the request names, whatever its state. */
static tdm_status served_input(tdm__input *out, const tdm_request *request, tdm_error *error)
{
    tdm__assessment_row row;
    tdm_status status = tdm__assessment_find(&row, request, error);
    if (status == TDM_OK)
        *out = (tdm__input){
            .name = TDM_LIT("assessment"), .content = row.draft.json, .format = TDM_LIT("assessment")};
    return status;
}

tdm_status tdm__op_assessment_export(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error)
{
    tdm__input form;
    tdm__session session;
    tdm_request of_form = *request;
    if (request->serving) {
        tdm_status found = served_input(&form, request, error);
        if (found != TDM_OK)
            return found;
        of_form.inputs = &form;
        of_form.input_count = 1;
    }
    tdm_status status = tdm__session_open(&session, &of_form, error);
    if (status == TDM_OK)
        status = export_assessment(&session, sink, error);
    outcome->trouble = status == TDM_OK && tdm__session_trouble(&session);
    return tdm__session_end(&session, status, error);
}
