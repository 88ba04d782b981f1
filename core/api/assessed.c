/*
 * Assessments of a session: from the forms they came in to what is scored, and to the rows that
 * completed ones are in the chronology. What a form looks like is the instrument layer's business.
 */
#include "api/assessed.h"

#include "instrument/fhir.h"
#include "instrument/sheet.h"

/* One form while it is read or scored, and where what is wrong with it goes. */
typedef struct telling {
    tdm__session *session;
    tdm__tell tell;
    size_t told;       /* of the form at hand */
    tdm_error first;   /* of it */
    tdm_status status; /* of writing a diagnostic */
} telling;

static bool is_lenient(const tdm__session *session)
{
    return tdm__request_flag(session->request, "lenient");
}

static void take_problem(const tdm_error *problem, void *payload)
{
    telling *t = payload;
    tdm__collection *c = &t->session->collection;
    if (t->told++ == 0)
        t->first = *problem;
    if (t->tell == TDM__TELL_PROBLEMS)
        tdm__context_add_problem(problem, c->context);
    else if (t->tell == TDM__TELL_DIAGNOSTICS && t->status == TDM_OK)
        t->status = tdm__diagnose(&c->diagnostics, TDM__ERROR, "assessment-not-scored",
                                  tdm__str(problem->file), problem->line, TDM_LIT(""), "%s",
                                  problem->message);
}

/* A failure that told no problem of its own is one; the first of all ends the call, where problems do. */
static tdm_status settle(telling *t, tdm_status status, const tdm_error *failed)
{
    tdm_error *first = &t->session->assessed_failed;
    if (status == TDM_NO_MEMORY)
        return TDM_NO_MEMORY;
    if (t->told == 0 && status != TDM_OK)
        take_problem(failed, t);
    if (t->tell == TDM__TELL_PROBLEMS && t->told > 0 && first->status == TDM_OK)
        *first = t->first;
    return t->status;
}

static const tdm_instrument *instrument_of(const tdm__session *session, const tdm_assessment *assessment)
{
    return tdm__data_instrument(&session->data, tdm_assessment_instrument(assessment));
}

static tdm_status read_form(tdm__assessed *out, telling *t, const tdm__raw_assessment *raw, tdm_error *error)
{
    const tdm__session *session = t->session;
    const tdm_allocator *allocator = &session->data.context->allocator;
    /* So that what can be read is looked at too, and everything that is wrong comes to light at once. */
    tdm_assessment_options options = {sizeof options, true, take_problem, t};
    tdm__fhir_known known = {session->data.instruments, session->data.instrument_count,
                             session->questionnaires, session->questionnaire_count};
    tdm__sheet_known labels = {session->data.instruments, session->data.instrument_count};
    tdm_status status;
    if (raw->form == TDM__WRITTEN_FHIR)
        return tdm__fhir_response_read(&out->assessment, &out->instrument, allocator, raw->content, raw->file,
                                       &known, &options, error);
    if (raw->form == TDM__WRITTEN_SHEET)
        status = tdm__sheet_read(&out->assessment, allocator, raw->content, raw->file, &labels, &options,
                                 error);
    else
        status = tdm_assessment_read(&out->assessment, allocator, raw->content, raw->file, raw->line,
                                     &options, error);
    if (status == TDM_OK)
        out->instrument = instrument_of(session, out->assessment);
    return status;
}

/* Before the responses, whatever the order of the inputs. */
static tdm_status read_questionnaires(tdm__session *session, tdm_error *error)
{
    tdm__collection *c = &session->collection;
    tdm_status status = TDM_OK;
    session->questionnaires = tdm__arena_array(&c->arena, c->assessment_count,
                                               sizeof *session->questionnaires);
    if (!session->questionnaires)
        return tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < c->assessment_count; i++) {
        const tdm__raw_assessment *raw = &c->assessments[i];
        if (raw->form != TDM__WRITTEN_FHIR_QUESTIONNAIRE)
            continue;
        tdm__fhir_questionnaire **next = &session->questionnaires[session->questionnaire_count];
        status = tdm__fhir_questionnaire_read(next, &c->context->allocator, raw->content, raw->file, error);
        session->questionnaire_count += status == TDM_OK;
    }
    return status;
}

/* JSON of ours goes on as it came; what is to be turned into it must be readable. What is to be left out need
 * not be told: the score has it. */
static tdm__tell tell_of(const tdm__session *session, tdm__tell tell, const tdm__raw_assessment *raw)
{
    if (is_lenient(session))
        return TDM__TELL_NOTHING;
    return tell == TDM__TELL_NOTHING && raw->form != TDM__WRITTEN_JSON ? TDM__TELL_PROBLEMS : tell;
}

static tdm_status read_one(tdm__session *session, tdm__tell tell, const tdm__raw_assessment *raw)
{
    tdm_error failed = {0};
    tdm__assessed *assessed = &session->assessed[session->assessed_count++];
    telling t = {.session = session, .tell = tell_of(session, tell, raw)};
    *assessed = (tdm__assessed){.raw = raw};
    tdm_status status = read_form(assessed, &t, raw, &failed);
    /* Nothing is left of it that could be taken leniently. */
    if (status != TDM_OK && is_lenient(session))
        t = (telling){.session = session, .tell = tell};
    assessed->unsound = t.told > 0 && !is_lenient(session);
    return settle(&t, status, &failed);
}

tdm_status tdm__assessed_read(tdm__session *session, tdm__tell tell, tdm_error *error)
{
    tdm__collection *c = &session->collection;
    tdm_status status = read_questionnaires(session, error);
    if (status != TDM_OK)
        return status;
    session->assessed = tdm__arena_array(&c->arena, c->assessment_count, sizeof *session->assessed);
    if (!session->assessed)
        return tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < c->assessment_count; i++)
        if (c->assessments[i].form != TDM__WRITTEN_FHIR_QUESTIONNAIRE)
            status = read_one(session, tell, &c->assessments[i]);
    return status == TDM_OK ? TDM_OK : tdm__no_memory(error);
}

static tdm_status add_child(const tdm__session *session, tdm_str id)
{
    const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    tdm__child_input child = {.id = id, .born = unknown, .expected = unknown, .died = unknown};
    tdm_status status = id.length > 0 ? tdm__builder_child(session->collection.builder, &child) : TDM_OK;
    return status == TDM_CONFLICT ? TDM_OK : status;
}

/* Each assessment is a source of its own about its one child: that it is there says nothing of other
 * children. */
static tdm_status add_source(uint32_t *out, const tdm__session *session, const tdm__assessed *assessed,
                             const uint32_t *kind)
{
    char id[TDM_HEX64_SIZE];
    tdm_str child = tdm_assessment_child(assessed->assessment);
    uint64_t hash = tdm__hash64(TDM_LIT("assessment"), 1);
    hash = tdm__hash64(assessed->raw->file, hash);
    tdm__hex64(id, tdm__hash64(tdm_assessment_id(assessed->assessment), hash));
    tdm__source_input source = {.id = tdm__str(id),
                                .name = assessed->raw->file,
                                .format = TDM_LIT("assessment"),
                                .received = TDM_DAY_NONE,
                                .carries = kind,
                                .carry_count = 1,
                                .children = &child,
                                .child_count = 1};
    return tdm__builder_source(out, session->collection.builder, &source);
}

/* Nothing for a draft, or for an instrument that is no entry in a chronology. */
static tdm_status add_row(const tdm__session *session, const tdm__assessed *assessed)
{
    tdm__event_input event;
    tdm__fact_input fact;
    if (!assessed->instrument || !tdm__completed_row(&event, &fact, assessed->assessment,
                                                     assessed->instrument, session->data.vocabulary))
        return TDM_OK;
    event.row = (uint32_t)assessed->raw->line;
    tdm_status status = add_source(&event.source, session, assessed, &event.kind);
    return status == TDM_OK ? tdm__builder_event(session->collection.builder, &event) : status;
}

tdm_status tdm__assessed_add(tdm__session *session, tdm_error *error)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < session->assessed_count; i++) {
        const tdm__assessed *assessed = &session->assessed[i];
        if (!assessed->assessment)
            continue;
        status = add_child(session, tdm_assessment_child(assessed->assessment));
        if (status == TDM_OK && session->with_assessed_rows)
            status = add_row(session, assessed);
    }
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

/* The id is the form's: it is shown only where it is shaped like one. */
static tdm_status no_instrument(const tdm__assessed *assessed, tdm_error *error)
{
    tdm_place place = {assessed->raw->file, assessed->raw->line, 0};
    tdm_str id = tdm_assessment_instrument(assessed->assessment);
    if (!tdm__code_shaped(id))
        return tdm__fail_at(error, TDM_NOT_FOUND, place,
                            "there is no instrument of the id that the assessment names; is --scripts DIR "
                            "missing? tidemark instruments list shows all");
    return tdm__fail_at(
        error, TDM_NOT_FOUND, place,
        "there is no instrument \"%.*s\"; is --scripts DIR missing? tidemark instruments list "
        "shows all",
        TDM_STR_ARGS(id));
}

static tdm_status make_score(tdm_score **out, telling *t, const tdm__assessed *assessed, tdm_error *error)
{
    char name[64];
    const tdm__session *session = t->session;
    const tdm_instrument *instrument = assessed->instrument;
    tdm_score_options options = {
        .struct_size = sizeof options, .lenient = is_lenient(session), .problem = take_problem, .payload = t};
    if (!instrument)
        return no_instrument(assessed, error);
    if (tdm__data_aggregation(name, sizeof name, &session->data, instrument))
        options.aggregation = name;
    return tdm_score_make(out, &session->data.context->allocator, assessed->assessment, instrument, &options,
                          error);
}

/* One that was not read in full is looked at for what else is wrong, and has no score. */
static tdm_status score_one(tdm__session *session, tdm__tell tell, const tdm__assessed *assessed)
{
    tdm_error failed = {0};
    tdm_score *score = NULL;
    telling t = {.session = session, .tell = is_lenient(session) ? TDM__TELL_NOTHING : tell};
    tdm_status status = make_score(&score, &t, assessed, &failed);
    if (status != TDM_OK)
        t.tell = tell;
    if (status == TDM_OK && !assessed->unsound) {
        session->scored[session->score_count] = assessed;
        session->scores[session->score_count++] = score;
        return TDM_OK;
    }
    tdm_score_free(score);
    return settle(&t, status, &failed);
}

tdm_status tdm__assessed_score(tdm__session *session, tdm__tell tell, tdm_error *error)
{
    tdm__arena *arena = &session->collection.arena;
    tdm_status status = TDM_OK;
    session->scores = tdm__arena_array(arena, session->assessed_count, sizeof *session->scores);
    session->scored = tdm__arena_array(arena, session->assessed_count, sizeof *session->scored);
    if (!session->scores || !session->scored)
        return tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < session->assessed_count; i++)
        if (session->assessed[i].assessment)
            status = score_one(session, tell, &session->assessed[i]);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    return tdm__assessed_failure(session, error);
}

tdm_status tdm__assessed_failure(tdm__session *session, tdm_error *error)
{
    if (session->assessed_failed.status == TDM_OK)
        return TDM_OK;
    tdm_context *context = session->collection.context;
    tdm__context_order_problems(context);
    *error = context->problem_count > 0 ? context->problems[0] : session->assessed_failed;
    return error->status;
}

static bool is_of_questionnaire(const tdm__session *session, const tdm_instrument *instrument)
{
    for (size_t i = 0; i < session->questionnaire_count; i++)
        if (tdm__fhir_questionnaire_instrument(session->questionnaires[i]) == instrument)
            return true;
    return false;
}

static tdm_status converted(tdm_str *out, const tdm__session *session, const tdm__assessed *assessed,
                            tdm__arena *arena, tdm_error *error)
{
    tdm__text text;
    tdm_place place = {assessed->raw->file, 0, 0};
    if (is_of_questionnaire(session, assessed->instrument))
        return tdm__fail_at(
            error, TDM_UNSUPPORTED, place,
            "answers to a Questionnaire that is no instrument here can be scored beside it, and "
            "not kept");
    tdm__text_init(&text, &session->data.context->allocator);
    tdm_status status = tdm_assessment_write(assessed->assessment, tdm__text_sink(&text), 0);
    *out = status == TDM_OK ? tdm__arena_copy(arena, tdm__text_str(&text)) : (tdm_str){NULL, 0};
    tdm__text_free(&text);
    return out->data ? TDM_OK : tdm__no_memory(error);
}

tdm_status tdm__assessed_texts(tdm__kept_assessment **out, size_t *count, tdm__session *session,
                               tdm_error *error)
{
    tdm__arena *arena = &session->collection.arena;
    tdm_status status = tdm__assessed_failure(session, error);
    *count = 0;
    *out = NULL;
    if (status != TDM_OK)
        return status;
    *out = tdm__arena_array(arena, session->assessed_count, sizeof **out);
    if (!*out)
        return tdm__no_memory(error);
    for (size_t i = 0; status == TDM_OK && i < session->assessed_count; i++) {
        const tdm__assessed *assessed = &session->assessed[i];
        const tdm__raw_assessment *raw = assessed->raw;
        tdm__kept_assessment *text = &(*out)[(*count)++];
        *text = (tdm__kept_assessment){raw->file, raw->line, raw->content};
        if (raw->form != TDM__WRITTEN_JSON)
            status = converted(&text->json, session, assessed, arena, error);
    }
    return status;
}

void tdm__assessed_free(tdm__session *session)
{
    for (size_t i = 0; i < session->score_count; i++)
        tdm_score_free(session->scores[i]);
    for (size_t i = 0; i < session->assessed_count; i++)
        tdm_assessment_free(session->assessed[i].assessment);
    for (size_t i = 0; i < session->questionnaire_count; i++)
        tdm__fhir_questionnaire_free(session->questionnaires[i]);
}
