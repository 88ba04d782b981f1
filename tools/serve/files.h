/*
 * The page: files that were there at the start, in memory. A name asked for is looked up in that list
 * and never reaches the file system.
 */
#ifndef TIDEMARK_SERVE_FILES_H
#define TIDEMARK_SERVE_FILES_H

#include <tidemark/base.h>

typedef struct page_file {
    char path[200]; /* as in an address: "/app/main.js" */
    const char *media_type;
    char tag[32]; /* of its content, for If-None-Match, with its quotes */
    tdm_str plain;
    char *packed; /* gzip; NULL where that gains nothing */
    size_t packed_length;
} page_file;

typedef struct page_folder page_folder;

/*
 * Reads a folder. Left out: links, names that begin with a point, other endings than those of a page.
 *
 * TDM_OK, also where there is no such folder: an empty list; TDM_TOO_LARGE; TDM_NO_MEMORY; what reading
 * gives.
 */
tdm_status pages_load(page_folder **out, tdm_context *context, const char *folder);
/* Accepts NULL. */
void pages_free(page_folder *pages, tdm_context *context);

/* The file of an address, or of the folder that it names; NULL: none. Any thread. */
const page_file *pages_find(const page_folder *pages, const char *path);

#endif
