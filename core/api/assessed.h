/*
 * The assessments of a session: each read in the form it came in, with the definition it is scored by.
 * Completed ones become rows of the chronology. Internal to the layer.
 */
#ifndef TDM_API_ASSESSED_H
#define TDM_API_ASSESSED_H

#include "api/session.h"
#include "instrument/kept.h"

/*
 * Reads all that the collection holds, once; what cannot be read is told, and has no assessment in the list.
 * Instruments must have been read, where a form may need them. What ends the call is kept until all forms
 * have been looked at: the functions below give it. TDM_OK; TDM_NO_MEMORY; what reading a Questionnaire
 * gives.
 */
tdm_status tdm__assessed_read(tdm__session *session, tdm__tell tell, tdm_error *error);
/* Children of whom there is nothing but an assessment, and a row for each completed assessment. Before
 * freezing. */
tdm_status tdm__assessed_add(tdm__session *session, tdm_error *error);
/* The first of what ends the call, its problems in the order of file and line; TDM_OK where nothing does. */
tdm_status tdm__assessed_failure(tdm__session *session, tdm_error *error);
/* Scores them; telling as above. Gives what tdm__assessed_failure does. */
tdm_status tdm__assessed_score(tdm__session *session, tdm__tell tell, tdm_error *error);

/* Each as JSON of ours: as it came, or turned into it. In the collection's arena.
 * TDM_UNSUPPORTED for answers to a Questionnaire that is none of the instruments. */
tdm_status tdm__assessed_texts(tdm__kept_assessment **out, size_t *count, tdm__session *session,
                               tdm_error *error);

void tdm__assessed_free(tdm__session *session);

#endif
