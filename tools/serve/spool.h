/*
 * Bytes of one request or answer: in memory while they are few, then in a file without a name that
 * nobody else can open. Memory therefore does not grow with what is sent or asked for.
 */
#ifndef TIDEMARK_SERVE_SPOOL_H
#define TIDEMARK_SERVE_SPOOL_H

#include "buffer.h"

#include <tidemark/base.h>

enum { SPOOL_MEMORY_BYTES = 64 * 1024 };

typedef struct spool {
    buffer memory;   /* empty once there is a file */
    int fd;          /* -1: none */
    uint64_t length; /* of all */
} spool;

void spool_init(spool *s);
void spool_free(spool *s);
/* TDM_OK; TDM_NO_MEMORY; TDM_IO when the file cannot be made or written (a full disk). */
tdm_status spool_add(spool *s, const char *bytes, size_t length);
/* Reads from `at`; *got is less than `length` at the end only. TDM_OK; TDM_IO. */
tdm_status spool_read(size_t *got, const spool *s, uint64_t at, char *bytes, size_t length);
/* Adds to the spool that is the payload: a sink's function. */
tdm_status spool_sink(const char *bytes, size_t length, void *payload);

#endif
