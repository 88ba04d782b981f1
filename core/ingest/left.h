/*
 * Files of returns that stay where they are: long CSV is read in stretches, and its texts when they are
 * shown. Every other file is read as a whole.
 */
#ifndef TDM_INGEST_LEFT_H
#define TDM_INGEST_LEFT_H

#include "ingest/reader.h"

/* Shorter files are read as a whole: their bytes are no burden, and reading texts one by one takes longer. */
#define TDM__LEFT_FROM ((uint64_t)16 << 20)

/*
 * Opens the file of a return. One that may be left gets `left`, and its first bytes as `content`; any other
 * its `content`. `root` and `path` as in tdm__file_read, which says what can fail.
 */
tdm_status tdm__return_open(tdm__return *file, const char *root, const char *path, tdm_error *error);
/* Looks at every byte of a file that is left, and hashes it where no thread will: TDM_ENCODING for zero
 * bytes; one that is not UTF-8 is loaded. */
tdm_status tdm__left_look(tdm__return *file, tdm_error *error);
/* Reads a file that is left as a whole after all. Nothing to do for another. TDM_IO, TDM_NO_MEMORY. */
tdm_status tdm__left_load(tdm__return *file, tdm_error *error);

#endif
