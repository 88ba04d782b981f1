/*
 * Packing of texts for those who accept it.
 */
#include "gzip.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum { WORTH_BYTES = 1024, BLOCK_BYTES = 16 * 1024, LEVEL = 5, GZIP_WINDOW = 15 + 16 };

static size_t trimmed(const char **text, size_t length)
{
    while (length > 0 && (**text == ' ' || **text == '\t')) {
        (*text)++;
        length--;
    }
    while (length > 0 && ((*text)[length - 1] == ' ' || (*text)[length - 1] == '\t'))
        length--;
    return length;
}

/* ";q=0", ";q=0.000": not wanted. */
static bool is_refused(const char *weight, size_t length)
{
    bool named = false;
    for (size_t i = 0; i < length; i++) {
        if (weight[i] == 'q' || weight[i] == 'Q')
            named = true;
        else if (named && weight[i] >= '1' && weight[i] <= '9')
            return false;
    }
    return named;
}

bool gzip_is_accepted(const char *header)
{
    while (header && *header) {
        size_t length = strcspn(header, ","), name_length = strcspn(header, ",;");
        const char *name = header;
        if (trimmed(&name, name_length) == 4 && strncasecmp(name, "gzip", 4) == 0)
            return !is_refused(header + name_length, length - name_length);
        header += length;
        header += *header == ',';
    }
    return false;
}

bool gzip_is_worth(const char *media_type, uint64_t length)
{
    return length >= WORTH_BYTES && (strncmp(media_type, "text/", 5) == 0 || strstr(media_type, "json") ||
                                     strstr(media_type, "svg+xml"));
}

static bool begin(z_stream *stream)
{
    memset(stream, 0, sizeof *stream);
    return deflateInit2(stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK;
}

char *gzip_bytes(size_t *packed_length, const char *bytes, size_t length)
{
    z_stream stream;
    *packed_length = 0;
    if (length > INT32_MAX || !begin(&stream))
        return NULL;
    char *packed = malloc(length);
    /* zlib only reads from next_in, though its type does not say so. */
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)length;
    bool shorter = packed && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *packed_length = shorter ? stream.total_out : 0;
    deflateEnd(&stream);
    if (!shorter) {
        free(packed);
        packed = NULL;
    }
    return packed;
}

/* All that the block gives, to `to`. */
static tdm_status pack_block(z_stream *stream, spool *to, char *block, size_t length, bool last)
{
    char packed[BLOCK_BYTES];
    tdm_status status = TDM_OK;
    stream->next_in = (Bytef *)block;
    stream->avail_in = (uInt)length;
    do {
        stream->next_out = (Bytef *)packed;
        stream->avail_out = sizeof packed;
        (void)deflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
        status = spool_add(to, packed, sizeof packed - stream->avail_out);
    } while (status == TDM_OK && stream->avail_out == 0);
    return status;
}

tdm_status gzip_spool(spool *s)
{
    z_stream stream;
    char block[BLOCK_BYTES];
    size_t got;
    spool packed;
    if (!begin(&stream))
        return TDM_NO_MEMORY;
    spool_init(&packed);
    tdm_status status = TDM_OK;
    for (uint64_t at = 0; status == TDM_OK && at < s->length; at += got) {
        status = spool_read(&got, s, at, block, sizeof block);
        if (status == TDM_OK)
            status = pack_block(&stream, &packed, block, got, at + got == s->length);
    }
    deflateEnd(&stream);
    if (status == TDM_OK) {
        spool_free(s);
        *s = packed;
    } else {
        spool_free(&packed);
    }
    return status;
}
