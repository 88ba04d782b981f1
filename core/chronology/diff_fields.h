/*
 * The fields of a row and of a child by which two versions differ. Internal to the layer.
 */
#ifndef TDM_CHRONOLOGY_DIFF_FIELDS_H
#define TDM_CHRONOLOGY_DIFF_FIELDS_H

#include "chronology/diff.h"

/* Fields in which two rows, or two children, differ; in the arena. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__diff_row_fields(const tdm__field_change **out, size_t *count,
                                const tdm__chronology_diff *diff, uint32_t before, uint32_t after,
                                tdm__arena *arena);
tdm_status tdm__diff_child_fields(const tdm__field_change **out, size_t *count, const tdm__child *before,
                                  const tdm__child *after, tdm__arena *arena);

#endif
