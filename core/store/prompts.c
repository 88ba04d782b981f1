/*
 * Prompts of runs: put in, looked up, listed, and what people did with them. Counts are prompt_counts.c's.
 */
#include "store/eyes.h"
#include "store/limits.h"
#include "store/worklist.h"

#include "base/hash.h"

#include <stddef.h>

static const char *const answers[] = {"met", "possible"};
const tdm__codes tdm__prompt_answers = {answers, 2};
static const char *const severities[] = {"information", "review", "soon"};
const tdm__codes tdm__prompt_severities = {severities, 3};
static const char *const states[] = {"new", "seen", "acted-on", "dismissed"};
const tdm__codes tdm__prompt_states = {states, 4};

static const char a_prompt[] = "a prompt", a_run[] = "a run";

#define KEY_LENGTH (TDM_HEX64_SIZE - 1)

/* --- a run's prompts in --- */

static bool is_key(tdm_str key)
{
    bool good = key.length == KEY_LENGTH;
    for (size_t i = 0; good && i < key.length; i++)
        good = (key.data[i] >= '0' && key.data[i] <= '9') || (key.data[i] >= 'a' && key.data[i] <= 'f');
    return good;
}

/* While a child's prompts come in, those of before that have not come yet are marked like this. */
#define NOT_YET "-1"

enum { GIVEN_CELLS = 12 };

static void given_cells(tdm__cell cells[GIVEN_CELLS], int64_t run, tdm_str child, int64_t at,
                        const tdm__stored_prompt *prompt)
{
    cells[0] = tdm__cell_text(prompt->key);
    cells[1] = tdm__cell_text(child);
    cells[2] = tdm__cell_text(prompt->indicator);
    cells[3] = tdm__cell_text(tdm__str(tdm__code_of(&tdm__prompt_answers, prompt->answer)));
    cells[4] = tdm__cell_number(prompt->severity);
    cells[5] = tdm__cell_number(prompt->current);
    cells[6] = tdm__cell_number(prompt->first_met);
    cells[7] = tdm__cell_text(prompt->group);
    cells[8] = tdm__cell_text(prompt->sentence);
    cells[9] = tdm__cell_text(prompt->evidence);
    cells[10] = tdm__cell_number(run);
    cells[11] = tdm__cell_number(at);
}

static const char put_new[] =
    "INSERT INTO prompt (key, child_id, indicator, answer, severity, current, first_met, group_name,"
    " sentence, evidence, run_first, run_last, first_seen, gone)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12, 0) ON CONFLICT (key) DO NOTHING";
static const char put_state[] = "INSERT INTO prompt_state (key, version, state, reason, by, at)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
#define PUT_AGAIN                                                                                            \
    "UPDATE prompt SET indicator = ?3, answer = ?4, severity = ?5, current = ?6, first_met = ?7,"            \
    " group_name = ?8, sentence = ?9, evidence = ?10, run_last = ?11, gone = 0"                              \
    " WHERE key = ?1 AND child_id = ?2"
static const char put_standing[] = PUT_AGAIN " AND gone = " NOT_YET;
static const char put_returned[] = PUT_AGAIN " AND gone > 0";

static tdm_status put_first_state(tdm__work *work, const tdm__stored_prompt *prompt, int64_t at,
                                  tdm_error *error)
{
    const tdm__cell cells[] = {tdm__cell_text(prompt->key),
                               tdm__cell_number(1),
                               tdm__cell_text(tdm__str(states[TDM__PROMPT_NEW])),
                               tdm__cell_optional_text(TDM_LIT("")),
                               tdm__cell_text(TDM_LIT("")),
                               tdm__cell_number(at)};
    return tdm__rows_change(NULL, work, put_state, cells, 6, a_prompt, error);
}

static tdm_status put_prompt(tdm__work *work, int64_t run, tdm_str child, const tdm__stored_prompt *prompt,
                             int64_t at, tdm__prompt_changes *changes, tdm_error *error)
{
    tdm__cell cells[GIVEN_CELLS];
    int64_t added = 0, standing = 0, returned = 0;
    if (!is_key(prompt->key) || prompt->severity >= tdm__prompt_severities.count)
        return tdm__fail(error, TDM_INVALID_ARG, "expected a prompt with a key of 16 hex digits");
    given_cells(cells, run, child, at, prompt);
    tdm_status status = tdm__rows_change(&added, work, put_new, cells, GIVEN_CELLS, a_prompt, error);
    if (status == TDM_OK && added)
        status = put_first_state(work, prompt, at, error);
    if (status == TDM_OK && !added)
        status = tdm__rows_change(&standing, work, put_standing, cells, GIVEN_CELLS - 1, a_prompt, error);
    if (status == TDM_OK && !added && !standing)
        status = tdm__rows_change(&returned, work, put_returned, cells, GIVEN_CELLS - 1, a_prompt, error);
    if (status == TDM_OK && !added && !standing && !returned)
        status = tdm__fail(error, TDM_CONFLICT, "a prompt came twice, or its key is another child's");
    changes->added += added;
    changes->kept += standing + returned;
    changes->returned += returned;
    return status;
}

static tdm_status put_all(tdm__work *work, int64_t run, tdm_str child, const tdm__stored_prompt *prompts,
                          size_t count, int64_t at, tdm__prompt_changes *changes, tdm_error *error)
{
    static const char mark[] = "UPDATE prompt SET gone = " NOT_YET " WHERE child_id = ?1 AND gone = 0";
    static const char end[] = "UPDATE prompt SET gone = ?2 WHERE child_id = ?1 AND gone = " NOT_YET;
    const tdm__cell cells[] = {tdm__cell_text(child), tdm__cell_number(run)};
    tdm_status status = tdm__rows_change(NULL, work, mark, cells, 1, a_prompt, error);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = put_prompt(work, run, child, &prompts[i], at, changes, error);
    if (status == TDM_OK)
        status = tdm__rows_change(&changes->gone, work, end, cells, 2, a_prompt, error);
    return status;
}

tdm_status tdm__work_put_prompts(tdm__work *work, int64_t run, tdm_str child,
                                 const tdm__stored_prompt *prompts, size_t count, int64_t at,
                                 tdm__prompt_changes *changes, tdm_error *error)
{
    tdm__prompt_changes own = {0, 0, 0, 0};
    const tdm__cell cells[] = {tdm__cell_number(run), tdm__cell_text(child)};
    int64_t there = 0;
    tdm_status status = tdm__rows_number(
        &there, work, "SELECT 1 FROM run, child WHERE run.number = ?1 AND child.id = ?2", cells, 2, error);
    if (status == TDM_OK && !there)
        status = tdm__fail(error, TDM_NOT_FOUND, "%s or a child is not there", a_run);
    if (status == TDM_OK) {
        status = put_all(work, run, child, prompts, count, at, &own, error);
        work->is_spoiled = work->is_spoiled || status != TDM_OK;
    }
    if (changes)
        *changes = own;
    return status;
}

/* --- prompts out --- */

static const tdm__row_column columns[] = {
    {TDM__ROW_TEXT, offsetof(tdm__stored_prompt, key), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_prompt, child), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_prompt, indicator), NULL},
    {TDM__ROW_CODE, offsetof(tdm__stored_prompt, answer), &tdm__prompt_answers},
    {TDM__ROW_RANK, offsetof(tdm__stored_prompt, severity), &tdm__prompt_severities},
    {TDM__ROW_FLAG, offsetof(tdm__stored_prompt, current), NULL},
    {TDM__ROW_DAY, offsetof(tdm__stored_prompt, first_met), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_prompt, group), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_prompt, sentence), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_prompt, evidence), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_prompt, run_first), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_prompt, run_last), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_prompt, first_seen), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_prompt, gone), NULL},
    {TDM__ROW_CODE, offsetof(tdm__stored_prompt, state), &tdm__prompt_states},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_prompt, state_version), NULL},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__stored_prompt, state_reason), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__stored_prompt, state_by), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__stored_prompt, state_at), NULL},
};
static const tdm__row_shape shape = TDM__ROW_SHAPE(columns, tdm__stored_prompt);

/* With the latest state of each. */
#define PROMPT                                                                                               \
    "SELECT p.key, p.child_id, p.indicator, p.answer, p.severity, p.current, p.first_met, p.group_name,"     \
    " p.sentence, p.evidence, p.run_first, p.run_last, p.first_seen, p.gone, s.state, s.version, s.reason,"  \
    " s.by, s.at FROM prompt AS p JOIN prompt_state AS s ON s.key = p.key"                                   \
    " AND s.version = (SELECT max(version) FROM prompt_state AS x WHERE x.key = p.key)"

tdm_status tdm__work_prompt(tdm__stored_prompt *out, tdm__work *work, tdm__arena *arena, tdm_str key,
                            tdm_error *error)
{
    const tdm__cell cell = tdm__cell_text(key);
    return tdm__rows_one(out, work, arena, &shape, PROMPT " WHERE p.key = ?1 AND " TDM__PROMPT_FOR_EYES,
                         &cell, 1, a_prompt, error);
}

#define WANTED                                                                                               \
    " AND (?7 = '' OR s.state = ?7) AND p.severity >= ?8 AND (?9 = '' OR p.answer = ?9)"                     \
    " AND (?10 = '' OR p.indicator = ?10) AND (?11 = '' OR p.child_id = ?11) AND p.first_seen >= ?12"        \
    " AND (?13 = 0 OR p.current = 1) AND (?14 = 1 OR p.gone = 0)"
#define FILTERED WANTED " AND " TDM__PROMPT_FOR_EYES
#define IN_ORDER " ORDER BY p.key LIMIT ?6"
/* Few rows are those of some children: found by them, then sorted. */
#define SORTED " AND +p.key > ?5" FILTERED " ORDER BY +p.key LIMIT ?6"
enum { FILTER_CELLS = 14 };

static void filter_cells(tdm__cell cells[FILTER_CELLS], const tdm__prompt_filter *filter, tdm__paging page)
{
    tdm__eyes_cells(cells, &filter->allowed);
    cells[4] = tdm__cell_text(page.after);
    cells[5] = tdm__cell_number((int64_t)tdm__page_limit(page.limit) + 1);
    cells[6] = tdm__cell_text(tdm__str(tdm__code_of(&tdm__prompt_states, filter->state)));
    cells[7] = tdm__cell_number(filter->severity);
    cells[8] = tdm__cell_text(tdm__str(tdm__code_of(&tdm__prompt_answers, filter->answer)));
    cells[9] = tdm__cell_text(filter->indicator);
    cells[10] = tdm__cell_text(filter->child);
    cells[11] = tdm__cell_number(filter->seen_since);
    cells[12] = tdm__cell_number(filter->current_only);
    cells[13] = tdm__cell_number(filter->with_gone);
}

/* Nearly every row that is allowed is in the list too. */
static bool takes_most(const tdm__prompt_filter *filter)
{
    return filter->state == TDM_ANY && filter->answer == TDM_ANY && filter->severity == 0 &&
           filter->indicator.length == 0 && filter->child.length == 0 && filter->seen_since == 0 &&
           !filter->current_only;
}

/*
 * Whether a page is sooner found in the order of keys, looking at each row's child, than among all rows of
 * the children allowed. Keys are spread evenly: of P prompts, M of them allowed, a page of L is found after
 * about L * P / M, and sorting looks at M. They are equal at the root of L * P, and no more is counted.
 */
static tdm_status is_walked(bool *out, tdm__work *work, const tdm__prompt_filter *filter, size_t limit,
                            tdm_error *error)
{
#define STANDING_OF(table, condition)                                                                        \
    "SELECT 1 FROM " table " AS a CROSS JOIN prompt AS p ON p.child_id = a.child_id AND p.gone = 0"          \
    " WHERE " condition
    static const char count[] = "SELECT count(*) FROM (" STANDING_OF(
        "allocation", "a.team = ?2 AND a.since <= ?3 AND a.until >= ?3")                              /**/
        " UNION ALL " STANDING_OF("allocation", "a.account = ?1 AND a.since <= ?3 AND a.until >= ?3") /**/
        " UNION ALL " STANDING_OF("opening",
                                  "a.account = ?1 AND a.from_time <= ?4 AND a.until_time > ?4") /**/
        " LIMIT ?5)";
#undef STANDING_OF
    tdm__cell cells[TDM__EYES_CELLS + 1];
    int64_t prompts = 0, allowed = 0, enough = 1;
    *out = false;
    if (!takes_most(filter))
        return TDM_OK;
    tdm_status status = tdm__rows_number(&prompts, work, "SELECT coalesce(max(rowid), 0) FROM prompt", NULL,
                                         0, error);
    while (enough < INT32_MAX && enough * enough < (int64_t)limit * prompts)
        enough *= 2;
    tdm__eyes_cells(cells, &filter->allowed);
    cells[TDM__EYES_CELLS] = tdm__cell_number(enough);
    if (status == TDM_OK)
        status = tdm__rows_number(&allowed, work, count, cells, TDM__EYES_CELLS + 1, error);
    *out = status == TDM_OK && allowed >= enough;
    return status;
}

static tdm_status list_statement(const char **out, tdm__work *work, const tdm__prompt_filter *filter,
                                 size_t limit, tdm_error *error)
{
    static const char all[] = PROMPT " WHERE p.key > ?5" FILTERED IN_ORDER;
    static const char of_child[] = PROMPT " WHERE p.child_id = ?11" SORTED;
    static const char allowed[] = PROMPT " WHERE p.child_id IN " TDM__CHILDREN_ALLOWED SORTED;
    static const char walked[] = PROMPT " WHERE p.key > ?5" FILTERED
                                        " AND " TDM__CHILD_IS_ALLOWED("p.child_id") IN_ORDER;
    bool walks = false;
    tdm_status status = TDM_OK;
    *out = filter->child.length > 0 ? of_child : all;
    if (filter->allowed.all)
        return TDM_OK;
    status = is_walked(&walks, work, filter, limit, error);
    *out = walks ? walked : allowed;
    return status;
}

tdm_status tdm__work_prompts(tdm__stored_prompts *out, tdm__work *work, tdm__arena *arena,
                             const tdm__prompt_filter *filter, tdm__paging page, tdm_error *error)
{
    tdm__cell cells[FILTER_CELLS];
    void *items = NULL;
    const char *statement;
    *out = (tdm__stored_prompts){NULL, 0, {"", 0}};
    filter_cells(cells, filter, page);
    tdm_status status = list_statement(&statement, work, filter, tdm__page_limit(page.limit) + 1, error);
    if (status == TDM_OK)
        status = tdm__rows_list(&items, &out->count, work, arena, &shape, statement, cells, FILTER_CELLS,
                                error);
    out->items = items;
    if (tdm__page_cut(&out->count, page.limit))
        out->next = out->items[out->count - 1].key;
    return status;
}

/* Of all pages; ?5 is "". */
tdm_status tdm__work_prompts_withheld(int64_t *out, tdm__work *work, const tdm__prompt_filter *filter,
                                      tdm_error *error)
{
#define COUNT_WITHHELD                                                                                       \
    "SELECT count(*) FROM prompt AS p JOIN prompt_state AS s ON s.key = p.key"                               \
    " AND s.version = (SELECT max(version) FROM prompt_state AS x WHERE x.key = p.key)"                      \
    " WHERE p.key > ?5 AND ?6 = ?6 AND NOT " TDM__PROMPT_FOR_EYES WANTED
    static const char all[] = COUNT_WITHHELD;
    static const char allowed[] = COUNT_WITHHELD " AND p.child_id IN " TDM__CHILDREN_ALLOWED;
#undef COUNT_WITHHELD
    tdm__cell cells[FILTER_CELLS];
    *out = 0;
    if (!work->store.eyes)
        return TDM_OK;
    filter_cells(cells, filter, (tdm__paging){.after = {"", 0}, .limit = 1});
    return tdm__rows_number(out, work, filter->allowed.all ? all : allowed, cells, FILTER_CELLS, error);
}

/* --- states --- */

tdm_status tdm__work_set_prompt_state(tdm__work *work, tdm_str key, int64_t version, uint32_t state,
                                      tdm_str reason, tdm_str by, int64_t at, tdm_error *error)
{
    static const char latest[] = "SELECT coalesce(max(version), 0) FROM prompt_state WHERE key = ?1";
    const tdm__cell cells[] = {tdm__cell_text(key),
                               tdm__cell_number(version + 1),
                               tdm__cell_text(tdm__str(tdm__code_of(&tdm__prompt_states, state))),
                               tdm__cell_optional_text(reason),
                               tdm__cell_text(by),
                               tdm__cell_number(at)};
    int64_t held;
    if (state >= TDM__PROMPT_ACTED_ON && reason.length == 0)
        return tdm__fail(error, TDM_INVALID_ARG, "expected a reason why a prompt is acted on or dismissed");
    tdm_status status = tdm__rows_number(&held, work, latest, cells, 1, error);
    if (status == TDM_OK && held == 0)
        status = tdm__fail(error, TDM_NOT_FOUND, "%s is not there", a_prompt);
    if (status == TDM_OK && held != version)
        status = tdm__fail(error, TDM_STALE, "%s has been changed by somebody else meanwhile", a_prompt);
    if (status == TDM_OK)
        status = tdm__rows_change(NULL, work, put_state, cells, 6, a_prompt, error);
    return status;
}

static const tdm__row_column step_columns[] = {
    {TDM__ROW_NUMBER, offsetof(tdm__prompt_step, version), NULL},
    {TDM__ROW_CODE, offsetof(tdm__prompt_step, state), &tdm__prompt_states},
    {TDM__ROW_OPTIONAL_TEXT, offsetof(tdm__prompt_step, reason), NULL},
    {TDM__ROW_TEXT, offsetof(tdm__prompt_step, by), NULL},
    {TDM__ROW_NUMBER, offsetof(tdm__prompt_step, at), NULL},
};
static const tdm__row_shape step_shape = TDM__ROW_SHAPE(step_columns, tdm__prompt_step);

tdm_status tdm__work_prompt_history(tdm__prompt_step **out, size_t *count, tdm__work *work, tdm__arena *arena,
                                    tdm_str key, tdm_error *error)
{
    const tdm__cell cell = tdm__cell_text(key);
    void *items;
    tdm_status status = tdm__rows_list(&items, count, work, arena, &step_shape,
                                       "SELECT version, state, reason, by, at FROM prompt_state"
                                       " WHERE key = ?1 ORDER BY version",
                                       &cell, 1, error);
    *out = items;
    return status;
}
