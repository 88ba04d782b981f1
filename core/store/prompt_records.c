/*
 * See prompt_records.h.
 */
#include "store/prompt_records.h"

#include "store/reader.h"
#include "store/rows.h"

#include <string.h>

#define SECONDS_OF_DAY 86400

typedef struct record_row {
    tdm_str child, indicator, state;
    int64_t first_seen, at, version;
} record_row;

static const tdm__row_column columns[] = {
    {TDM__ROW_TEXT, offsetof(record_row, child), NULL},
    {TDM__ROW_TEXT, offsetof(record_row, indicator), NULL},
    {TDM__ROW_TEXT, offsetof(record_row, state), NULL},
    {TDM__ROW_NUMBER, offsetof(record_row, first_seen), NULL},
    {TDM__ROW_NUMBER, offsetof(record_row, at), NULL},
    {TDM__ROW_NUMBER, offsetof(record_row, version), NULL},
};
static const tdm__row_shape shape = TDM__ROW_SHAPE(columns, record_row);

static const char records[] =
    "SELECT p.child_id, p.indicator, s.state, p.first_seen, s.at, s.version"
    " FROM prompt AS p JOIN prompt_state AS s ON s.key = p.key"
    " AND s.version = (SELECT max(version) FROM prompt_state AS x WHERE x.key = p.key)"
    " ORDER BY p.child_id, p.first_seen, p.key";

/* Floor, so that times before 1970 fall into their own day too. */
static tdm_day day_of(int64_t seconds)
{
    int64_t rest = seconds % SECONDS_OF_DAY;
    return (tdm_day)(seconds / SECONDS_OF_DAY - (rest < 0));
}

static tdm__prompt_record record_of(const record_row *row)
{
    return (tdm__prompt_record){.child = row->child,
                                .indicator = row->indicator,
                                .state = row->state,
                                .since = day_of(row->first_seen),
                                .decided = row->version > 1 ? day_of(row->at) : TDM_DAY_NONE};
}

/* Those of the stores before, then these. */
static tdm_status keep(tdm__store_prompts *prompts, const record_row *rows, size_t count, tdm_error *error)
{
    tdm__prompt_record *all = tdm__arena_array(prompts->arena, prompts->count + count, sizeof *all);
    if (!all)
        return tdm__no_memory(error);
    if (prompts->count > 0)
        memcpy(all, prompts->items, prompts->count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[prompts->count + i] = record_of(&rows[i]);
    prompts->items = all;
    prompts->count += count;
    return TDM_OK;
}

tdm_status tdm__store_prompts_add_work(tdm__store_prompts *prompts, tdm__work *work, tdm_error *error)
{
    int64_t runs;
    void *rows;
    size_t count;
    tdm_status status = tdm__rows_number(&runs, work, "SELECT count(*) FROM run WHERE finished > 0", NULL, 0,
                                         error);
    if (status == TDM_OK)
        status = tdm__rows_list(&rows, &count, work, prompts->arena, &shape, records, NULL, 0, error);
    if (status == TDM_OK)
        status = keep(prompts, rows, count, error);
    prompts->has_worklist = prompts->has_worklist || (status == TDM_OK && runs > 0);
    return status;
}

void tdm__store_prompts_begin(tdm__store_prompts *prompts, tdm__arena *arena)
{
    *prompts = (tdm__store_prompts){.arena = arena};
}

tdm_status tdm__store_prompts_add(tdm__store_prompts *prompts, const tdm_context *context, const char *path,
                                  tdm_error *error)
{
    tdm__work work = {.is_taken = true};
    tdm_status status = tdm__store_open_to_read(&work.store, context, path, error);
    if (status != TDM_OK)
        return status;
    status = tdm__store_prompts_add_work(prompts, &work, error);
    tdm__store_close(&work.store);
    return status;
}
