/*
 * Runs and their prompts: what a new run keeps, what it takes away, what people did with them, and counts.
 */
#include "store/living.h"

#include "store/worklist.h"

#include <stdio.h>
#include <string.h>

static int64_t start_run(living *l, tdm__work *work, int64_t at)
{
    tdm__stored_run run = {.as_of = 19500, .policy_hash = TDM_LIT("abcd"), .started = at, .indicators = 3};
    ck_assert_fine(tdm__work_start_run(work, &run, &l->error), l);
    return run.number;
}

/* The key is the letter sixteen times. */
static tdm__stored_prompt prompt_of(char letter, const char *indicator, uint32_t answer)
{
    static char keys[256][17];
    char *key = keys[(unsigned char)letter];
    memset(key, letter, 16);
    return (tdm__stored_prompt){.key = {key, 16},
                                .indicator = tdm__str(indicator),
                                .answer = answer,
                                .severity = 1,
                                .current = true,
                                .first_met = 19400,
                                .group = TDM_LIT("accumulation"),
                                .sentence = TDM_LIT("3 incidents."),
                                .evidence = TDM_LIT("[\"e1\"]")};
}

/* Puts prompts named by letters: small ones "unseen", 'd' to 'f' "moves". */
static tdm__prompt_changes put(living *l, tdm__work *work, int64_t run, const char *child,
                               const char *letters, int64_t at)
{
    tdm__stored_prompt prompts[16];
    tdm__prompt_changes changes;
    size_t count = strlen(letters);
    for (size_t i = 0; i < count; i++)
        prompts[i] = prompt_of(letters[i], letters[i] < 'd' ? "unseen" : "moves", letters[i] % 2 == 0);
    ck_assert_fine(tdm__work_put_prompts(work, run, tdm__str(child), prompts, count, at, &changes, &l->error),
                   l);
    return changes;
}

static tdm__stored_prompt look_up(living *l, tdm__work *work, char letter)
{
    tdm__stored_prompt out;
    const tdm_str key = prompt_of(letter, "", 0).key;
    ck_assert_fine(tdm__work_prompt(&out, work, &l->arena, key, &l->error), l);
    return out;
}

static void check_changes(tdm__prompt_changes changes, int added, int kept, int gone, int returned)
{
    ck_assert_int_eq(changes.added, added);
    ck_assert_int_eq(changes.kept, kept);
    ck_assert_int_eq(changes.gone, gone);
    ck_assert_int_eq(changes.returned, returned);
}

START_TEST(a_prompt_comes_back_as_it_went)
{
    living l;
    tdm__stored_prompt prompt = prompt_of('a', "unseen", TDM__PROMPT_POSSIBLE);
    living_open(&l);
    tdm__work *work = living_write(&l);
    int64_t run = start_run(&l, work, 1000);
    prompt.severity = 2;
    prompt.first_met = TDM_DAY_NONE;
    ck_assert_fine(tdm__work_put_prompts(work, run, TDM_LIT("child-a"), &prompt, 1, 1001, NULL, &l.error),
                   &l);
    tdm__stored_prompt out = look_up(&l, work, 'a');
    ck_assert_text(out.key, "aaaaaaaaaaaaaaaa");
    ck_assert_text(out.child, "child-a");
    ck_assert_text(out.indicator, "unseen");
    ck_assert_uint_eq(out.answer, TDM__PROMPT_POSSIBLE);
    ck_assert_uint_eq(out.severity, 2);
    ck_assert(out.current);
    ck_assert_int_eq(out.first_met, TDM_DAY_NONE);
    ck_assert_text(out.group, "accumulation");
    ck_assert_text(out.sentence, "3 incidents.");
    ck_assert_text(out.evidence, "[\"e1\"]");
    ck_assert_int_eq(out.run_first, run);
    ck_assert_int_eq(out.run_last, run);
    ck_assert_int_eq(out.first_seen, 1001);
    ck_assert_int_eq(out.gone, 0);
    ck_assert_uint_eq(out.state, TDM__PROMPT_NEW);
    ck_assert_int_eq(out.state_version, 1);
    ck_assert_int_eq(out.state_at, 1001);
    ck_assert_int_eq(tdm__work_prompt(&out, work, &l.arena, TDM_LIT("0"), &l.error), TDM_NOT_FOUND);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(a_new_run_keeps_what_people_did)
{
    living l;
    living_open(&l);
    tdm__work *work = living_write(&l);
    int64_t first = start_run(&l, work, 1000);
    check_changes(put(&l, work, first, "child-a", "abc", 1001), 3, 0, 0, 0);
    check_changes(put(&l, work, first, "child-b", "d", 1001), 1, 0, 0, 0);
    ck_assert_fine(tdm__work_set_prompt_state(work, look_up(&l, work, 'a').key, 1, TDM__PROMPT_DISMISSED,
                                              TDM_LIT("known and planned for"), TDM_LIT("ann"), 1100,
                                              &l.error),
                   &l);
    living_keep(work);
    work = living_write(&l);
    int64_t second = start_run(&l, work, 2000);
    check_changes(put(&l, work, second, "child-a", "ae", 2001), 1, 1, 2, 0);
    living_keep(work);
    work = living_write(&l);
    tdm__stored_prompt out = look_up(&l, work, 'a');
    ck_assert_uint_eq(out.state, TDM__PROMPT_DISMISSED);
    ck_assert_text(out.state_reason, "known and planned for");
    ck_assert_text(out.state_by, "ann");
    ck_assert_int_eq(out.state_version, 2);
    ck_assert_int_eq(out.first_seen, 1001);
    ck_assert_int_eq(out.run_first, first);
    ck_assert_int_eq(out.run_last, second);
    ck_assert_int_eq(look_up(&l, work, 'b').gone, second);
    ck_assert_int_eq(look_up(&l, work, 'b').run_last, first);
    ck_assert_int_eq(look_up(&l, work, 'd').gone, 0); /* another child's */
    ck_assert_uint_eq(look_up(&l, work, 'e').state, TDM__PROMPT_NEW);
    /* 'b' is there again; the same run put in twice changes nothing. */
    int64_t third = start_run(&l, work, 3000);
    check_changes(put(&l, work, third, "child-a", "abe", 3001), 0, 3, 0, 1);
    check_changes(put(&l, work, third, "child-a", "abe", 3002), 0, 3, 0, 0);
    ck_assert_int_eq(look_up(&l, work, 'b').gone, 0);
    ck_assert_int_eq(look_up(&l, work, 'b').first_seen, 1001);
    ck_assert_int_eq(look_up(&l, work, 'c').gone, second);
    check_changes(put(&l, work, third, "child-a", "", 3003), 0, 0, 3, 0);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(prompts_that_do_not_fit_are_refused_whole)
{
    living l;
    tdm__stored_prompt pair[] = {prompt_of('a', "unseen", 0), prompt_of('a', "unseen", 0)};
    tdm__stored_prompt bad = prompt_of('A', "unseen", 0);
    living_open(&l);
    tdm__work *work = living_write(&l);
    int64_t run = start_run(&l, work, 1000);
    ck_assert_int_eq(tdm__work_put_prompts(work, run, TDM_LIT("nobody"), pair, 1, 1, NULL, &l.error),
                     TDM_NOT_FOUND);
    ck_assert_int_eq(tdm__work_put_prompts(work, 99, TDM_LIT("child-a"), pair, 1, 1, NULL, &l.error),
                     TDM_NOT_FOUND);
    put(&l, work, run, "child-a", "b", 1);
    living_keep(work);
    work = living_write(&l);
    ck_assert_int_eq(tdm__work_put_prompts(work, run, TDM_LIT("child-a"), pair, 2, 1, NULL, &l.error),
                     TDM_CONFLICT);
    ck_assert_int_eq(tdm__work_commit(work, &l.error), TDM_STORE);
    tdm__work_end(work);
    work = living_write(&l);
    pair[0] = prompt_of('b', "unseen", 0);
    ck_assert_int_eq(tdm__work_put_prompts(work, run, TDM_LIT("child-b"), pair, 1, 1, NULL, &l.error),
                     TDM_CONFLICT);
    ck_assert_int_eq(tdm__work_put_prompts(work, run, TDM_LIT("child-b"), &bad, 1, 1, NULL, &l.error),
                     TDM_INVALID_ARG);
    tdm__work_end(work);
    ck_assert_int_eq(living_count(&l, "SELECT count(*) FROM prompt WHERE gone = 0"), 1);
    living_close(&l);
}
END_TEST

START_TEST(states_are_kept_and_the_second_is_told)
{
    living l;
    tdm__prompt_step *steps;
    size_t count;
    living_open(&l);
    tdm__work *work = living_write(&l);
    put(&l, work, start_run(&l, work, 1), "child-a", "a", 1);
    const tdm_str key = look_up(&l, work, 'a').key;
    const tdm_str none = TDM_LIT(""), why = TDM_LIT("told the health visitor"), ann = TDM_LIT("ann");
    ck_assert_fine(tdm__work_set_prompt_state(work, key, 1, TDM__PROMPT_SEEN, none, ann, 5, &l.error), &l);
    ck_assert_int_eq(tdm__work_set_prompt_state(work, key, 1, TDM__PROMPT_SEEN, none, ann, 6, &l.error),
                     TDM_STALE);
    ck_assert_int_eq(tdm__work_set_prompt_state(work, key, 2, TDM__PROMPT_ACTED_ON, none, ann, 6, &l.error),
                     TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__work_set_prompt_state(work, key, 2, 4, why, ann, 6, &l.error), TDM_INVALID_ARG);
    ck_assert_int_eq(
        tdm__work_set_prompt_state(work, TDM_LIT("x"), 2, TDM__PROMPT_SEEN, why, ann, 6, &l.error),
        TDM_NOT_FOUND);
    ck_assert_fine(tdm__work_set_prompt_state(work, key, 2, TDM__PROMPT_ACTED_ON, why, ann, 7, &l.error), &l);
    ck_assert_fine(tdm__work_prompt_history(&steps, &count, work, &l.arena, key, &l.error), &l);
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(steps[0].state, TDM__PROMPT_NEW);
    ck_assert_uint_eq(steps[1].state, TDM__PROMPT_SEEN);
    ck_assert_uint_eq(steps[2].state, TDM__PROMPT_ACTED_ON);
    ck_assert_text(steps[2].reason, "told the health visitor");
    ck_assert_int_eq(steps[2].at, 7);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* child-a: a met, b possible ("unseen"), d possible, e met ("moves"); child-b: c met, f possible. */
static void fill(living *l)
{
    tdm__stored_allocation allocation = {.child = TDM_LIT("child-b"),
                                         .account = TDM_LIT("ann"),
                                         .since = 19000,
                                         .until = TDM_DAY_AFTER_ALL,
                                         .by = TDM_LIT("boss")};
    living_add_user(l, "ann", "");
    tdm__work *work = living_write(l);
    int64_t run = start_run(l, work, 1000);
    put(l, work, run, "child-a", "abde", 1000);
    put(l, work, run, "child-b", "c", 1000);
    run = start_run(l, work, 2000);
    put(l, work, run, "child-b", "cf", 2000);
    put(l, work, run, "child-a", "abe", 2000); /* d is gone */
    ck_assert_fine(tdm__work_set_prompt_state(work, look_up(l, work, 'c').key, 1, TDM__PROMPT_SEEN,
                                              TDM_LIT(""), TDM_LIT("ann"), 1, &l->error),
                   l);
    ck_assert_fine(tdm__work_allocate(work, &allocation, &l->error), l);
    living_keep(work);
}

/* As initializers of a table. */
#define ALL                                                                                                  \
    {                                                                                                        \
        .all = true                                                                                          \
    }
#define ANN                                                                                                  \
    {                                                                                                        \
        .account = {"ann", 3}, .day = 19500                                                                  \
    }
#define NOBODY                                                                                               \
    {                                                                                                        \
        .all = false                                                                                         \
    }

START_TEST(lists_are_filtered_and_paged)
{
    static const struct {
        tdm__prompt_filter filter;
        const char *letters;
    } rows[] = {
        {{.state = TDM_ANY, .answer = TDM_ANY, .allowed = ALL}, "abcef"},
        {{.state = TDM_ANY, .answer = TDM_ANY, .allowed = ALL, .with_gone = true}, "abcdef"},
        {{.state = TDM_ANY, .answer = TDM_ANY, .allowed = ANN}, "cf"},
        {{.state = TDM_ANY, .answer = TDM_ANY, .allowed = NOBODY}, ""},
        {{.state = TDM__PROMPT_NEW, .answer = TDM_ANY, .allowed = ALL}, "abef"},
        {{.state = TDM__PROMPT_SEEN, .answer = TDM_ANY, .allowed = ANN}, "c"},
        {{.state = TDM_ANY, .answer = TDM__PROMPT_POSSIBLE, .allowed = ALL}, "bf"},
        {{.state = TDM_ANY, .answer = TDM_ANY, .indicator = {"moves", 5}, .allowed = ALL}, "ef"},
        {{.state = TDM_ANY, .answer = TDM_ANY, .child = {"child-a", 7}, .allowed = ALL}, "abe"},
        {{.state = TDM_ANY, .answer = TDM_ANY, .child = {"child-a", 7}, .allowed = ANN}, ""},
        {{.state = TDM_ANY, .answer = TDM_ANY, .seen_since = 2000, .allowed = ALL}, "f"},
        {{.state = TDM_ANY, .answer = TDM_ANY, .severity = 2, .allowed = ALL}, ""},
        {{.state = TDM_ANY, .answer = TDM_ANY, .severity = 1, .current_only = true, .allowed = ANN}, "cf"},
    };
    living l;
    living_open(&l);
    fill(&l);
    tdm__work *work = living_read(&l);
    for (int i = 0; i < ROWS(rows); i++) {
        char letters[16] = "";
        tdm__paging page = {{"", 0}, 2};
        do {
            tdm__stored_prompts list;
            ck_assert_fine(tdm__work_prompts(&list, work, &l.arena, &rows[i].filter, page, &l.error), &l);
            ck_assert_uint_le(list.count, 2);
            for (size_t k = 0; k < list.count; k++)
                strncat(letters, list.items[k].key.data, 1);
            page.after = list.next;
        } while (page.after.length > 0);
        ck_assert_msg(strcmp(letters, rows[i].letters) == 0, "row %d: %s", i, letters);
    }
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* A child with a met and a possible prompt of one indicator counts once, as met. */
/* --- pages found by their keys, and pages found by their children --- */

#define MANY 300

/* A child's prompts have keys from all over, so that those of several lie among one another. */
static tdm_str key_of(int number)
{
    static char keys[MANY][17];
    uint64_t mixed = ((uint64_t)number + 1) * 0x9e3779b97f4a7c15u;
    snprintf(keys[number], sizeof keys[number], "%016llx", (unsigned long long)mixed);
    return (tdm_str){keys[number], 16};
}

/* Of three children in turn; all of them in the first run, and without every seventh in the second. */
static const char *const owners[] = {"child-a", "child-b", "child-c"};

static void put_many(living *l, tdm__work *work, int64_t run, bool without_sevenths)
{
    for (size_t child = 0; child < 3; child++) {
        size_t count = 0;
        tdm__stored_prompt prompts[MANY];
        for (int i = (int)child; i < MANY; i += 3) {
            if (without_sevenths && i % 7 == 0)
                continue;
            prompts[count] = prompt_of('a', "unseen", TDM__PROMPT_MET);
            prompts[count++].key = key_of(i);
        }
        ck_assert_fine(
            tdm__work_put_prompts(work, run, tdm__str(owners[child]), prompts, count, 1000, NULL, &l->error),
            l);
    }
}

static int by_key(const void *a, const void *b)
{
    return memcmp(((const tdm_str *)a)->data, ((const tdm_str *)b)->data, 16);
}

/* child-a is team north's, child-b is opened to ann until 2000, child-c is ben's: found out without the
 * store. */
static size_t expect_keys(tdm_str keys[MANY], const char *account, const char *team, bool with_gone)
{
    size_t count = 0;
    const bool allowed[] = {strcmp(team, "north") == 0, strcmp(account, "ann") == 0,
                            strcmp(account, "ben") == 0};
    for (int i = 0; i < MANY; i++)
        if (allowed[i % 3] && (with_gone || i % 7 != 0))
            keys[count++] = key_of(i);
    qsort(keys, count, sizeof *keys, by_key);
    return count;
}

static void check_pages(living *l, tdm__work *work, const tdm__prompt_filter *filter, size_t limit)
{
    char after[17] = "";
    size_t found = 0;
    tdm_str expected[MANY];
    tdm__stored_prompts list;
    const tdm__allowed *eyes = &filter->allowed;
    size_t count = expect_keys(expected, eyes->account.data, eyes->team.data, filter->with_gone);
    do {
        tdm__paging page = {.after = tdm__str(after), .limit = limit};
        ck_assert_fine(tdm__work_prompts(&list, work, &l->arena, filter, page, &l->error), l);
        ck_assert_uint_le(list.count, limit);
        for (size_t i = 0; i < list.count; i++, found++) {
            ck_assert_uint_lt(found, count);
            ck_assert_text(list.items[i].key, expected[found].data);
        }
        snprintf(after, sizeof after, "%.*s", TDM_STR_ARGS(list.next));
    } while (after[0]);
    ck_assert_uint_eq(found, count);
}

static void allow(living *l, tdm__work *work)
{
    tdm__stored_allocation north = {.child = TDM_LIT("child-a"),
                                    .team = TDM_LIT("north"),
                                    .since = 19000,
                                    .until = TDM_DAY_AFTER_ALL,
                                    .by = TDM_LIT("ann")};
    tdm__stored_allocation ben = {.child = TDM_LIT("child-c"),
                                  .account = TDM_LIT("ben"),
                                  .since = 19000,
                                  .until = TDM_DAY_AFTER_ALL,
                                  .by = TDM_LIT("ann")};
    tdm__stored_opening opening = {.child = TDM_LIT("child-b"),
                                   .account = TDM_LIT("ann"),
                                   .until = 2000,
                                   .reason = TDM_LIT("a review"),
                                   .by = TDM_LIT("ben")};
    ck_assert_fine(tdm__work_allocate(work, &north, &l->error), l);
    ck_assert_fine(tdm__work_allocate(work, &ben, &l->error), l);
    ck_assert_fine(tdm__work_open_case(work, &opening, &l->error), l);
}

/* Small pages of many rows are walked to by key, long ones and those of few rows sorted: nobody sees which.
 */
START_TEST(a_list_is_the_same_however_it_is_found)
{
    static const struct {
        const char *account, *team;
    } eyes[] = {{"ann", ""}, {"ann", "north"}, {"ben", "north"}, {"", "north"}, {"ben", ""}, {"", "south"}};
    static const size_t limits[] = {1, 3, 7, 50, 1000};
    living l;
    living_open(&l);
    living_add_user(&l, "ann", "");
    living_add_user(&l, "ben", "");
    tdm__work *work = living_write(&l);
    allow(&l, work);
    put_many(&l, work, start_run(&l, work, 1000), false);
    put_many(&l, work, start_run(&l, work, 1001), true);
    for (size_t who = 0; who < ROWS(eyes); who++)
        for (size_t i = 0; i < 2 * ROWS(limits); i++) {
            tdm__prompt_filter filter = {.state = TDM_ANY,
                                         .answer = TDM_ANY,
                                         .with_gone = i % 2 == 1,
                                         .allowed = {.account = tdm__str(eyes[who].account),
                                                     .team = tdm__str(eyes[who].team),
                                                     .day = 19500,
                                                     .now = 1999}};
            check_pages(&l, work, &filter, limits[i / 2]);
        }
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(counts_are_of_children)
{
    living l;
    tdm__indicator_count *counts;
    size_t count;
    const tdm__allowed all = {.all = true}, ann = {.account = TDM_LIT("ann"), .day = 19500};
    living_open(&l);
    fill(&l);
    tdm__work *work = living_read(&l);
    ck_assert_fine(tdm__work_count_prompts(&counts, &count, work, &l.arena, 2000, &all, &l.error), &l);
    ck_assert_uint_eq(count, 2);
    ck_assert_text(counts[0].indicator, "moves");
    ck_assert_int_eq(counts[0].met, 1);
    ck_assert_int_eq(counts[0].possible, 1);
    ck_assert_int_eq(counts[0].added, 1);
    ck_assert_text(counts[1].indicator, "unseen");
    ck_assert_int_eq(counts[1].met, 2);
    ck_assert_int_eq(counts[1].possible, 0);
    ck_assert_int_eq(counts[1].added, 0);
    ck_assert_fine(tdm__work_count_prompts(&counts, &count, work, &l.arena, 0, &ann, &l.error), &l);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(counts[0].met, 0);
    ck_assert_int_eq(counts[1].met, 1);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* Days by hand: 19417 is 1 March 2023, 19416 the day before; -1 is 31 December 1969. */
START_TEST(months_are_counted)
{
    static const tdm_day days[] = {19416, 19417, 19447, TDM_DAY_NONE, -1};
    living l;
    tdm__stored_prompt prompts[5];
    tdm__month_count *months;
    size_t count;
    const tdm__allowed all = {.all = true};
    living_open(&l);
    tdm__work *work = living_write(&l);
    for (int i = 0; i < 5; i++) {
        prompts[i] = prompt_of((char)('a' + i), i == 4 ? "moves" : "unseen", i == 3);
        prompts[i].first_met = days[i];
    }
    int64_t run = start_run(&l, work, 1);
    ck_assert_fine(tdm__work_put_prompts(work, run, TDM_LIT("child-a"), prompts, 5, 1, NULL, &l.error), &l);
    ck_assert_fine(tdm__work_prompt_months(&months, &count, work, &l.arena, TDM_LIT(""), &all, &l.error), &l);
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(months[0].year, 0);
    ck_assert_int_eq(months[0].possible, 1);
    ck_assert_int_eq(months[1].year, 1969);
    ck_assert_int_eq(months[1].month, 12);
    ck_assert_int_eq(months[2].year, 2023);
    ck_assert_int_eq(months[2].month, 2);
    ck_assert_int_eq(months[2].met, 1);
    ck_assert_int_eq(months[3].month, 3);
    ck_assert_int_eq(months[3].met, 2);
    ck_assert_fine(tdm__work_prompt_months(&months, &count, work, &l.arena, TDM_LIT("moves"), &all, &l.error),
                   &l);
    ck_assert_uint_eq(count, 1);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

START_TEST(runs_begin_and_end)
{
    living l;
    tdm__stored_run run;
    tdm__stored_runs runs;
    living_open(&l);
    tdm__work *work = living_write(&l);
    ck_assert_int_eq(tdm__work_latest_run(&run, work, &l.arena, &l.error), TDM_NOT_FOUND);
    int64_t first = start_run(&l, work, 1000), second = start_run(&l, work, 2000);
    ck_assert_fine(tdm__work_finish_run(work, first, 1500, 3, &l.error), &l);
    ck_assert_int_eq(tdm__work_finish_run(work, first, 1600, 3, &l.error), TDM_STALE);
    ck_assert_int_eq(tdm__work_finish_run(work, 77, 1600, 3, &l.error), TDM_NOT_FOUND);
    ck_assert_fine(tdm__work_latest_run(&run, work, &l.arena, &l.error), &l);
    ck_assert_int_eq(run.number, first);
    ck_assert_int_eq(run.as_of, 19500);
    ck_assert_text(run.policy_hash, "abcd");
    ck_assert_int_eq(run.started, 1000);
    ck_assert_int_eq(run.finished, 1500);
    ck_assert_int_eq(run.children, 3);
    ck_assert_int_eq(run.indicators, 3);
    ck_assert_fine(tdm__work_run(&run, work, &l.arena, second, &l.error), &l);
    ck_assert_int_eq(run.finished, 0);
    ck_assert_fine(tdm__work_runs(&runs, work, &l.arena, 0, 1, &l.error), &l);
    ck_assert_uint_eq(runs.count, 1);
    ck_assert_int_eq(runs.next, first);
    ck_assert_fine(tdm__work_runs(&runs, work, &l.arena, runs.next, 1, &l.error), &l);
    ck_assert_int_eq(runs.items[0].number, second);
    ck_assert_int_eq(runs.next, 0);
    tdm__work_end(work);
    living_close(&l);
}
END_TEST

/* --- memory --- */

static living memory_living;

static tdm_status put_and_count(tdm__work *work, tdm__arena *arena)
{
    const tdm__stored_prompt prompt = prompt_of('a', "unseen", 0);
    const tdm__prompt_filter filter = {.state = TDM_ANY, .answer = TDM_ANY, .allowed = {.all = true}};
    tdm__stored_run run = {.as_of = 1};
    tdm__stored_prompts prompts;
    tdm__indicator_count *counts;
    size_t count;
    tdm_status status = tdm__work_start_run(work, &run, NULL);
    if (status == TDM_OK)
        status = tdm__work_put_prompts(work, run.number, TDM_LIT("child-a"), &prompt, 1, 1, NULL, NULL);
    if (status == TDM_OK)
        status = tdm__work_prompts(&prompts, work, arena, &filter, (tdm__paging){{"", 0}, 5}, NULL);
    if (status == TDM_OK)
        status = tdm__work_count_prompts(&counts, &count, work, arena, 0, &filter.allowed, NULL);
    return status;
}

static tdm_status put_and_keep_none(const tdm_allocator *allocator)
{
    return living_try(&memory_living, allocator, put_and_count);
}

START_TEST(every_allocation_may_fail)
{
    living_open(&memory_living);
    TEST_EVERY_ALLOCATION(put_and_keep_none);
    living_close(&memory_living);
}
END_TEST

Suite *worklist_suite(void)
{
    Suite *suite = suite_create("worklist");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_prompt_comes_back_as_it_went);
    tcase_add_test(all, a_new_run_keeps_what_people_did);
    tcase_add_test(all, prompts_that_do_not_fit_are_refused_whole);
    tcase_add_test(all, states_are_kept_and_the_second_is_told);
    tcase_add_test(all, lists_are_filtered_and_paged);
    tcase_add_test(all, a_list_is_the_same_however_it_is_found);
    tcase_add_test(all, counts_are_of_children);
    tcase_add_test(all, months_are_counted);
    tcase_add_test(all, runs_begin_and_end);
    tcase_add_test(all, every_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite;
}
