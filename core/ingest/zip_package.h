/*
 * A zip file in memory as Office writes them: parts found by name, their bytes handed out in pieces
 * under one cap for the whole file, and the relations between parts. Nothing else sees libzip.
 */
#ifndef TDM_INGEST_ZIP_PACKAGE_H
#define TDM_INGEST_ZIP_PACKAGE_H

#include "ingest/reader.h"

/*
 * What a file may unpack to, and what may be made of it: so many times its own size and a little for
 * small ones, and never more than an absolute limit. Workbooks of returns unpack to 5 to 30 times.
 */
#define TDM__PACKAGE_RATIO     100u
#define TDM__PACKAGE_FLOOR     (4u * 1024u * 1024u)
#define TDM__PACKAGE_BYTES_MAX (UINT64_C(512) * 1024u * 1024u)
#define TDM__PACKAGE_PARTS_MAX 16384
#define TDM__RELATIONS_MAX     65536

typedef struct tdm__package tdm__package;
typedef struct tdm__package_part tdm__package_part; /* being read */

/*
 * Opens the content of a file, which stays where it is meanwhile.
 *
 * TDM_OK; TDM_INVALID_INPUT (cut off, damaged); TDM_TOO_LARGE (too many parts); TDM_NO_MEMORY.
 */
tdm_status tdm__package_open(tdm__package **out, tdm__return *file, tdm_error *error);
void tdm__package_close(tdm__package *package); /* accepts NULL */
bool tdm__package_has(const tdm__package *package, const char *name);
tdm__return *tdm__package_file(const tdm__package *package);
/* Bytes that may still come, of parts and of what is made of them. */
uint64_t *tdm__package_bytes_left(tdm__package *package);

/*
 * Opens a part. `what` is how errors call it.
 *
 * TDM_OK; TDM_INVALID_INPUT when there is none; TDM_UNSUPPORTED when it is encrypted; TDM_NO_MEMORY.
 */
tdm_status tdm__package_part_open(tdm__package_part **out, tdm__package *package, const char *name,
                                  const char *what, tdm_error *error);
/*
 * The next piece, in a block of the part's; empty at the end.
 *
 * TDM_INVALID_INPUT (damaged), TDM_TOO_LARGE (the file unpacks to too much), TDM_NO_MEMORY.
 */
tdm_status tdm__package_part_next(tdm_str *out, tdm__package_part *part, tdm_error *error);
void tdm__package_part_close(tdm__package_part *part); /* accepts NULL */

/* A relation of a part: where it leads, and the last word of its type ("worksheet"). */
typedef struct tdm__relation {
    tdm_str id, type;
    const char *target; /* name of a part, from the root */
} tdm__relation;

typedef struct tdm__relations {
    tdm__relation *items;
    size_t count, capacity;
    const tdm_allocator *allocator;
    tdm__arena arena;
    const char *folder; /* of the part they are of, with a slash behind it */
} tdm__relations;

/* Relations of the part of that name ("" for those of the file); none when it has none. */
tdm_status tdm__relations_read(tdm__relations *out, tdm__package *package, const char *part,
                               tdm_error *error);
void tdm__relations_free(tdm__relations *relations);
/* The first of the type, or the one with the id; NULL: none. */
const tdm__relation *tdm__relation_of_type(const tdm__relations *relations, const char *type);
const tdm__relation *tdm__relation_of_id(const tdm__relations *relations, tdm_str id);
/* The name of the part that the file is about, in the arena; what Office always calls it where nothing says
 * so. */
tdm_status tdm__package_main_part(const char **out, tdm__package *package, tdm__arena *arena,
                                  const char *usual, tdm_error *error);
/* Says that the file carries macros, which nothing here looks at. */
tdm_status tdm__note_macros(tdm__return *file);

#endif
