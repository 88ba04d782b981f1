/*
 * A live store over the rich chronology, and what the suites of its subjects do again and again.
 */
#ifndef TDM_TESTS_STORE_LIVING_H
#define TDM_TESTS_STORE_LIVING_H

#include "store/accounts.h"
#include "store/fixture.h"
#include "store/live.h"

typedef struct living {
    fixture f;
    tdm__live *live;
    tdm__arena arena;
    tdm_error error; /* of the last call that was given it */
} living;

/* The store of fixture_write(WHOLE): children child-a, child-b (household h1) and child-c. */
void living_open(living *l);
/* Something of child-b in every table that names a child; the account ann. */
void living_fill(living *l);
void living_close(living *l);

tdm__work *living_read(living *l);
tdm__work *living_write(living *l);
void living_keep(tdm__work *work); /* commits, must work, and ends it */

/* An account of that name, committed. */
void living_add_user(living *l, const char *name, const char *team);
int64_t living_count(living *l, const char *sql); /* as another program sees the store */

/* Opens the store with an allocator that may fail, runs `body` in a piece of work that writes, and takes all
 * of it back. */
typedef tdm_status (*living_body)(tdm__work *work, tdm__arena *arena);
tdm_status living_try(living *l, const tdm_allocator *allocator, living_body body);

#define ck_assert_fine(status, l)                                                                            \
    do {                                                                                                     \
        tdm_status fine_status = (status);                                                                   \
        ck_assert_msg(fine_status == TDM_OK, "%s: %s", tdm_status_name(fine_status), (l)->error.message);    \
    } while (0)
#define ck_assert_text(text, expected)                                                                       \
    ck_assert_msg(tdm__str_equal(text, tdm__str(expected)), "'%.*s' is not '%s'", TDM_STR_ARGS(text),        \
                  expected)

#endif
