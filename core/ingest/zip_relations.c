/*
 * Relations between the parts of a package: which part is the workbook, which its first sheet. Targets
 * become names from the root; those that lead out of the file are left out.
 */
#include "ingest/zip_markup.h"

#include <string.h>

/* "xl/workbook.xml" has its relations in "xl/_rels/workbook.xml.rels". */
static tdm_status relations_name(tdm__text *out, const char *part)
{
    const char *slash = strrchr(part, '/');
    size_t folder = slash ? (size_t)(slash + 1 - part) : 0;
    tdm__text_bytes(out, part, folder);
    tdm__text_puts(out, "_rels/");
    tdm__text_puts(out, part + folder);
    tdm__text_puts(out, ".rels");
    return out->failed ? TDM_NO_MEMORY : TDM_OK;
}

static void drop_last_folder(tdm__text *path)
{
    if (path->length > 0)
        path->length--;
    while (path->length > 0 && path->data[path->length - 1] != '/')
        path->length--;
}

/* The target seen from the folder of the part that names it; NULL: no memory. */
static const char *resolve(tdm__relations *relations, tdm_str target)
{
    tdm__text path;
    tdm__text_init(&path, relations->allocator);
    if (tdm__str_starts(target, TDM_LIT("/")))
        target = (tdm_str){target.data + 1, target.length - 1};
    else
        tdm__text_puts(&path, relations->folder);
    while (target.length > 0) {
        tdm_str rest = target, step = tdm__str_split(&rest, '/');
        bool is_last = step.length == target.length;
        target = rest;
        if (tdm__str_equal(step, TDM_LIT("..")))
            drop_last_folder(&path);
        else if (!tdm__str_equal(step, TDM_LIT("."))) {
            tdm__text_add(&path, step);
            if (!is_last)
                tdm__text_char(&path, '/');
        }
    }
    tdm_str copy = path.failed ? (tdm_str){NULL, 0}
                               : tdm__arena_copy(&relations->arena, tdm__text_str(&path));
    tdm__text_free(&path);
    return copy.data;
}

static tdm_str last_word(tdm_str type)
{
    size_t at = type.length;
    if (!type.data)
        return type;
    while (at > 0 && type.data[at - 1] != '/')
        at--;
    return (tdm_str){type.data + at, type.length - at};
}

static void on_start(tdm__markup *markup, const char *name, const char *const *attributes)
{
    tdm__relations *relations = markup->payload;
    if (strcmp(name, "Relationship") != 0 ||
        tdm__str_equal(tdm__markup_attribute(attributes, "TargetMode"), TDM_LIT("External")))
        return;
    if (relations->count == TDM__RELATIONS_MAX) {
        tdm__markup_fail(markup, TDM_TOO_LARGE, "more relations than any workbook or document has");
        return;
    }
    tdm__relation *grown = tdm__grown(relations->allocator, relations->items, &relations->capacity,
                                      relations->count + 1, sizeof *grown);
    if (!grown) {
        tdm__markup_keep(markup, TDM_NO_MEMORY);
        return;
    }
    relations->items = grown;
    tdm__relation *relation = &relations->items[relations->count++];
    relation->id = tdm__arena_copy(&relations->arena, tdm__markup_attribute(attributes, "Id"));
    relation->type = tdm__arena_copy(&relations->arena, last_word(tdm__markup_attribute(attributes, "Type")));
    relation->target = resolve(relations, tdm__markup_attribute(attributes, "Target"));
    if (!relation->id.data || !relation->type.data || !relation->target)
        tdm__markup_keep(markup, TDM_NO_MEMORY);
}

static tdm_status read_named(tdm__relations *out, tdm__package *package, const char *part, const char *name,
                             tdm_error *error)
{
    static const tdm__markup_handlers handlers = {.start = on_start};
    const char *slash = strrchr(part, '/');
    tdm_str folder = tdm__arena_copy(&out->arena, (tdm_str){part, slash ? (size_t)(slash + 1 - part) : 0});
    if (!folder.data)
        return TDM_NO_MEMORY;
    out->folder = folder.data;
    if (!tdm__package_has(package, name))
        return TDM_OK;
    return tdm__markup_read(package, name, "the list of relations", &handlers, out, error);
}

tdm_status tdm__relations_read(tdm__relations *out, tdm__package *package, const char *part, tdm_error *error)
{
    tdm__text name;
    *out = (tdm__relations){.allocator = tdm__package_file(package)->allocator};
    tdm__arena_init(&out->arena, out->allocator);
    tdm__text_init(&name, out->allocator);
    tdm_status status = relations_name(&name, part);
    if (status == TDM_OK)
        status = read_named(out, package, part, name.data, error);
    tdm__text_free(&name);
    return status;
}

void tdm__relations_free(tdm__relations *relations)
{
    if (!relations->allocator)
        return;
    tdm__free(relations->allocator, relations->items);
    tdm__arena_free(&relations->arena);
    *relations = (tdm__relations){0};
}

const tdm__relation *tdm__relation_of_type(const tdm__relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++)
        if (tdm__str_equal(relations->items[i].type, tdm__str(type)))
            return &relations->items[i];
    return NULL;
}

const tdm__relation *tdm__relation_of_id(const tdm__relations *relations, tdm_str id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (tdm__str_equal(relations->items[i].id, id))
            return &relations->items[i];
    return NULL;
}

tdm_status tdm__package_main_part(const char **out, tdm__package *package, tdm__arena *arena,
                                  const char *usual, tdm_error *error)
{
    tdm__relations relations;
    *out = usual;
    tdm_status status = tdm__relations_read(&relations, package, "", error);
    const tdm__relation *document = tdm__relation_of_type(&relations, "officeDocument");
    if (status == TDM_OK && document) {
        tdm_str copy = tdm__arena_copy(arena, tdm__str(document->target));
        *out = copy.data;
        status = copy.data ? TDM_OK : TDM_NO_MEMORY;
    }
    tdm__relations_free(&relations);
    return status;
}

tdm_status tdm__note_macros(tdm__return *file)
{
    return tdm__note(file, TDM__INFORMATION, "macros-ignored", 0, TDM_LIT(""),
                     "the file carries macros; they are not looked at");
}
