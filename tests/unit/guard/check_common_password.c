/*
 * Passwords that are tried first: what makes one no better, and what is let through though it sounds like
 * one.
 */
#include "guard/common_password.h"
#include "guard/suites.h"
#include "support.h"

#include <string.h>

/* Four words of the first list, one of the second. */
static const tdm__common_words words = {
    .lists = {{"# a remark\npassword\n winter \r\ndragon\nmonkey\n", 44}, {"norchester", 10}},
    .account = {"ann.example", 11},
    .title = {"Ann-Marie Example", 17},
    .team = {"north", 5},
};

static const char *const common[] = {
    "passwordpassword",
    "Password1234",
    "PASSWORD!!!!",
    "p@$$w0rd2024",
    "p4ssw0rd p4ssw0rd",
    "winter2024!!",
    "winter dragon",
    "dragon-winter-77",
    "mypassword1",
    "passwordxy12",
    "xpasswordy99",
    "123456789012",
    "aaaaaaaaaaaa",
    "qwertyuiop12",
    "poiuytrewq12",
    "abcdefghijkl",
    "zyxwvutsrqpo",
    "asdfghjkl!!!",
    "qwertyasdfgh",
    "1111 2222 3333",
    "............",
    "annexample2024",
    "AnnMarie2024!",
    "ann.example.north",
    "north north 1",
    "Norchester2024",
    "Norchester!Password",
    "n0rche5ter 9999",
    "password winter password",
    "winter winter winter",
    "qazwsxedcrfv",
    "            ",
    "aaaabbbbcccc",
    "dr4g0n dr4gon 1",
    "ann password north",
};

static const char *const others[] = {
    "winter dragon monkey",
    "seven quiet lanterns",
    "passwordabx12", /* three letters that no word explains */
    "password winter dragon",
    "an old grey heron",
    "brass gate in winter",
    "correct horse battery",
    "tqzrmvkpwxyd",
    "qwepoi zmxnvb",
    "\xc3\xa9l\xc3\xa9phant gris 1",
    "anna and the garden",
};

START_TEST(common_ones_are_found)
{
    const char *password = common[_i];
    ck_assert_msg(tdm__password_is_common(tdm__str(password), &words), "%s", password);
}
END_TEST

START_TEST(others_are_let_through)
{
    const char *password = others[_i];
    ck_assert_msg(!tdm__password_is_common(tdm__str(password), &words), "%s", password);
}
END_TEST

/* 128 bytes are looked at whole; one more is nobody's first try. */
START_TEST(long_ones_end_somewhere)
{
    char password[130];
    memset(password, 'a', sizeof password);
    ck_assert(tdm__password_is_common((tdm_str){password, 128}, &words));
    ck_assert(!tdm__password_is_common((tdm_str){password, 129}, &words));
    ck_assert(tdm__password_is_common((tdm_str){password, 0}, &words));
}
END_TEST

/* Of nobody, without a list: rows of keys are still rows of keys. */
START_TEST(without_words_there_are_rows)
{
    static const tdm__common_words none;
    ck_assert(tdm__password_is_common(TDM_LIT("qwertyuiop99"), &none));
    ck_assert(!tdm__password_is_common(TDM_LIT("password1234"), &none));
}
END_TEST

Suite *common_password_suite(void)
{
    Suite *suite = suite_create("common passwords");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, common_ones_are_found, 0, (int)(sizeof common / sizeof *common));
    tcase_add_loop_test(all, others_are_let_through, 0, (int)(sizeof others / sizeof *others));
    tcase_add_test(all, long_ones_end_somewhere);
    tcase_add_test(all, without_words_there_are_rows);
    suite_add_tcase(suite, all);
    return suite;
}
