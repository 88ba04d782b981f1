/*
 * The first half of every operation on records: inputs to a frozen chronology with its accounts,
 * diagnostics and assessments. Stores are inputs like any other. Internal to the layer.
 */
#ifndef TDM_API_SESSION_H
#define TDM_API_SESSION_H

#include "api/operations.h"

/* Where what is wrong with a form goes. */
typedef enum tdm__tell {
    TDM__TELL_PROBLEMS,    /* the context's problems; the call ends with them */
    TDM__TELL_DIAGNOSTICS, /* the collection's, beside what could be read */
    TDM__TELL_NOTHING      /* nowhere: JSON of ours is kept as it came; other forms as PROBLEMS */
} tdm__tell;

struct tdm__fhir_questionnaire;

/* An assessment of the inputs, read once. */
typedef struct tdm__assessed {
    const tdm__raw_assessment *raw;
    tdm_assessment *assessment;       /* NULL: it could not be read */
    const tdm_instrument *instrument; /* NULL: there is none of that id, or instruments were not read */
    bool unsound;                     /* something in it could not be read: it has no score */
} tdm__assessed;

struct tdm__session;
/* Changes the rules of a session once they are read. */
typedef tdm_status (*tdm__adjust_fn)(struct tdm__session *session, tdm_error *error);

typedef struct tdm__session {
    const tdm_request *request;
    tdm__adjust_fn adjust; /* NULL: nothing is changed */
    tdm__data data;
    tdm__collection collection;
    size_t read_diagnostics; /* how many the inputs brought; the rest come of freezing and scoring */
    tdm_chronology *chronology;
    tdm__missing missing;    /* of a service: what is withheld from the caller */
    bool with_assessed_rows; /* completed assessments are rows of the chronology too */
    struct tdm__fhir_questionnaire **questionnaires;
    size_t questionnaire_count;
    tdm__assessed *assessed;
    size_t assessed_count;
    tdm_error assessed_failed; /* the first of what ends the call; TDM_OK: nothing */
    tdm_score **scores;
    const tdm__assessed **scored; /* what each score is of */
    size_t score_count;
} tdm__session;

/* Zeroes the session and reads the vocabulary; of a service it has the rules in force. Free it with
 * tdm__session_free whatever happens. */
tdm_status tdm__session_open(tdm__session *session, const tdm_request *request, tdm_error *error);
/* A session whose rules `adjust` changes once they are read: they are its own. */
tdm_status tdm__session_open_adjusted(tdm__session *session, const tdm_request *request,
                                      tdm__adjust_fn adjust, tdm_error *error);
/* What the request's options `scripts` and `policy` add. */
tdm__data_request tdm__session_rules(const tdm__session *session);
/* Reads all inputs and freezes them. What is wrong with an assessment goes where `tell` says. */
tdm_status tdm__session_read(tdm__session *session, tdm__tell tell, tdm_error *error);
/* Rules, instruments, inputs, and every assessment scored: what works on scores begins with. At least one
 * assessment is there then; one that cannot be read or scored ends the call. */
tdm_status tdm__session_read_scored(tdm__session *session, tdm_error *error);
/* Rules, instruments, inputs, scores, and the run over them; *out is set to NULL first and freed before the
 * session. The options that it needs are those of a review. */
tdm_status tdm__session_run(tdm_run **out, tdm__session *session, tdm_error *error);
/* The options of a run, checked; the day of the inputs must be known. */
tdm_status tdm__session_run_options(tdm__run_options *options, const tdm__session *session, tdm_error *error);
/* Sets in `outcome` what a review may end with: `fail_on` is reached, there is trouble. */
void tdm__review_outcome(tdm_outcome *outcome, const tdm_run *run, const tdm__session *session);
/* Whether a diagnostic is an error, or a row was set aside. */
bool tdm__session_trouble(const tdm__session *session);
void tdm__session_free(tdm__session *session);
/* The end of an operation that has shown texts of rows, whose status this is: frees the session. TDM_IO where
 * a file that texts were left in has changed meanwhile. */
tdm_status tdm__session_end(tdm__session *session, tdm_status status, tdm_error *error);

#endif
