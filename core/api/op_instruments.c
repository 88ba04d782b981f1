/*
 * instruments list, show and check: what there is to score with, what each is made of and whose it
 * is, and whether a file keeps the contract and its examples hold.
 */
#include "api/answer.h"
#include "api/show_instrument.h"
#include "base/file.h"

typedef tdm_status (*instruments_fn)(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                                     tdm_outcome *outcome, tdm_error *error);

/* Only the files named; a request never brings the text of one. */
static tdm_status read_named(tdm__data *data, const tdm_request *request, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < request->input_count; i++) {
        const char *path = request->inputs[i].path;
        if (!path)
            return tdm__fail(error, TDM_INVALID_ARG, "scripts are read from files, never from a request");
        if (tdm__file_look(NULL, path) == TDM__FILE_FOLDER)
            return tdm__fail_at(error, TDM_IO, (tdm_place){tdm__str(path), 0, 0},
                                "a folder where a file was expected; name the .lua files");
        status = tdm__data_add_file(&data->instrument_files, data, NULL, path, tdm__str(path), error);
    }
    return status == TDM_OK ? tdm__data_load_instruments(data, error) : status;
}

static tdm_status read_all(tdm__data *data, const tdm_request *request, tdm_error *error)
{
    tdm__data_request rules = {tdm__request_value(request, "scripts"), tdm__request_value(request, "policy"),
                               request->policy_json};
    tdm_status status = tdm__data_read_rules(data, &rules, error);
    return status == TDM_OK ? tdm__data_read_instruments(data, &rules, error) : status;
}

/* Opens the data, reads the instruments and lets `say` put its answer together. */
static tdm_status with_instruments(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                   tdm_error *error, instruments_fn say)
{
    tdm__data data;
    tdm__answer answer;
    tdm_status status = tdm__data_open(&data, request->context, error);
    if (status == TDM_OK)
        status = request->input_count > 0 ? read_named(&data, request, error)
                                          : read_all(&data, request, error);
    if (status == TDM_OK) {
        tdm__answer_begin(&answer, request, sink);
        status = tdm__answer_end(&answer, say(&data, &answer, request, outcome, error));
    }
    tdm__data_free(&data);
    return status;
}

/* --- list --- */

static void list_json(tdm__json_writer *json, const tdm_instrument *instrument)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "id", tdm_instrument_id(instrument));
    tdm__answer_member(json, "version", tdm_instrument_version(instrument));
    tdm__answer_member(json, "title", tdm_instrument_title(instrument));
    tdm__answer_member(json, "source", tdm_instrument_source(instrument));
    tdm__answer_member(json, "licence", tdm_instrument_licence(instrument));
    tdm__json_close_object(json);
}

static tdm_status say_list(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                           tdm_outcome *outcome, tdm_error *error)
{
    (void)request;
    (void)outcome;
    (void)error;
    if (answer->as_json)
        tdm__json_open_array(&answer->json);
    for (size_t i = 0; i < data->instrument_count; i++) {
        const tdm_instrument *instrument = data->instruments[i];
        if (answer->as_json)
            list_json(&answer->json, instrument);
        else
            tdm__text_printf(&answer->text, "%-22.*s %-8.*s %.*s\n",
                             TDM_STR_ARGS(tdm_instrument_id(instrument)),
                             TDM_STR_ARGS(tdm_instrument_version(instrument)),
                             TDM_STR_ARGS(tdm_instrument_title(instrument)));
    }
    if (answer->as_json)
        tdm__json_close_array(&answer->json);
    return TDM_OK;
}

tdm_status tdm__op_instruments_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    return with_instruments(request, outcome, sink, error, say_list);
}

/* --- show --- */

static tdm_status say_shown(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                            tdm_outcome *outcome, tdm_error *error)
{
    const tdm_instrument *instrument;
    tdm_status status = tdm__request_instrument(&instrument, request, data, error);
    (void)outcome;
    if (status != TDM_OK)
        return status;
    tdm_str chosen = tdm__policy_aggregation(data->policy, tdm_instrument_id(instrument));
    if (answer->as_json)
        tdm__show_instrument_json(&answer->json, instrument, chosen);
    else
        tdm__show_instrument_text(&answer->text, instrument, chosen);
    return TDM_OK;
}

tdm_status tdm__op_instruments_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                    tdm_error *error)
{
    return with_instruments(request, outcome, sink, error, say_shown);
}

/* --- check --- */

static void checked_json(tdm__json_writer *json, const tdm_instrument *instrument, tdm_str example,
                         const tdm_error *failed)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "instrument", tdm_instrument_id(instrument));
    tdm__answer_member(json, "example", example);
    tdm__json_put_name(json, "passed");
    tdm__json_put_bool(json, !failed);
    tdm__answer_member(json, "detail", tdm__str(failed ? failed->message : ""));
    tdm__json_close_object(json);
}

static void checked_text(tdm__text *text, const tdm_instrument *instrument, tdm_str example,
                         const tdm_error *failed)
{
    tdm_str id = tdm_instrument_id(instrument);
    if (failed)
        tdm__text_printf(text, "%-22.*s FAILED  %s\n", TDM_STR_ARGS(id), failed->message);
    else
        tdm__text_printf(text, "%-22.*s passed  %.*s\n", TDM_STR_ARGS(id), TDM_STR_ARGS(example));
}

/* An example that does not hold is part of the answer; only a lack of memory ends it. */
static tdm_status check_example(tdm__answer *answer, const tdm_instrument *instrument, size_t index,
                                tdm_outcome *outcome, tdm_error *error)
{
    tdm_error failed;
    tdm_str name = instrument->examples[index].name;
    tdm__error_clear(&failed);
    tdm_status status = tdm__instrument_check_example(instrument, index, &failed);
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    outcome->fail_on_reached = outcome->fail_on_reached || status != TDM_OK;
    if (answer->as_json)
        checked_json(&answer->json, instrument, name, status == TDM_OK ? NULL : &failed);
    else
        checked_text(&answer->text, instrument, name, status == TDM_OK ? NULL : &failed);
    return TDM_OK;
}

static tdm_status say_checked(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                              tdm_outcome *outcome, tdm_error *error)
{
    tdm_status status = TDM_OK;
    (void)request;
    if (answer->as_json)
        tdm__json_open_array(&answer->json);
    for (size_t i = 0; status == TDM_OK && i < data->instrument_count; i++)
        for (size_t k = 0; status == TDM_OK && k < data->instruments[i]->example_count; k++)
            status = check_example(answer, data->instruments[i], k, outcome, error);
    if (answer->as_json)
        tdm__json_close_array(&answer->json);
    return status;
}

tdm_status tdm__op_instruments_check(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                     tdm_error *error)
{
    return with_instruments(request, outcome, sink, error, say_checked);
}
