/*
 * The bench's questions, asked of a frozen chronology through the measures that indicators call:
 *
 *   q2  referrals at most 365 days after the same child's previous one: `follows`. It asks for a later
 *       day, so that a second referral of one day is no repeat; those are counted beside it.
 *   q3  most events of weight 2 or more in any 90 days: `max_in`
 *   q4  gaps of more than 180 days: `gaps` gives each child's longest, hence children and longest. How
 *       many there are no measure says; they are counted over the rows, as a script does over `columns`.
 *   q5  highest load of weights fading by half in 90 days: `load`, one walk over a child's days
 */
#include "bench.h"

#include "chronology/load.h"

#include <inttypes.h>
#include <string.h>

#define REPEAT_DAYS    365
#define WINDOW_DAYS    90
#define HEAVY_WEIGHT   2
#define GAP_DAYS       180
#define HALF_LIFE_DAYS 90
#define WEIGHT_MAX     1000000

/* What one question has found so far; each uses the parts that it needs. */
typedef struct tally {
    double seconds;
    int64_t sum;
    int64_t beside; /* counted over the rows, not by the measure */
    int64_t children;
    int64_t largest;
} tally;

typedef struct asking {
    const tdm_chronology *chronology;
    const tdm_history *history; /* of the child at hand */
    uint32_t referral, weight;  /* in the vocabulary */
    tdm__fading fading;
} asking;

static tdm_day day_of(const tdm_selection *selection, uint32_t member)
{
    return selection->history->rows[selection->members[member].row].from;
}

/* --- the questions --- */

/* Referrals of a day that holds one already and that `follows` has not counted: none within the span before.
 */
static int64_t same_day_repeats(const tdm_selection *referrals)
{
    int64_t repeats = 0;
    bool first_is_repeat = false;
    for (uint32_t i = 1; i < referrals->count; i++) {
        int32_t gap = day_of(referrals, i) - day_of(referrals, i - 1);
        if (gap > 0)
            first_is_repeat = gap <= REPEAT_DAYS;
        repeats += gap == 0 && !first_is_repeat;
    }
    return repeats;
}

static tdm_status ask_repeats(tally *found, const asking *a)
{
    tdm_selection *referrals;
    tdm__verdict verdict = {TDM_NOT_MET, NULL, 0};
    tdm__filter filter = tdm__filter_all();
    filter.kinds = &a->referral;
    filter.kind_count = 1;
    filter.count_rows = true;
    tdm_status status = tdm__selection_new(&referrals, a->history, &filter, NULL);
    if (status != TDM_OK || referrals->count < 2)
        return status;
    tdm__follows rule = {.earlier = referrals, .within = {TDM_SPAN_DAYS, REPEAT_DAYS}};
    status = tdm__selection_follows(&verdict, referrals, &rule, NULL, NULL);
    if (status != TDM_OK)
        return status;
    int64_t same_day = same_day_repeats(referrals);
    for (uint32_t i = 0; i < verdict.spell_count; i++)
        found->sum += verdict.spells[i].count.certain;
    found->beside += same_day;
    found->children += verdict.spell_count > 0 || same_day > 0;
    return TDM_OK;
}

static tdm_status ask_window(tally *found, const asking *a)
{
    tdm_bounds most;
    tdm_selection *heavy;
    tdm__fact_filter weight = {.key = a->weight, .min = HEAVY_WEIGHT, .max = WEIGHT_MAX};
    tdm__filter filter = tdm__filter_all();
    filter.facts = &weight;
    filter.fact_count = 1;
    filter.count_rows = true;
    tdm_status status = tdm__selection_new(&heavy, a->history, &filter, NULL);
    if (status == TDM_OK)
        status = tdm_selection_max_in_window(&most, heavy, WINDOW_DAYS, NULL);
    if (status != TDM_OK)
        return status;
    found->sum += most.certain;
    found->children += most.certain > 0;
    if (most.certain > found->largest)
        found->largest = most.certain;
    return TDM_OK;
}

static tdm_status select_all(tdm_selection **out, const asking *a)
{
    tdm__filter filter = tdm__filter_all();
    filter.count_rows = true;
    return tdm__selection_new(out, a->history, &filter, NULL);
}

static tdm_status ask_gaps(tally *found, const asking *a)
{
    tdm_bounds longest;
    tdm_selection *all;
    tdm_status status = select_all(&all, a);
    if (status == TDM_OK)
        status = tdm__selection_longest_gap(&longest, all, NULL);
    if (status != TDM_OK || longest.certain <= GAP_DAYS)
        return status;
    for (uint32_t i = 1; i < all->count; i++)
        found->beside += day_of(all, i) - day_of(all, i - 1) > GAP_DAYS;
    found->children++;
    if (longest.certain > found->largest)
        found->largest = longest.certain;
    return TDM_OK;
}

static tdm_status ask_load(tally *found, const asking *a)
{
    tdm_selection *all;
    tdm__peak peak = {{0, 0}, {0, 0, 0}};
    tdm_status status = select_all(&all, a);
    if (status == TDM_OK)
        status = tdm__selection_load(&peak, all, &a->fading, true, NULL);
    found->sum += peak.highest.certain;
    if (peak.highest.certain > found->largest)
        found->largest = peak.highest.certain;
    return status;
}

/* --- how the answers are written: as the peers write theirs --- */

static void tell_repeats(const tally *t)
{
    printf("%" PRId64 " %" PRId64 "\t%" PRId64 " by the measure", t->sum + t->beside, t->children, t->sum);
}

static void tell_window(const tally *t)
{
    printf("%" PRId64 " %" PRId64 " %" PRId64, t->sum, t->largest, t->children);
}

static void tell_gaps(const tally *t)
{
    printf("%" PRId64 " %" PRId64 " %" PRId64 "\tchildren and longest by the measure", t->beside, t->children,
           t->largest);
}

static void tell_load(const tally *t)
{
    printf("%.3f %.6f", (double)t->sum / 1e6, (double)t->largest / 1e6);
}

typedef struct question {
    const char *name;
    tdm_status (*ask)(tally *found, const asking *a);
    void (*tell)(const tally *found);
} question;

static const question questions[] = {
    {"q2", ask_repeats, tell_repeats},
    {"q3", ask_window, tell_window},
    {"q4", ask_gaps, tell_gaps},
    {"q5", ask_load, tell_load},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

/* Children whose histories are there at once: reading the clock for each alone would cost as much as asking.
 */
#define BATCH 64

static tdm_status build_histories(tdm_history *histories[BATCH], tdm__arena *arena, const asking *a,
                                  uint32_t first, uint32_t count, tdm_day as_of)
{
    tdm_status status = TDM_OK;
    tdm__arena_reset(arena);
    for (uint32_t i = 0; status == TDM_OK && i < count; i++)
        status = tdm__history_new(&histories[i], arena, a->chronology, first + i, as_of, NULL);
    return status;
}

/* Each child's history is built once and every question asked of it, so that memory does not grow. */
static tdm_status ask_all(tally found[QUESTIONS], double *history_seconds, asking *a, tdm_day as_of)
{
    tdm__arena arena;
    tdm_history *histories[BATCH];
    tdm_status status = TDM_OK;
    uint32_t children = (uint32_t)tdm_chronology_child_count(a->chronology);
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    for (uint32_t first = 0; status == TDM_OK && first < children; first += BATCH) {
        uint32_t count = children - first < BATCH ? children - first : BATCH;
        double before = seconds_now();
        status = build_histories(histories, &arena, a, first, count, as_of);
        double after = seconds_now();
        *history_seconds += after - before;
        for (size_t q = 0; status == TDM_OK && q < QUESTIONS; q++) {
            before = after;
            for (uint32_t i = 0; status == TDM_OK && i < count; i++) {
                a->history = histories[i];
                status = questions[q].ask(&found[q], a);
            }
            after = seconds_now();
            found[q].seconds += after - before;
        }
    }
    tdm__arena_free(&arena);
    return status;
}

static tdm_status ask(const tdm_chronology *chronology)
{
    tdm_day as_of;
    tdm__arena table;
    double history_seconds = 0;
    tally found[QUESTIONS] = {{0}};
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(chronology);
    asking a = {.chronology = chronology,
                .referral = tdm__vocabulary_kind(vocabulary, TDM_LIT("referral")),
                .weight = tdm__vocabulary_fact(vocabulary, TDM_LIT("weight"))};
    if (!tdm_day_from_civil(&as_of, 2023, 12, 31))
        return TDM_INTERNAL;
    tdm__arena_init(&table, &tdm__malloc_allocator);
    tdm_status status = tdm__fading_table(&a.fading, &table, HALF_LIFE_DAYS);
    if (status == TDM_OK)
        status = ask_all(found, &history_seconds, &a, as_of);
    tdm__arena_free(&table);
    if (status != TDM_OK)
        return status;
    printf("tidemark\thistories\t%.3f\t\n", history_seconds);
    for (size_t q = 0; q < QUESTIONS; q++) {
        printf("tidemark\t%s\t%.4f\t", questions[q].name, found[q].seconds);
        questions[q].tell(&found[q]);
        putchar('\n');
    }
    return TDM_OK;
}

/* --- loading --- */

static tdm_status tell_table(const tdm_chronology *chronology)
{
    tdm_day first;
    int64_t days = 0;
    size_t events = tdm_chronology_event_count(chronology);
    if (!tdm_day_from_civil(&first, 2014, 1, 1))
        return TDM_INTERNAL;
    for (uint32_t i = 0; i < events; i++)
        days += tdm__chronology_event(chronology, i).occurred.from - first;
    printf("%zu %zu %" PRId64 "\n", events, tdm_chronology_child_count(chronology), days);
    return TDM_OK;
}

static tdm_status load_and_ask(tdm__collection *collection, const tdm__input *input, tdm_error *error)
{
    tdm_chronology *chronology = NULL;
    double start = seconds_now();
    tdm_status status = tdm__ingest(collection, input, error);
    double loaded = seconds_now();
    if (status == TDM_OK)
        status = tdm__builder_freeze(&chronology, collection->builder, &collection->diagnostics);
    double sorted = seconds_now();
    if (status == TDM_OK) {
        printf("tidemark\tload\t%.3f\t\n", loaded - start);
        printf("tidemark\tsort\t%.3f\t", sorted - loaded);
        status = tell_table(chronology);
    }
    if (status == TDM_OK)
        status = ask(chronology);
    tdm_chronology_free(chronology);
    return status;
}

int main(int argc, char **argv)
{
    tdm_context *context;
    tdm__data data;
    tdm__collection collection;
    tdm_error error = {0};
    if (argc != 3 && argc != 4) {
        fputs("usage: bench_questions EVENTS.csv events.map.json [THREADS FOR READING]\n", stderr);
        return 2;
    }
    tdm_status status = open_context(&context);
    if (status != TDM_OK)
        return tell_failure(status, &error);
    status = tdm__data_open(&data, context, &error);
    if (status == TDM_OK) {
        status = tdm__collection_init(&collection, context, data.vocabulary);
        collection.jobs = argc > 3 && strcmp(argv[3], "2") == 0 ? 2 : 1;
        tdm__input input = {.path = argv[1], .map = tdm__str(argv[2])};
        if (status == TDM_OK)
            status = load_and_ask(&collection, &input, &error);
        tdm__collection_free(&collection);
    }
    tdm__data_free(&data);
    tdm_context_free(context);
    return tell_failure(status, &error);
}
