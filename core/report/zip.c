/*
 * The zip file: local headers, deflated parts, their sizes behind them, the central directory. The only file
 * that sees zlib.
 */
#include "report/zip.h"

#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#define OUT_BYTES        16384u
#define FIRST_DAY        0x0021u /* 1 January 1980, midnight, as the format writes it */
#define VERSION          20u     /* of the format that a reader needs: deflate and folders */
#define SIZES_BEHIND     0x0008u /* sizes and checksum stand behind the part */
#define LOCAL_HEADER     0x04034B50u
#define SIZES_HEADER     0x08074B50u
#define DIRECTORY_HEADER 0x02014B50u
#define END_HEADER       0x06054B50u

typedef struct zip_part {
    const char *name;
    uint32_t checksum;
    uint64_t size, packed, offset;
} zip_part;

struct tdm__zip {
    const tdm_allocator *allocator;
    tdm_sink sink;
    tdm_status status;
    z_stream stream;
    bool has_stream;
    bool is_open; /* the last part is not ended */
    uint64_t offset;
    zip_part parts[TDM__ZIP_PARTS];
    size_t part_count;
    unsigned char out[OUT_BYTES];
};

static void *stream_alloc(void *payload, unsigned count, unsigned size)
{
    return tdm__alloc_zeroed(payload, count, size);
}

static void stream_free(void *payload, void *block)
{
    tdm__free(payload, block);
}

tdm_status tdm__zip_new(tdm__zip **out, const tdm_allocator *allocator, tdm_sink sink)
{
    tdm__zip *zip = tdm__alloc_zeroed(allocator, 1, sizeof *zip);
    *out = NULL;
    if (!zip)
        return TDM_NO_MEMORY;
    zip->allocator = allocator;
    zip->sink = sink;
    zip->stream.zalloc = stream_alloc;
    zip->stream.zfree = stream_free;
    zip->stream.opaque = (void *)(uintptr_t)allocator;
    if (deflateInit2(&zip->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        tdm__zip_free(zip);
        return TDM_NO_MEMORY;
    }
    zip->has_stream = true;
    *out = zip;
    return TDM_OK;
}

void tdm__zip_free(tdm__zip *zip)
{
    if (!zip)
        return;
    if (zip->has_stream)
        deflateEnd(&zip->stream);
    tdm__free(zip->allocator, zip);
}

static void put_bytes(tdm__zip *zip, const void *bytes, size_t length)
{
    if (zip->status == TDM_OK && length > 0)
        zip->status = tdm__sink_write(zip->sink, (tdm_str){bytes, length});
    zip->offset += length;
}

/* A number of `width` bytes, the lowest first. */
static void put_number(tdm__zip *zip, uint64_t number, size_t width)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < width; i++)
        bytes[i] = (unsigned char)(number >> (8 * i) & 0xFF);
    put_bytes(zip, bytes, width);
}

static void put_sizes(tdm__zip *zip, const zip_part *part)
{
    put_number(zip, part->checksum, 4);
    put_number(zip, part->packed, 4);
    put_number(zip, part->size, 4);
}

/* What a local header and the directory say alike; sizes are zero where they stand behind the part. */
static void put_description(tdm__zip *zip, const zip_part *part, const zip_part *sizes)
{
    put_number(zip, VERSION, 2);
    put_number(zip, SIZES_BEHIND, 2);
    put_number(zip, Z_DEFLATED, 2);
    put_number(zip, 0, 2);
    put_number(zip, FIRST_DAY, 2);
    put_sizes(zip, sizes);
    put_number(zip, strlen(part->name), 2);
    put_number(zip, 0, 2); /* nothing extra */
}

/* Packs what the stream was given; with Z_FINISH, to its end. */
static void pack(tdm__zip *zip, int flush)
{
    zip_part *part = &zip->parts[zip->part_count - 1];
    do {
        zip->stream.next_out = zip->out;
        zip->stream.avail_out = OUT_BYTES;
        if (deflate(&zip->stream, flush) == Z_STREAM_ERROR)
            zip->status = TDM_INTERNAL;
        size_t length = OUT_BYTES - zip->stream.avail_out;
        put_bytes(zip, zip->out, length);
        part->packed += length;
    } while (zip->status == TDM_OK && zip->stream.avail_out == 0);
}

static tdm_status write_part(const char *bytes, size_t length, void *payload)
{
    tdm__zip *zip = payload;
    zip_part *part = &zip->parts[zip->part_count - 1];
    if (zip->status == TDM_OK && (!zip->is_open || part->size + length > UINT32_MAX))
        zip->status = zip->is_open ? TDM_TOO_LARGE : TDM_INTERNAL;
    while (length > 0 && zip->status == TDM_OK) {
        unsigned taken = length > UINT32_MAX / 2 ? UINT32_MAX / 2 : (unsigned)length;
        zip->stream.next_in = (const Bytef *)bytes;
        zip->stream.avail_in = taken;
        part->checksum = (uint32_t)crc32(part->checksum, (const Bytef *)bytes, taken);
        part->size += taken;
        pack(zip, Z_NO_FLUSH);
        bytes += taken;
        length -= taken;
    }
    return zip->status;
}

static void end_part(tdm__zip *zip)
{
    if (!zip->is_open)
        return;
    zip->is_open = false;
    zip->stream.next_in = NULL;
    zip->stream.avail_in = 0;
    pack(zip, Z_FINISH);
    put_number(zip, SIZES_HEADER, 4);
    put_sizes(zip, &zip->parts[zip->part_count - 1]);
    deflateReset(&zip->stream);
}

tdm_sink tdm__zip_part(tdm__zip *zip, const char *name)
{
    static const zip_part not_known = {NULL, 0, 0, 0, 0};
    end_part(zip);
    if (zip->part_count == TDM__ZIP_PARTS) {
        zip->status = TDM_INTERNAL;
        return (tdm_sink){write_part, zip};
    }
    zip_part *part = &zip->parts[zip->part_count++];
    *part = (zip_part){.name = name, .offset = zip->offset};
    zip->is_open = true;
    put_number(zip, LOCAL_HEADER, 4);
    put_description(zip, part, &not_known);
    put_bytes(zip, name, strlen(name));
    return (tdm_sink){write_part, zip};
}

static void put_directory_row(tdm__zip *zip, const zip_part *part)
{
    put_number(zip, DIRECTORY_HEADER, 4);
    put_number(zip, VERSION, 2); /* made by */
    put_description(zip, part, part);
    put_number(zip, 0, 2); /* no comment */
    put_number(zip, 0, 2); /* on the first disk */
    put_number(zip, 0, 2); /* no attributes, of either kind */
    put_number(zip, 0, 4);
    put_number(zip, part->offset, 4);
    put_bytes(zip, part->name, strlen(part->name));
}

tdm_status tdm__zip_end(tdm__zip *zip)
{
    end_part(zip);
    uint64_t start = zip->offset;
    for (size_t i = 0; i < zip->part_count; i++)
        put_directory_row(zip, &zip->parts[i]);
    uint64_t length = zip->offset - start;
    put_number(zip, END_HEADER, 4);
    put_number(zip, 0, 4); /* one disk */
    put_number(zip, zip->part_count, 2);
    put_number(zip, zip->part_count, 2);
    put_number(zip, length, 4);
    put_number(zip, start, 4);
    put_number(zip, 0, 2); /* no comment */
    if (zip->status == TDM_OK && zip->offset > UINT32_MAX)
        zip->status = TDM_TOO_LARGE;
    return zip->status;
}
