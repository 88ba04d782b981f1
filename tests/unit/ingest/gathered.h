/*
 * What the ingest tests share: inputs read into a collection, frozen, and told in lines that a test
 * can write out by hand. One line an event:
 *
 *   child occurred[=as written] kind agency row [+recorded D] [+field:value]... [facts as key=value]
 */
#ifndef TDM_TESTS_INGEST_GATHERED_H
#define TDM_TESTS_INGEST_GATHERED_H

#include "base/context.h"
#include "ingest/ingest.h"

typedef struct gathered {
    tdm_allocator allocator;
    tdm_context *context;
    tdm_vocabulary *vocabulary;
    tdm__collection collection;
    tdm_chronology *chronology; /* NULL until frozen */
    tdm__text told;
    tdm_error error;
} gathered;

/* allocator NULL: malloc. TDM_NO_MEMORY leaves something that gathered_free takes. */
tdm_status gathered_init(gathered *g, const tdm_allocator *allocator);
void gathered_free(gathered *g);
/* Content with an inline map ("" : none). */
tdm_status gathered_content(gathered *g, const char *name, const char *content, const char *map);
/* A file or folder below the project root. */
tdm_status gathered_path(gathered *g, const char *path, const char *map);
tdm_status gathered_freeze(gathered *g);
/* The events told, freezing first. Owned by g. */
const char *gathered_events(gathered *g);
/* Diagnostics as "row code column" lines, of `code` only when it is not NULL. */
const char *gathered_diagnostics(gathered *g, const char *code);
/* "rows read set-aside" of the account at `index`. */
const char *gathered_account(gathered *g, size_t index);
/* Number of events with the kind. */
int gathered_kind_count(gathered *g, const char *kind);
/* Name of the episode of the nth event (from 0) of the kind, once frozen. */
tdm_str gathered_episode(gathered *g, const char *kind, int nth);

#endif
