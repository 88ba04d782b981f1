/*
 * The three small tables that are laid beside a scorecard: areas and their children, figures of others to
 * compare with, commentary. CSV with a heading; columns are found by their names, in any order, others are
 * passed over. What is wrong is named by file, row and column. Internal to the layer.
 */
#ifndef TDM_API_CARD_FILES_H
#define TDM_API_CARD_FILES_H

#include "engine/scorecard.h"

#define TDM__CARD_FILE_BYTES_MAX (8u * 1024u * 1024u)
#define TDM__CARD_ROWS_MAX       100000u

/* A table's text, UTF-8 with or without a BOM, and the name by which it is spoken of. */
typedef struct tdm__card_file {
    tdm_str name, text;
} tdm__card_file;

typedef struct tdm__card_areas {
    tdm__area *areas; /* by code */
    size_t area_count;
    tdm_str *neighbours; /* codes of areas that are compared with and counted nowhere */
    size_t neighbour_count;
} tdm__card_areas;

/*
 * Columns code, name, population (of children; may be empty), and neighbour (yes or no), which may lack.
 * Everything lives in the arena, as below.
 *
 * TDM_OK; TDM_INVALID_INPUT: a column missing, an empty or second code, a population that is no number;
 * TDM_ENCODING; TDM_TOO_LARGE: more rows than TDM__CARD_ROWS_MAX; TDM_NO_MEMORY.
 */
tdm_status tdm__card_read_areas(tdm__card_areas *out, tdm__arena *arena, const tdm__card_file *file,
                                tdm_error *error);

typedef struct tdm__card_peers {
    tdm__peer_figure *items; /* as they come, those too that cannot be */
    size_t count;
    size_t not_published; /* rows whose numbers are signs for "not published" or empty: in no item */
} tdm__card_peers;

/* Columns measure, year, area_code, area, numerator, denominator. Statuses as above; a numerator over its
 * denominator is none of them. */
tdm_status tdm__card_read_peers(tdm__card_peers *out, tdm__arena *arena, const tdm__card_file *file,
                                tdm_error *error);
/* Of a list of areas with neighbours: leaves only their figures and those of the areas themselves. Without
 * neighbours all stay. */
void tdm__card_only_neighbours(tdm__card_peers *peers, const tdm__card_areas *areas);

/* Columns measure, group, period, text; group and period may be empty: everything, the whole period.
 * TDM_INVALID_INPUT too for a measure that there is not, or a second text at one place. */
tdm_status tdm__card_read_comments(tdm__card_comment **out, size_t *count, tdm__arena *arena,
                                   const tdm__card_file *file, const tdm__measures *measures,
                                   tdm_error *error);

#endif
