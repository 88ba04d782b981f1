/*
 * The page: files that were there at the start, in memory, each packed once.
 */
#include "files.h"

#include "gzip.h"

#include <tidemark/api.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

enum { FILES_MOST = 1000, DEPTH_MOST = 8, FILE_BYTES_MOST = 16 * 1024 * 1024 };

struct page_folder {
    size_t count, room;
    page_file *files; /* by path */
};

static const struct {
    const char *ending;
    const char *media_type;
} endings[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
};

static const char *media_type_of(const char *name)
{
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(endings[i].ending, ending) == 0)
            return endings[i].media_type;
    return NULL;
}

/* Not a tool's own files, which lie beside the page in the source tree. */
static bool is_left_out(const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0 || strcmp(name, "package.json") == 0 ||
           strcmp(name, "package-lock.json") == 0 || strpbrk(name, "%?#\\ ") != NULL;
}

static page_file *add_file(page_folder *pages)
{
    if (pages->count == pages->room) {
        size_t room = pages->room ? pages->room * 2 : 32;
        page_file *files = realloc(pages->files, room * sizeof *files);
        if (!files)
            return NULL;
        pages->files = files;
        pages->room = room;
    }
    page_file *added = &pages->files[pages->count++];
    *added = (page_file){0};
    return added;
}

static tdm_status load_file(page_folder *pages, tdm_context *context, const char *path, const char *address)
{
    if (pages->count == FILES_MOST || strlen(address) >= sizeof pages->files->path)
        return TDM_TOO_LARGE;
    page_file *file = add_file(pages);
    if (!file)
        return TDM_NO_MEMORY;
    snprintf(file->path, sizeof file->path, "%s", address);
    file->media_type = media_type_of(address);
    tdm_status status = tdm_file_read(&file->plain, context, path);
    if (status != TDM_OK)
        return status;
    const unsigned char *bytes = (const unsigned char *)file->plain.data;
    snprintf(file->tag, sizeof file->tag, "\"%08lx%08lx\"", crc32_z(0, bytes, file->plain.length),
             adler32_z(1, bytes, file->plain.length));
    if (gzip_is_worth(file->media_type, file->plain.length))
        file->packed = gzip_bytes(&file->packed_length, file->plain.data, file->plain.length);
    return TDM_OK;
}

static tdm_status load_folder(page_folder *pages, tdm_context *context, const char *folder,
                              const char *address, int depth);

static tdm_status load_entry(page_folder *pages, tdm_context *context, const char *folder,
                             const char *address, const char *name, int depth)
{
    char path[4096], below[512];
    struct stat about;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    int length_below = snprintf(below, sizeof below, "%s/%s", address, name);
    if (length < 0 || (size_t)length >= sizeof path || length_below < 0 ||
        (size_t)length_below >= sizeof below)
        return TDM_TOO_LARGE;
    if (is_left_out(name) || lstat(path, &about) != 0)
        return TDM_OK;
    if (S_ISDIR(about.st_mode))
        return depth < DEPTH_MOST ? load_folder(pages, context, path, below, depth + 1) : TDM_TOO_LARGE;
    if (!S_ISREG(about.st_mode) || !media_type_of(name))
        return TDM_OK;
    return about.st_size > FILE_BYTES_MOST ? TDM_TOO_LARGE : load_file(pages, context, path, below);
}

static tdm_status load_folder(page_folder *pages, tdm_context *context, const char *folder,
                              const char *address, int depth)
{
    tdm_status status = TDM_OK;
    DIR *opened = opendir(folder);
    if (!opened)
        return depth == 0 ? TDM_OK : TDM_IO;
    for (const struct dirent *entry; status == TDM_OK && (entry = readdir(opened)) != NULL;)
        status = load_entry(pages, context, folder, address, entry->d_name, depth);
    closedir(opened);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const page_file *)a)->path, ((const page_file *)b)->path);
}

tdm_status pages_load(page_folder **out, tdm_context *context, const char *folder)
{
    *out = NULL;
    page_folder *pages = calloc(1, sizeof *pages);
    if (!pages)
        return TDM_NO_MEMORY;
    tdm_status status = load_folder(pages, context, folder, "", 0);
    if (status != TDM_OK) {
        pages_free(pages, context);
        return status;
    }
    /* Paths of a folder are all different. */
    if (pages->count > 0)
        qsort(pages->files, pages->count, sizeof *pages->files, by_path);
    *out = pages;
    return TDM_OK;
}

void pages_free(page_folder *pages, tdm_context *context)
{
    if (!pages)
        return;
    for (size_t i = 0; i < pages->count; i++) {
        tdm_buffer_free(context, pages->files[i].plain);
        free(pages->files[i].packed);
    }
    free(pages->files);
    free(pages);
}

const page_file *pages_find(const page_folder *pages, const char *path)
{
    page_file wanted;
    size_t length = strlen(path);
    bool folder = length > 0 && path[length - 1] == '/';
    int written = snprintf(wanted.path, sizeof wanted.path, "%s%s", path, folder ? "index.html" : "");
    if (pages->count == 0 || written < 0 || (size_t)written >= sizeof wanted.path)
        return NULL;
    return bsearch(&wanted, pages->files, pages->count, sizeof wanted, by_path);
}
