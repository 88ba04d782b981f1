/*
 * What the harnesses of workbooks and documents share: bytes that are no zip file are packed, unpacked
 * as they are, with the parts that they need around them.
 */
#ifndef TDM_TESTS_FUZZ_OFFICE_TARGET_H
#define TDM_TESTS_FUZZ_OFFICE_TARGET_H

#include "ingest_target.h"

#define OFFICE_SHEET     "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define OFFICE_PACKAGE   "http://schemas.openxmlformats.org/package/2006/relationships"

typedef struct office_part {
    const char *name;
    const char *content; /* NULL: the input */
} office_part;

static inline void put_number(tdm__text *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        tdm__text_char(out, (char)(number >> (8 * i) & 0xff));
}

static inline uint32_t crc_of(tdm_str bytes)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < bytes.length; i++) {
        crc ^= (unsigned char)bytes.data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

/* What a part's own header and its row in the list at the end have in common. */
static inline void put_header(tdm__text *out, tdm_str name, tdm_str content)
{
    put_number(out, 20, 2);
    put_number(out, 0, 4); /* no flags, stored */
    put_number(out, 0x00210000, 4);
    put_number(out, crc_of(content), 4);
    put_number(out, (uint32_t)content.length, 4);
    put_number(out, (uint32_t)content.length, 4);
    put_number(out, (uint32_t)name.length, 2);
    put_number(out, 0, 2);
}

static inline tdm_str part_content(const office_part *part, tdm_str input)
{
    return part->content ? tdm__str(part->content) : input;
}

static inline void put_package(tdm__text *out, const office_part *parts, size_t count, tdm_str input)
{
    uint32_t starts[8];
    for (size_t i = 0; i < count; i++) {
        starts[i] = (uint32_t)out->length;
        put_number(out, 0x04034b50, 4);
        put_header(out, tdm__str(parts[i].name), part_content(&parts[i], input));
        tdm__text_puts(out, parts[i].name);
        tdm__text_add(out, part_content(&parts[i], input));
    }
    uint32_t list = (uint32_t)out->length;
    for (size_t i = 0; i < count; i++) {
        put_number(out, 0x02014b50, 4);
        put_number(out, 20, 2);
        put_header(out, tdm__str(parts[i].name), part_content(&parts[i], input));
        put_number(out, 0, 2);
        put_number(out, 0, 4);
        put_number(out, 0, 4);
        put_number(out, starts[i], 4);
        tdm__text_puts(out, parts[i].name);
    }
    uint32_t length = (uint32_t)out->length - list;
    put_number(out, 0x06054b50, 4);
    put_number(out, 0, 4);
    put_number(out, (uint32_t)count, 2);
    put_number(out, (uint32_t)count, 2);
    put_number(out, length, 4);
    put_number(out, list, 4);
    put_number(out, 0, 2);
}

static inline void read_office(const char *format, const office_part *parts, size_t count, tdm_str input,
                               tdm_str map)
{
    tdm__text packed;
    if (input.length >= 2 && input.data[0] == 'P' && input.data[1] == 'K') {
        read_input(format, input, map);
        return;
    }
    tdm__text_init(&packed, &tdm__malloc_allocator);
    put_package(&packed, parts, count, input);
    if (packed.failed)
        abort();
    read_input(format, tdm__text_str(&packed), map);
    tdm__text_free(&packed);
}

#endif
