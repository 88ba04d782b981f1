/*
 * Bytes of one request or answer: in memory while they are few, then in a file without a name.
 */
#include "spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void spool_init(spool *s)
{
    *s = (spool){.fd = -1};
}

void spool_free(spool *s)
{
    buffer_free(&s->memory);
    if (s->fd >= 0)
        close(s->fd);
    spool_init(s);
}

static tdm_status write_whole(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return TDM_IO;
        bytes += written;
        length -= (size_t)written;
    }
    return TDM_OK;
}

/* mkstemp makes it 0600, and it has no name a moment later. */
static tdm_status move_to_file(spool *s)
{
    char path[4096];
    const char *folder = getenv("TMPDIR");
    int written = snprintf(path, sizeof path, "%s/tidemark-XXXXXX", folder && folder[0] ? folder : "/tmp");
    if (written < 0 || (size_t)written >= sizeof path)
        return TDM_IO;
    s->fd = mkstemp(path);
    if (s->fd < 0)
        return TDM_IO;
    unlink(path);
    tdm_status status = write_whole(s->fd, s->memory.bytes, s->memory.used);
    buffer_free(&s->memory);
    return status;
}

tdm_status spool_add(spool *s, const char *bytes, size_t length)
{
    tdm_status status = TDM_OK;
    if (s->fd < 0 && s->memory.used + length > SPOOL_MEMORY_BYTES)
        status = move_to_file(s);
    if (status != TDM_OK)
        return status;
    s->length += length;
    if (s->fd >= 0)
        return write_whole(s->fd, bytes, length);
    buffer_add(&s->memory, bytes, length);
    return s->memory.failed ? TDM_NO_MEMORY : TDM_OK;
}

tdm_status spool_read(size_t *got, const spool *s, uint64_t at, char *bytes, size_t length)
{
    *got = 0;
    if (at >= s->length)
        return TDM_OK;
    if (length > s->length - at)
        length = (size_t)(s->length - at);
    if (s->fd < 0) {
        memcpy(bytes, s->memory.bytes + at, length);
        *got = length;
        return TDM_OK;
    }
    while (*got < length) {
        ssize_t taken = pread(s->fd, bytes + *got, length - *got, (off_t)(at + *got));
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken <= 0)
            return TDM_IO;
        *got += (size_t)taken;
    }
    return TDM_OK;
}

tdm_status spool_sink(const char *bytes, size_t length, void *payload)
{
    return spool_add(payload, bytes, length);
}
