/*
 * What abbreviations of a record mean, as those who keep it say: a CSV with the headings abbreviation and
 * meaning. Which of them stand in a text is asked here too.
 */
#ifndef TDM_CHRONOLOGY_GLOSSARY_H
#define TDM_CHRONOLOGY_GLOSSARY_H

#include "base/text.h"

typedef struct tdm__glossary_entry {
    tdm_str abbreviation, meaning;
} tdm__glossary_entry;

/* Zero: empty. */
typedef struct tdm__glossary {
    const tdm__glossary_entry *entries; /* by abbreviation, then meaning; one may have several meanings */
    size_t count;
} tdm__glossary;

/*
 * Adds the entries of a CSV. They live in `arena`.
 *
 * TDM_OK; TDM_ENCODING, TDM_INVALID_INPUT with file and line; TDM_TOO_LARGE: over 10,000 entries;
 * TDM_NO_MEMORY.
 */
tdm_status tdm__glossary_add(tdm__glossary *glossary, tdm__arena *arena, tdm_str csv, tdm_str file,
                             tdm_error *error);
/* Whether an abbreviation is explained; capitals and small letters are two. `glossary` may be NULL. */
bool tdm__glossary_explains(const tdm__glossary *glossary, tdm_str abbreviation);
/* Sets found[i] where the abbreviation of entry i stands in the text as a word of its own. */
void tdm__glossary_look(bool *found, const tdm__glossary *glossary, tdm_str text);

#endif
