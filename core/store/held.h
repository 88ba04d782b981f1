/*
 * A store held alone, so that another file can take its place, and the names that are used beside it
 * meanwhile.
 */
#ifndef TDM_STORE_HELD_H
#define TDM_STORE_HELD_H

#include "store/connection.h"

/* What stood at the store's place until it was closed anew goes by this name until it is overwritten. */
#define TDM__STORE_ASIDE_SUFFIX ".old"
/* What stood there until another store was put in its place goes by this name for a moment, and then by the
 * one that it keeps: never one that is overwritten. */
#define TDM__STORE_REPLACED_SUFFIX ".replaced"

typedef struct tdm__held_store {
    const tdm_context *context;
    const char *path;
    tdm__arena arena;
    const char *made;     /* what is to take its place is written here */
    const char *aside;    /* TDM__STORE_ASIDE_SUFFIX */
    const char *replaced; /* TDM__STORE_REPLACED_SUFFIX */
    tdm__store from;      /* db NULL: nothing is held */
} tdm__held_store;

/* Names alone; ended with tdm__held_end whatever it gives. TDM_NO_MEMORY. */
tdm_status tdm__held_begin(tdm__held_store *held, const tdm_context *context, const char *path,
                           tdm_error *error);
void tdm__held_end(tdm__held_store *held);
/* The path with something behind it, in the arena; NULL: no memory. */
const char *tdm__held_beside(tdm__held_store *held, const char *path, const char *suffix);

/*
 * Nobody else has the store open from here on, nor can open it. Its log is folded in and stays, empty:
 * whoever opens what takes its place may use the log before this connection goes, which would otherwise take
 * it away. What was left of a store that was stopped being replaced and is this very file loses that name.
 *
 * TDM_STORE: in use, damaged; what tdm__store_open gives.
 */
tdm_status tdm__held_take(tdm__held_store *held, tdm_error *error);
/* The same of a file that SQLite cannot read: nothing of it or of its log is looked at or changed. */
tdm_status tdm__held_take_damaged(tdm__held_store *held, tdm_error *error);

/* An empty file to be written, under its one name from the start, so that whoever comes after a kill finds
 * what it left. Only whoever holds the store makes one. */
tdm_status tdm__held_make(tdm__held_store *held, tdm_error *error);
/* Takes away what was made, and what SQLite left beside it. */
tdm_status tdm__held_clear_made(tdm__held_store *held, tdm_error *error);

#endif
