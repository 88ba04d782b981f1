/*
 * Words that people write over columns and in cells, and what of ours they mean: scripts/maps/headings.csv
 * and values.csv, beside the titles of the vocabulary. Matching only; what is made of a match is
 * map_suggest*.c's.
 */
#ifndef TDM_INGEST_MAP_WORDS_H
#define TDM_INGEST_MAP_WORDS_H

#include "ingest/draft.h"

typedef struct tdm__heading_word {
    tdm_str plain; /* as tdm__plain_words makes it */
    tdm_str to;    /* as a map writes the field; "": known, and no part of an event */
    tdm__field field;
    uint32_t fact; /* in the vocabulary; TDM_NO_INDEX */
} tdm__heading_word;

typedef struct tdm__value_word {
    tdm__field field;
    tdm_str plain;
    tdm_str ours;
} tdm__value_word;

typedef struct tdm__map_words {
    tdm__arena arena;
    tdm__heading_word *headings; /* of two for one field the earlier goes first */
    size_t heading_count, heading_capacity;
    tdm__value_word *values;
    size_t value_count, value_capacity;
} tdm__map_words;

/* How near a word is to one that is known; the smaller the nearer. */
typedef enum tdm__nearness { TDM__SAME, TDM__CLOSE, TDM__IN_PART, TDM__NOWHERE_NEAR } tdm__nearness;

/* Reads both tables. Free it with tdm__map_words_free whatever happens. TDM_INVALID_INPUT with file and line.
 */
tdm_status tdm__map_words_parse(tdm__map_words *words, const tdm_allocator *allocator,
                                const tdm_vocabulary *vocabulary, tdm_str headings, tdm_str values,
                                tdm_error *error);
void tdm__map_words_free(tdm__map_words *words);

/* Words alone: folded, without punctuation, "ChildID" and "child_id" as "child id". TDM_NO_MEMORY. */
tdm_status tdm__plain_words(tdm__text *out, tdm_str written);

/* Whether the cells below a heading are such as the word says. */
typedef bool (*tdm__word_fits)(const tdm__heading_word *word, const void *payload);
/* The word that a heading is nearest to, both in plain words, of those that fit; NULL: none. */
const tdm__heading_word *tdm__heading_near(tdm__nearness *nearness, const tdm__map_words *words,
                                           tdm_str plain, tdm__word_fits fits, const void *payload);
/* Our value for theirs in plain words; "" and TDM__NOWHERE_NEAR: none, or two that are as near. */
tdm_str tdm__value_near(tdm__nearness *nearness, const tdm__map_words *words, tdm__field field,
                        tdm_str plain);

#endif
