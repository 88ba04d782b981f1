/*
 * What all inputs together gave: the builder, the diagnostics, the accounts, the assessments as they
 * came. Reading a file is the business of the readers.
 */
#include "ingest/ingest.h"

tdm_status tdm__collection_init(tdm__collection *collection, tdm_context *context,
                                const tdm_vocabulary *vocabulary)
{
    *collection = (tdm__collection){.context = context,
                                    .as_of = TDM_DAY_NONE,
                                    .vocabulary = vocabulary,
                                    .dates = tdm_date_rules_default()};
    tdm__arena_init(&collection->arena, &context->allocator);
    tdm__diagnostics_init(&collection->diagnostics, &context->allocator);
    return tdm__builder_new(&collection->builder, &context->allocator, vocabulary);
}

void tdm__collection_free(tdm__collection *collection)
{
    if (!collection->context)
        return;
    const tdm_allocator *allocator = &collection->context->allocator;
    tdm__builder_free(collection->builder);
    tdm__crosswalk_free(&collection->crosswalk);
    tdm__diagnostics_free(&collection->diagnostics);
    tdm__free(allocator, collection->accounts);
    tdm__free(allocator, collection->assessments);
    tdm__arena_free(&collection->arena);
    *collection = (tdm__collection){0};
}

tdm_status tdm__collection_account(tdm__collection *collection, tdm_str file, tdm_str sheet, int64_t rows,
                                   int64_t read, int64_t set_aside)
{
    tdm__account *grown = tdm__grown(&collection->context->allocator, collection->accounts,
                                     &collection->account_capacity, collection->account_count + 1,
                                     sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    collection->accounts = grown;
    tdm__account account = {tdm__arena_copy(&collection->arena, file),
                            tdm__arena_copy(&collection->arena, sheet), rows, read, set_aside};
    if (!account.file.data || !account.sheet.data)
        return TDM_NO_MEMORY;
    collection->accounts[collection->account_count++] = account;
    return TDM_OK;
}

tdm_status tdm__collection_form(tdm__collection *collection, const tdm__raw_assessment *assessment)
{
    tdm__raw_assessment *grown = tdm__grown(&collection->context->allocator, collection->assessments,
                                            &collection->assessment_capacity,
                                            collection->assessment_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    collection->assessments = grown;
    tdm__raw_assessment kept = *assessment;
    kept.file = tdm__arena_copy(&collection->arena, assessment->file);
    kept.content = tdm__arena_copy(&collection->arena, assessment->content);
    if (!kept.file.data || !kept.content.data)
        return TDM_NO_MEMORY;
    collection->assessments[collection->assessment_count++] = kept;
    return TDM_OK;
}

tdm_status tdm__collection_assessment(tdm__collection *collection, tdm_str file, int32_t line, tdm_str json)
{
    return tdm__collection_form(collection, &(tdm__raw_assessment){TDM__WRITTEN_JSON, file, line, json});
}
