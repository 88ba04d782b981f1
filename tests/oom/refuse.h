/*
 * Memory that is refused on request: a replacement of malloc, calloc and realloc in this executable.
 */
#ifndef TDM_TESTS_OOM_REFUSE_H
#define TDM_TESTS_OOM_REFUSE_H

#include <stdbool.h>

/* Counts from now on and refuses request number `from` (1: the first; 0: none), or each one from it on. */
void refuse_start(long from, bool all_after);

/* Stops refusing. Returns how many requests there were. */
long refuse_stop(void);

/* Blocks held by the process now, or -1 where a sanitizer looks after leaks. */
long refuse_blocks_held(void);

#endif
