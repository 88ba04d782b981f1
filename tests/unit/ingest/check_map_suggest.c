/*
 * Column maps guessed from a file, and maps held against one. What each file should give was worked out by
 * hand; each map guessed is read back and used.
 */
#include "ingest/gathered.h"
#include "ingest/map_check.h"
#include "ingest/map_suggest.h"
#include "ingest/suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

/* A suggestion and what it says. */
typedef struct guessed {
    gathered g;
    tdm__map_words words;
    tdm__suggestion suggestion;
    tdm__text map, text;
    tdm__buffer file;
    tdm_status status;
} guessed;

static tdm_status read_words(guessed *s)
{
    static const char *const names[] = {"headings.csv", "values.csv"};
    tdm__buffer buffers[2] = {{NULL, 0}};
    tdm_status status = TDM_OK;
    for (int i = 0; i < 2 && status == TDM_OK; i++)
        status = tdm__file_read(&buffers[i], &s->g.allocator, TDM_SOURCE_DIR "/scripts/maps", names[i],
                                1 << 20, &s->g.error);
    if (status == TDM_OK)
        status = tdm__map_words_parse(&s->words, &s->g.allocator, s->g.vocabulary,
                                      (tdm_str){buffers[0].data, buffers[0].length},
                                      (tdm_str){buffers[1].data, buffers[1].length}, &s->g.error);
    for (int i = 0; i < 2; i++)
        tdm__free(&s->g.allocator, buffers[i].data);
    return status;
}

static tdm_status guess_with(guessed *s, const tdm_allocator *allocator, tdm_str content, const char *agency)
{
    tdm__mapped_file file = {.name = TDM_LIT("return.csv"), .content = content};
    memset(s, 0, sizeof *s);
    s->status = gathered_init(&s->g, allocator);
    tdm__text_init(&s->map, &s->g.allocator);
    tdm__text_init(&s->text, &s->g.allocator);
    if (s->status == TDM_OK)
        s->status = read_words(s);
    if (s->status == TDM_OK)
        s->status = tdm__map_suggest(&s->suggestion, &s->g.collection, &s->words, &file, tdm__str(agency),
                                     &s->g.error);
    if (s->status == TDM_OK)
        s->status = tdm__suggestion_map(&s->map, &s->suggestion);
    if (s->status == TDM_OK)
        s->status = tdm__suggestion_text(&s->text, &s->suggestion, s->g.vocabulary, &s->g.error);
    return s->status;
}

static void guess(guessed *s, const char *content, const char *agency)
{
    guess_with(s, NULL, tdm__str(content), agency);
}

static void guessed_free(guessed *s)
{
    tdm__suggestion_free(&s->suggestion);
    tdm__map_words_free(&s->words);
    tdm__text_free(&s->map);
    tdm__text_free(&s->text);
    gathered_free(&s->g);
}

/* The map of JSON without white space outside its strings, as it is written below. */
static const char *tight(guessed *s)
{
    size_t to = 0;
    bool inside = false;
    for (size_t i = 0; i < s->map.length; i++) {
        char c = s->map.data[i];
        if (c == '"' && (i == 0 || s->map.data[i - 1] != '\\'))
            inside = !inside;
        if (inside || (c != ' ' && c != '\n'))
            s->map.data[to++] = c;
    }
    s->map.data[to] = '\0';
    s->map.length = to;
    return s->map.data;
}

static bool says(const guessed *s, const char *part)
{
    return s->text.data && strstr(s->text.data, part) != NULL;
}

/* --- what is guessed --- */

typedef struct guess_row {
    const char *content;
    const char *agency;
    const char *map;     /* all of it */
    const char *said[5]; /* parts of the text */
} guess_row;

static const guess_row guesses[] = {
    /* Headings that are known in other letters; day first is shown by 13/02. */
    {"Child ID,DATE_OF_INCIDENT,Date recorded,IncidentType,Details,Shoe size\n"
     "7,13/02/2024,14/02/2024,Home visit,Said little.,31\n"
     "7,01/03/2024,01/03/2024,Tea,Ate well.,31\n",
     "school",
     "{\"map\":1,\"agency\":\"school\",\"delimiter\":\",\",\"encoding\":\"utf-8\",\"dates\":{\"order\":"
     "\"dmy\"},"
     "\"columns\":{\"Child ID\":{\"to\":\"child\"},\"DATE_OF_INCIDENT\":{\"to\":\"occurred\"},"
     "\"Date recorded\":{\"to\":\"recorded\"},\"IncidentType\":{\"to\":\"kind\",\"values\":{\"Home "
     "visit\":\"visit\",\"Tea\":\"\"}},\"Details\":{\"to\":\"text\"}},\"ignore\":[\"Shoe size\"]}",
     {"Tea (1 row) = ?", "1 word of the kind still to be filled in",
      "row 2: 2024-02-13 (written 13/02/2024) | visit | school | 7 | Said little.",
      "Shoe size: few short words", "Day comes before month"}},
    /* Semicolons, titles above, nothing to show the order of day and month. */
    {"Return of the school;;\n\n;;\nPupil;Date;Comments\nP1;05/06/2024;Late, again, and again\n"
     "P1;06/07/2024;Late, a bit\n",
     "",
     "{\"map\":1,\"delimiter\":\";\",\"encoding\":\"utf-8\",\"header_row\":4,\"columns\":{\"Pupil\":{\"to\":"
     "\"child\"},\"Date\":{\"to\":\"occurred\"},\"Comments\":{\"to\":\"text\"}},\"ignore\":[]}",
     {"cells parted by semicolons, heading in row 4, 2 rows below it", "No date shows whether day or month",
      "The map names no agency", "No column was taken for the kind",
      "row 5: 2024-06-05 (written 05/06/2024)"}},
    /* Month first is shown by 02/13. */
    {"Client\tEvent date\tNotes\nA\t02/13/2024\tseen\nA\t03/04/2024\tseen\n",
     "gp",
     "{\"map\":1,\"agency\":\"gp\",\"delimiter\":\"\\t\",\"encoding\":\"utf-8\",\"dates\":{\"order\":\"mdy\"}"
     ","
     "\"columns\":{\"Client\":{\"to\":\"child\"},\"Event "
     "date\":{\"to\":\"occurred\"},\"Notes\":{\"to\":\"text\"}},"
     "\"ignore\":[]}",
     {"Month comes before day", "row 3: 2024-03-04"}},
    /* Both are shown: the map leaves it open. */
    {"Child,Date,Notes\nA,02/13/2024,one\nA,13/02/2024,two\nA,03/04/2024,three\n",
     "gp",
     "{\"map\":1,\"agency\":\"gp\",\"delimiter\":\",\",\"encoding\":\"utf-8\",\"columns\":{\"Child\":{\"to\":"
     "\"child\"},\"Date\":{\"to\":\"occurred\"},\"Notes\":{\"to\":\"text\"}},\"ignore\":[]}",
     {"others only month first", "row 4: [2024-03-04..2024-04-03] (written 03/04/2024)"}},
    /* By cells alone: dates, later dates, texts, numbers; never a child. Slips in a heading are forgiven. */
    {"Aaa,Bbb,Ccc,Ddd,Catagory\n"
     "2024-01-01,2024-01-02,K-1,A text that is long enough to be one,referral\n"
     "2024-01-02,2024-01-02,K-2,A text that is long enough to be one,referral\n"
     "2024-01-03,2024-01-05,K-3,A text that is long enough to be one,visits\n"
     "2024-01-04,2024-01-06,K-4,A text that is long enough to be one,visits\n"
     "2024-01-05,2024-01-07,K-5,A text that is long enough to be one,visits\n",
     "gp",
     "{\"map\":1,\"agency\":\"gp\",\"delimiter\":\",\",\"encoding\":\"utf-8\",\"columns\":{\"Aaa\":{\"to\":"
     "\"occurred\"},\"Bbb\":{\"to\":\"recorded\"},\"Ccc\":{\"to\":\"reference\"},\"Ddd\":{\"to\":\"text\"},"
     "\"Catagory\":{\"to\":\"kind\",\"values\":{\"referral\":\"referral\",\"visits\":\"visit\"}}},\"ignore\":"
     "[]}",
     {"Ccc -> reference  doubtful", "Catagory -> kind  likely",
      "visits (3 rows) = visit  only the nearest: check it", "No column was taken for the child"}},
    /* A second day of the event, a name, a birth date, two headings that are one, none, an empty column. */
    {"Pupil,Name,Date,Date of contact,DOB,Date,,Colour\nA,Ann,2024-01-01,2024-02-01,2019-01-01,x,y,\n",
     "gp",
     "{\"map\":1,\"agency\":\"gp\",\"delimiter\":\",\",\"encoding\":\"utf-8\",\"columns\":{\"Pupil\":{\"to\":"
     "\"child\"},\"Date of "
     "contact\":{\"to\":\"occurred\"}},\"ignore\":[\"Name\",\"Date\",\"DOB\",\"Colour\"]}",
     {"Date: another column is taken", "Name: known, and no part of an event",
      "Date: the heading stands there before", "(blank): a column without a heading",
      "Colour: no cell is filled"}},
    /* Two texts join in the order of the file; words of other fields; several children in a cell. */
    {"Nominal;Details;Date;Notes;Priority;Seen;Alone\n"
     "N1/N2;one;2024-01-01;two;red;seen;Y\nN1;three;2024-01-02;four;Amber;not seen;n\n",
     "police",
     "{\"map\":1,\"agency\":\"police\",\"delimiter\":\";\",\"encoding\":\"utf-8\",\"columns\":{\"Nominal\":{"
     "\"to\":"
     "\"child\"},\"Details\":{\"to\":\"text\"},\"Date\":{\"to\":\"occurred\"},\"Notes\":{\"to\":\"text\","
     "\"join\":"
     "\"\\n\"},\"Priority\":{\"to\":\"significance\",\"values\":{\"red\":\"high\",\"Amber\":\"medium\"}},"
     "\"Seen\":{"
     "\"to\":\"child_seen\",\"values\":{\"seen\":\"yes\",\"not "
     "seen\":\"no\"}},\"Alone\":{\"to\":\"seen_alone\","
     "\"values\":{\"Y\":\"yes\",\"n\":\"no\"}}},\"ignore\":[]}",
     {"\"split\" in the map reads several children", "Notes -> text  sure: by its heading; behind"}},
    /* A word that means different things is never guessed, nor is what says "not" taken for what does not. */
    {"Child,Date,Type\nA,2024-01-01,Supervision\nA,2024-01-01,Cancelled visit\nA,2024-01-01,DNA\n",
     "gp",
     "{\"map\":1,\"agency\":\"gp\",\"delimiter\":\",\",\"encoding\":\"utf-8\",\"columns\":{\"Child\":{\"to\":"
     "\"child\"},\"Date\":{\"to\":\"occurred\"},\"Type\":{\"to\":\"kind\",\"values\":{\"Supervision\":\"\","
     "\"Cancelled visit\":\"\",\"DNA\":\"was-not-brought\"}}},\"ignore\":[]}",
     {"2 words of the kind still to be filled in"}},
    /* Only a heading. */
    {"Child,Date,Type\n", "gp", NULL, {NULL}},
};

START_TEST(each_file_gives_its_map)
{
    guessed s;
    const guess_row *row = &guesses[_i];
    guess(&s, row->content, row->agency);
    if (!row->map) { /* no cell bears any heading out */
        ck_assert_int_eq(s.status, TDM_INVALID_INPUT);
        guessed_free(&s);
        return;
    }
    ck_assert_msg(s.status == TDM_OK, "%s", s.g.error.message);
    ck_assert_str_eq(tight(&s), row->map);
    for (int i = 0; i < 5 && row->said[i]; i++)
        ck_assert_msg(says(&s, row->said[i]), "no \"%s\" in:\n%s", row->said[i], s.text.data);
    guessed_free(&s);
}
END_TEST

/* The map that the first file gives, used at once. */
START_TEST(the_map_reads_its_file)
{
    guessed s;
    guess(&s, guesses[0].content, "school");
    ck_assert_int_eq(s.status, TDM_OK);
    ck_assert_int_eq(gathered_content(&s.g, "return.csv", guesses[0].content, tight(&s)), TDM_OK);
    ck_assert_str_eq(gathered_account(&s.g, 0), "2 2 0");
    ck_assert_str_eq(gathered_diagnostics(&s.g, NULL), "3 kind-unknown IncidentType\n");
    ck_assert_str_eq(
        gathered_events(&s.g),
        "7 2024-02-13 visit school 2 +recorded:2024-02-14 +text:Said little. "
        "+occurred_as_written:13/02/2024\n"
        "7 2024-03-01 other school 3 +recorded:2024-03-01 +text:Ate well. +occurred_as_written:01/03/2024 "
        "+kind_as_written:Tea\n");
    guessed_free(&s);
}
END_TEST

/* "Besuch im Café" in Windows-1252. */
START_TEST(windows_1252_is_seen)
{
    guessed s;
    guess(&s, "Child,Date,Note\nA,2024-01-01,Caf\xe9\n", "gp");
    ck_assert_int_eq(s.status, TDM_OK);
    ck_assert(says(&s, "return.csv: Windows-1252"));
    ck_assert(says(&s, "| Caf\xc3\xa9\n"));
    ck_assert(strstr(tight(&s), "\"encoding\":\"windows-1252\"") != NULL);
    guessed_free(&s);
}
END_TEST

typedef struct refused_row {
    const char *content;
    const char *agency;
    tdm_status status;
} refused_row;

static const refused_row refused[] = {
    {"", "gp", TDM_INVALID_INPUT},
    {"\n \n", "gp", TDM_INVALID_INPUT},
    {"2024-01-01,17\n2024-01-02,18\n", "gp", TDM_INVALID_INPUT},
    {"Apples,Pears\nx,y\n", "gp", TDM_INVALID_INPUT},
    {"{\"type\": \"event\", \"child\": \"A\", \"kind\": \"note\"}\n", "gp", TDM_UNSUPPORTED},
    {"<Message></Message>", "gp", TDM_UNSUPPORTED},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
     "rest",
     "gp", TDM_UNSUPPORTED},
    {"Child,Date\nA,2024-01-01\n", "no-such-agency", TDM_INVALID_ARG},
};

START_TEST(what_gives_no_map)
{
    guessed s;
    guess(&s, refused[_i].content, refused[_i].agency);
    ck_assert_int_eq(s.status, refused[_i].status);
    ck_assert_str_ne(s.g.error.message, "");
    guessed_free(&s);
}
END_TEST

/* A heading of every character that could do harm is a name of JSON, and comes back. */
START_TEST(hostile_headings_come_back)
{
    guessed s;
    tdm__map *map;
    guess(&s,
          "\"Child \"\"</script>\\\x1b[2J\",Date,\"No\nte\xe2\x80\xae\",'=1+1'\n"
          "A,2024-01-01,a text which is long enough,x\nA,2024-01-02,a text which is long enough,y\n",
          "gp");
    ck_assert_msg(s.status == TDM_OK, "%s", s.g.error.message);
    ck_assert_int_eq(tdm__map_parse(&map, &s.g.allocator, s.g.vocabulary, NULL, tdm__text_str(&s.map),
                                    TDM_LIT("map"), &s.g.error),
                     TDM_OK);
    ck_assert_uint_eq(map->binding_count, 3);
    ck_assert_uint_eq(map->folded.count, 4);
    ck_assert(tdm__str_equal(map->headings[0].written, TDM_LIT("Child \"</script>\\\x1b[2J")));
    ck_assert(tdm__str_equal(map->headings[2].written, TDM_LIT("No\nte\xe2\x80\xae")));
    tdm__map_free(map);
    guessed_free(&s);
}
END_TEST

static void guess_file(guessed *s, const char *name)
{
    tdm__buffer buffer;
    tdm_error error;
    tdm_status status = tdm__file_read(&buffer, &tdm__malloc_allocator,
                                       TDM_SOURCE_DIR "/tests/data/ingest/tables", name, 1 << 24, &error);
    ck_assert_int_eq(status, TDM_OK);
    guess_with(s, NULL, (tdm_str){buffer.data, buffer.length}, "school");
    tdm__free(&tdm__malloc_allocator, buffer.data);
}

/* Five sheets, one of concerns; titles above its heading, which stands there twice. */
START_TEST(a_workbook_gives_the_sheet_too)
{
    guessed s;
    guess_file(&s, "school.xlsx");
    ck_assert_msg(s.status == TDM_OK, "%s", s.g.error.message);
    ck_assert(strstr(tight(&s), "{\"map\":1,\"agency\":\"school\",\"sheet\":[\"Concerns & more\"],") != NULL);
    ck_assert(strstr(s.map.data, "\"DAY\":{\"to\":\"occurred\"}") != NULL);
    ck_assert(says(&s, "Concerns & more, of 5 in the file, heading in row 4, 19 rows below it"));
    ck_assert(says(&s, "row 5: 2024-03-05 14:30 | visit | school | 7001 | said no"));
    guessed_free(&s);
}
END_TEST

START_TEST(a_document_gives_its_table)
{
    guessed s;
    guess_file(&s, "police.docx");
    ck_assert_msg(s.status == TDM_OK, "%s", s.g.error.message);
    ck_assert(strstr(tight(&s), "\"sheet\":[\"Table 1\"]") != NULL);
    ck_assert(says(&s, "Date of\xc2\xa0"
                       "event -> occurred  sure: by its heading; 6 of 7 cells are dates"));
    ck_assert(says(&s, "Incident (6 rows) = ?"));
    ck_assert(!says(&s, "Kind (1 row)")); /* the heading again */
    guessed_free(&s);
}
END_TEST

static tdm_status guess_all(const tdm_allocator *allocator)
{
    guessed s;
    tdm_status status = guess_with(&s, allocator, tdm__str(guesses[6].content), "police");
    guessed_free(&s);
    return status;
}

START_TEST(every_allocation_of_a_guess_may_fail)
{
    TEST_EVERY_ALLOCATION(guess_all);
}
END_TEST

/* --- words --- */

typedef struct near_row {
    tdm__field field;
    const char *theirs, *ours;
    tdm__nearness nearness;
} near_row;

static const near_row near_words[] = {
    {TDM__FIELD_KIND, "referral", "referral", TDM__SAME},
    {TDM__FIELD_KIND, "visits", "visit", TDM__IN_PART},
    {TDM__FIELD_KIND, "failed visit", "visit-no-access", TDM__SAME},
    {TDM__FIELD_KIND, "cancelled visit", "", TDM__NOWHERE_NEAR},
    {TDM__FIELD_KIND, "supervision", "", TDM__SAME},
    {TDM__FIELD_KIND, "tea", "", TDM__NOWHERE_NEAR},
    {TDM__FIELD_SIGNIFICANCE, "amber", "medium", TDM__SAME},
    {TDM__FIELD_SIGNIFICANCE, "very high", "", TDM__NOWHERE_NEAR},
    {TDM__FIELD_AGENCY, "gp surgery", "gp", TDM__SAME},
    {TDM__FIELD_AGENCY, "the police", "", TDM__NOWHERE_NEAR},
    {TDM__FIELD_CHILD_SEEN, "not seen", "no", TDM__SAME},
};

START_TEST(words_are_near_or_not)
{
    guessed s;
    tdm__nearness nearness;
    const near_row *row = &near_words[_i];
    guess(&s, guesses[0].content, "gp");
    tdm_str ours = tdm__value_near(&nearness, &s.words, row->field, tdm__str(row->theirs));
    ck_assert_msg(tdm__str_equal(ours, tdm__str(row->ours)), "%s: %.*s", row->theirs, TDM_STR_ARGS(ours));
    ck_assert_int_eq(nearness, row->nearness);
    guessed_free(&s);
}
END_TEST

static const char *const wrong_tables[][2] = {
    {"heading,field\nday,when\n", "field,value,ours\n"},
    {"heading,field\nday,facts.no_such\n", "field,value,ours\n"},
    {"heading,field\nday\n", "field,value,ours\n"},
    {"heading,field\nday,occurred\n", "field,value,ours\nkind,tea,no-such-kind\n"},
    {"heading,field\nday,occurred\n", "field,value,ours\ntext,tea,x\n"},
    {"heading,field\nday,occurred\n", "field,value,ours\nkind,tea\n"},
    {"heading,field\n\"day\n", "field,value,ours\n"},
};

START_TEST(a_slip_in_the_tables_is_told_with_its_line)
{
    gathered g;
    tdm__map_words words;
    ck_assert_int_eq(gathered_init(&g, NULL), TDM_OK);
    tdm_status status = tdm__map_words_parse(&words, &g.allocator, g.vocabulary,
                                             tdm__str(wrong_tables[_i][0]), tdm__str(wrong_tables[_i][1]),
                                             &g.error);
    ck_assert_int_eq(status, TDM_INVALID_INPUT);
    ck_assert_int_eq(g.error.line, 2);
    tdm__map_words_free(&words);
    gathered_free(&g);
}
END_TEST

/* --- checking --- */

static const char checked_map[] =
    "{\"map\": 1, \"columns\": {\"Child\": {\"to\": \"child\"}, \"Date\": {\"to\": \"occurred\"},\n"
    " \"Type\": {\"to\": \"kind\", \"values\": {\"Home visit\": \"visit\", \"Later\": \"\"}},\n"
    " \"Gone\": {\"to\": \"text\"}, \"Clutter\": {\"to\": \"facts.clutter_level\"}}, \"ignore\": [\"Row\"]}";

static const char checked_file[] = "Child,Date,Type,Row,Colour,Clutter\n"
                                   "A,2024-01-01,home  VISIT,1,red,3\n"
                                   "A,31/02/2024,Tea,2,red,high\n"
                                   ",2024-01-03,tea,3,red,\n"
                                   "A,never,Later,4,red,\n"
                                   "A,01/14/2024,Milk,5,red,\n";

static tdm_status check_with(tdm__map_check *check, gathered *g, tdm__map **map,
                             const tdm_allocator *allocator)
{
    tdm__mapped_file file = {.name = TDM_LIT("return.csv"), .content = tdm__str(checked_file)};
    memset(check, 0, sizeof *check);
    *map = NULL;
    tdm_status status = gathered_init(g, allocator);
    if (status == TDM_OK)
        status = tdm__map_parse(map, &g->allocator, g->vocabulary, NULL, tdm__str(checked_map),
                                TDM_LIT("map"), &g->error);
    if (status == TDM_OK)
        status = tdm__map_check_file(check, &g->collection, *map, tdm__str(checked_map), &file, &g->error);
    return status;
}

static void check_free(tdm__map_check *check, gathered *g, tdm__map *map)
{
    tdm__map_check_free(check);
    tdm__map_free(map);
    gathered_free(g);
}

/* Two dates are none; "01/14/2024" is one month first, as the map gives no order. */
START_TEST(a_map_is_held_against_a_file)
{
    gathered g;
    tdm__map *map;
    tdm__map_check check;
    ck_assert_int_eq(check_with(&check, &g, &map, NULL), TDM_OK);
    ck_assert_uint_eq(check.column_count, 5);
    const tdm__check_column *date = &check.columns[1], *kind = &check.columns[2];
    const tdm__check_column *gone = &check.columns[3], *clutter = &check.columns[4];
    ck_assert_int_eq(date->filled, 5);
    ck_assert_int_eq(date->not_read, 2);
    ck_assert_int_eq(date->first_not_read, 3);
    ck_assert_int_eq(kind->not_mapped, 4); /* tea twice, a word still to be filled in, milk */
    ck_assert_uint_eq(kind->value_count, 3);
    ck_assert_int_eq(kind->values[0].first_row, 3);
    ck_assert_int_eq(kind->values[0].rows, 2);
    ck_assert_int_eq(kind->values[1].first_row, 5);
    ck_assert_int_eq(kind->values[2].first_row, 6);
    ck_assert(!gone->found && gone->filled == 0);
    ck_assert(tdm__str_equal(clutter->field, TDM_LIT("facts.clutter_level")));
    ck_assert_int_eq(clutter->filled, 2);
    ck_assert_int_eq(clutter->not_read, 1);
    ck_assert_uint_eq(check.left_count, 1);
    ck_assert(tdm__str_equal(check.left[0], TDM_LIT("Colour")));
    ck_assert_str_eq(gathered_account(&g, 0), "5 4 1");
    check_free(&check, &g, map);
}
END_TEST

static tdm_status check_all(const tdm_allocator *allocator)
{
    gathered g;
    tdm__map *map;
    tdm__map_check check;
    tdm_status status = check_with(&check, &g, &map, allocator);
    check_free(&check, &g, map);
    return status;
}

START_TEST(every_allocation_of_a_check_may_fail)
{
    TEST_EVERY_ALLOCATION(check_all);
}
END_TEST

Suite *map_suggest_suite(void)
{
    Suite *suite = suite_create("map_suggest");
    TCase *tests = tcase_create("map_suggest");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, each_file_gives_its_map, 0, (int)(sizeof guesses / sizeof *guesses));
    tcase_add_test(tests, the_map_reads_its_file);
    tcase_add_test(tests, windows_1252_is_seen);
    tcase_add_loop_test(tests, what_gives_no_map, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_test(tests, hostile_headings_come_back);
    tcase_add_test(tests, a_workbook_gives_the_sheet_too);
    tcase_add_test(tests, a_document_gives_its_table);
    tcase_add_loop_test(tests, words_are_near_or_not, 0, (int)(sizeof near_words / sizeof *near_words));
    tcase_add_loop_test(tests, a_slip_in_the_tables_is_told_with_its_line, 0,
                        (int)(sizeof wrong_tables / sizeof *wrong_tables));
    tcase_add_test(tests, a_map_is_held_against_a_file);
    tcase_add_test(tests, every_allocation_of_a_guess_may_fail);
    tcase_add_test(tests, every_allocation_of_a_check_may_fail);
    suite_add_tcase(suite, tests);
    return suite;
}
