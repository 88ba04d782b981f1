/*
 * Assessments as sheets: written byte for byte, read back as spreadsheets hand them back, and every mistake
 * told by its row and heading.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "instrument/fixture.h"
#include "instrument/sheet.h"
#include "instrument/sheet_cells.h"

#define DATA TDM_SOURCE_DIR "/tests/data/sheet/"

/* Every member, in the order of the instrument, which is that of the rows. */
static const char full[] =
    "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"0012\",\"child\":\"c-1\","
    "\"subject\":{\"type\":\"carer\",\"id\":\"p-1\"},\"carer\":\"\",\"agency\":\"police\",\"age_band\":"
    "\"b1\","
    "\"assessor\":\"=w\",\"assessor_role\":\"health visitor\",\"purpose\":\"review\",\"status\":\"draft\","
    "\"date\":\"2024-03-05\",\"recorded\":\"2024-03-06\",\"window\":[\"2024-02-01\",\"2024-03-05\"],"
    "\"conditions\":[\"calm\",\"a; b\"],"
    "\"items\":{\"X1a\":3,\"X1b\":\"not-seen\",\"X2\":\"not-applicable\",\"Y1b\":5,\"Z9\":-2},"
    "\"evidence\":{\"X1a\":\"one\\ntwo, \\\"three\\\"\",\"X1\":\"of the sub-area\",\"Y1a\":\"'quoted\","
    "\"-z\":\"of a code that the instrument lacks\"},"
    "\"child_words\":{\"X1b\":\" said \",\"Y\":\"of the area\"},"
    "\"targets\":[{\"item\":\"X1a\",\"current\":3,\"by\":\"2024-06-01\",\"target\":2},"
    "{\"item\":\"X1a\",\"current\":2,\"by\":\"2024-09-01\",\"target\":1,\"actual\":2},"
    "{\"item\":\"X2\"},{\"item\":\"Y\",\"target\":-1}]}";

static tdm_instrument *grades(void)
{
    tdm_instrument *instrument;
    ck_assert_int_eq(fixture_grades(&instrument, &tdm__malloc_allocator, "majority-with-override", "none"),
                     TDM_OK);
    return instrument;
}

static tdm_assessment *from_json(const char *json)
{
    tdm_assessment *assessment;
    tdm_error error = {0};
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__str(json), TDM_LIT("f"),
                                            1, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    return assessment;
}

static tdm_assessment *from_sheet(tdm_str sheet)
{
    tdm_assessment *assessment;
    tdm_error error = {0};
    tdm_status status = tdm__sheet_read(&assessment, &tdm__malloc_allocator, sheet, TDM_LIT("f.csv"), NULL,
                                        NULL, &error);
    ck_assert_msg(status == TDM_OK, "row %d, column %d: %s", (int)error.line, (int)error.column,
                  error.message);
    return assessment;
}

static void assert_written(const tdm_assessment *assessment, const char *json)
{
    tdm__text out;
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_assessment_write(assessment, tdm__text_sink(&out), 0), TDM_OK);
    ck_assert_str_eq(out.data, json);
    tdm__text_free(&out);
}

static tdm_str sheet_of(tdm__text *out, const char *json, const tdm__texts *texts)
{
    tdm_instrument *instrument = grades();
    tdm_assessment *assessment = json ? from_json(json) : NULL;
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__sheet_put(out, instrument, assessment, texts);
    ck_assert(!out->failed);
    tdm_assessment_free(assessment);
    tdm_instrument_free(instrument);
    return tdm__text_str(out);
}

static bool holds(tdm_str text, const char *part)
{
    return text.data && strstr(text.data, part) != NULL;
}

START_TEST(a_blank_sheet_is_what_stands_in_the_file)
{
    tdm__text sheet;
    tdm__buffer file;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__file_read(&file, &tdm__malloc_allocator, NULL, DATA "blank.csv", 1 << 20, &error),
                     TDM_OK);
    tdm_str made = sheet_of(&sheet, NULL, NULL);
    ck_assert_uint_eq(made.length, file.length);
    ck_assert_int_eq(memcmp(made.data, file.data, made.length), 0);
    ck_assert(tdm__sheet_recognised(made));
    tdm__free(&tdm__malloc_allocator, file.data);
    tdm__text_free(&sheet);
}
END_TEST

START_TEST(gives_every_member_back)
{
    tdm__text sheet;
    tdm_assessment *assessment = from_sheet(sheet_of(&sheet, full, NULL));
    assert_written(assessment, full);
    tdm_assessment_free(assessment);
    tdm__text_free(&sheet);
}
END_TEST

/* What is wholly the instrument's order stands in the sheet once; a second round changes nothing more. */
START_TEST(another_order_of_items_becomes_that_of_the_instrument)
{
    static const char out_of_order[] =
        "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"a\",\"child\":"
        "\"c\",\"date\":\"2024-03-05\","
        "\"items\":{\"Y1a\":2,\"X1a\":1}}";
    static const char ordered[] = "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"a\",\"child\":"
                                  "\"c\",\"date\":\"2024-03-05\","
                                  "\"items\":{\"X1a\":1,\"Y1a\":2}}";
    tdm__text sheet;
    tdm_assessment *assessment = from_sheet(sheet_of(&sheet, out_of_order, NULL));
    assert_written(assessment, ordered);
    tdm_assessment_free(assessment);
    tdm__text_free(&sheet);
}
END_TEST

typedef struct text_cell {
    const char *text; /* as in JSON */
    const char *cell;
} text_cell;

static const text_cell text_cells[] = {
    {"plain words", ",plain words,"},
    {"d\xC3\xA9"
     "cor",
     ",d\xC3\xA9"
     "cor,"},
    {"=1+1", ",'=1+1,"},
    {"+44 is a number", ",'+44 is a number,"},
    {"-x", ",'-x,"},
    {"@x", ",'@x,"},
    {"\\tx", ",'\tx,"},
    {"\\rx", ",\"'\rx\","},
    {"'x", ",''x,"},
    {"''", ",''',"},
    {"", ",',"},
    {" ", ",' ,"},
    {"x ", ",'x ,"},
    {"\xC2\xA0x", ",'\xC2\xA0x,"},
    {"a,b", ",\"a,b\","},
    {"a;b", ",a;b,"},
    {"\\\"a\\\" b", ",\"\"\"a\"\" b\","},
    {"a\\nb", ",\"a\nb\","},
    {"=a,\\\"b\\\"", ",\"'=a,\"\"b\"\"\","},
    {"0012", ",'0012,"},
    {"12", ",12,"},
    {"0", ",0,"},
    {"1234567890123456", ",'1234567890123456,"},
    {"1.10", ",'1.10,"},
    {"1/2", ",'1/2,"},
    {"5 pm", ",'5 pm,"},
    {"5 A", ",'5 A,"},
    {"5a", ",5a,"},
    {"A1a", ",A1a,"},
    {"12:30:00am", ",'12:30:00am,"},
    {"1e5", ",'1e5,"},
    {"1E-5", ",'1E-5,"},
    {"1e", ",1e,"},
    {"\xC2\xA3"
     "5",
     ",'\xC2\xA3"
     "5,"},
    {"(3)", ",'(3),"},
    {"5 map", ",5 map,"},
    {"am", ",am,"},
    {"3.0.1", ",3.0.1,"},
    {"14 May 2024", ",'14 May 2024,"},
    {"TRUE", ",'TRUE,"},
    {"truely", ",truely,"},
};

/* What acts on a terminal or turns a line is the one thing that a sheet does not give back. */
START_TEST(what_acts_is_shown_as_a_code)
{
    tdm__text form, sheet;
    fixture_form(&form, "grades", "\"X1a\": 3", ", \"assessor\": \"a\\u001b[1m\\u202eb\\u0085\"");
    tdm_str made = sheet_of(&sheet, form.data, NULL);
    ck_assert_msg(holds(made, ",a\\x1b[1m<U+202E>b\\x85,"), "%s", made.data);
    tdm__text_free(&sheet);
    tdm__text_free(&form);
}
END_TEST

START_TEST(a_text_is_kept_and_made_harmless)
{
    const text_cell *row = &text_cells[_i];
    tdm__text form, sheet, once;
    char more[200];
    snprintf(more, sizeof more, ", \"evidence\": {\"X1a\": \"%s\"}, \"assessor\": \"%s\"", row->text,
             row->text);
    fixture_form(&form, "grades", "\"X1a\": 3", more);
    tdm_str made = sheet_of(&sheet, form.data, NULL);
    ck_assert_msg(holds(made, row->cell), "%s", made.data);
    tdm_assessment *before = from_json(form.data), *behind = from_sheet(made);
    tdm__text_init(&once, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_assessment_write(before, tdm__text_sink(&once), 0), TDM_OK);
    assert_written(behind, once.data);
    tdm_assessment_free(before);
    tdm_assessment_free(behind);
    tdm__text_free(&form);
    tdm__text_free(&sheet);
    tdm__text_free(&once);
}
END_TEST

static const char as_saved[] =
    "{\"instrument\":\"grades\",\"version\":\"1.0.0\",\"id\":\"as-1\",\"child\":\"c-1\","
    "\"subject\":{\"type\":\"carer\",\"id\":\"p-1\"},\"carer\":\"p-1\",\"assessor\":\"w-1\","
    "\"assessor_role\":\"health visitor\",\"purpose\":\"baseline\",\"status\":\"complete\","
    "\"date\":\"2024-03-05\",\"recorded\":\"2024-03-06\",\"window\":[\"2024-02-01\",\"2024-03-05\"],"
    "\"conditions\":[\"calm\"],\"items\":{\"X1a\":3,\"X1b\":\"not-seen\",\"X2\":\"not-applicable\",\"Y1a\":1}"
    ","
    "\"evidence\":{\"X1a\":\"she said \\\"no\\\"; then left\",\"Y1a\":\"=late\"},"
    "\"child_words\":{\"X1\":\"said\"},"
    "\"targets\":[{\"item\":\"X1a\",\"current\":3,\"by\":\"2024-06-01\",\"target\":2}]}";

static const char *const saved[] = {DATA "semicolons.csv", DATA "tabs.tsv", DATA "month-first.csv"};

START_TEST(reads_what_spreadsheets_save)
{
    tdm__buffer file;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__file_read(&file, &tdm__malloc_allocator, NULL, saved[_i], 1 << 20, &error), TDM_OK);
    ck_assert(tdm__sheet_recognised((tdm_str){file.data, file.length}));
    tdm_assessment *assessment = from_sheet((tdm_str){file.data, file.length});
    assert_written(assessment, as_saved);
    tdm_assessment_free(assessment);
    tdm__free(&tdm__malloc_allocator, file.data);
}
END_TEST

typedef struct first_bytes {
    const char *text;
    bool is_sheet;
} first_bytes;

static const first_bytes firsts[] = {
    {"tidemark assessment,1\n", true},
    {"tidemark assessment", true},
    {"\xEF\xBB\xBF\r\n\r\n\"Tidemark Assessment\";1", true},
    {"TIDEMARK_ASSESSMENT\t1\r", true},
    {"tidemark assessments,1", false},
    {"date,tidemark assessment,1", false},
    {"tidemark,assessment", false},
    {"{\"tidemark assessment\": 1}", false},
    {"tidemark                                                                  assessment,1", false},
    {"", false},
    {"\n\n", false},
};

START_TEST(knows_a_sheet_by_its_first_cell)
{
    ck_assert_int_eq(tdm__sheet_recognised(tdm__str(firsts[_i].text)), firsts[_i].is_sheet);
}
END_TEST

typedef struct grade_cell {
    const char *cell;
    bool is_read;
    tdm__entry_state state;
    int32_t value;
} grade_cell;

static const grade_cell grade_cells[] = {
    {"3", true, TDM__ENTRY_SCORED, 3},
    {" 3 ", true, TDM__ENTRY_SCORED, 3},
    {"'3", true, TDM__ENTRY_SCORED, 3},
    {"3.0", true, TDM__ENTRY_SCORED, 3},
    {"3,00", true, TDM__ENTRY_SCORED, 3},
    {"30", true, TDM__ENTRY_SCORED, 30},
    {"100", true, TDM__ENTRY_SCORED, 100},
    {"-1", true, TDM__ENTRY_SCORED, -1},
    {"0", true, TDM__ENTRY_SCORED, 0},
    {"0.0", true, TDM__ENTRY_SCORED, 0},
    {"10000", true, TDM__ENTRY_SCORED, 10000},
    {"not seen", true, TDM__ENTRY_NOT_SEEN, 0},
    {"Not-Seen", true, TDM__ENTRY_NOT_SEEN, 0},
    {"NOT_SEEN", true, TDM__ENTRY_NOT_SEEN, 0},
    {"not applicable", true, TDM__ENTRY_NOT_APPLICABLE, 0},
    {"not-applicable", true, TDM__ENTRY_NOT_APPLICABLE, 0},
    {"N/A", true, TDM__ENTRY_NOT_APPLICABLE, 0},
    {"n.a.", true, TDM__ENTRY_NOT_APPLICABLE, 0},
    {"", true, TDM__ENTRY_NOT_RECORDED, 0},
    {" \xC2\xA0", true, TDM__ENTRY_NOT_RECORDED, 0},
    {"not recorded", true, TDM__ENTRY_NOT_RECORDED, 0},
    {"-", false, TDM__ENTRY_SCORED, 0},
    {"'", false, TDM__ENTRY_SCORED, 0},
    {"?", false, TDM__ENTRY_SCORED, 0},
    {"3.5", false, TDM__ENTRY_SCORED, 0},
    {"3.000", false, TDM__ENTRY_SCORED, 0},
    {"1,000", false, TDM__ENTRY_SCORED, 0},
    {".0", false, TDM__ENTRY_SCORED, 0},
    {"3-4", false, TDM__ENTRY_SCORED, 0},
    {"10001", false, TDM__ENTRY_SCORED, 0},
    {"99999999999999999999", false, TDM__ENTRY_SCORED, 0},
    {"does not apply", false, TDM__ENTRY_SCORED, 0},
    {"seen", false, TDM__ENTRY_SCORED, 0},
    {"not seen by anybody at all in this whole year", false, TDM__ENTRY_SCORED, 0},
};

START_TEST(a_grade_is_read_as_people_write_it)
{
    const grade_cell *row = &grade_cells[_i];
    tdm__entry_state state;
    int32_t value;
    ck_assert_int_eq(tdm__sheet_grade(&state, &value, tdm__str(row->cell)), row->is_read);
    if (!row->is_read)
        return;
    ck_assert_int_eq(state, row->state);
    ck_assert_int_eq(value, row->value);
}
END_TEST

/* --- mistakes --- */

/* Rows 1 to 6; what follows begins at row 7. */
#define HEAD                                                                                                 \
    "tidemark assessment,1,2001-02-03\ninstrument,grades\nversion,1.0.0\nid,a\nchild,c\ndate,2024-03-05\n"
#define TABLE                                                                                                \
    HEAD "\nitem,grade,evidence,child's words,current grade,target grade,by,actual grade\n" /* row 8 */

typedef struct bad_sheet {
    const char *text;
    const char *told; /* "row:column what is mentioned", separated by '|' */
    const char *kept; /* items that a lenient reading keeps; NULL: it ends too */
    size_t left_out;
} bad_sheet;

static const bad_sheet bad_sheets[] = {
    {TABLE "X1a,SECRET\n", "9:2 item X1a, \"grade\": expected a grade of the scale", "", 1},
    {TABLE "X1a,SECRET\nX1b,2\nX1c,3 to 4\n", "9:2 item X1a|11:2 item X1c", "\"X1b\":2", 2},
    {TABLE "X1a,3.5\n", "9:2 item X1a", "", 1},
    {TABLE "X1a,2\nX1b,1\nX1a,3\n", "11:2 item X1a, \"grade\": expected this in one row", "\"X1b\":1", 2},
    {TABLE "X1a,2,SECRET\nX1a,,SECRET\n", "10:3 item X1a, \"evidence\": expected this in one row",
     "\"X1a\":2", 1},
    {TABLE "X1a,2,,SECRET\nX1a,,,SECRET\n", "10:4 item X1a, \"child's words\"", "\"X1a\":2", 1},
    {TABLE "X1a,2,\"one\ntwo\"\nX1b,SECRET\n", "10:2 item X1b", "\"X1a\":2", 1}, /* a row, not a line */
    {TABLE "\n\nX1b,SECRET\n", "11:2 item X1b", "", 1},
    {TABLE ",2\n", "9:1 \"item\": expected the code", "", 1},
    {TABLE "SECRET WORDS,2\n", "9:1 \"item\": expected the code", "", 1},
    {TABLE "X1a,2,,,SECRET\n", "9:5 item X1a, \"current grade\": expected a grade", "\"X1a\":2", 1},
    {TABLE "X1a,2,,,,SECRET,SECRET,SECRET\n",
     "9:6 item X1a, \"target grade\"|9:8 item X1a, \"actual grade\"|9:7 item X1a, \"by\": expected a day",
     "\"X1a\":2", 3},
    {TABLE "X1a,2,,,,,May 2024\n", "9:7 item X1a, \"by\": expected a day", "\"X1a\":2", 1},
    {TABLE "X1a,2,,,,,31/02/2024\n", "9:7 item X1a, \"by\"", "\"X1a\":2", 1},
    {TABLE "X1a,2,,,,,,,SECRET\n", "9:9 expected nothing in a column without a heading", "\"X1a\":2", 1},
    {HEAD "item,grade,notes\nX1a,2,SECRET\nX1b,2,SECRET\n", "7:3 the headings: expected no column beside",
     "\"X1a\":2,\"X1b\":2", 1},
    {HEAD "item,grade,Grade\nX1a,2,3\n", "7:3 the headings: expected \"grade\" once", NULL, 0},
    {TABLE "X1a,\"2\nX1b,3\n", "9:2 a quote is opened here and never closed", "\"X1b\":3", 1},
    {HEAD "SECRET,x\nitem,grade\n", "7:1 expected the name of a row", "", 1},
    {HEAD "purpose,SECRET\nitem,grade\n", "7:2 \"purpose\": expected one of: baseline review", "", 1},
    {HEAD "status,done\nitem,grade\n", "7:2 \"status\": expected one of: draft complete countersigned", "",
     1},
    {HEAD "subject type,dog\nsubject id,1\nitem,grade\n", "7:2 \"subject type\": expected one of: child", "",
     1},
    {HEAD "subject type,child\nitem,grade\n", "7:2 \"subject type\": expected \"subject type\" and", "", 1},
    {HEAD "subject id,1\nitem,grade\n", "7:2 \"subject id\": expected \"subject type\" and", "", 1},
    {HEAD "carer,a\ncarer,b\nitem,grade\n", "8:2 \"carer\": expected this in one row alone", "", 1},
    {HEAD "carer,a,b,SECRET\nitem,grade\n", "7:4 \"carer\": expected nothing behind the third column", "", 1},
    {HEAD "recorded,2024\nitem,grade\n", "7:2 \"recorded\": expected a day that exists", "", 1},
    {HEAD "recorded,c. 5 March 2024\nitem,grade\n", "7:2 \"recorded\": expected a day", "", 1},
    {HEAD "window from,2024-03-05\nitem,grade\n", "7:2 \"window from\": expected \"window from\" and", "", 1},
    {HEAD "window to,2024-03-05\nitem,grade\n", "7:2 \"window to\": expected \"window from\" and", "", 1},
    {HEAD "window from,2024-03-05\nwindow to,2024-03-04\nitem,grade\n",
     "8:2 \"window to\": expected a last day that is not before the first", "", 1},
    {HEAD "window from,soon\nwindow to,2024-03-04\nitem,grade\n", "7:2 \"window from\": expected a day", "",
     1},
    {HEAD, "1:0 expected a table with the headings", NULL, 0},
    {"tidemark assessment,2\nitem,grade\n", "1:2 expected form 1 of the sheet", NULL, 0},
    {"tidemark assessment\n", "1:2 expected form 1 of the sheet", NULL, 0},
    {"\"tidemark assessment\"x\r", "1:1 text behind a closing quote|2:2 expected form 1 of the sheet", NULL,
     0},
    {"tidemark assessment,1\ninstrument,g\nversion,'\nid,SECRET\ndate,2024-03\nitem,grade\nX,SECRET\n",
     "3:2 \"version\": expected a text that is not empty|5:2 \"date\": expected a day|7:2 item X|"
     "1:2 \"child\": expected a row of this name",
     NULL, 0},
};

/* Takes the problems off the list of those that are awaited. */
typedef struct awaited {
    tdm_str rest;
    tdm_error first;
} awaited;

static void take(const tdm_error *problem, void *payload)
{
    awaited *list = payload;
    char mentioned[sizeof problem->message + 32];
    tdm_str next = tdm__str_split(&list->rest, '|');
    ck_assert_msg(next.length > 0, "also: %d:%d %s", (int)problem->line, (int)problem->column,
                  problem->message);
    snprintf(mentioned, sizeof mentioned, "%d:%d %s", (int)problem->line, (int)problem->column,
             problem->message);
    ck_assert_msg(strncmp(mentioned, next.data, next.length) == 0, "%s", mentioned);
    ck_assert_ptr_null(strstr(problem->message, "SECRET"));
    ck_assert_str_eq(problem->file, "f.csv");
    if (list->first.line == 0)
        list->first = *problem;
}

START_TEST(tells_all_mistakes_with_row_and_heading)
{
    const bad_sheet *row = &bad_sheets[_i];
    awaited list = {.rest = tdm__str(row->told)};
    tdm_assessment_options options = {.struct_size = sizeof options, .problem = take, .payload = &list};
    tdm_assessment *assessment = (tdm_assessment *)&row;
    tdm_error error = {0};
    tdm_status status = tdm__sheet_read(&assessment, &tdm__malloc_allocator, tdm__str(row->text),
                                        TDM_LIT("f.csv"), NULL, &options, &error);
    ck_assert_int_eq(status, TDM_INVALID_INPUT);
    ck_assert_ptr_null(assessment);
    ck_assert_msg(list.rest.length == 0, "not told: %s", list.rest.data);
    ck_assert_str_eq(error.message, list.first.message);
    ck_assert_int_eq(error.line, list.first.line);
}
END_TEST

typedef struct label_case {
    const char *item, *cell;
    const char *entry; /* NULL: refused */
} label_case;

/* Every value of "grades" is called "label", so that the word says none; "ticks" has "no" and "yes". */
static const label_case label_cases[] = {
    {"T1", "yes", "\"T1\":1"}, {"T1", " NO ", "\"T1\":0"}, {"T1", "1", "\"T1\":1"},
    {"T1", "ye", NULL},        {"T1", "yes indeed", NULL}, {"A1a", "label", NULL},
    {"A1a", "yes", NULL},      {"Z9", "yes", NULL},        {"T1", "not seen", "\"T1\":\"not-seen\""},
};

START_TEST(a_label_may_stand_for_its_grade)
{
    const label_case *row = &label_cases[_i];
    tdm_instrument *instrument;
    tdm_assessment *assessment;
    tdm__text out;
    char sheet[400];
    snprintf(sheet, sizeof sheet,
             "tidemark assessment,1\ninstrument,mixed\nversion,1.0.0\nid,a\nchild,c\ndate,2024-03-05\n"
             "item,grade\n%s,%s\n",
             row->item, row->cell);
    ck_assert_int_eq(fixture_mixed(&instrument, &tdm__malloc_allocator, (mixed){"none", ""}, NULL), TDM_OK);
    tdm__sheet_known known = {&instrument, 1};
    for (int i = 0; i < 2; i++) { /* without the definition no label is known */
        tdm_status status = tdm__sheet_read(&assessment, &tdm__malloc_allocator, tdm__str(sheet),
                                            TDM_LIT("f.csv"), i == 0 ? &known : NULL, NULL, NULL);
        bool is_word = strchr("0123456789n", row->cell[0]) != NULL;
        bool good = row->entry && (i == 0 || is_word);
        ck_assert_int_eq(status, good ? TDM_OK : TDM_INVALID_INPUT);
        if (!good)
            continue;
        tdm__text_init(&out, &tdm__malloc_allocator);
        ck_assert_int_eq(tdm_assessment_write(assessment, tdm__text_sink(&out), 0), TDM_OK);
        ck_assert_msg(strstr(out.data, row->entry) != NULL, "%s", out.data);
        tdm__text_free(&out);
        tdm_assessment_free(assessment);
    }
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(a_lenient_reading_takes_what_is_good)
{
    const bad_sheet *row = &bad_sheets[_i];
    awaited list = {.rest = tdm__str(row->told)};
    tdm_assessment_options options = {
        .struct_size = sizeof options, .lenient = true, .problem = take, .payload = &list};
    tdm_assessment *assessment;
    tdm__text out;
    char items[100];
    tdm_status status = tdm__sheet_read(&assessment, &tdm__malloc_allocator, tdm__str(row->text),
                                        TDM_LIT("f.csv"), NULL, &options, NULL);
    ck_assert_int_eq(status, row->kept ? TDM_OK : TDM_INVALID_INPUT);
    ck_assert_uint_eq(list.rest.length, 0);
    if (!row->kept)
        return;
    ck_assert_uint_eq(assessment->left_out_count, row->left_out);
    tdm__text_init(&out, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm_assessment_write(assessment, tdm__text_sink(&out), 0), TDM_OK);
    snprintf(items, sizeof items, "\"items\":{%s}", row->kept);
    ck_assert_msg(holds(tdm__text_str(&out), items), "%s", out.data);
    tdm__text_free(&out);
    tdm_assessment_free(assessment);
}
END_TEST

typedef struct no_sheet {
    const char *text;
    size_t length;
    tdm_status status;
} no_sheet;

#define BYTES(text) text, sizeof(text) - 1
static const no_sheet no_sheets[] = {
    {BYTES("date,kind\n"), TDM_INVALID_INPUT},
    {BYTES(""), TDM_INVALID_INPUT},
    {BYTES("tidemark assessment,1\ncarer,d\xE9"
           "cor\n"),
     TDM_ENCODING},
    {BYTES("tidemark assessment,1\ncarer,\0\n"), TDM_ENCODING},
};

START_TEST(refuses_what_is_no_sheet)
{
    const no_sheet *row = &no_sheets[_i];
    tdm_assessment *assessment;
    tdm_error error = {0};
    ck_assert_int_eq(tdm__sheet_read(&assessment, &tdm__malloc_allocator, (tdm_str){row->text, row->length},
                                     TDM_LIT("f.csv"), NULL, NULL, &error),
                     row->status);
    ck_assert_ptr_null(assessment);
    ck_assert_int_gt(strlen(error.message), 0);
}
END_TEST

START_TEST(options_of_another_version_are_refused)
{
    tdm_assessment_options options = {.struct_size = 1};
    tdm_assessment *assessment;
    ck_assert_int_eq(tdm__sheet_read(&assessment, &tdm__malloc_allocator, tdm__str(TABLE), TDM_LIT("f"), NULL,
                                     &options, NULL),
                     TDM_INVALID_ARG);
    ck_assert_ptr_null(assessment);
}
END_TEST

START_TEST(rows_are_the_lines_of_the_entries)
{
    tdm_assessment *a = from_sheet(tdm__str(TABLE "X1a,2,\"one\ntwo\"\nX1b,3\n"));
    ck_assert_int_eq(a->instrument_line, 2);
    ck_assert_int_eq(a->version_line, 3);
    ck_assert_int_eq(a->entries[0].line, 9);
    ck_assert_int_eq(a->evidence[0].line, 9);
    ck_assert_int_eq(a->entries[1].line, 10);
    tdm_assessment_free(a);
}
END_TEST

/* --- what a partnership's own words and several scales add --- */

static const char overlay[] =
    "{\"texts\": 1, \"instrument\": \"grades\", \"version\": \"1.0.0\", \"licence\": \"of the tests\", "
    "\"parts\": {\"X1a\": {\"text\": \"=first\", \"grades\": {\"1\": \"fine\", \"2\": \"less so\"}}}}";

START_TEST(words_of_the_partnership_stand_beside_their_item_and_are_not_read)
{
    tdm_instrument *instrument = grades();
    tdm__texts *texts;
    tdm__text sheet;
    tdm_error error = {0};
    tdm_status status = tdm__texts_read(&texts, &tdm__malloc_allocator, tdm__str(overlay), TDM_LIT("t"),
                                        instrument, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    tdm_str made = sheet_of(&sheet, full, texts);
    ck_assert(holds(made, "\r\nlicence,of the tests,whose words stand in this sheet\r\n"));
    ck_assert(holds(made, ",item,label,wording,what the grades mean,grade,"));
    ck_assert(holds(made, ",X1a,a,'=first,\"1: fine\n2: less so\",3,"));
    ck_assert(holds(made, ",X1b,b,,,not seen,"));
    tdm_assessment *assessment = from_sheet(made);
    assert_written(assessment, full);
    tdm_assessment_free(assessment);
    tdm__text_free(&sheet);
    tdm__texts_free(texts);
    tdm_instrument_free(instrument);
}
END_TEST

START_TEST(says_which_grades_and_ages_belong_to_which_part)
{
    tdm_instrument *instrument;
    tdm__text sheet;
    mixed with = {"none", "higher-is-worse"};
    ck_assert_int_eq(fixture_mixed(&instrument, &tdm__malloc_allocator, with, NULL), TDM_OK);
    tdm__text_init(&sheet, &tdm__malloc_allocator);
    tdm__sheet_put(&sheet, instrument, NULL, NULL);
    tdm_str made = tdm__text_str(&sheet);
    ck_assert_msg(holds(made, "\r\nage band,,one of under-5 = Under 5; over-5 = From 5 on\r\n"), "%s",
                  made.data);
    ck_assert(
        holds(made, "\r\ngrades,A,1 = label; 2 = label; 3 = label; 4 = label; 5 = label; not seen; not "));
    ck_assert(holds(made, "\r\ngrades,T,0 = no; 1 = yes; not seen; not applicable; empty where"));
    ck_assert(holds(made, "\r\nA Grades,A1 Of three,A1b,b,,,,,,,\r\n"));
    ck_assert(holds(made, ",A1c,c (only at age over-5),"));
    ck_assert(holds(made, ",A2,Direct (only at age under-5),"));
    tdm__text_free(&sheet);
    tdm_instrument_free(instrument);
}
END_TEST

/* --- memory --- */

static tdm_status round_trip(const tdm_allocator *allocator)
{
    tdm_instrument *instrument = grades();
    tdm_assessment *given = from_json(full), *back = NULL;
    tdm__text sheet;
    tdm__text_init(&sheet, allocator);
    tdm__sheet_put(&sheet, instrument, given, NULL);
    tdm_status status = sheet.failed ? TDM_NO_MEMORY
                                     : tdm__sheet_read(&back, allocator, tdm__text_str(&sheet),
                                                       TDM_LIT("f.csv"), NULL, NULL, NULL);
    if (status == TDM_OK)
        ck_assert_uint_eq(back->entry_count, given->entry_count);
    tdm_assessment_free(back);
    tdm__text_free(&sheet);
    tdm_assessment_free(given);
    tdm_instrument_free(instrument);
    return status;
}

static tdm_status lenient_reading(const tdm_allocator *allocator)
{
    tdm_assessment_options options = {.struct_size = sizeof options, .lenient = true};
    tdm_assessment *assessment;
    tdm_status status = tdm__sheet_read(&assessment, allocator,
                                        tdm__str(TABLE "X1a,2\nX1a,3\nX1b,x\n\"X1c\",\"2"), TDM_LIT("f.csv"),
                                        NULL, &options, NULL);
    if (status == TDM_OK)
        tdm_assessment_free(assessment);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(round_trip);
    TEST_EVERY_ALLOCATION(lenient_reading);
}
END_TEST

/* More rows than any form has, with a heading of very many columns: linear, and bounded. */
START_TEST(takes_a_very_long_sheet)
{
    tdm__text sheet;
    enum { ITEMS = 100000 };
    tdm__text_init(&sheet, &tdm__malloc_allocator);
    tdm__text_puts(&sheet, HEAD "item,grade,evidence");
    for (int i = 0; i < 16000; i++)
        tdm__text_char(&sheet, ',');
    for (int i = 0; i < ITEMS; i++)
        tdm__text_printf(&sheet, "\ni%d,2,e", i);
    tdm_assessment *assessment = from_sheet(tdm__text_str(&sheet));
    ck_assert_uint_eq(assessment->entry_count, ITEMS);
    ck_assert_uint_eq(assessment->evidence_count, ITEMS);
    ck_assert_str_eq(assessment->entries[ITEMS - 1].item.data, "i99999");
    tdm_assessment_free(assessment);
    tdm__text_free(&sheet);
}
END_TEST

Suite *sheet_suite(void)
{
    Suite *suite = suite_create("sheets");
    TCase *all = tcase_create("sheets");
    tcase_add_test(all, a_blank_sheet_is_what_stands_in_the_file);
    tcase_add_test(all, gives_every_member_back);
    tcase_add_test(all, another_order_of_items_becomes_that_of_the_instrument);
    tcase_add_loop_test(all, a_label_may_stand_for_its_grade, 0, ROWS(label_cases));
    tcase_add_test(all, what_acts_is_shown_as_a_code);
    tcase_add_loop_test(all, a_text_is_kept_and_made_harmless, 0, ROWS(text_cells));
    tcase_add_loop_test(all, reads_what_spreadsheets_save, 0, ROWS(saved));
    tcase_add_loop_test(all, knows_a_sheet_by_its_first_cell, 0, ROWS(firsts));
    tcase_add_loop_test(all, a_grade_is_read_as_people_write_it, 0, ROWS(grade_cells));
    tcase_add_loop_test(all, tells_all_mistakes_with_row_and_heading, 0, ROWS(bad_sheets));
    tcase_add_loop_test(all, a_lenient_reading_takes_what_is_good, 0, ROWS(bad_sheets));
    tcase_add_loop_test(all, refuses_what_is_no_sheet, 0, ROWS(no_sheets));
    tcase_add_test(all, options_of_another_version_are_refused);
    tcase_add_test(all, rows_are_the_lines_of_the_entries);
    tcase_add_test(all, words_of_the_partnership_stand_beside_their_item_and_are_not_read);
    tcase_add_test(all, says_which_grades_and_ages_belong_to_which_part);
    tcase_add_test(all, survives_every_failed_allocation);
    tcase_add_test(all, takes_a_very_long_sheet);
    suite_add_tcase(suite, all);
    return suite;
}
