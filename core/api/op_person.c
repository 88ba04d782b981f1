/*
 * chronology --person: which rows are held on a child or an adult. What in them speaks of others is found by
 * third_parties.c, and shown by report.
 */
#include "api/assessed.h"
#include "api/third_parties.h"
#include "base/file.h"

#include <string.h>

#define NAMES_BYTES_MAX (4u * 1024u * 1024u)

typedef struct holding {
    tdm__session *session;
    tdm__arena arena;
    tdm_error *error;
    tdm__person_report report;
    const tdm__person **people;
    tdm__held_row *rows;
    size_t row_capacity;
    tdm__spoken_of spoken_of;
    tdm__local_ids numbers;
    tdm__buffer names;
} holding;

typedef tdm_status (*person_writer)(const tdm__person_report *report, const tdm__report_options *options,
                                    tdm_sink sink, tdm_error *error);
/* The first is written when the request names none; NULL behind the last. */
static const struct {
    const char *format;
    person_writer write;
} writers[] = {{"text", tdm__report_person_text},
               {"json", tdm__report_person_json},
               {"html", tdm__report_person_html},
               {"csv", tdm__report_person_csv},
               {NULL, NULL}};

/* --- whom --- */

static tdm_status find_person(holding *h)
{
    const tdm_chronology *c = h->session->chronology;
    tdm__person_report *report = &h->report;
    size_t all = tdm__chronology_person_count(c);
    report->child = tdm__chronology_find_child(c, report->id);
    h->people = tdm__arena_array(&h->arena, all + 1, sizeof *h->people);
    if (!h->people)
        return tdm__no_memory(h->error);
    for (size_t i = 0; i < all; i++)
        if (tdm__str_equal(tdm__chronology_person(c, i)->id, report->id))
            h->people[report->person_count++] = tdm__chronology_person(c, i);
    report->people = h->people;
    if (report->child == TDM_NO_INDEX && report->person_count == 0)
        return tdm__fail(h->error, TDM_NOT_FOUND, "person: no child and no person of the inputs has this id");
    return TDM_OK;
}

static bool is_of_the_household(const holding *h, uint32_t child)
{
    tdm_str household = tdm__chronology_child(h->session->chronology, child)->household;
    for (size_t i = 0; household.length > 0 && i < h->report.person_count; i++)
        if (tdm__str_equal(h->report.people[i]->household, household))
            return true;
    return false;
}

/* --- which rows --- */

static tdm_status judge_row(uint32_t *why, holding *h, const tdm__event *event)
{
    bool named, role, household = is_of_the_household(h, event->child);
    *why = 0;
    if (event->child == h->report.child) {
        *why = (uint32_t)1 << TDM__HELD_OWN;
        return TDM_OK;
    }
    tdm_status status = tdm__spoken_of_in(&named, &role, &h->spoken_of, event->index);
    *why |= (uint32_t)named << TDM__HELD_NAMED;
    *why |= (uint32_t)(role && household) << TDM__HELD_ROLE;
    *why |= (uint32_t)household << TDM__HELD_HOUSEHOLD;
    return status;
}

static tdm_status keep_row(holding *h, uint32_t event, uint32_t why)
{
    tdm__held_row *grown = tdm__grown(h->arena.allocator, h->rows, &h->row_capacity, h->report.row_count + 1,
                                      sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    h->rows = grown;
    h->rows[h->report.row_count++] = (tdm__held_row){event, why};
    h->report.rows = h->rows;
    return TDM_OK;
}

static tdm_status choose_rows(holding *h)
{
    const tdm_chronology *c = h->session->chronology;
    tdm_status status = TDM_OK;
    for (size_t child = 0; child < tdm_chronology_child_count(c) && status == TDM_OK; child++) {
        uint32_t first, end;
        tdm__chronology_child_events(c, child, &first, &end);
        for (uint32_t at = first; at < end && status == TDM_OK; at++) {
            uint32_t why;
            tdm__event event = tdm__chronology_event(c, at);
            status = judge_row(&why, h, &event);
            if (status == TDM_OK && why != 0)
                status = keep_row(h, at, why);
        }
    }
    for (size_t row = 0; row < h->report.row_count && status == TDM_OK; row++)
        status = tdm__third_parties_of(&h->spoken_of, &h->report, row);
    h->report.third_parties = h->spoken_of.items;
    h->report.third_party_count = h->spoken_of.count;
    return status == TDM_NO_MEMORY ? tdm__no_memory(h->error) : status;
}

/* --- the whole --- */

static tdm_status learn(holding *h)
{
    const tdm_request *request = h->session->request;
    const char *path = tdm__request_value(request, "names");
    tdm_status status =
        path ? tdm__file_read(&h->names, h->arena.allocator, NULL, path, NAMES_BYTES_MAX, h->error) : TDM_OK;
    h->report.with_names = path != NULL;
    if (status == TDM_OK)
        status = tdm__local_ids_read(&h->numbers, request, &h->arena, h->error);
    if (status == TDM_OK)
        status = tdm__spoken_of_init(&h->spoken_of, &h->arena, &h->report, &h->numbers,
                                     (tdm_str){h->names.data, h->names.length}, tdm__str(path), h->error);
    return status;
}

static tdm_status hold(holding *h, person_writer write, tdm_sink sink)
{
    const tdm_request *request = h->session->request;
    tdm__report_options options = {.width = (int32_t)tdm__request_number(request, "width", 0),
                                   .colour = tdm__request_flag(request, "colour")};
    tdm_status status = find_person(h);
    if (status == TDM_OK)
        status = learn(h);
    if (status == TDM_OK)
        status = choose_rows(h);
    return status == TDM_OK ? write(&h->report, &options, sink, h->error) : status;
}

static void holding_free(holding *h)
{
    const tdm_allocator *allocator = h->arena.allocator;
    tdm__spoken_of_free(&h->spoken_of);
    tdm__free(allocator, h->rows);
    tdm__free(allocator, h->numbers.items);
    tdm__free(allocator, h->names.data);
    tdm__arena_free(&h->arena);
}

static tdm_status find_writer(person_writer *out, const tdm_request *request, tdm_error *error)
{
    const char *format = tdm__request_value(request, "format");
    *out = format ? NULL : writers[0].write;
    for (size_t i = 0; format && writers[i].format; i++)
        if (strcmp(writers[i].format, format) == 0)
            *out = writers[i].write;
    if (!*out)
        return tdm__fail(error, TDM_INVALID_ARG,
                         "format: what is held on a person has text, json, html and csv");
    if (tdm__request_flag(request, "significant"))
        return tdm__fail(error, TDM_INVALID_ARG, "significant: what is held on a person holds every row");
    return TDM_OK;
}

tdm_status tdm__held_on_person(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error)
{
    tdm__session session;
    tdm_run *run = NULL;
    person_writer write;
    tdm_status status = find_writer(&write, request, error);
    if (status != TDM_OK)
        return status;
    status = tdm__session_open(&session, request, error);
    if (status == TDM_OK)
        status = tdm__session_run(&run, &session, error);
    if (status == TDM_OK) {
        holding h = {.session = &session, .error = error};
        h.report = (tdm__person_report){.run = run, .id = tdm__str(tdm__request_value(request, "person"))};
        tdm__arena_init(&h.arena, &request->context->allocator);
        outcome->trouble = tdm__session_trouble(&session);
        status = hold(&h, write, sink);
        holding_free(&h);
    }
    tdm__run_free(run);
    return tdm__session_end(&session, status, error);
}
