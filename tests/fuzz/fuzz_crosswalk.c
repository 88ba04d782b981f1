/*
 * Any bytes as a crosswalk and as a glossary. What was read answers for itself: a number that is listed is
 * the child of its line, and what is found in a text is explained.
 */
#include "ingest_target.h"

#include "chronology/glossary.h"
#include "ingest/crosswalk.h"

/* Failures say where they are. */
static void check_failure(tdm_status status, const tdm_error *error)
{
    if (status != TDM_OK && (error->message[0] == '\0' || error->file[0] == '\0'))
        abort();
}

static void ask_crosswalk(tdm__crosswalk *c)
{
    tdm_str child;
    for (size_t i = 0; i < c->count; i++) {
        tdm__crosswalk_entry entry = c->entries[i];
        if (tdm__crosswalk_listed(&child, c, entry.agency, entry.local_id) != TDM_OK ||
            !tdm__str_equal(child, entry.child))
            abort();
        tdm_str any = tdm__crosswalk_of_any(c, entry.local_id);
        if (any.data && !tdm__str_equal(any, entry.child))
            abort();
        /* a child of the list under its own name, a number of another agency made for it */
        if (tdm__crosswalk_child(&child, c, TDM_LIT("early-help"), entry.child) != TDM_OK || !child.data ||
            tdm__crosswalk_child(&child, c, TDM_LIT("early-help"), entry.local_id) != TDM_OK || !child.data)
            abort();
    }
}

static void try_crosswalk(tdm_str text)
{
    tdm__crosswalk crosswalk;
    tdm_error error = {0};
    tdm_status status = tdm__crosswalk_read(&crosswalk, &tdm__malloc_allocator, target_vocabulary(),
                                            TDM_LIT("input"), text, &error);
    check_failure(status, &error);
    if (status != TDM_OK)
        return;
    ask_crosswalk(&crosswalk);
    tdm__crosswalk_free(&crosswalk);
}

static void try_glossary(tdm_str text)
{
    tdm__arena arena;
    tdm__glossary glossary = {0};
    tdm_error error = {0};
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    tdm_status status = tdm__glossary_add(&glossary, &arena, text, TDM_LIT("input"), &error);
    check_failure(status, &error);
    bool *found = tdm__arena_array(&arena, glossary.count + 1, sizeof *found);
    if (!found)
        abort();
    tdm__glossary_look(found, &glossary, text);
    for (size_t i = 0; i < glossary.count; i++)
        if (!tdm__glossary_explains(&glossary, glossary.entries[i].abbreviation))
            abort();
    tdm__arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_crosswalk(bytes_of(data, size));
    try_glossary(bytes_of(data, size));
    return 0;
}
