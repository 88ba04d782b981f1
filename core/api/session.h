/*
 * The first half of every operation on records: inputs to a frozen chronology with its accounts,
 * diagnostics and assessments. Stores are inputs like any other. Internal to the layer.
 */
#ifndef TDM_API_SESSION_H
#define TDM_API_SESSION_H

#include "api/operations.h"

typedef struct tdm__session {
    const tdm_request *request;
    tdm__data data;
    tdm__collection collection;
    size_t read_diagnostics; /* how many the inputs brought; the rest come of freezing and scoring */
    tdm_chronology *chronology;
    tdm_score **scores;
    size_t score_count;
} tdm__session;

/* Zeroes the session and reads the vocabulary. Free it with tdm__session_free whatever happens. */
tdm_status tdm__session_open(tdm__session *session, const tdm_request *request, tdm_error *error);
/* What the request's options `scripts` and `policy` add. */
tdm__data_request tdm__session_rules(const tdm__session *session);
/* Reads all inputs and freezes them. */
tdm_status tdm__session_read(tdm__session *session, tdm_error *error);
/* Scores the assessments; one that cannot be scored becomes a diagnostic, or the error where `strict`. */
tdm_status tdm__session_score(tdm__session *session, bool strict, tdm_error *error);
/* Rules, instruments, inputs, and every assessment scored: what works on scores begins with. At least one
 * assessment is there then. */
tdm_status tdm__session_read_scored(tdm__session *session, tdm_error *error);
/* Whether a diagnostic is an error, or a row was set aside. */
bool tdm__session_trouble(const tdm__session *session);
void tdm__session_free(tdm__session *session);

#endif
