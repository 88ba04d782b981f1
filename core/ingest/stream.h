/*
 * An input that is longer than memory: already grouped by child, or by household, it is read in blocks and
 * handed on as batches of whole children or households, each a collection of its own. What a batch holds
 * depends on the memory it may take, so nothing that is said of a child may depend on the batch.
 */
#ifndef TDM_INGEST_STREAM_H
#define TDM_INGEST_STREAM_H

#include "ingest/ingest.h"
#include "ingest/stream_order.h"

/* A batch ends with the child, or the household, that reaches one of these. */
#define TDM__STREAM_CHILDREN 2048u
#define TDM__STREAM_BYTES    ((size_t)4 * 1024 * 1024)
/* One may not take more. */
#define TDM__STREAM_CHILD_BYTES ((size_t)256 * 1024 * 1024)

/* The share of an input that one of several processes reads: number `number` of `count`, from 1. A child
 * (with its household, where grouped by it) is of the share in which its first byte lies. */
typedef struct tdm__stream_share {
    uint64_t number, count;
} tdm__stream_share;

typedef struct tdm__stream tdm__stream;

/*
 * Opens a stream and reads its heading: column headings of CSV, sources and coverage of NDJSON.
 *
 * out       set to NULL first; freed with tdm__stream_free
 * input     borrowed; a path, or content
 * grouping  of all streams of a call, borrowed: a child comes once in all of them. By household: the line of
 * a child, which says it, stands before what else is told of the child
 *
 * TDM_UNSUPPORTED: neither CSV with a map nor NDJSON; CSV by household; a share of what has no known size.
 * TDM_INVALID_INPUT: the map does not tell children or kinds apart row by row; what reading a file and a map
 * gives.
 */
tdm_status tdm__stream_open(tdm__stream **out, tdm_context *context, const tdm_vocabulary *vocabulary,
                            const tdm_date_rules *dates, const tdm__input *input, tdm__stream_share share,
                            tdm__stream_grouping *grouping, tdm_error *error);
void tdm__stream_free(tdm__stream *stream); /* accepts NULL */

/*
 * The next whole children, read into a collection that is fresh. The first batch is there even when it holds
 * no child.
 *
 * more  false: the stream is over, nothing was read
 *
 * TDM_INVALID_INPUT: not grouped, a source behind the first child, a date order that only all rows could
 * tell. TDM_TOO_LARGE: one child larger than TDM__STREAM_CHILD_BYTES. What reading gives; what the context
 * says.
 */
tdm_status tdm__stream_next(bool *more, tdm__stream *stream, tdm__collection *into, tdm_error *error);

/* Ids of the children of the batch, in the order of the stream. */
const tdm__dictionary *tdm__stream_children(const tdm__stream *stream);
/* Bytes read, and of how many; 0 where that is not known. */
void tdm__stream_progress(const tdm__stream *stream, uint64_t *done, uint64_t *total);

#endif
