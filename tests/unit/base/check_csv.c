/*
 * The CSV tokenizer against cases worked out by hand from RFC 4180 and the habits of Excel.
 */
#include <string.h>

#include "base/csv.h"
#include "base/suites.h"
#include "support.h"

/* Reads all of `text`; fields as "[a][b]" and a line number before each record, errors as "!LINE:FIELD". */
static void read_all(tdm__text *out, const tdm_allocator *allocator, tdm_str text, char delimiter)
{
    tdm__csv csv;
    tdm_error error;
    bool more = true;
    tdm__csv_init(&csv, allocator, text, delimiter);
    while (more) {
        tdm_status status = tdm__csv_next(&csv, &more, &error);
        if (status != TDM_OK) {
            tdm__text_printf(out, "!%d:%d %s ", (int)error.line, (int)error.column, tdm_status_name(status));
            ck_assert_int_eq(error.status, status);
            continue;
        }
        if (!more)
            break;
        tdm__text_printf(out, "%d", (int)csv.line);
        for (size_t i = 0; i < csv.field_count; i++)
            tdm__text_printf(out, "[%.*s]", TDM_STR_ARGS(csv.fields[i]));
        tdm__text_char(out, ' ');
    }
    tdm__csv_free(&csv);
}

typedef struct reading {
    const char *text;
    char delimiter;
    const char *expected;
} reading;

static const reading readings[] = {
    /* RFC 4180, section 2, rules 1 to 7 */
    {"aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", ',', "1[aaa][bbb][ccc] 2[zzz][yyy][xxx] "},
    {"aaa,bbb,ccc\r\nzzz,yyy,xxx", ',', "1[aaa][bbb][ccc] 2[zzz][yyy][xxx] "},
    {"\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", ',', "1[aaa][bbb][ccc] 2[zzz][yyy][xxx] "},
    {"\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", ',', "1[aaa][b\r\nbb][ccc] 3[zzz][yyy][xxx] "},
    {"\"aaa\",\"b\"\"bb\",\"ccc\"", ',', "1[aaa][b\"bb][ccc] "},
    /* spaces belong to the field */
    {" a , b ", ',', "1[ a ][ b ] "},
    /* line ends: LF, CR, mixed */
    {"a\nb\rc\r\nd", ',', "1[a] 2[b] 3[c] 4[d] "},
    /* line breaks inside quotes: LF, CR and CRLF count one each */
    {"\"1\n2\r3\r\n4\"\nx", ',', "1[1\n2\r3\r\n4] 5[x] "},
    /* empty fields, empty lines, nothing */
    {",,\n\n\r\n,a,\n", ',', "1[][][] 4[][a][] "},
    {"", ',', ""},
    {"\n\n", ',', ""},
    {"\"\"", ',', "1[] "},
    {"a,", ',', "1[a][] "},
    {"a,\n", ',', "1[a][] "},
    /* other delimiters; the comma is a letter then */
    {"a;b,c;\"d;e\"", ';', "1[a][b,c][d;e] "},
    {"a\tb c\t\td", '\t', "1[a][b c][][d] "},
    {"a|b", '|', "1[a][b] "},
    /* a quote that does not open a field is a letter */
    {"5\" nail,it\"\"s", ',', "1[5\" nail][it\"\"s] "},
    /* two unquoted fields in one record, with plain ones between and behind */
    {"\"a\"\"\",b,\"\"\"\",\"\",\"c\"\"d\"", ',', "1[a\"][b][\"][][c\"d] "},
    /* fields longer than the eight bytes of one step, delimiters at each place of it */
    {"12345678,1234567,123456789,1\n", ',', "1[12345678][1234567][123456789][1] "},
    {"1,12,123,1234,12345,123456", ',', "1[1][12][123][1234][12345][123456] "},
    /* bytes over 0x7F next to delimiters */
    {"\xC3\xA9\xC3\xA9\xC3\xA9,\xE2\x82\xAC\xE2\x82\xAC,x", ',',
     "1[\xC3\xA9\xC3\xA9\xC3\xA9][\xE2\x82\xAC\xE2\x82\xAC][x] "},
    /* bytes that differ from a stop byte by one: 0x2B and 0x2D, 0x0B and 0x09, 0x0C and 0x0E */
    {"+-+-+-+-+\x0B\x09\x0C\x0E\x0B,x", ',', "1[+-+-+-+-+\x0B\x09\x0C\x0E\x0B][x] "},
    /* text behind a closing quote: the line is given up, the next one is read */
    {"a,\"b\"c,d\ne,f\n", ',', "!1:2 invalid-input 2[e][f] "},
    {"a,\"b\" ,d\ne,f\n", ',', "!1:2 invalid-input 2[e][f] "},
    {"\"x\ny\"z,1\ne,f\n", ',', "!2:1 invalid-input 3[e][f] "},
    {"\"x\"y", ',', "!1:1 invalid-input "},
    /* a quote never closed: the line that opens it is given up, the next one is read */
    {"a,b,\"c\nd,e,f\ng", ',', "!1:3 invalid-input 2[d][e][f] 3[g] "},
    {"a\n\"x\ny\",\"z\nb\n", ',', "1[a] !3:2 invalid-input 4[b] "},
    {"a,\"", ',', "!1:2 invalid-input "},
    {"\"a\"\"", ',', "!1:1 invalid-input "},
};

START_TEST(reads_records)
{
    const reading *row = &readings[_i];
    tdm__text out;
    tdm__text_init(&out, &tdm__malloc_allocator);
    tdm__text_puts(&out, "");
    read_all(&out, &tdm__malloc_allocator, tdm__str(row->text), row->delimiter);
    ck_assert_str_eq(out.data, row->expected);
    tdm__text_free(&out);
}
END_TEST

START_TEST(knows_the_bytes_of_a_record)
{
    tdm__csv csv;
    bool more;
    tdm__csv_init(&csv, &tdm__malloc_allocator, TDM_LIT("\r\nab,c\r\n\"d\ne\",f\n"), ',');
    ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
    ck_assert_uint_eq(csv.record_start, 2);
    ck_assert_uint_eq(csv.record_end, 6);
    ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
    ck_assert_uint_eq(csv.record_start, 8);
    ck_assert_uint_eq(csv.record_end, 15);
    ck_assert_int_eq(csv.line, 3);
    ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
    ck_assert(!more);
    tdm__csv_free(&csv);
}
END_TEST

/* A line with a quote is read whole, wherever the wanted fields end. */
START_TEST(fields_behind_the_wanted_ones_are_left)
{
    static const size_t expected[] = {3, 2, 3};
    tdm__csv csv;
    bool more;
    tdm__csv_init(&csv, &tdm__malloc_allocator,
                  TDM_LIT("a long first field,a long second field,c,d\ne,f\n\"g\",h,i"), ',');
    csv.fields_wanted = 2;
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
        ck_assert_uint_eq(csv.field_count, expected[i]);
        ck_assert_int_eq(csv.line, (int32_t)i + 1);
        if (i == 0)
            ck_assert(tdm__str_equal(csv.fields[1], TDM_LIT("a long second field")));
    }
    tdm__csv_free(&csv);
}
END_TEST

START_TEST(plain_fields_are_slices_of_the_text)
{
    tdm_str text = TDM_LIT("abc,\"def\",\"g\"\"h\"");
    tdm__csv csv;
    bool more;
    tdm__csv_init(&csv, &tdm__malloc_allocator, text, ',');
    ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
    ck_assert_ptr_eq(csv.fields[0].data, text.data);
    ck_assert_ptr_eq(csv.fields[1].data, text.data + 5);
    ck_assert_ptr_eq(csv.fields[2].data, csv.unquoted.data);
    tdm__csv_free(&csv);
}
END_TEST

/* A text of `count` bytes `c` behind `head`, and `tail` behind them. */
static tdm_str long_text(tdm__text *out, const char *head, char c, size_t count, const char *tail)
{
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__text_puts(out, head);
    for (size_t i = 0; i < count; i++)
        tdm__text_char(out, c);
    tdm__text_puts(out, tail);
    return tdm__text_str(out);
}

typedef struct limit_case {
    const char *head;
    size_t count;
    const char *tail;
    const char *expected; /* of the first reading */
} limit_case;

/* with a limit of 100 bytes a field */
static const limit_case limit_cases[] = {
    {"", 100, "\nx", "ok"},
    {"", 101, "\nx", "too-large"},
    {"\"", 100, "\"\nx", "ok"},
    {"\"", 101, "\"\nx", "too-large"},
    {"\"", 500, "\"\nx", "too-large"},
    {"\"\"\"", 99, "\"\nx", "ok"},
    {"\"\"\"", 100, "\"\nx", "too-large"},
};

START_TEST(long_fields_are_refused_and_reading_goes_on)
{
    const limit_case *row = &limit_cases[_i];
    tdm__text text;
    tdm__csv csv;
    bool more;
    tdm__csv_init(&csv, &tdm__malloc_allocator, long_text(&text, row->head, 'a', row->count, row->tail), ',');
    csv.field_limit_bytes = 100;
    ck_assert_str_eq(tdm_status_name(tdm__csv_next(&csv, &more, NULL)), row->expected);
    ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
    ck_assert(more);
    ck_assert_int_eq(csv.line, 2);
    ck_assert_uint_eq(csv.field_count, 1);
    ck_assert(tdm__str_equal(csv.fields[0], TDM_LIT("x")));
    tdm__csv_free(&csv);
    tdm__text_free(&text);
}
END_TEST

START_TEST(many_fields_are_refused)
{
    for (int over = 0; over < 2; over++) {
        tdm__text text;
        tdm__csv csv;
        bool more;
        tdm_str commas = long_text(&text, "", ',', (size_t)(16383 + over), "\nx\n");
        tdm__csv_init(&csv, &tdm__malloc_allocator, commas, ',');
        ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), over ? TDM_TOO_LARGE : TDM_OK);
        ck_assert_uint_eq(csv.field_count, over ? 0 : 16384);
        ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
        ck_assert_int_eq(csv.line, 2);
        tdm__csv_free(&csv);
        tdm__text_free(&text);
    }
}
END_TEST

typedef struct guess {
    const char *text;
    char expected;
} guess;

static const guess guesses[] = {
    {"", ','},
    {"one column\nonly\n", ','},
    {"a,b\n1,2\n", ','},
    {"a;b;c\n1,5;2;3\n", ';'},
    {"a\tb\n1\t2\n", '\t'},
    {"a|b|c\n", '|'},
    {"Date, time;Agency\n1,2,3;x\n4;y\n", ';'},
    {"\"a;b;c;d\",x\n1,2\n", ','},
    {"\n\na;b\n1;2\n", ';'},
    {"\"a\n;;;\",b\r\n1,2\r\n", ','},
};

START_TEST(guesses_the_delimiter)
{
    ck_assert_int_eq(tdm__csv_guess_delimiter(tdm__str(guesses[_i].text)), guesses[_i].expected);
}
END_TEST

typedef struct writing {
    const char *field;
    char delimiter;
    const char *expected;
} writing;

static const writing writings[] = {
    {"", ',', ""},
    {"a b", ',', "a b"},
    {"a,b", ',', "\"a,b\""},
    {"a,b", ';', "a,b"},
    {"a;b", ';', "\"a;b\""},
    {"say \"x\"", ',', "\"say \"\"x\"\"\""},
    {"a\nb", ',', "\"a\nb\""},
    {"a\rb", ',', "\"a\rb\""},
};

START_TEST(writes_fields)
{
    tdm__text out;
    tdm__text_init(&out, &tdm__malloc_allocator);
    tdm__text_puts(&out, "");
    tdm__csv_put_field(&out, tdm__str(writings[_i].field), writings[_i].delimiter);
    ck_assert_str_eq(out.data, writings[_i].expected);
    tdm__text_free(&out);
}
END_TEST

/* Any text written as fields is read back: all strings of up to four letters over a hostile alphabet. */
START_TEST(what_is_written_is_read_back)
{
    static const char alphabet[] = "a,\"\n\r;";
    for (int code = 0; code < 6 * 6 * 6 * 6; code++) {
        char field[5] = {alphabet[code % 6], alphabet[code / 6 % 6], alphabet[code / 36 % 6],
                         alphabet[code / 216], 0};
        tdm__text line;
        tdm__csv csv;
        bool more;
        tdm__text_init(&line, &tdm__malloc_allocator);
        tdm__text_puts(&line, "x,");
        tdm__csv_put_field(&line, tdm__str(field), ',');
        tdm__text_puts(&line, ",y\n");
        tdm__csv_init(&csv, &tdm__malloc_allocator, tdm__text_str(&line), ',');
        ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
        ck_assert_uint_eq(csv.field_count, 3);
        ck_assert(tdm__str_equal(csv.fields[1], tdm__str(field)));
        ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
        ck_assert(!more);
        tdm__csv_free(&csv);
        tdm__text_free(&line);
    }
}
END_TEST

static tdm_status read_with(const tdm_allocator *allocator)
{
    tdm__csv csv;
    bool more = true;
    tdm_status status = TDM_OK;
    tdm__csv_init(&csv, allocator, TDM_LIT("a,b,c,d,e,f,g,h,i,j,k\n\"x\"\"y\",\"\"\"z\"\n"), ',');
    while (status == TDM_OK && more)
        status = tdm__csv_next(&csv, &more, NULL);
    tdm__csv_free(&csv);
    return status;
}

START_TEST(survives_every_failed_allocation)
{
    TEST_EVERY_ALLOCATION(read_with);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

Suite *csv_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *reads = tcase_create("reading");
    tcase_add_loop_test(reads, reads_records, 0, ROWS(readings));
    tcase_add_loop_test(reads, long_fields_are_refused_and_reading_goes_on, 0, ROWS(limit_cases));
    tcase_add_test(reads, knows_the_bytes_of_a_record);
    tcase_add_test(reads, fields_behind_the_wanted_ones_are_left);
    tcase_add_test(reads, plain_fields_are_slices_of_the_text);
    tcase_add_test(reads, many_fields_are_refused);
    tcase_add_test(reads, survives_every_failed_allocation);
    tcase_add_loop_test(reads, guesses_the_delimiter, 0, ROWS(guesses));
    suite_add_tcase(suite, reads);
    TCase *writes = tcase_create("writing");
    tcase_add_loop_test(writes, writes_fields, 0, ROWS(writings));
    tcase_add_test(writes, what_is_written_is_read_back);
    suite_add_tcase(suite, writes);
    return suite;
}
