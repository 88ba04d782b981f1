/*
 * The reader of office.h.
 */
#include "report/office.h"

#include "support.h"
#include <libxml/parser.h>
#include <zip.h>

static zip_t *open_zip(tdm_str file)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(file.data, file.length, 0, &error);
    ck_assert_ptr_nonnull(source);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    ck_assert_msg(zip != NULL, "%s", zip_error_strerror(&error));
    zip_error_fini(&error);
    return zip;
}

static tdm__text read_part(zip_t *zip, zip_uint64_t index)
{
    tdm__text text;
    zip_stat_t about;
    char room[4096];
    zip_int64_t got;
    tdm__text_init(&text, &tdm__malloc_allocator);
    ck_assert_int_eq(zip_stat_index(zip, index, 0, &about), 0);
    zip_file_t *part = zip_fopen_index(zip, index, 0);
    ck_assert_ptr_nonnull(part);
    while ((got = zip_fread(part, room, sizeof room)) > 0)
        tdm__text_bytes(&text, room, (size_t)got);
    /* The last read compares the checksum. */
    ck_assert_int_eq(got, 0);
    ck_assert_uint_eq(text.length, about.size);
    zip_fclose(part);
    return text;
}

int office_part_count(tdm_str file)
{
    zip_t *zip = open_zip(file);
    int count = (int)zip_get_num_entries(zip, 0);
    zip_discard(zip);
    return count;
}

tdm__text office_part(tdm_str file, const char *name)
{
    zip_t *zip = open_zip(file);
    zip_int64_t index = zip_name_locate(zip, name, 0);
    ck_assert_msg(index >= 0, "no part %s", name);
    tdm__text text = read_part(zip, (zip_uint64_t)index);
    zip_discard(zip);
    return text;
}

void office_check_xml(tdm_str file)
{
    zip_t *zip = open_zip(file);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        tdm__text text = read_part(zip, (zip_uint64_t)i);
        xmlDocPtr read = xmlReadMemory(text.data, (int)text.length, "part", NULL, XML_PARSE_NONET);
        ck_assert_msg(read != NULL, "%s is no XML", zip_get_name(zip, (zip_uint64_t)i, 0));
        xmlFreeDoc(read);
        tdm__text_free(&text);
    }
    zip_discard(zip);
}
