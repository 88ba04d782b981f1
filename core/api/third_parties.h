/*
 * Who is spoken of in rows: the person asked for, and everybody else. It is guard that knows what tells in a
 * text; here is what each member of a row means.
 */
#ifndef TDM_API_THIRD_PARTIES_H
#define TDM_API_THIRD_PARTIES_H

#include "api/local_ids.h"
#include "guard/known.h"
#include "report/person.h"

/* `tidemark chronology --person` (op_person.c). */
tdm_status tdm__held_on_person(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                               tdm_error *error);

typedef struct tdm__spoken_of {
    tdm__arena *arena; /* of labels and of what is found */
    const tdm_chronology *chronology;
    tdm__key *key;
    tdm__known known;  /* everybody who can be looked for */
    tdm__known roles;  /* words for the role of the person asked for */
    tdm_str labels[3]; /* of that person: as a child, a child's birth, a person */
    tdm__third_party *items;
    size_t count, capacity;
    bool *seen_sources;
} tdm__spoken_of;

/*
 * Learns the children and people of a chronology, numbers of agencies, and names.
 *
 * out    freed with tdm__spoken_of_free whatever comes back
 * names  CSV original,code; "" none
 */
tdm_status tdm__spoken_of_init(tdm__spoken_of *out, tdm__arena *arena, const tdm__person_report *report,
                               const tdm__local_ids *numbers, tdm_str names, tdm_str names_file,
                               tdm_error *error);
void tdm__spoken_of_free(tdm__spoken_of *spoken_of);

/* Whether a row names the person asked for, or uses a word for the role. TDM_NO_MEMORY. */
tdm_status tdm__spoken_of_in(bool *named, bool *role, tdm__spoken_of *spoken_of, uint32_t event);
/* Adds all others of whom a row speaks; `row` is its place in the report. TDM_NO_MEMORY. */
tdm_status tdm__third_parties_of(tdm__spoken_of *spoken_of, const tdm__person_report *report, size_t row);

#endif
