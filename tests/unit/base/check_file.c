/*
 * Files in a folder made for each test: what may be read below a root, listing, and writing whole
 * or not at all.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/suites.h"
#include "support.h"

/* root/ is the confined folder, outside.txt and other/ lie beside it. */
static char folder[64];
static char root[96];

static const char *in_folder(const char *name)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/tidemark-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(root, sizeof root, "%s/root", folder);
    ck_assert_int_eq(mkdir(root, 0700), 0);
    ck_assert_int_eq(mkdir(in_folder("root/sub"), 0700), 0);
    ck_assert_int_eq(mkdir(in_folder("other"), 0700), 0);
    put_file("outside.txt", "outside");
    put_file("other/secret.txt", "secret");
    put_file("root/a.txt", "hello");
    put_file("root/empty.txt", "");
    put_file("root/sub/b.txt", "below");
    put_file("root/.hidden", "");
    ck_assert_int_eq(symlink("../outside.txt", in_folder("root/link-out")), 0);
    ck_assert_int_eq(symlink("a.txt", in_folder("root/link-in")), 0);
    ck_assert_int_eq(symlink("../other", in_folder("root/folder-out")), 0);
    ck_assert_int_eq(symlink("sub", in_folder("root/folder-in")), 0);
    ck_assert_int_eq(mkfifo(in_folder("root/pipe"), 0600), 0);
}

/* Only names that make_folder and the tests use. */
static void remove_folder(void)
{
    static const char *const names[] = {
        "root/a.txt",    "root/empty.txt", "root/sub/b.txt",   "root/.hidden",
        "root/link-out", "root/link-in",   "root/folder-out",  "root/folder-in",
        "root/pipe",     "outside.txt",    "other/secret.txt", "written.txt",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    rmdir(in_folder("root/sub"));
    rmdir(in_folder("root"));
    rmdir(in_folder("other"));
    ck_assert_msg(rmdir(folder) == 0, "something was left in %s", folder);
}

static const struct {
    const char *path;
    tdm_status status;
    const char *text;
    tdm__file_kind kind;
} paths[] = {
    {"a.txt", TDM_OK, "hello", TDM__FILE_REGULAR},
    {"./a.txt", TDM_OK, "hello", TDM__FILE_REGULAR},
    {"sub//./b.txt", TDM_OK, "below", TDM__FILE_REGULAR},
    {"empty.txt", TDM_OK, "", TDM__FILE_REGULAR},
    {"none.txt", TDM_NOT_FOUND, NULL, TDM__FILE_NONE},
    {"none/b.txt", TDM_NOT_FOUND, NULL, TDM__FILE_NONE},
    {"a.txt/b.txt", TDM_NOT_FOUND, NULL, TDM__FILE_NONE},
    {"sub", TDM_IO, NULL, TDM__FILE_FOLDER},
    {".", TDM_IO, NULL, TDM__FILE_FOLDER},
    {"", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"..", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"../outside.txt", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"sub/../a.txt", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"sub/../../outside.txt", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"/etc/hostname", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"link-out", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"link-in", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"folder-out/secret.txt", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"folder-in/b.txt", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
    {"folder-out", TDM_INVALID_INPUT, NULL, TDM__FILE_OTHER},
};

START_TEST(root_confines)
{
    tdm__buffer buffer = {root, 7};
    tdm_error error;
    tdm_status status = tdm__file_read(&buffer, &tdm__malloc_allocator, root, paths[_i].path, 100, &error);
    ck_assert_msg(status == paths[_i].status, "%s: %s", paths[_i].path, tdm_status_name(status));
    ck_assert_int_eq(tdm__file_look(root, paths[_i].path), paths[_i].kind);
    if (status == TDM_OK) {
        ck_assert_str_eq(buffer.data, paths[_i].text);
        ck_assert_uint_eq(buffer.length, strlen(paths[_i].text));
    } else {
        ck_assert_ptr_null(buffer.data);
        ck_assert_int_eq(error.status, status);
        ck_assert_str_eq(error.file, paths[_i].path);
        ck_assert_ptr_null(strstr(error.message, folder));
    }
    free(buffer.data);
}
END_TEST

START_TEST(no_root_takes_the_path_as_it_is)
{
    tdm__buffer buffer;
    tdm_error error;
    ck_assert_int_eq(
        tdm__file_read(&buffer, &tdm__malloc_allocator, NULL, in_folder("root/link-out"), 100, &error),
        TDM_OK);
    ck_assert_str_eq(buffer.data, "outside");
    free(buffer.data);
    ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, NULL, folder, 100, &error), TDM_IO);
    ck_assert_int_eq(tdm__file_look(NULL, folder), TDM__FILE_FOLDER);
    ck_assert_int_eq(tdm__file_look(NULL, in_folder("none")), TDM__FILE_NONE);
}
END_TEST

START_TEST(the_limit_is_exact)
{
    tdm__buffer buffer;
    tdm_error error;
    ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, root, "a.txt", 5, &error), TDM_OK);
    free(buffer.data);
    ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, root, "a.txt", 4, &error),
                     TDM_TOO_LARGE);
    ck_assert_ptr_null(buffer.data);
    /* A device without an end stops at the limit, too. */
    ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, NULL, "/dev/zero", 100000, &error),
                     TDM_TOO_LARGE);
}
END_TEST

START_TEST(a_pipe_that_nobody_writes_does_not_block)
{
    tdm__buffer buffer;
    tdm_error error;
    ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, root, "pipe", 100, &error), TDM_OK);
    ck_assert_uint_eq(buffer.length, 0);
    free(buffer.data);
    ck_assert_int_eq(tdm__file_look(root, "pipe"), TDM__FILE_OTHER);
}
END_TEST

static tdm_status read_and_free(const tdm_allocator *allocator)
{
    tdm__buffer buffer;
    tdm_status status = tdm__file_read(&buffer, allocator, root, "a.txt", 100, NULL);
    tdm__free(allocator, buffer.data);
    return status;
}

static tdm_status list_and_free(const tdm_allocator *allocator)
{
    tdm__arena arena;
    tdm_str *names;
    size_t count;
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__folder_list(&names, &count, &arena, root, ".", NULL);
    ck_assert(status == TDM_OK || (names == NULL && count == 0));
    tdm__arena_free(&arena);
    return status;
}

static tdm_status write_and_abandon(const tdm_allocator *allocator)
{
    tdm__file_writer *writer;
    tdm_status status = tdm__file_writer_open(&writer, allocator, in_folder("written.txt"), NULL);
    tdm__file_writer_abandon(writer);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(read_and_free);
    TEST_EVERY_ALLOCATION(list_and_free);
    TEST_EVERY_ALLOCATION(write_and_abandon);
}
END_TEST

START_TEST(folders_are_listed_in_byte_order)
{
    static const char *const expected[] = {"a.txt",   "empty.txt", "folder-in", "folder-out",
                                           "link-in", "link-out",  "pipe",      "sub"};
    tdm__arena arena;
    tdm_error error;
    tdm_str *names;
    size_t count;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, root, ".", &error), TDM_OK);
    ck_assert_uint_eq(count, 8);
    for (size_t i = 0; i < 8; i++)
        ck_assert_str_eq(names[i].data, expected[i]);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, root, "none", &error), TDM_NOT_FOUND);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, root, "..", &error), TDM_INVALID_INPUT);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, root, "folder-out", &error), TDM_INVALID_INPUT);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, root, "a.txt", &error), TDM_NOT_FOUND);
    tdm__arena_free(&arena);
}
END_TEST

START_TEST(paths_join_and_part)
{
    tdm__arena arena;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_str_eq(tdm__path_join(&arena, TDM_LIT("a"), TDM_LIT("b")).data, "a/b");
    ck_assert_str_eq(tdm__path_join(&arena, TDM_LIT("a/"), TDM_LIT("b")).data, "a/b");
    ck_assert_str_eq(tdm__path_join(&arena, TDM_LIT(""), TDM_LIT("b")).data, "b");
    ck_assert_uint_eq(tdm__path_join(&arena, TDM_LIT("abc"), TDM_LIT("de")).length, 6);
    ck_assert(tdm__str_equal(tdm__path_name(TDM_LIT("a/b/c.csv")), TDM_LIT("c.csv")));
    ck_assert(tdm__str_equal(tdm__path_name(TDM_LIT("c.csv")), TDM_LIT("c.csv")));
    ck_assert_uint_eq(tdm__path_name(TDM_LIT("a/")).length, 0);
    tdm__arena_free(&arena);
}
END_TEST

static int files_in_folder(void)
{
    tdm__arena arena;
    tdm_str *names;
    size_t count;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__folder_list(&names, &count, &arena, NULL, folder, NULL), TDM_OK);
    tdm__arena_free(&arena);
    return (int)count;
}

static void write_text(const char *name, const char *text, bool commit)
{
    tdm__file_writer *writer;
    tdm_error error;
    ck_assert_int_eq(tdm__file_writer_open(&writer, &tdm__malloc_allocator, in_folder(name), &error), TDM_OK);
    ck_assert_int_eq(tdm__sink_write(tdm__file_writer_sink(writer), tdm__str(text)), TDM_OK);
    if (commit)
        ck_assert_int_eq(tdm__file_writer_commit(writer, &error), TDM_OK);
    else
        tdm__file_writer_abandon(writer);
}

START_TEST(files_appear_whole_or_not_at_all)
{
    struct stat about;
    tdm__buffer buffer;
    int before = files_in_folder();
    write_text("written.txt", "first", false);
    ck_assert_int_eq(files_in_folder(), before);
    write_text("written.txt", "first", true);
    ck_assert_int_eq(files_in_folder(), before + 1);
    ck_assert_int_eq(stat(in_folder("written.txt"), &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
    write_text("written.txt", "second", false);
    ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, folder, "written.txt", 100, NULL),
                     TDM_OK);
    ck_assert_str_eq(buffer.data, "first");
    free(buffer.data);
    write_text("written.txt", "second", true);
    ck_assert_int_eq(tdm__file_read(&buffer, &tdm__malloc_allocator, folder, "written.txt", 100, NULL),
                     TDM_OK);
    ck_assert_str_eq(buffer.data, "second");
    free(buffer.data);
    ck_assert_int_eq(files_in_folder(), before + 1);
    tdm__file_writer_abandon(NULL);
}
END_TEST

START_TEST(writing_where_nothing_can_be_written)
{
    tdm__file_writer *writer;
    tdm_error error;
    int before = files_in_folder();
    ck_assert_int_eq(tdm__file_writer_open(&writer, &tdm__malloc_allocator, in_folder("none/x.txt"), &error),
                     TDM_NOT_FOUND);
    ck_assert_ptr_null(writer);
    /* The name is a folder: found when it is to be put in its place, and nothing is left behind. */
    ck_assert_int_eq(tdm__file_writer_open(&writer, &tdm__malloc_allocator, in_folder("other"), &error),
                     TDM_OK);
    ck_assert_int_eq(tdm__file_writer_commit(writer, &error), TDM_IO);
    ck_assert_int_eq(files_in_folder(), before);
}
END_TEST

START_TEST(a_folder_is_made_or_empty)
{
    struct stat about;
    tdm_error error;
    ck_assert_int_eq(tdm__folder_make(&tdm__malloc_allocator, in_folder("made"), &error), TDM_OK);
    ck_assert_int_eq(stat(in_folder("made"), &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0700);
    ck_assert_int_eq(tdm__folder_make(&tdm__malloc_allocator, in_folder("made"), &error), TDM_OK);
    write_text("made/a.txt", "a", true);
    ck_assert_int_eq(tdm__folder_make(&tdm__malloc_allocator, in_folder("made"), &error), TDM_CONFLICT);
    ck_assert_int_eq(tdm__folder_make(&tdm__malloc_allocator, in_folder("made/a.txt"), &error), TDM_CONFLICT);
    ck_assert_int_eq(tdm__folder_make(&tdm__malloc_allocator, in_folder("none/made"), &error), TDM_NOT_FOUND);
    ck_assert_int_eq(unlink(in_folder("made/a.txt")), 0);
    ck_assert_int_eq(rmdir(in_folder("made")), 0);
}
END_TEST

static char *text_of(const char *name)
{
    tdm__buffer read;
    tdm_status status = tdm__file_read(&read, &tdm__malloc_allocator, NULL, in_folder(name), 1000, NULL);
    return status == TDM_OK ? read.data : NULL;
}

START_TEST(a_file_takes_the_place_of_another)
{
    char made[160], place[160], aside[160];
    snprintf(made, sizeof made, "%s", in_folder("swap.new"));
    snprintf(place, sizeof place, "%s", in_folder("swap.txt"));
    snprintf(aside, sizeof aside, "%s", in_folder("swap.old"));
    write_text("swap.new", "after", true);
    ck_assert_int_eq(tdm__file_swap(made, place, aside, NULL), TDM_NOT_FOUND);
    write_text("swap.txt", "before", true);
    ck_assert_int_eq(tdm__file_swap(made, place, aside, NULL), TDM_OK);
    char *now = text_of("swap.txt"), *then = text_of("swap.old");
    ck_assert_str_eq(now, "after");
    ck_assert_str_eq(then, "before");
    ck_assert_ptr_null(text_of("swap.new"));
    free(now);
    free(then);
    /* What stands aside is not lost to another. */
    write_text("swap.new", "again", true);
    ck_assert_int_ne(tdm__file_swap(made, place, aside, NULL), TDM_OK);
    now = text_of("swap.txt");
    ck_assert_str_eq(now, "after");
    free(now);
    unlink(made);
    unlink(place);
    unlink(aside);
}
END_TEST

START_TEST(a_shredded_file_is_overwritten_unless_it_has_another_name)
{
    char one[160], two[160], bytes[8] = "";
    snprintf(one, sizeof one, "%s", in_folder("one.txt"));
    snprintf(two, sizeof two, "%s", in_folder("two.txt"));
    ck_assert_int_eq(tdm__file_shred(one, NULL), TDM_OK); /* there is none */
    write_text("one.txt", "words", true);
    ck_assert_int_eq(link(one, two), 0);
    ck_assert_int_eq(tdm__file_shred(two, NULL), TDM_OK);
    char *left = text_of("one.txt");
    ck_assert_str_eq(left, "words");
    free(left);
    FILE *held = fopen(one, "rb");
    ck_assert_ptr_nonnull(held);
    ck_assert_int_eq(tdm__file_shred(one, NULL), TDM_OK);
    ck_assert_int_ne(access(one, F_OK), 0);
    ck_assert_uint_eq(fread(bytes, 1, sizeof bytes, held), 5);
    ck_assert_mem_eq(bytes, "\0\0\0\0\0", 5);
    fclose(held);
    ck_assert_int_eq(symlink("elsewhere.txt", one), 0);
    ck_assert_int_ne(tdm__file_shred(one, NULL), TDM_OK);
    unlink(one);
}
END_TEST

Suite *file_suite(void)
{
    Suite *suite = suite_create("file");
    TCase *cases = tcase_create("file");
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_loop_test(cases, root_confines, 0, (int)(sizeof paths / sizeof *paths));
    tcase_add_test(cases, no_root_takes_the_path_as_it_is);
    tcase_add_test(cases, the_limit_is_exact);
    tcase_add_test(cases, a_pipe_that_nobody_writes_does_not_block);
    tcase_add_test(cases, every_allocation_may_fail);
    tcase_add_test(cases, folders_are_listed_in_byte_order);
    tcase_add_test(cases, paths_join_and_part);
    tcase_add_test(cases, files_appear_whole_or_not_at_all);
    tcase_add_test(cases, writing_where_nothing_can_be_written);
    tcase_add_test(cases, a_folder_is_made_or_empty);
    tcase_add_test(cases, a_file_takes_the_place_of_another);
    tcase_add_test(cases, a_shredded_file_is_overwritten_unless_it_has_another_name);
    suite_add_tcase(suite, cases);
    return suite;
}
