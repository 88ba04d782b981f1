/*
 * The replacement itself. With TDM_OOM_WRAP the linker sends our objects' calls here and the real ones
 * are the sanitizer's; without it these are the process's malloc and the real ones are glibc's.
 */
#include "refuse.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_bool refusing;
static atomic_bool refuse_all_after;
static atomic_long refuse_from;
static atomic_long requests;

void refuse_start(long from, bool all_after)
{
    atomic_store(&requests, 0);
    atomic_store(&refuse_from, from);
    atomic_store(&refuse_all_after, all_after);
    atomic_store(&refusing, true);
}

long refuse_stop(void)
{
    atomic_store(&refusing, false);
    return atomic_load(&requests);
}

static bool is_refused(void)
{
    if (!atomic_load(&refusing))
        return false;
    long number = atomic_fetch_add(&requests, 1) + 1;
    long from = atomic_load(&refuse_from);
    if (from == 0 || number < from || (number > from && !atomic_load(&refuse_all_after)))
        return false;
    errno = ENOMEM;
    return true;
}

#ifdef TDM_OOM_WRAP

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size)
{
    return is_refused() ? NULL : __real_realloc(block, size);
}

char *__wrap_strdup(const char *text)
{
    return is_refused() ? NULL : __real_strdup(text);
}

long refuse_blocks_held(void)
{
    return -1;
}

#else

static atomic_long blocks;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void free(void *block);

static void *counted(void *block)
{
    if (block)
        atomic_fetch_add(&blocks, 1);
    return block;
}

void *malloc(size_t size)
{
    return is_refused() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    if (is_refused())
        return NULL;
    if (!block)
        return counted(__libc_malloc(size));
    /* glibc frees the block and gives NULL. */
    if (size == 0)
        atomic_fetch_sub(&blocks, 1);
    return __libc_realloc(block, size);
}

void free(void *block)
{
    if (block)
        atomic_fetch_sub(&blocks, 1);
    __libc_free(block);
}

long refuse_blocks_held(void)
{
    return atomic_load(&blocks);
}

#endif
