/*
 * Runs one harness over every file of a folder, in byte order of the names: what libFuzzer found once
 * stays found, with any compiler. Each input lies in a block of its exact length, so that a sanitizer sees
 * a read beyond it. A crash leaves no closing line.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "README.md") != 0;
}

static int by_bytes(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

/* The whole file in a block of its own, NULL when it cannot be read. */
static uint8_t *read_whole(FILE *file, size_t *length)
{
    if (fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long end = ftell(file);
    if (end < 0 || fseek(file, 0, SEEK_SET) != 0)
        return NULL;
    *length = (size_t)end;
    uint8_t *bytes = malloc(*length > 0 ? *length : 1);
    if (bytes && fread(bytes, 1, *length, file) != *length) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

static int replay_file(const char *folder, const char *name)
{
    char path[4096];
    int written = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = written > 0 && (size_t)written < sizeof path ? fopen(path, "rb") : NULL;
    if (!file)
        return -1;
    size_t length = 0;
    uint8_t *bytes = read_whole(file, &length);
    fclose(file);
    if (!bytes)
        return -1;
    /* Named before it runs: a crash then says on which input. */
    printf("%s\n", name);
    fflush(stdout);
    LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
    return 0;
}

int main(int count, char **words)
{
    struct dirent **entries = NULL;
    int found = count == 2 ? scandir(words[1], &entries, is_input, by_bytes) : -1;
    if (found < 0) {
        fprintf(stderr, "usage: replay_NAME FOLDER (of inputs)\n");
        return 2;
    }
    int passed = 0, failed = 0;
    for (int i = 0; i < found; i++) {
        if (replay_file(words[1], entries[i]->d_name) == 0) {
            passed++;
        } else {
            printf("FAILED %s cannot be read\n", entries[i]->d_name);
            failed++;
        }
        free(entries[i]);
    }
    free(entries);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
