/*
 * Packing of texts for those who accept it.
 */
#ifndef TIDEMARK_SERVE_GZIP_H
#define TIDEMARK_SERVE_GZIP_H

#include "spool.h"

/* Whether an Accept-Encoding header (NULL: none) takes gzip. */
bool gzip_is_accepted(const char *header);
/* Text, and long enough that packing saves more than it costs. */
bool gzip_is_worth(const char *media_type, uint64_t length);
/* malloc's; NULL where there is no memory, or it would be no shorter. */
char *gzip_bytes(size_t *packed_length, const char *bytes, size_t length);
/* In place, a block at a time. TDM_OK; TDM_NO_MEMORY; TDM_IO: the spool is as it was. */
tdm_status gzip_spool(spool *s);

#endif
