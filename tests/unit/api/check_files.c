/*
 * Output files: whole or not at all, readable by their owner alone, and never a device in disguise.
 */
#include "api/fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], target[128];
static tdm_context *context;

static void open_folder(void)
{
    context = open_context(true);
    snprintf(folder, sizeof folder, "/tmp/tidemark-output-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(target, sizeof target, "%s/report.json", folder);
}

static void close_folder(void)
{
    unlink(target);
    ck_assert_int_eq(rmdir(folder), 0); /* fails where anything was left behind */
    tdm_context_free(context);
}

static int names_in_folder(void)
{
    int count = 0;
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    for (struct dirent *entry; (entry = readdir(listing));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return count;
}

static bool is_there(void)
{
    struct stat about;
    return stat(target, &about) == 0;
}

static void write_some(tdm_output_file *file, const char *text)
{
    tdm_sink sink = tdm_output_file_sink(file);
    ck_assert_int_eq(sink.write(text, strlen(text), sink.payload), TDM_OK);
}

static void holds(const char *text)
{
    tdm_str read;
    ck_assert_int_eq(tdm_file_read(&read, context, target), TDM_OK);
    ck_assert(tdm__str_equal(read, tdm__str(text)));
    tdm_buffer_free(context, read);
}

START_TEST(a_file_appears_when_it_is_whole)
{
    tdm_output_file *file;
    struct stat about;
    ck_assert_int_eq(tdm_output_file_open(&file, context, target), TDM_OK);
    write_some(file, "one ");
    ck_assert(!is_there());
    write_some(file, "two");
    ck_assert_int_eq(tdm_output_file_commit(file), TDM_OK);
    holds("one two");
    ck_assert_int_eq(names_in_folder(), 1);
    ck_assert_int_eq(stat(target, &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
}
END_TEST

START_TEST(what_is_abandoned_was_never_there)
{
    tdm_output_file *file;
    ck_assert_int_eq(tdm_output_file_open(&file, context, target), TDM_OK);
    write_some(file, "half");
    tdm_output_file_abandon(file);
    ck_assert_int_eq(names_in_folder(), 0);
    tdm_output_file_abandon(NULL);
}
END_TEST

START_TEST(an_older_file_stands_until_the_new_one_is_whole)
{
    tdm_output_file *file;
    ck_assert_int_eq(tdm_output_file_open(&file, context, target), TDM_OK);
    write_some(file, "old");
    ck_assert_int_eq(tdm_output_file_commit(file), TDM_OK);
    ck_assert_int_eq(tdm_output_file_open(&file, context, target), TDM_OK);
    write_some(file, "new");
    holds("old");
    tdm_output_file_abandon(file);
    holds("old");
    ck_assert_int_eq(names_in_folder(), 1);
}
END_TEST

START_TEST(only_plain_files_are_replaced)
{
    tdm_output_file *file;
    struct stat about;
    ck_assert_int_eq(tdm_output_file_open(&file, context, folder), TDM_INVALID_ARG);
    ck_assert_ptr_null(file);
    ck_assert_int_eq(mkfifo(target, 0600), 0);
    ck_assert_int_eq(tdm_output_file_open(&file, context, target), TDM_INVALID_ARG);
    ck_assert_int_eq(tdm_output_file_open(&file, context, "/dev/null"), TDM_INVALID_ARG);
    ck_assert_int_eq(stat("/dev/null", &about), 0);
    ck_assert(S_ISCHR(about.st_mode));
    ck_assert_int_eq(tdm_output_file_open(&file, context, "no-such-folder/report.json"), TDM_NOT_FOUND);
    ck_assert_ptr_null(file);
    ck_assert_int_eq(names_in_folder(), 1);
}
END_TEST

Suite *files_suite(void)
{
    Suite *suite = suite_create("files");
    TCase *tests = tcase_create("files");
    tcase_add_checked_fixture(tests, open_folder, close_folder);
    tcase_add_test(tests, a_file_appears_when_it_is_whole);
    tcase_add_test(tests, what_is_abandoned_was_never_there);
    tcase_add_test(tests, an_older_file_stands_until_the_new_one_is_whole);
    tcase_add_test(tests, only_plain_files_are_replaced);
    suite_add_tcase(suite, tests);
    return suite;
}
