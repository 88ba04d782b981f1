/*
 * Text of strangers in each form of output.
 */
#include "report/escape.h"
#include "report/suites.h"
#include "support.h"

typedef struct escape_case {
    const char *text;
    size_t length; /* 0: up to the zero byte */
    const char *expected[TDM__ESCAPE_FORMS];
} escape_case;

/* In the order terminal, HTML, attribute, SVG, cell. */
static const escape_case cases[] = {
    {"plain", 0, {"plain", "plain", "plain", "plain", "plain"}},
    {"<a href='x'>&\"",
     0,
     {"<a href='x'>&\"", "&lt;a href=&#39;x&#39;&gt;&amp;&quot;", "&lt;a href=&#39;x&#39;&gt;&amp;&quot;",
      "&lt;a href=&#39;x&#39;&gt;&amp;&quot;", "<a href='x'>&\""}},
    {"\x1b[2J", 0, {"\\x1b[2J", "\\x1b[2J", "\\x1b[2J", "\\x1b[2J", "\\x1b[2J"}},
    {"a\nb\tc\r",
     0,
     {"a\\x0ab\\x09c\\x0d", "a\nb\tc\\x0d", "a&#10;b&#9;c\\x0d", "a b c\\x0d", "a\nb\tc\\x0d"}},
    {"a\0b", 3, {"a\\x00b", "a\\x00b", "a\\x00b", "a\\x00b", "a\\x00b"}},
    {"\x7f\xC2\x9B"
     "31m",
     0,
     {"\\x7f\\x9b31m", "\\x7f\\x9b31m", "\\x7f\\x9b31m", "\\x7f\\x9b31m", "\\x7f\\x9b31m"}},
    {"\xE2\x80\xAE"
     "abc",
     0,
     {"<U+202E>abc", "&lt;U+202E&gt;abc", "&lt;U+202E&gt;abc", "&lt;U+202E&gt;abc", "<U+202E>abc"}},
    {"\xE2\x81\xA6\xE2\x80\x8F\xEF\xBF\xBF",
     0,
     {"<U+2066><U+200F><U+FFFF>", "&lt;U+2066&gt;&lt;U+200F&gt;&lt;U+FFFF&gt;",
      "&lt;U+2066&gt;&lt;U+200F&gt;&lt;U+FFFF&gt;", "&lt;U+2066&gt;&lt;U+200F&gt;&lt;U+FFFF&gt;",
      "<U+2066><U+200F><U+FFFF>"}},
    {"]]>", 0, {"]]>", "]]&gt;", "]]&gt;", "]]&gt;", "]]>"}},
    {"caf\xC3\xA9 \xE2\x82\xAC",
     0,
     {"caf\xC3\xA9 \xE2\x82\xAC", "caf\xC3\xA9 \xE2\x82\xAC", "caf\xC3\xA9 \xE2\x82\xAC",
      "caf\xC3\xA9 \xE2\x82\xAC", "caf\xC3\xA9 \xE2\x82\xAC"}},
    {"a\xFF\xC3", 0, {"a\\xff\\xc3", "a\\xff\\xc3", "a\\xff\\xc3", "a\\xff\\xc3", "a\\xff\\xc3"}},
};

START_TEST(each_form_shows_what_is_dangerous)
{
    const escape_case *one = &cases[_i];
    for (int form = 0; form < TDM__ESCAPE_FORMS; form++) {
        tdm__text out;
        tdm_str text = tdm__str(one->text);
        if (one->length > 0)
            text.length = one->length;
        tdm__text_init(&out, &tdm__malloc_allocator);
        tdm__escape(&out, text, (tdm__escape_form)form);
        ck_assert_str_eq(out.data, one->expected[form]);
        tdm__text_free(&out);
    }
}
END_TEST

/* Whatever the bytes: nothing below a space, no DEL, no markup in the three forms that are markup. */
START_TEST(any_bytes_come_out_harmless)
{
    uint32_t seed = 12345;
    for (int round = 0; round < 2000; round++) {
        char bytes[40];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(seed >> 24);
        }
        for (int form = 0; form < TDM__ESCAPE_FORMS; form++) {
            tdm__text out;
            size_t bad_at;
            tdm__text_init(&out, &tdm__malloc_allocator);
            tdm__escape(&out, (tdm_str){bytes, sizeof bytes}, (tdm__escape_form)form);
            ck_assert(tdm__utf8_valid(tdm__text_str(&out), &bad_at));
            for (size_t i = 0; i < out.length; i++) {
                unsigned char c = (unsigned char)out.data[i];
                bool lines = form == TDM__ESCAPE_HTML || form == TDM__ESCAPE_CELL;
                bool kept = lines && (c == '\n' || c == '\t');
                ck_assert(kept || (c >= 0x20 && c != 0x7F));
                ck_assert(form == TDM__ESCAPE_TERMINAL || form == TDM__ESCAPE_CELL ||
                          (c != '<' && c != '>' && c != '"' && c != '\''));
            }
            tdm__text_free(&out);
        }
    }
}
END_TEST

Suite *escape_suite(void)
{
    Suite *suite = suite_create("escape");
    TCase *tests = tcase_create("forms");
    tcase_add_loop_test(tests, each_form_shows_what_is_dangerous, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, any_bytes_come_out_harmless);
    suite_add_tcase(suite, tests);
    return suite;
}
