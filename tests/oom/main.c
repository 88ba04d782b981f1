/*
 * A review of 30 rows written to a file, and their import into a store, with memory refused at the 1st,
 * 2nd, 3rd... request: each must say "no memory" and leave no file and no block behind, or succeed as if
 * nothing had been, a review with the very same bytes.
 *
 *     test_oom [--long]
 *
 * Every request up to the 2,000th, then each 97th until the time is up; with --long every one to the last.
 */
#include "refuse.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <tidemark/api.h>

#define EVERY_ONE_TO  2000
#define PRIME_STEP    97
#define LIMIT_SECONDS 22 /* for each of two subjects and two ways of refusing: 90 s together */
#define FAULTS_SHOWN  8
#define REPORT_BYTES  (1 << 20)

#define CASE_INPUT "\"inputs\": [{\"path\": \"" TDM_SOURCE_DIR "/tests/oom/case\"}]"

static char folder[] = "/tmp/tidemark-oom-XXXXXX";
static char result_path[sizeof folder + sizeof "/result"];
static char review_request[1024], import_request[1024];

/* What is done again and again. The one that writes its answer to a file is compared byte for byte. */
typedef struct subject {
    const char *title;
    const char *request;
    bool answer_to_file;
} subject;
static const subject subjects[] = {{"review", review_request, true}, {"import", import_request, false}};

static void make_requests(void)
{
    snprintf(result_path, sizeof result_path, "%s/result", folder);
    snprintf(review_request, sizeof review_request,
             "{\"operation\": \"review\", " CASE_INPUT
             ", \"as_of\": \"2024-09-30\", \"options\": {\"jobs\": 1}}");
    snprintf(import_request, sizeof import_request,
             "{\"operation\": \"import\", " CASE_INPUT ", \"options\": {\"into\": \"%s\"}}", result_path);
}

/* Static, so that looking at a report asks for no memory. */
static char reference[REPORT_BYTES], report[REPORT_BYTES];
static size_t reference_length;

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static tdm_status discard(const char *bytes, size_t length, void *payload)
{
    (void)bytes;
    (void)length;
    (void)payload;
    return TDM_OK;
}

static tdm_status call_to_file(tdm_context *context, tdm_str request)
{
    tdm_output_file *file;
    tdm_status status = tdm_output_file_open(&file, context, result_path);
    if (status != TDM_OK)
        return status;
    status = tdm_api_call(context, request, NULL, tdm_output_file_sink(file));
    if (status == TDM_OK)
        return tdm_output_file_commit(file);
    tdm_output_file_abandon(file);
    return status;
}

static tdm_status run(const subject *s)
{
    tdm_context_options options = {
        .struct_size = sizeof options, .data_folder = TDM_SOURCE_DIR, .files_allowed = true};
    tdm_context *context;
    tdm_status status = tdm_context_new(&context, &options);
    if (status != TDM_OK)
        return status;
    tdm_str request = {s->request, strlen(s->request)};
    status = s->answer_to_file ? call_to_file(context, request)
                               : tdm_api_call(context, request, NULL, (tdm_sink){discard, NULL});
    if (status != TDM_OK && status != TDM_NO_MEMORY)
        printf("%s: %s\n", tdm_status_name(status), tdm_context_error(context)->message);
    tdm_context_free(context);
    return status;
}

/* Reads the report with plain system calls. Length 0: there is none. */
static size_t read_report(char *into)
{
    FILE *file = fopen(result_path, "rb");
    if (!file)
        return 0;
    size_t length = fread(into, 1, REPORT_BYTES, file);
    fclose(file);
    return length;
}

/* How many entries the folder has beside "." and "..". */
static int files_in_folder(void)
{
    DIR *listing = opendir(folder);
    int count = 0;
    while (listing && readdir(listing))
        count++;
    if (listing)
        closedir(listing);
    return count - 2;
}

/* What is wrong after a run that ended with `status`, NULL when nothing is. */
static const char *fault_of(const subject *s, tdm_status status, long blocks_before)
{
    if (status != TDM_OK && status != TDM_NO_MEMORY)
        return "neither fine nor out of memory";
    if (refuse_blocks_held() != blocks_before)
        return "blocks left behind";
    size_t length = read_report(report);
    int files = files_in_folder();
    /* A store may be whole already when the answer about it finds no memory. */
    if (status == TDM_NO_MEMORY && files == 0)
        return NULL;
    if (status == TDM_NO_MEMORY && s->answer_to_file)
        return "a file left behind";
    if (files != 1 || length != reference_length)
        return "its file is not whole, not there, or not alone";
    if (s->answer_to_file && memcmp(report, reference, length) != 0)
        return "fine, but with other bytes";
    return NULL;
}

/* Refuses at `number`. Returns how many requests there were, or -1 when something is wrong. */
static long refuse_at(const subject *s, long number, bool all_after)
{
    long blocks_before = refuse_blocks_held();
    refuse_start(number, all_after);
    tdm_status status = run(s);
    long requests = refuse_stop();
    const char *fault = fault_of(s, status, blocks_before);
    unlink(result_path);
    if (!fault)
        return requests;
    printf("FAILED %s, request %ld refused%s: %s (%s)\n", s->title, number, all_after ? " and all after" : "",
           fault, tdm_status_name(status));
    return -1;
}

static bool refuse_each(const subject *s, long total, bool all_after, bool to_the_end)
{
    double end = seconds_now() + LIMIT_SECONDS;
    long tried = 0, wrong = 0, number = 1;
    while (number <= total && wrong < FAULTS_SHOWN && (to_the_end || seconds_now() < end)) {
        tried++;
        if (refuse_at(s, number, all_after) < 0)
            wrong++;
        number += to_the_end || number < EVERY_ONE_TO ? 1 : PRIME_STEP;
    }
    printf("%s, %s: %ld requests refused of %ld, up to the %ldth\n", s->title,
           all_after ? "all after" : "one", tried, total, number > total ? total : number - 1);
    return wrong == 0 && tried > 0;
}

/* How many requests the undisturbed run makes, 0 when it fails. The first fills what libraries keep for
 * themselves. */
static long undisturbed(const subject *s)
{
    if (run(s) != TDM_OK)
        return 0;
    reference_length = read_report(reference);
    unlink(result_path);
    long total = refuse_at(s, 0, false);
    return reference_length > 0 && reference_length < REPORT_BYTES && total > 0 ? total : 0;
}

int main(int count, char **words)
{
    bool to_the_end = count > 1 && strcmp(words[1], "--long") == 0;
    int passed = 0, failed = 0;
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    if (!mkdtemp(folder)) {
        perror(folder);
        return 2;
    }
    make_requests();
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        long total = undisturbed(&subjects[i]);
        if (total == 0)
            printf("FAILED %s without any refusal\n", subjects[i].title);
        for (int all_after = 0; all_after <= 1; all_after++) {
            if (total > 0 && refuse_each(&subjects[i], total, all_after, to_the_end))
                passed++;
            else
                failed++;
        }
    }
    rmdir(folder);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
