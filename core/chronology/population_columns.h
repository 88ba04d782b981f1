/*
 * The inside of a population: its columns and the names of its groups. Read by what makes units and what
 * parts them; nothing above the layer includes it.
 */
#ifndef TDM_CHRONOLOGY_POPULATION_COLUMNS_H
#define TDM_CHRONOLOGY_POPULATION_COLUMNS_H

#include "chronology/population.h"

/* A visible row: its date as the history cuts it. */
typedef struct tdm__population_row {
    uint32_t event, child;
    tdm_day from, to;
    uint8_t reason; /* TDM__COUNTED, NO_DATE, DATE_IN_DOUBT */
} tdm__population_row;

/* An episode, or an end that nothing starts. */
typedef struct tdm__population_episode {
    uint32_t name; /* in the vocabulary's episode names */
    uint32_t event, child;
    uint32_t end_event; /* TDM_NO_INDEX: open, or nobody can tell which of several ends is its own */
    tdm_day start_from, start_to, end_from, end_to;
    uint8_t reason;
} tdm__population_episode;

typedef struct tdm__population_prompt {
    uint32_t child;
    uint32_t number; /* among those that were given */
    tdm_str indicator, state;
    tdm_day since, decided;
} tdm__population_prompt;

/* From which day on a child is with a team: by child, then day. */
typedef struct tdm__population_team {
    uint32_t child;
    tdm_day from;
    uint32_t group;
} tdm__population_team;

struct tdm__population {
    tdm_allocator allocator;
    tdm__arena arena;
    const tdm_chronology *chronology;
    tdm_day as_of;
    tdm__population_row *rows; /* by child, then first day, then event */
    size_t row_count;
    tdm__population_episode *episodes; /* the same */
    size_t episode_count;
    uint32_t *kind_first;            /* one more than kinds: where the rows of each begin in kind_rows */
    uint32_t *kind_rows;             /* rows by kind, then as they stand */
    tdm__population_prompt *prompts; /* by child, then since, then number */
    size_t prompt_count;
    uint32_t *prompt_at; /* by number, where it stands among them */
    size_t prompt_room;
    bool has_prompts;
    tdm__groups groups[TDM__BY_TEAM + 1];
    uint32_t *agency_group;      /* by agency of the chronology */
    uint32_t *area_group;        /* by child */
    tdm__population_team *teams; /* of allocations */
    size_t team_count;
    uint32_t team_key;    /* of the fact; TDM_NO_INDEX: no column */
    uint32_t *team_group; /* by the fact's value; TDM_NO_INDEX: no visible row has it */
};

/* Fills kind_first and kind_rows, and the groups, once the rows are there. TDM_NO_MEMORY. */
tdm_status tdm__population_by_kind(tdm__population *population);
tdm_status tdm__population_find_groups(tdm__population *population);

/* The group of a unit: of its event's agency, its child's area, or its child's team on its first day. */
uint32_t tdm__population_group(const tdm__population *population, tdm__group_by by, uint32_t child,
                               uint32_t event, tdm_day start);

#endif
