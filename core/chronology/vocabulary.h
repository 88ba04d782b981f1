/*
 * The vocabulary: kinds of event, facts they may carry, agencies. Read from the three tables under
 * scripts/vocabulary/; indices are the order of the rows and stay within one process.
 */
#ifndef TDM_CHRONOLOGY_VOCABULARY_H
#define TDM_CHRONOLOGY_VOCABULARY_H

#include "base/hash.h"
#include <tidemark/chronology.h>

#define TDM_NO_EPISODE         (-1)
#define TDM_NO_LADDER          (-1)
#define TDM_LADDER_MAX         7
#define TDM_KINDS_MAX          1024
#define TDM_FACTS_MAX          64 /* registered ones; an unknown key gets a column of its own beyond them */
#define TDM_TOLERANCE_DAYS_MAX 7

/* The facts that say how a row may be shared, not what happened: every kind may carry them. */
#define TDM__LIMITED_TO    "limited_to"    /* agencies that may see it, beside the one that wrote it */
#define TDM__SHARING_BASIS "sharing_basis" /* on what it was shared */

typedef enum tdm__fact_type {
    TDM__FACT_CODE,
    TDM__FACT_YES_NO, /* number 1 or 0 */
    TDM__FACT_COUNT,  /* number */
    TDM__FACT_DATE,   /* number: a tdm_day */
    TDM__FACT_TIME,   /* number: minute of the day */
    TDM__FACT_LIST,   /* codes separated by one space */
    TDM__FACT_TEXT_CODE
} tdm__fact_type;

typedef struct tdm__kind {
    tdm_str code;
    tdm_str title;
    int32_t opens; /* index of an episode name, or TDM_NO_EPISODE */
    int32_t closes;
    uint64_t ends;  /* bits: episodes that are over with it though nothing else ended them (a case's closure
                       ends its assessments; a conference ends its enquiry) */
    int32_t ladder; /* level of response 0 to 7, or TDM_NO_LADDER */
    bool concern;   /* counts as a concern where no polarity is stated */
    bool strength;  /* a strength, likewise */
    bool joins;     /* a start while one of the same episode is open opens no second one (a referral) */
    uint64_t facts; /* bit per registered fact that this kind may carry */
    uint32_t incident_group; /* kinds of one group may tell one incident; TDM_NO_INDEX: with no other entry */
    int32_t tolerance_days;  /* by which such entries may lie apart, 0 to TDM_TOLERANCE_DAYS_MAX */
} tdm__kind;

typedef struct tdm__fact {
    tdm_str key;
    tdm__fact_type type;
    tdm_str unit;
    tdm_str codes; /* as the table describes them */
} tdm__fact;

typedef struct tdm__agency {
    tdm_str code;
    tdm_str title;
    tdm_str group;
} tdm__agency;

struct tdm_vocabulary {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm__dictionary kind_codes, fact_keys, agency_codes, episode_names, incident_groups;
    tdm__kind *kinds;
    tdm__fact *facts;
    tdm__agency *agencies;
    size_t kind_count, fact_count, agency_count;
    uint64_t sharing_facts; /* bits of the two */
    uint32_t kind_other;    /* index of the kind "other" */
};

/* TDM_NO_INDEX when there is none of that code. */
uint32_t tdm__vocabulary_kind(const tdm_vocabulary *vocabulary, tdm_str code);
uint32_t tdm__vocabulary_fact(const tdm_vocabulary *vocabulary, tdm_str key);
uint32_t tdm__vocabulary_agency(const tdm_vocabulary *vocabulary, tdm_str code);
/* Index of an episode name ("cp-plan"), TDM_NO_INDEX. */
uint32_t tdm__vocabulary_episode(const tdm_vocabulary *vocabulary, tdm_str name);

/* Themes: bit numbers of tdm__event_input.themes, in the order of the table in the code. */
uint32_t tdm__theme_count(void);
const char *tdm__theme_code(uint32_t theme); /* "physical", "educational", ... "exploitation" */
int32_t tdm__theme_find(tdm_str code);       /* -1: none */

#endif
