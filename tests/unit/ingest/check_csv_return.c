/*
 * CSV returns: what each column becomes, what is told, what is set aside. Expectations were written
 * out by hand from interfaces.md.
 */
#include "ingest/gathered.h"
#include "ingest/suites.h"
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS(more)                                                                                        \
    "{\"map\": 1, \"agency\": \"school\", \"columns\": {\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": " \
    "\"occurred\"}" more

typedef struct reading {
    const char *what;
    const char *map;
    const char *csv;
    const char *events;
    const char *told;
    const char *account;
} reading;

static const reading readings[] = {
    {"plain rows, values, constants",
     COLUMNS(", \"What\": {\"to\": \"kind\", \"values\": {\"Home visit\": "
             "\"visit\"}}}, \"constants\": {\"role\": \"teacher\"}}"),
     "Child,Date,What\nA,2024-03-05,HOME  VISIT\n", "A 2024-03-05 visit school 2 +role:teacher\n", "",
     "1 1 0"},
    {"an unmatched kind is kept as other, told once",
     COLUMNS(", \"What\": {\"to\": \"kind\", \"values\": {\"x\": \"visit\"}}}}"),
     "Child,Date,What\nA,2024-03-05,Tea\nA,2024-03-06,Tea\nA,2024-03-07,visit\n",
     "A 2024-03-05 other school 2 +kind_as_written:Tea\nA 2024-03-06 other school 3 +kind_as_written:Tea\n"
     "A 2024-03-07 visit school 4\n",
     "2 kind-unknown What\n", "3 3 0"},
    {"dates as people write them", COLUMNS("}, \"constants\": {\"kind\": \"note\"}}"),
     "Child,Date\nA,5/3/24\nA,March 2024\nA,2024-02-30\nA,\n",
     "A 2024-03 note school 3 +occurred_as_written:March 2024\n"
     "A 2024-03-05 note school 2 +occurred_as_written:5/3/24\n"
     "A undated note school 4 +occurred_as_written:2024-02-30\nA undated note school 5\n",
     "4 date-not-read Date\n5 date-missing \n", "4 4 0"},
    {"a column with a month-first date casts doubt on the others",
     COLUMNS("}, \"constants\": {\"kind\": \"note\"}}"), "Child,Date\nA,5/3/24\nA,5/13/24\nA,25/3/24\n",
     "A [2024-03-05..2024-05-03] note school 2 +occurred_as_written:5/3/24\n"
     "A 2024-03-25 note school 4 +occurred_as_written:25/3/24\n"
     "A 2024-05-13 note school 3 +occurred_as_written:5/13/24\n",
     "3 date-order-doubtful Date\n", "3 3 0"},
    {"years first above, then a day in front, and one month first below it",
     COLUMNS(", \"Typed\": {\"to\": \"recorded\"}}, \"constants\": {\"kind\": \"note\"}}"),
     "Child,Date,Typed\nA,2024-03-01,2024-03-05\nA,4/3/24,25/4/24\nA,5/13/24,2024-05-15\n",
     "A 2024-03-01 note school 2 +recorded:2024-03-05\n"
     "A [2024-03-04..2024-04-03] note school 3 +recorded:2024-04-25 +occurred_as_written:4/3/24\n"
     "A 2024-05-13 note school 4 +recorded:2024-05-15 +occurred_as_written:5/13/24\n",
     "4 date-order-doubtful Date\n", "3 3 0"},
    {"an order that the map gives leaves no doubt",
     COLUMNS("}, \"dates\": {\"order\": \"mdy\"}, \"constants\": {\"kind\": \"note\"}}"),
     "Child,Date\nA,5/3/24\nA,5/13/24\n",
     "A 2024-05-03 note school 2 +occurred_as_written:5/3/24\n"
     "A 2024-05-13 note school 3 +occurred_as_written:5/13/24\n",
     "", "2 2 0"},
    {"a row without a child is set aside", COLUMNS("}, \"constants\": {\"kind\": \"note\"}}"),
     "Child,Date\n,2024-03-05\nB,2024-03-06\n", "B 2024-03-06 note school 3\n", "2 child-missing child\n",
     "2 1 1"},
    {"headings: unmapped, ignored, missing, of another case",
     COLUMNS(", \"Gone\": {\"to\": \"text\"}}, \"ignore\": [\"Row\"], \"constants\": {\"kind\": \"note\"}}"),
     "ROW, child ,DATE,Extra\n1,A,2024-03-05,x\n", "A 2024-03-05 note school 2\n",
     "1 heading-missing Gone\n1 heading-not-mapped Extra\n", "1 1 0"},
    {"times, days of recording, small words",
     COLUMNS(", \"At\": {\"to\": \"time\"}, \"Typed\": {\"to\": \"recorded\"}, \"Seen\": {\"to\": "
             "\"child_seen\"}, \"Alone\": {\"to\": \"seen_alone\"}, \"Level\": {\"to\": \"significance\"}}, "
             "\"constants\": {\"kind\": \"visit\"}}"),
     "Child,Date,At,Typed,Seen,Alone,Level\nA,2024-03-05,2.30pm,2024-03-08,Y,No,low\n"
     "A,2024-03-06 09:15,,March 2024,maybe,,\n",
     "A 2024-03-05 visit school 2 +time:14:30 +recorded:2024-03-08 +significance:low +seen:yes +alone:no\n"
     "A 2024-03-06 visit school 3 +time:09:15 +occurred_as_written:2024-03-06 09:15\n",
     "3 recorded-not-read Typed\n3 value-unknown Seen\n", "2 2 0"},
    {"an episode is split into its start and its end, facts with them",
     COLUMNS(", \"Until\": {\"to\": \"ended\"}, \"Typed\": {\"to\": \"recorded\"}, \"Category\": {\"to\": "
             "\"facts.category\", \"values\": {\"N\": \"neglect\"}}, \"Why\": {\"to\": \"facts.reason\"}}, "
             "\"constants\": {\"kind\": \"cp-plan-start\"}}"),
     "Child,Date,Until,Typed,Category,Why\nA,2023-01-10,2023-09-01,2023-01-12,n,improved\n"
     "A,2024-01-10,,2024-01-12,N,\n",
     "A 2023-01-10 cp-plan-start school 2 +recorded:2023-01-12 category=neglect\n"
     "A 2023-09-01 cp-plan-end school 2 reason=improved\n"
     "A 2024-01-10 cp-plan-start school 3 +recorded:2024-01-12 category=neglect\n",
     "", "2 2 0"},
    {"the end keeps a day of recording that does not lie before it",
     COLUMNS(", \"Until\": {\"to\": \"ended\"}, \"Typed\": {\"to\": \"recorded\"}}, "
             "\"constants\": {\"kind\": \"missing-start\"}}"),
     "Child,Date,Until,Typed\nA,2023-01-10,2023-01-11,2023-01-11\n",
     "A 2023-01-10 missing-start school 2 +recorded:2023-01-11\n"
     "A 2023-01-11 missing-end school 2 +recorded:2023-01-11\n",
     "", "1 1 0"},
    {"a kind that opens nothing keeps a period",
     COLUMNS(", \"Until\": {\"to\": \"ended\"}, \"Missed\": {\"to\": \"facts.sessions_missed\"}, \"All\": "
             "{\"to\": \"facts.sessions_possible\"}}, \"constants\": {\"kind\": \"attendance-summary\"}}"),
     "Child,Date,Until,Missed,All\nA,2023-09-04,2023-12-20,012,132\n",
     "A 2023-09-04 attendance-summary school 2 +until:2023-12-20 sessions_missed=12 sessions_possible=132\n",
     "", "1 1 0"},
    {"an end before its start: both kept and told",
     COLUMNS(", \"Until\": {\"to\": \"ended\"}}, \"constants\": {\"kind\": \"cin-plan-start\"}}"),
     "Child,Date,Until\nA,2023-05-10,2023-05-01\n",
     "A 2023-05-01 cin-plan-end school 2\nA 2023-05-10 cin-plan-start school 2\n",
     "2 ends-before-start ended\n", "1 1 0"},
    {"facts by their type; one unknown, one that its kind does not carry",
     COLUMNS(", \"NFA\": {\"to\": \"facts.no_further_action\"}, \"Due\": {\"to\": \"facts.due\"}, \"Odd\": "
             "{\"to\": \"facts.shoe_size\"}, \"Risk\": {\"to\": \"facts.risk\"}}, \"constants\": {\"kind\": "
             "\"referral\"}}"),
     "Child,Date,NFA,Due,Odd,Risk\nA,2024-03-05,TRUE,5 April 2024,3,extreme\nA,2024-03-06,dunno,April,,\n",
     "A 2024-03-05 referral school 2 no_further_action=yes due=2024-04-05 risk=extreme shoe_size=3\n"
     "A 2024-03-06 referral school 3\n",
     "2 fact-unknown Odd\n2 fact-code-unknown Risk\n2 fact-not-of-kind due\n2 fact-not-of-kind risk\n"
     "3 fact-not-read NFA\n3 fact-not-read Due\n",
     "2 2 0"},
    {"lists and joined texts",
     COLUMNS(", \"Themes\": {\"to\": \"theme\", \"split\": \";\", \"values\": {\"Dom abuse\": "
             "\"domestic-abuse\"}}, \"Note\": {\"to\": \"text\"}, \"More\": {\"to\": \"text\", \"join\": "
             "\" / \"}}, \"constants\": {\"kind\": \"concern\"}}"),
     "Child,Date,Themes,Note,More\nA,2024-03-05,dom ABUSE; physical,\"said \"\"no\"\"\",later\n"
     "A,2024-03-06,,,only\n",
     "A 2024-03-05 concern school 2 +theme:physical +theme:domestic-abuse +text:said \"no\" / later\n"
     "A 2024-03-06 concern school 3 +text:only\n",
     "", "2 2 0"},
    {"dated columns give an event each",
     "{\"map\": 1, \"agency\": \"childrens-social-care\", \"columns\": {\"ID\": {\"to\": \"child\"}, "
     "\"Worker\": {\"to\": \"role\"}}, \"events\": [{\"when\": \"Strategy\", \"kind\": "
     "\"strategy-discussion\"}, {\"when\": \"S47\", \"kind\": \"s47-start\", \"columns\": {\"S47 end\": "
     "{\"to\": \"ended\"}, \"Result\": {\"to\": \"facts.outcome\"}}}]}",
     "ID,Worker,Strategy,S47,S47 end,Result\nA,SW1,2024-03-05,2024-03-06,2024-03-20,conference\n"
     "B,SW2,,2024-04-01,,\nC,SW3,,,,\n",
     "A 2024-03-05 strategy-discussion childrens-social-care 2 +role:SW1\n"
     "A 2024-03-06 s47-start childrens-social-care 2 +role:SW1\n"
     "A 2024-03-20 s47-end childrens-social-care 2 +role:SW1 outcome=conference\n"
     "B 2024-04-01 s47-start childrens-social-care 3 +role:SW2\n",
     "4 row-without-event \n", "3 2 1"},
    {"several children in one cell",
     "{\"map\": 1, \"agency\": \"police\", \"columns\": {\"Kids\": {\"to\": \"child\", \"split\": \"/\"}, "
     "\"Date\": {\"to\": \"occurred\"}}, \"constants\": {\"kind\": \"police-incident\"}}",
     "Kids,Date\nA / B,2024-03-05\n",
     "A 2024-03-05 police-incident police 2\nB 2024-03-05 police-incident "
     "police 2\n",
     "", "1 1 0"},
    {"an agency by its own names",
     "{\"map\": 1, \"columns\": {\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": \"occurred\"}, \"Who\": "
     "{\"to\": \"agency\", \"values\": {\"A&E\": \"hospital\"}}}, \"constants\": {\"kind\": \"injury\"}}",
     "Child,Date,Who\nA,2024-03-05,a&e\nA,2024-03-06,The Lodge\n",
     "A 2024-03-05 injury hospital 2\nA 2024-03-06 injury other 3\n", "3 agency-unknown Who\n", "2 2 0"},
    {"a broken record is set aside and the next one read", COLUMNS("}, \"constants\": {\"kind\": \"note\"}}"),
     "Child,Date\nA,\"2024-03-05\"x\nB,2024-03-06\n", "B 2024-03-06 note school 3\n", "2 row-not-read \n",
     "2 1 1"},
    {"empty records are no rows; cells behind the heading are told",
     COLUMNS("}, \"constants\": {\"kind\": \"note\"}}"), "Child,Date\n,\nA,2024-03-05,,\nA,2024-03-06,x\n\n",
     "A 2024-03-05 note school 3\nA 2024-03-06 note school 4\n", "4 row-too-long \n", "2 2 0"},
    {"titles above the heading, semicolons, CRLF",
     "{\"map\": 1, \"agency\": \"gp\", \"header_row\": 3, \"delimiter\": \";\", \"columns\": {\"Child\": "
     "{\"to\": \"child\"}, \"Date\": {\"to\": \"occurred\"}}, \"constants\": {\"kind\": \"note\"}}",
     "Return of the practice\r\n\r\nChild;Date\r\nA;2024-03-05\r\n", "A 2024-03-05 note gp 4\n", "", "1 1 0"},
};

START_TEST(rows_become_events)
{
    const reading *r = &readings[_i / 2];
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    g.collection.jobs = _i % 2 + 1;
    tdm_status status = gathered_content(&g, "return.csv", r->csv, r->map);
    ck_assert_msg(status == TDM_OK, "%s: %s (%s:%d)", r->what, g.error.message, g.error.file,
                  (int)g.error.line);
    const char *told = gathered_diagnostics(&g, NULL);
    ck_assert_msg(strcmp(told, r->told) == 0, "%s: told\n%s", r->what, told);
    const char *account = gathered_account(&g, 0);
    ck_assert_msg(strcmp(account, r->account) == 0, "%s: account %s", r->what, account);
    const char *events = gathered_events(&g);
    ck_assert_msg(strcmp(events, r->events) == 0, "%s: events\n%s", r->what, events);
    gathered_free(&g);
}
END_TEST

static tdm_status read_nth(const tdm_allocator *allocator, size_t n)
{
    gathered g;
    tdm_status status = gathered_init(&g, allocator);
    if (status == TDM_OK)
        status = gathered_content(&g, "return.csv", readings[n].csv, readings[n].map);
    gathered_free(&g);
    return status;
}

static tdm_status read_facts(const tdm_allocator *allocator)
{
    return read_nth(allocator, 12);
}

static tdm_status read_lists(const tdm_allocator *allocator)
{
    return read_nth(allocator, 13);
}

static tdm_status read_dated(const tdm_allocator *allocator)
{
    return read_nth(allocator, 14);
}

START_TEST(returns_survive_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_facts);
    TEST_EVERY_ALLOCATION(read_lists);
    TEST_EVERY_ALLOCATION(read_dated);
}
END_TEST

static const char note_map[] = COLUMNS("}, \"constants\": {\"kind\": \"note\"}}");

/* Many blocks of rows: told twice, with doubled quotes, blank, too long, and some that cannot be read. */
static void put_rows(tdm__text *csv, int rows)
{
    tdm__text_puts(csv, "Child,Date,Text\n");
    for (int i = 0; i < rows; i++) {
        tdm__text_printf(csv, "C%d,2024-03-%02d,", i * 7 % 41, i % 28 + 1);
        if (i % 11 == 0)
            tdm__text_printf(csv, "\"said \"\"%d\"\"\"", i);
        else if (i % 97 == 0)
            tdm__text_puts(csv, "\"closed\" too early");
        else
            tdm__text_printf(csv, "text %d%s", i % 500, i % 13 == 0 ? ",more" : "");
        tdm__text_puts(csv, i % 17 == 0 ? "\n , ,\n" : "\n");
    }
}

static const char text_map[] =
    COLUMNS(", \"Text\": {\"to\": \"text\"}}, \"constants\": {\"kind\": \"note\"}}");

START_TEST(two_threads_read_what_one_reads)
{
    gathered one, two;
    tdm__text csv;
    tdm__text_init(&csv, &tdm__malloc_allocator);
    put_rows(&csv, 5000);
    ck_assert_int_eq(gathered_init(&one, NULL), TDM_OK);
    ck_assert_int_eq(gathered_init(&two, NULL), TDM_OK);
    two.collection.jobs = 2;
    ck_assert_int_eq(gathered_content(&one, "r.csv", csv.data, text_map), TDM_OK);
    ck_assert_int_eq(gathered_content(&two, "r.csv", csv.data, text_map), TDM_OK);
    /* Of 97, 194, ... below 5000 those that are no multiple of 11 are broken: 52 with 0, less 5. */
    ck_assert_str_eq(gathered_account(&one, 0), "5000 4953 47");
    ck_assert_str_eq(gathered_account(&two, 0), "5000 4953 47");
    char *told = strdup(gathered_diagnostics(&one, NULL));
    ck_assert_str_eq(gathered_diagnostics(&two, NULL), told);
    ck_assert_str_eq(gathered_events(&two), gathered_events(&one));
    free(told);
    tdm__text_free(&csv);
    gathered_free(&one);
    gathered_free(&two);
}
END_TEST

/* The allocator of the tests, by one thread at a time. */
typedef struct guarded_memory {
    test_memory memory;
    pthread_mutex_t lock;
} guarded_memory;

static void *guarded_reallocate(void *block, size_t size, void *payload)
{
    guarded_memory *guarded = payload;
    pthread_mutex_lock(&guarded->lock);
    void *moved = test_reallocate(block, size, &guarded->memory);
    pthread_mutex_unlock(&guarded->lock);
    return moved;
}

/* Which thread meets the end of the memory differs from run to run; what comes of it must not. */
START_TEST(two_threads_survive_every_failed_allocation)
{
    tdm__text csv;
    tdm_status status = TDM_NO_MEMORY;
    tdm__text_init(&csv, &tdm__malloc_allocator);
    put_rows(&csv, 2000);
    for (long fail_at = 1; status == TDM_NO_MEMORY; fail_at = test_next_refused(fail_at)) {
        gathered g;
        guarded_memory guarded = {.memory = {.fail_from = 0}};
        tdm_allocator allocator = {guarded_reallocate, &guarded};
        pthread_mutex_init(&guarded.lock, NULL);
        ck_assert_int_eq(gathered_init(&g, &allocator), TDM_OK);
        g.collection.jobs = 2;
        guarded.memory.fail_from = guarded.memory.calls + fail_at;
        status = gathered_content(&g, "r.csv", csv.data, text_map);
        ck_assert(status == TDM_OK || status == TDM_NO_MEMORY);
        gathered_free(&g);
        ck_assert_int_eq(guarded.memory.blocks, 0);
        pthread_mutex_destroy(&guarded.lock);
    }
    tdm__text_free(&csv);
}
END_TEST

START_TEST(windows_1252_is_read_and_told)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    /* 0xe9 is é there; 0x92 the apostrophe that Word types. */
    ck_assert_int_eq(
        gathered_content(&g, "r.csv", "Child,Date\nZo\xe9,2024-03-05\nA\x92s,2024-03-06\n", note_map),
        TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "2 encoding-assumed \n");
    ck_assert_str_eq(gathered_events(&g), "A\xe2\x80\x99s 2024-03-06 note school 3\n"
                                          "Zo\xc3\xa9 2024-03-05 note school 2\n");
    gathered_free(&g);
}
END_TEST

START_TEST(a_bom_is_no_part_of_the_heading)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "r.csv",
                                      "\xef\xbb\xbf"
                                      "Child,Date\nA,2024-03-05\n",
                                      note_map),
                     TDM_OK);
    ck_assert_str_eq(gathered_diagnostics(&g, NULL), "");
    gathered_free(&g);
}
END_TEST

START_TEST(a_return_without_its_headings_is_refused)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "r.csv", "a,b\n1,2\n", note_map), TDM_INVALID_INPUT);
    ck_assert_int_eq(g.error.line, 1);
    ck_assert_int_eq(gathered_content(&g, "r.csv", "\n\n", note_map), TDM_INVALID_INPUT);
    gathered_free(&g);
}
END_TEST

START_TEST(what_a_map_names_is_what_a_source_could_hold)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "r.csv", "Child,Date,What\nA,2024-03-05,injury\n",
                                      COLUMNS(", \"What\": {\"to\": \"kind\", \"values\": {\"v\": "
                                              "\"visit\"}}}}")),
                     TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    static const struct {
        const char *kind;
        bool held;
    } expected[] = {{"visit", true}, {"injury", true}, {"referral", false}};
    for (size_t i = 0; i < 3; i++) {
        uint32_t kind = tdm__vocabulary_kind(g.vocabulary, tdm__str(expected[i].kind));
        ck_assert(tdm__chronology_could_hold(g.chronology, 0, kind, TDM_DAY_NONE) == expected[i].held);
    }
    gathered_free(&g);
}
END_TEST

START_TEST(a_kind_that_a_map_holds_in_part_is_not_held_in_full)
{
    static const char *const codes[] = {"visit", "injury"};
    gathered g;
    tdm__arena arena;
    tdm__carried carried;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "r.csv", "Child,Date,What\nA,2024-03-05,injury\n",
                                      COLUMNS(", \"What\": {\"to\": \"kind\", \"values\": {\"v\": "
                                              "\"visit\"}}}, \"in_part\": [\"visit\"]}")),
                     TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    ck_assert_int_eq(tdm__chronology_carried(&carried, &arena, g.chronology, 0, TDM_DAY_NONE), TDM_OK);
    for (size_t i = 0; i < 2; i++) {
        uint32_t kind = tdm__vocabulary_kind(g.vocabulary, tdm__str(codes[i]));
        ck_assert(tdm__carried_kind(&carried, kind));
        ck_assert_int_eq(tdm__carried_in_full(&carried, kind, TDM_NO_INDEX), i == 1);
    }
    ck_assert_int_eq(gathered_content(&g, "r.csv", "Child,Date\nA,2024-03-05\n",
                                      COLUMNS("}, \"in_part\": [\"no-such-kind\"]}")),
                     TDM_INVALID_INPUT);
    tdm__arena_free(&arena);
    gathered_free(&g);
}
END_TEST

static void event_ids(char ids[4][TDM_HEX64_SIZE], const char *name, const char *csv)
{
    gathered g;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, name, csv, note_map), TDM_OK);
    ck_assert_int_eq(gathered_freeze(&g), TDM_OK);
    for (uint32_t i = 0; i < tdm_chronology_event_count(g.chronology) && i < 4; i++)
        tdm__chronology_event_id(ids[i], g.chronology, i);
    gathered_free(&g);
}

START_TEST(ids_hang_on_neither_file_name_nor_place)
{
    char before[4][TDM_HEX64_SIZE], after[4][TDM_HEX64_SIZE];
    event_ids(before, "one.csv", "Child,Date\nA,2024-03-05\nA,2024-03-05\nA,2024-03-07\n");
    event_ids(after, "two.csv", "Date,Child\n2024-03-04,A\n2024-03-05,A\n2024-03-07,A\n2024-03-05,A\n");
    ck_assert_str_eq(before[0], after[1]);
    ck_assert_str_eq(before[1], after[2]);
    ck_assert_str_ne(before[0], before[1]);
    ck_assert_str_eq(before[2], after[3]);
}
END_TEST

START_TEST(a_flood_of_one_diagnostic_is_counted)
{
    gathered g;
    tdm__text csv;
    tdm__text_init(&csv, &tdm__malloc_allocator);
    tdm__text_puts(&csv, "Child,Date\n");
    for (int i = 0; i < 250; i++)
        tdm__text_puts(&csv, "A,no day\n");
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    ck_assert_int_eq(gathered_content(&g, "r.csv", csv.data, note_map), TDM_OK);
    ck_assert_uint_eq(g.collection.diagnostics.count, 201);
    ck_assert(tdm__str_starts(g.collection.diagnostics.items[200].message, TDM_LIT("50 more")));
    ck_assert_str_eq(gathered_account(&g, 0), "250 250 0");
    tdm__text_free(&csv);
    gathered_free(&g);
}
END_TEST

Suite *csv_return_suite(void)
{
    Suite *suite = suite_create("ingest csv return");
    TCase *tests = tcase_create("csv return");
    tcase_add_loop_test(tests, rows_become_events, 0, 2 * sizeof readings / sizeof readings[0]);
    tcase_add_test(tests, returns_survive_every_failed_allocation);
    tcase_add_test(tests, two_threads_read_what_one_reads);
    tcase_add_test(tests, two_threads_survive_every_failed_allocation);
    tcase_add_test(tests, windows_1252_is_read_and_told);
    tcase_add_test(tests, a_bom_is_no_part_of_the_heading);
    tcase_add_test(tests, a_return_without_its_headings_is_refused);
    tcase_add_test(tests, what_a_map_names_is_what_a_source_could_hold);
    tcase_add_test(tests, a_kind_that_a_map_holds_in_part_is_not_held_in_full);
    tcase_add_test(tests, ids_hang_on_neither_file_name_nor_place);
    tcase_add_test(tests, a_flood_of_one_diagnostic_is_counted);
    suite_add_tcase(suite, tests);
    return suite;
}
