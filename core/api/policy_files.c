/*
 * Following includes: at most eight levels, never in a circle; and the file of terms that a policy names.
 */
#include "api/policy_files.h"

#define INCLUDE_DEPTH_MAX 8

/* Where a policy file and what it includes are read: beside it, then among the shipped ones. */
typedef struct policy_place {
    const char *root; /* NULL: `folder` is taken as it is */
    tdm_str folder;
    tdm_str shown; /* folder as output shows it */
} policy_place;

/* A file that is being read, and the one that includes it. */
typedef struct including {
    const struct including *by; /* NULL: the first */
    tdm__policy_text file;
    const char *root;
    tdm_str path;
    int depth;
} including;

static tdm_status add_policy(tdm__policy_files *files, tdm__data *data, const policy_place *place,
                             tdm_str name, const including *by, size_t number, tdm_error *error);

/* An error that stands at the include of that number; nothing of the name, which may be anything. */
static tdm_status fail_include(const tdm__data *data, const including *by, size_t number, tdm_status status,
                               const char *message, tdm_error *error)
{
    int32_t line = tdm__policy_include_line(&data->context->allocator, by->file, number);
    return tdm__fail_at(error, status, (tdm_place){by->file.name, line, 0}, "%s", message);
}

static tdm_status add_item(tdm__policy_files *files, tdm__policy_text file, tdm_error *error)
{
    if (files->count == TDM__POLICY_FILES_MAX)
        return tdm__fail_at(error, TDM_TOO_LARGE, (tdm_place){file.name, 0, 0}, "more than %d policy files",
                            TDM__POLICY_FILES_MAX);
    files->items[files->count++] = file;
    return TDM_OK;
}

/* Where a file that a policy names lies: beside it, else among the shipped ones; false: in neither place. */
static bool find_named(policy_place *from, tdm_str *path, tdm__data *data, tdm_str name)
{
    *path = tdm__path_join(&data->arena, from->folder, name);
    if (!path->data || tdm__file_look(from->root, path->data) != TDM__FILE_NONE)
        return true;
    *from = (policy_place){data->scripts_root.data, TDM_LIT("policy"), TDM_LIT("policy")};
    *path = tdm__path_join(&data->arena, from->folder, name);
    return !path->data || tdm__file_look(from->root, path->data) != TDM__FILE_NONE;
}

static tdm_status add_terms(tdm__policy_files *files, tdm__data *data, const policy_place *place,
                            tdm__policy_text policy, tdm_error *error)
{
    tdm_str name, path;
    int32_t line;
    policy_place from = *place;
    tdm__policy_text terms = {.is_terms = true};
    tdm_status status = tdm__policy_terms(&name, &line, &data->arena, policy, error);
    if (status != TDM_OK || name.length == 0)
        return status;
    if (!find_named(&from, &path, data, name))
        return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){policy.name, line, 0},
                            "the policy names a file of terms that is neither beside it nor shipped");
    terms.name = tdm__path_join(&data->arena, from.shown, name);
    if (!path.data || !terms.name.data)
        return tdm__no_memory(error);
    status = tdm__data_file(&terms.text, data, from.root, path.data, terms.name, error);
    return status == TDM_OK ? add_item(files, terms, error) : status;
}

static tdm_status add_text(tdm__policy_files *files, tdm__data *data, const policy_place *place,
                           const including *it, tdm_error *error)
{
    tdm_str *includes;
    size_t count;
    tdm_status status = tdm__policy_includes(&includes, &count, &data->arena, it->file, error);
    if (status == TDM_OK && count > 0 && it->depth == INCLUDE_DEPTH_MAX)
        status = fail_include(data, it, 0, TDM_INVALID_INPUT,
                              "policies include each other more than eight deep", error);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = add_policy(files, data, place, includes[i], it, i, error);
    if (status == TDM_OK)
        status = add_terms(files, data, place, it->file, error);
    return status == TDM_OK ? add_item(files, it->file, error) : status;
}

static bool in_a_circle(const including *it)
{
    for (const including *above = it->by; above; above = above->by)
        if (above->root == it->root && above->path.length > 0 && tdm__str_equal(above->path, it->path))
            return true;
    return false;
}

/* At most INCLUDE_DEPTH_MAX levels: the only recursion here, on names and not on their content. */
static tdm_status add_policy(tdm__policy_files *files, tdm__data *data, const policy_place *place,
                             tdm_str name, const including *by, size_t number, tdm_error *error)
{
    policy_place from = *place;
    tdm_str path;
    if (!find_named(&from, &path, data, name) && by)
        return fail_include(data, by, number, TDM_NOT_FOUND,
                            "the policy includes a file that is neither beside it nor shipped", error);
    tdm_str shown = tdm__path_join(&data->arena, from.shown, name);
    if (!path.data || !shown.data)
        return tdm__no_memory(error);
    including it = {by, {shown, {"", 0}, false}, from.root, path, by ? by->depth + 1 : 0};
    if (in_a_circle(&it))
        return fail_include(data, by, number, TDM_INVALID_INPUT,
                            "the policy includes a file that includes it: a circle", error);
    tdm_status status = tdm__data_file(&it.file.text, data, from.root, path.data, shown, error);
    return status == TDM_OK ? add_text(files, data, &from, &it, error) : status;
}

tdm_status tdm__policy_files_gather(tdm__policy_files *files, tdm__data *data,
                                    const tdm__data_request *request, tdm_error *error)
{
    policy_place shipped = {data->scripts_root.data, TDM_LIT("policy"), TDM_LIT("policy")};
    files->count = 0;
    if (request->policy_json.length > 0) {
        including it = {NULL, {TDM_LIT("policy"), request->policy_json, false}, shipped.root, {"", 0}, 0};
        return add_text(files, data, &shipped, &it, error);
    }
    if (!request->policy)
        return add_policy(files, data, &shipped, TDM_LIT("default.json"), NULL, 0, error);
    tdm_str path = tdm__str(request->policy), name = tdm__path_name(path);
    tdm_str folder = tdm__arena_copy(&data->arena, (tdm_str){path.data, path.length - name.length});
    if (!folder.data)
        return tdm__no_memory(error);
    if (tdm__file_look(NULL, request->policy) == TDM__FILE_NONE)
        return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){path, 0, 0}, "no such policy file");
    policy_place own = {NULL, folder, TDM_LIT("")};
    return add_policy(files, data, &own, name, NULL, 0, error);
}
