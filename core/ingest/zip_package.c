/*
 * Zip files in memory: parts and their bytes, under caps (see zip_package.h).
 */
#include "ingest/zip_package.h"

#include <string.h>
#include <zip.h>

#define PIECE_BYTES 65536u

struct tdm__package {
    tdm__return *file;
    zip_t *zip;
    uint64_t bytes_left;
};

struct tdm__package_part {
    tdm__package *package;
    const char *what;
    zip_file_t *open;
    char piece[PIECE_BYTES];
};

bool tdm__looks_like_package(tdm_str content)
{
    return tdm__str_starts(content, TDM_LIT("PK\x03\x04"));
}

bool tdm__looks_like_old_office(tdm_str content)
{
    return tdm__str_starts(content, TDM_LIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
}

static tdm_status fail(const tdm__package *package, tdm_status status, tdm_error *error, const char *words)
{
    return tdm__fail_at(error, status, (tdm_place){package->file->name, 0, 0}, "%s", words);
}

/* NULL: no whole zip file, or no memory. */
static zip_t *open_bytes(bool *no_memory, tdm_str content)
{
    zip_error_t why;
    zip_t *zip = NULL;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(content.data, content.length, 0, &why);
    if (source)
        zip = zip_open_from_source(source, ZIP_RDONLY, &why);
    if (!zip)
        zip_source_free(source);
    *no_memory = zip_error_code_zip(&why) == ZIP_ER_MEMORY;
    zip_error_fini(&why);
    return zip;
}

bool tdm__package_lists(tdm_str content, tdm_str start)
{
    bool no_memory, found = false;
    zip_t *zip = open_bytes(&no_memory, content);
    zip_int64_t count = zip ? zip_get_num_entries(zip, 0) : 0;
    for (zip_int64_t i = 0; i < count && i < TDM__PACKAGE_PARTS_MAX && !found; i++)
        found = tdm__str_starts(tdm__str(zip_get_name(zip, (zip_uint64_t)i, 0)), start);
    if (zip)
        zip_discard(zip);
    return found;
}

/* libzip does not always say that it was memory which failed; then there is none for a piece either. */
static bool memory_is_left(const tdm__package *package)
{
    void *probe = tdm__alloc(package->file->allocator, PIECE_BYTES);
    tdm__free(package->file->allocator, probe);
    return probe != NULL;
}

static tdm_status open_zip(tdm__package *package, tdm_error *error)
{
    bool no_memory;
    package->zip = open_bytes(&no_memory, package->file->content);
    if (package->zip)
        return TDM_OK;
    if (no_memory || !memory_is_left(package))
        return tdm__no_memory(error);
    return fail(package, TDM_INVALID_INPUT, error,
                "cut off or damaged: the list of parts at its end cannot be read");
}

tdm_status tdm__package_open(tdm__package **out, tdm__return *file, tdm_error *error)
{
    *out = NULL;
    tdm__package *package = tdm__alloc_zeroed(file->allocator, 1, sizeof *package);
    if (!package)
        return tdm__no_memory(error);
    package->file = file;
    package->bytes_left = TDM__PACKAGE_FLOOR + (uint64_t)file->content.length * TDM__PACKAGE_RATIO;
    if (package->bytes_left > TDM__PACKAGE_BYTES_MAX)
        package->bytes_left = TDM__PACKAGE_BYTES_MAX;
    tdm_status status = open_zip(package, error);
    if (status == TDM_OK && zip_get_num_entries(package->zip, 0) > TDM__PACKAGE_PARTS_MAX)
        status = fail(package, TDM_TOO_LARGE, error, "it has more parts than any workbook or document");
    if (status != TDM_OK) {
        tdm__package_close(package);
        return status;
    }
    *out = package;
    return TDM_OK;
}

void tdm__package_close(tdm__package *package)
{
    if (!package)
        return;
    if (package->zip)
        zip_discard(package->zip);
    tdm__free(package->file->allocator, package);
}

/* Names of parts do not differ by case alone; looking for them as written is the quicker way. */
static zip_int64_t find_part(const tdm__package *package, const char *name)
{
    zip_int64_t at = zip_name_locate(package->zip, name, 0);
    return at >= 0 ? at : zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
}

bool tdm__package_has(const tdm__package *package, const char *name)
{
    return find_part(package, name) >= 0;
}

tdm__return *tdm__package_file(const tdm__package *package)
{
    return package->file;
}

uint64_t *tdm__package_bytes_left(tdm__package *package)
{
    return &package->bytes_left;
}

static tdm_status fail_part(const tdm__package *package, tdm_status status, const char *what,
                            tdm_error *error, const char *words)
{
    return tdm__fail_at(error, status, (tdm_place){package->file->name, 0, 0}, "%s %s", what, words);
}

static bool is_encrypted(const tdm__package *package, zip_int64_t at)
{
    zip_stat_t stat;
    return zip_stat_index(package->zip, (zip_uint64_t)at, 0, &stat) == 0 &&
           (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE;
}

tdm_status tdm__package_part_open(tdm__package_part **out, tdm__package *package, const char *name,
                                  const char *what, tdm_error *error)
{
    *out = NULL;
    zip_int64_t at = find_part(package, name);
    if (at < 0)
        return fail_part(package, TDM_INVALID_INPUT, what, error, "is missing: the file is incomplete");
    if (is_encrypted(package, at))
        return fail_part(package, TDM_UNSUPPORTED, what, error, "is password-protected");
    tdm__package_part *part = tdm__alloc(package->file->allocator, sizeof *part);
    if (!part)
        return tdm__no_memory(error);
    part->package = package;
    part->what = what;
    part->open = zip_fopen_index(package->zip, (zip_uint64_t)at, 0);
    if (!part->open) {
        tdm__free(package->file->allocator, part);
        if (zip_error_code_zip(zip_get_error(package->zip)) == ZIP_ER_MEMORY)
            return tdm__no_memory(error);
        return fail_part(package, TDM_INVALID_INPUT, what, error, "cannot be unpacked: the file is damaged");
    }
    *out = part;
    return TDM_OK;
}

tdm_status tdm__package_part_next(tdm_str *out, tdm__package_part *part, tdm_error *error)
{
    tdm__package *package = part->package;
    *out = (tdm_str){NULL, 0};
    zip_int64_t length = zip_fread(part->open, part->piece, sizeof part->piece);
    if (length < 0 && zip_error_code_zip(zip_file_get_error(part->open)) == ZIP_ER_MEMORY)
        return tdm__no_memory(error);
    if (length < 0)
        return fail_part(package, TDM_INVALID_INPUT, part->what, error,
                         "cannot be unpacked: the file is damaged");
    if ((uint64_t)length > package->bytes_left)
        return fail(package, TDM_TOO_LARGE, error,
                    "it unpacks to far more than any workbook or document of its size");
    package->bytes_left -= (uint64_t)length;
    *out = (tdm_str){part->piece, (size_t)length};
    return TDM_OK;
}

void tdm__package_part_close(tdm__package_part *part)
{
    if (!part)
        return;
    zip_fclose(part->open);
    tdm__free(part->package->file->allocator, part);
}
