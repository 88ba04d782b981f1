/*
 * A policy from its files: the defaults of the scripts, the files over them in order, and everything in
 * words. How the members of a file are read is in policy_file.c and the files beside it.
 */
#include "engine/policy_read.h"

const char *tdm__prompt_severity_code(tdm__prompt_severity severity)
{
    static const char *const codes[] = {"information", "review", "soon"};
    return codes[severity];
}

/* Every indicator on, every parameter at its script's default. */
static tdm_status set_defaults(tdm__review_policy *policy)
{
    size_t count = tdm__catalogue_count(policy->catalogue);
    policy->values = tdm__arena_array(&policy->arena, count, sizeof *policy->values);
    if (!policy->values)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const tdm__indicator *indicator = tdm__catalogue_at(policy->catalogue, i);
        tdm__effective_param *params = tdm__policy_params_default(policy, indicator->params,
                                                                  indicator->param_count, indicator->file);
        if (!params)
            return TDM_NO_MEMORY;
        policy->indicators[i] = (tdm__effective_indicator){
            .indicator = indicator, .on = true, .severity = TDM__PROMPT_REVIEW, .params = params};
    }
    policy->indicator_count = count;
    return TDM_OK;
}

/* Values as the script takes them, and everything in words. */
static tdm_status put_in_words(tdm__review_policy *policy)
{
    for (size_t i = 0; i < tdm__catalogue_count(policy->catalogue); i++) {
        tdm__effective_indicator *effective = &policy->indicators[i];
        tdm_status status = tdm__policy_params_words(&policy->values[i], policy, effective->params,
                                                     effective->indicator->param_count);
        if (status == TDM_OK)
            status = tdm__indicator_definition(&effective->definition, &policy->arena, effective->indicator,
                                               policy->values[i]);
        if (status != TDM_OK)
            return status;
    }
    return TDM_OK;
}

/* The hash of all files is that of their names and hashes, one a line. */
static tdm_status hash_files(tdm__review_policy *policy)
{
    tdm__text all;
    tdm__text_init(&all, &policy->allocator);
    for (size_t i = 0; i < policy->file_count; i++) {
        tdm__text_puts(&all, policy->files[i].hash);
        tdm__text_char(&all, ' ');
        tdm__text_add(&all, policy->files[i].name);
        tdm__text_char(&all, '\n');
    }
    tdm__sha256_hex(policy->hash, tdm__text_str(&all));
    bool failed = all.failed;
    tdm__text_free(&all);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

/* The documents first: how many composites they name gives the room. */
static tdm_status parse_files(tdm__policy_reading *r, const tdm__policy_text *files)
{
    tdm__review_policy *policy = r->policy;
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < policy->file_count; i++) {
        policy->files[i].name = tdm__arena_copy(&policy->arena, files[i].name);
        if (!policy->files[i].name.data)
            return TDM_NO_MEMORY;
        tdm__sha256_hex(policy->files[i].hash, files[i].text);
        if (files[i].is_terms)
            continue;
        status = tdm__policy_told(r, tdm__json_parse(&policy->documents[i], &policy->allocator, files[i].text,
                                                     files[i].name, r->error));
    }
    return status;
}

static tdm_status read_files(tdm__policy_reading *r)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < r->policy->file_count; i++) {
        r->document = r->policy->documents[i];
        if (r->document)
            status = tdm__policy_read_file(r);
    }
    return status;
}

static tdm_status new_policy(tdm__review_policy **out, const tdm_allocator *allocator,
                             const tdm__policy_asked *asked)
{
    tdm__review_policy *policy = tdm__alloc_zeroed(allocator, 1, sizeof *policy);
    *out = policy;
    if (!policy)
        return TDM_NO_MEMORY;
    policy->allocator = *allocator;
    tdm__arena_init(&policy->arena, &policy->allocator);
    policy->catalogue = asked->catalogue;
    policy->title = TDM_LIT("Defaults of the indicators");
    policy->nation = TDM_LIT("england");
    policy->terms = TDM_LIT("");
    policy->current_days = TDM_CURRENT_DAYS_DEFAULT;
    policy->dates = tdm_date_rules_default();
    policy->files = tdm__arena_array(&policy->arena, asked->file_count, sizeof *policy->files);
    policy->documents = tdm__arena_array(&policy->arena, asked->file_count, sizeof *policy->documents);
    if (!policy->files || !policy->documents)
        return TDM_NO_MEMORY;
    policy->file_count = asked->file_count;
    return tdm__policy_checks_default(policy);
}

static tdm_status fill(tdm__review_policy *policy, const tdm__policy_asked *asked, tdm__problems *problems)
{
    tdm_error error = {0};
    tdm__policy_reading r = {policy, NULL, &error, problems};
    tdm_status status = parse_files(&r, asked->files);
    if (status == TDM_OK)
        status = tdm__policy_composites_room(policy);
    if (status == TDM_OK)
        status = set_defaults(policy);
    if (status == TDM_OK)
        status = tdm__policy_measures_default(policy, asked->measures);
    if (status == TDM_OK)
        status = read_files(&r);
    if (status == TDM_OK)
        status = tdm__policy_composites_finish(&r);
    if (status == TDM_OK && asked->instruments)
        status = tdm__policy_instruments_told(&r, asked->instruments, asked->instrument_count);
    if (status == TDM_OK)
        status = put_in_words(policy);
    if (status == TDM_OK)
        status = tdm__policy_measures_words(policy);
    if (status == TDM_OK)
        status = tdm__policy_checks_words(policy);
    return status == TDM_OK ? hash_files(policy) : status;
}

tdm_status tdm__policy_read(tdm__review_policy **out, const tdm_allocator *allocator,
                            const tdm__policy_asked *asked, tdm_error *error)
{
    tdm__problems problems;
    *out = NULL;
    tdm__review_policy *policy;
    tdm__problems_init(&problems, false, asked->tell, asked->payload);
    tdm_status status = new_policy(&policy, allocator, asked);
    if (status == TDM_OK)
        status = fill(policy, asked, &problems);
    if (status == TDM_OK)
        status = tdm__problems_end(&problems, error);
    if (status != TDM_OK) {
        tdm__policy_free(policy);
        return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
    }
    *out = policy;
    return TDM_OK;
}

tdm_status tdm__policy_new(tdm__review_policy **out, const tdm_allocator *allocator,
                           const tdm__policy_text *files, size_t file_count, const tdm__catalogue *catalogue,
                           tdm_error *error)
{
    tdm__policy_asked asked = {.files = files, .file_count = file_count, .catalogue = catalogue};
    return tdm__policy_read(out, allocator, &asked, error);
}

void tdm__policy_free(tdm__review_policy *policy)
{
    if (!policy)
        return;
    tdm_allocator allocator = policy->allocator;
    for (size_t i = 0; i < policy->file_count; i++)
        tdm__json_free(policy->documents[i]);
    tdm__arena_free(&policy->arena);
    tdm__free(&allocator, policy);
}
