/*
 * Prompts counted: by indicator for the caseload, by month for the trend. See worklist.h.
 */
#include "store/eyes.h"
#include "store/worklist.h"

#include "calendar/calendar.h"

#include <stddef.h>

static const tdm__row_column indicator_columns[] = {
    {TDM__ROW_TEXT, offsetof(tdm__indicator_count, indicator), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__indicator_count, met), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__indicator_count, possible), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__indicator_count, added), NULL},
};
static const tdm__row_shape indicator_shape = TDM__ROW_SHAPE(indicator_columns, tdm__indicator_count);

/* A child counts once an indicator: as met where one of its prompts is. */
#define BY_INDICATOR(which)                                                                                  \
    "SELECT indicator, sum(is_met), sum(1 - is_met), sum(newest >= ?5) FROM"                                 \
    " (SELECT indicator, max(answer = 'met') AS is_met, max(first_seen) AS newest FROM prompt"               \
    " WHERE gone = 0 AND current = 1" which                                                                  \
    " GROUP BY indicator, child_id) GROUP BY indicator ORDER BY indicator"

tdm_status tdm__work_count_prompts(tdm__indicator_count **out, size_t *count, tdm__work *work,
                                   tdm__arena *arena, int64_t since, const tdm__allowed *allowed,
                                   tdm_error *error)
{
    static const char all[] = BY_INDICATOR("");
    static const char some[] = BY_INDICATOR(" AND child_id IN " TDM__CHILDREN_ALLOWED);
    tdm__cell cells[TDM__EYES_CELLS + 1];
    void *items;
    tdm__eyes_cells(cells, allowed);
    cells[TDM__EYES_CELLS] = tdm__cell_number(since);
    tdm_status status = tdm__rows_list(&items, count, work, arena, &indicator_shape,
                                       allowed->all ? all : some, cells, TDM__EYES_CELLS + 1, error);
    *out = items;
    return status;
}

typedef struct month_row {
    int64_t month; /* year * 100 + month; 0: not known */
    int64_t met, possible;
} month_row;

static const tdm__row_column month_columns[] = {
    {TDM__ROW_NUMBER, offsetof(month_row, month), NULL},
    {TDM__ROW_NUMBER, offsetof(month_row, met), NULL},
    {TDM__ROW_NUMBER, offsetof(month_row, possible), NULL},
};
static const tdm__row_shape month_shape = TDM__ROW_SHAPE(month_columns, month_row);

#define BY_MONTH(which)                                                                                      \
    "SELECT iif(first_met BETWEEN ?6 AND ?7,"                                                                \
    " CAST(strftime('%Y%m', first_met * 86400, 'unixepoch') AS INTEGER), 0) AS month,"                       \
    " sum(answer = 'met'), sum(answer = 'possible') FROM prompt"                                             \
    " WHERE gone = 0 AND (?5 = '' OR indicator = ?5)" which " GROUP BY month ORDER BY month"

tdm_status tdm__work_prompt_months(tdm__month_count **out, size_t *count, tdm__work *work, tdm__arena *arena,
                                   tdm_str indicator, const tdm__allowed *allowed, tdm_error *error)
{
    static const char all[] = BY_MONTH("");
    static const char some[] = BY_MONTH(" AND child_id IN " TDM__CHILDREN_ALLOWED);
    tdm__cell cells[TDM__EYES_CELLS + 3];
    void *items;
    *out = NULL;
    tdm__eyes_cells(cells, allowed);
    cells[TDM__EYES_CELLS] = tdm__cell_text(indicator);
    cells[TDM__EYES_CELLS + 1] = tdm__cell_number(TDM__FIRST_DAY);
    cells[TDM__EYES_CELLS + 2] = tdm__cell_number(TDM__LAST_DAY);
    tdm_status status = tdm__rows_list(&items, count, work, arena, &month_shape, allowed->all ? all : some,
                                       cells, TDM__EYES_CELLS + 3, error);
    if (status != TDM_OK)
        return status;
    const month_row *rows = items;
    *out = tdm__arena_array(arena, *count, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++)
        (*out)[i] = (tdm__month_count){(int32_t)(rows[i].month / 100), (int32_t)(rows[i].month % 100),
                                       rows[i].met, rows[i].possible};
    return *out ? TDM_OK : tdm__no_memory(error);
}
