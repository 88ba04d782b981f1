/*
 * What the files of the builder share: the first failure, strings that are kept, arrays that grow.
 */
#ifndef TDM_INSTRUMENT_BUILDER_H
#define TDM_INSTRUMENT_BUILDER_H

#include "instrument/instrument.h"

struct tdm__instrument_builder {
    tdm_allocator allocator;
    tdm_instrument *instrument;
    tdm_str file;      /* in the instrument's arena */
    int32_t line;      /* of the field that is being read; 0: not known */
    tdm_status status; /* the first failure */
    tdm_error error;
};

/* The first failure sticks. */
void tdm__builder_fail(tdm__instrument_builder *builder, const char *format, ...) TDM_PRINTF(2, 3);
void tdm__builder_no_memory(tdm__instrument_builder *builder);
/* A copy in the instrument's arena. */
tdm_str tdm__builder_keep(tdm__instrument_builder *builder, tdm_str text);

/* One more item of an array; on a lack of memory, which sticks, the function that says so ends. */
#define MAKE_ROOM_OR_RETURN(builder, array, count, capacity)                                                 \
    do {                                                                                                     \
        void *grown = tdm__grown(&(builder)->allocator, array, &(capacity), (count) + 1, sizeof *(array));   \
        if (!grown) {                                                                                        \
            tdm__builder_no_memory(builder);                                                                 \
            return;                                                                                          \
        }                                                                                                    \
        (array) = grown;                                                                                     \
    } while (0)

#define TDM__NO_MINIMUM INT32_MIN /* an area that gives none of its own */

extern const char *const tdm__text_names[TDM__TEXT_COUNT];
extern const char *const tdm__level_names[TDM__LEVEL_COUNT];

/* Place of a name in a table; -1 when it is not there. */
int32_t tdm__position(const char *const *names, int32_t count, tdm_str name);
/* A sub-area that got no items is graded directly: it becomes its own item. */
void tdm__builder_close_sub_area(tdm__instrument_builder *builder);

/* bands.c: finds what each set of bands is of. */
void tdm__builder_resolve_bands(tdm__instrument_builder *builder);

#endif
