/*
 * What a straight C program needs for the bench's questions: a floor to compare with, no design. The
 * file mapped, parsed once, sorted by radix, one scan a question; one or more threads.
 *
 * It knows the generator's shape (dense numeric ids, fixed dates, no line break inside a field) and
 * checks nothing; a real reader does more.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define THREADS_MAX  8
#define DAYS         4096 /* of a 12-bit day */
#define SHORTEST_ROW 40   /* bytes; gives each thread its part of the table */
#define FIRST_YEAR   14   /* of the century */
#define REFERRAL     0u
#define OTHER_TYPE   31u
#define WINDOW_MAX   65536u
#define CHILD_BITS   10 /* of a child's number that one pass of the sort looks at */
#define CHILD_SIZE   (1u << CHILD_BITS)

typedef struct event {
    uint32_t child;
    uint32_t packed; /* 12 bits day, 5 type, 3 severity */
    uint64_t offset; /* of the row */
} event;

static uint32_t day_of(event e)
{
    return e.packed & (DAYS - 1);
}

static uint32_t type_of(event e)
{
    return e.packed >> 12 & 31;
}

static uint32_t severity_of(event e)
{
    return e.packed >> 17 & 7;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* --- parsing --- */

static uint32_t month_day[16 * 16]; /* year of the century - 14, month: days before it */

static void fill_month_days(void)
{
    static const uint32_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t days = 0;
    for (uint32_t year = 0; year < 10; year++)
        for (uint32_t month = 0; month < 12; month++) {
            month_day[year * 16 + month + 1] = days;
            days += lengths[month] + (month == 1 && (2014 + year) % 4 == 0);
        }
}

static uint32_t two_digits(const char *at)
{
    return (uint32_t)(at[0] - '0') * 10 + (uint32_t)(at[1] - '0');
}

/* Behind the line end of the row whose last field starts at `at`. */
static const char *behind_text(const char *at, const char *end)
{
    while (at < end && *at == '"') {
        at = memchr(at + 1, '"', (size_t)(end - at - 1));
        if (!at)
            return end;
        at++;
    }
    at = memchr(at, '\n', (size_t)(end - at));
    return at ? at + 1 : end;
}

typedef struct part {
    const char *file, *at, *end;
    event *events;
    size_t count;
} part;

static void *parse(void *payload)
{
    part *p = payload;
    const char *at = p->at;
    event *out = p->events;
    while (at < p->end) {
        uint64_t offset = (uint64_t)(at - p->file);
        uint32_t child = 0, type;
        for (; *at != ','; at++)
            child = child * 10 + (uint32_t)(*at - '0');
        at++;
        uint32_t day = month_day[(two_digits(at + 2) - FIRST_YEAR) * 16 + two_digits(at + 5)] +
                       two_digits(at + 8) - 1;
        at = (const char *)memchr(at + 11, ',', (size_t)(p->end - at - 11)) + 1;
        type = memcmp(at, "referral,", 9) == 0 ? REFERRAL : OTHER_TYPE;
        while (*at != ',')
            at++;
        uint32_t severity = (uint32_t)(at[1] - '0');
        at = behind_text(at + 3, p->end);
        *out++ = (event){child, day | type << 12 | severity << 17, offset};
    }
    p->count = (size_t)(out - p->events);
    return NULL;
}

/* Parses in as many parts as there are threads, cut at line ends. Gives the number of rows. */
static size_t parse_all(event *events, const char *file, size_t length, size_t threads)
{
    part parts[THREADS_MAX];
    pthread_t running[THREADS_MAX];
    size_t rows = 0;
    const char *end = file + length, *body = (const char *)memchr(file, '\n', length) + 1, *at = body;
    for (size_t i = 0; i < threads; i++) {
        const char *stop = i + 1 == threads ? end : body + (size_t)(end - body) / threads * (i + 1);
        if (stop < end) {
            stop = memchr(stop, '\n', (size_t)(end - stop));
            stop = stop ? stop + 1 : end;
        }
        parts[i] = (part){file, at, stop, events + (size_t)(at - body) / SHORTEST_ROW, 0};
        pthread_create(&running[i], NULL, parse, &parts[i]);
        at = stop;
    }
    for (size_t i = 0; i < threads; i++) {
        pthread_join(running[i], NULL);
        memmove(events + rows, parts[i].events, parts[i].count * sizeof *events);
        rows += parts[i].count;
    }
    return rows;
}

/* --- sorting --- */

static uint32_t digit(event e, int pass)
{
    return pass == 0 ? day_of(e) : e.child >> (pass - 1) * CHILD_BITS & (CHILD_SIZE - 1);
}

/* By day, then twice ten bits of the child; three passes end in `to`. */
static void sort_events(event *from, event *to, size_t count)
{
    for (int pass = 0; pass < 3; pass++) {
        static uint32_t starts[DAYS];
        uint32_t at = 0;
        memset(starts, 0, sizeof starts);
        for (size_t i = 0; i < count; i++)
            starts[digit(from[i], pass)]++;
        for (size_t i = 0; i < DAYS; i++) {
            uint32_t size = starts[i];
            starts[i] = at;
            at += size;
        }
        for (size_t i = 0; i < count; i++)
            to[starts[digit(from[i], pass)]++] = from[i];
        event *swap = from;
        from = to;
        to = swap;
    }
}

/* --- questions --- */

static double half_lives[DAYS];

typedef struct answer {
    const event *events;
    size_t count;
    int question;
    uint64_t hits, children, largest;
    double sum, highest;
} answer;

static void ask_repeats(answer *a, const event *events, size_t count)
{
    int64_t before = -1;
    uint64_t hits = 0;
    for (size_t i = 0; i < count; i++) {
        if (type_of(events[i]) != REFERRAL)
            continue;
        int64_t day = day_of(events[i]);
        hits += before >= 0 && day - before <= 365;
        before = day;
    }
    a->hits += hits;
    a->children += hits > 0;
}

static void ask_window(answer *a, const event *events, size_t count)
{
    static _Thread_local uint32_t days[WINDOW_MAX];
    uint32_t first = 0, end = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        if (severity_of(events[i]) < 2)
            continue;
        uint32_t day = day_of(events[i]);
        days[end++ % WINDOW_MAX] = day;
        while (days[first % WINDOW_MAX] + 89 < day)
            first++;
        most = end - first > most ? end - first : most;
    }
    a->hits += most;
    a->children += most > 0;
    a->largest = most > a->largest ? most : a->largest;
}

static void ask_gaps(answer *a, const event *events, size_t count)
{
    uint64_t hits = 0;
    for (size_t i = 1; i < count; i++) {
        uint32_t gap = day_of(events[i]) - day_of(events[i - 1]);
        hits += gap > 180;
        a->largest = gap > 180 && gap > a->largest ? gap : a->largest;
    }
    a->hits += hits;
    a->children += hits > 0;
}

static void ask_load(answer *a, const event *events, size_t count)
{
    double load = 0, highest = 0;
    uint32_t before = day_of(events[0]);
    for (size_t i = 0; i < count; i++) {
        uint32_t day = day_of(events[i]);
        load = load * half_lives[day - before] + severity_of(events[i]);
        before = day;
        highest = load > highest ? load : highest;
    }
    a->sum += highest;
    a->highest = highest > a->highest ? highest : a->highest;
}

typedef struct question {
    const char *name;
    void (*ask)(answer *a, const event *events, size_t count); /* of one child */
} question;

static const question questions[] = {
    {"q2", ask_repeats}, {"q3", ask_window}, {"q4", ask_gaps}, {"q5", ask_load}};

static void *ask_children(void *payload)
{
    answer *a = payload;
    for (size_t first = 0, end; first < a->count; first = end) {
        for (end = first + 1; end < a->count && a->events[end].child == a->events[first].child;)
            end++;
        questions[a->question].ask(a, a->events + first, end - first);
    }
    return NULL;
}

static void add_answer(answer *to, const answer *from)
{
    to->hits += from->hits;
    to->children += from->children;
    to->sum += from->sum;
    to->largest = from->largest > to->largest ? from->largest : to->largest;
    to->highest = from->highest > to->highest ? from->highest : to->highest;
}

/* Asks in as many parts as there are threads, cut between children. */
static answer ask(int number, const event *events, size_t count, size_t threads)
{
    answer parts[THREADS_MAX], whole = {0};
    pthread_t running[THREADS_MAX];
    size_t first = 0;
    for (size_t i = 0; i < threads; i++) {
        size_t end = i + 1 == threads ? count : count / threads * (i + 1);
        while (end < count && end > 0 && events[end].child == events[end - 1].child)
            end++;
        parts[i] = (answer){.events = events + first, .count = end - first, .question = number};
        pthread_create(&running[i], NULL, ask_children, &parts[i]);
        first = end;
    }
    for (size_t i = 0; i < threads; i++) {
        pthread_join(running[i], NULL);
        add_answer(&whole, &parts[i]);
    }
    return whole;
}

/* --- the whole --- */

static void *huge_pages(size_t bytes)
{
    void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
                       0);
    if (block == MAP_FAILED)
        return NULL;
    madvise(block, bytes, MADV_HUGEPAGE);
    return block;
}

static void tell_table(const event *events, size_t rows)
{
    uint64_t days = 0, children = 0;
    for (size_t i = 0; i < rows; i++) {
        days += day_of(events[i]);
        children += i == 0 || events[i].child != events[i - 1].child;
    }
    printf("%zu %" PRIu64 " %" PRIu64 "\n", rows, children, days);
}

static void ask_all(const event *events, size_t rows, size_t threads)
{
    for (int q = 0; q < 4; q++) {
        double start = seconds_now();
        answer a = ask(q, events, rows, threads);
        printf("floor-t%zu\t%s\t%.4f\t", threads, questions[q].name, seconds_now() - start);
        if (questions[q].ask == ask_load)
            printf("%.3f %.6f\n", a.sum, a.highest);
        else if (questions[q].ask == ask_window)
            printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", a.hits, a.largest, a.children);
        else if (questions[q].ask == ask_gaps)
            printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", a.hits, a.children, a.largest);
        else
            printf("%" PRIu64 " %" PRIu64 "\n", a.hits, a.children);
    }
}

static int run(const char *file, size_t length, size_t threads)
{
    double start = seconds_now();
    event *events = huge_pages((length / SHORTEST_ROW + 16) * sizeof *events);
    if (!events)
        return 1;
    size_t rows = parse_all(events, file, length, threads);
    double parsed = seconds_now();
    printf("floor-t%zu\tload\t%.3f\t\n", threads, parsed - start);
    uint32_t lowest = UINT32_MAX;
    for (size_t i = 0; i < rows; i++)
        lowest = events[i].child < lowest ? events[i].child : lowest;
    for (size_t i = 0; i < rows; i++)
        events[i].child -= lowest;
    event *sorted = huge_pages((rows + 1) * sizeof *sorted);
    if (!sorted)
        return 1;
    sort_events(events, sorted, rows);
    printf("floor-t%zu\tsort\t%.3f\t", threads, seconds_now() - parsed);
    tell_table(sorted, rows);
    ask_all(sorted, rows, threads);
    return 0;
}

int main(int argc, char **argv)
{
    struct stat status;
    size_t threads = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 1;
    int descriptor = argc > 1 ? open(argv[1], O_RDONLY) : -1;
    if (descriptor < 0 || fstat(descriptor, &status) != 0 || threads < 1 || threads > THREADS_MAX) {
        fputs("usage: bench_floor EVENTS.csv [THREADS]; 1 to 8 threads\n", stderr);
        return 2;
    }
    size_t length = (size_t)status.st_size;
    const char *file = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (file == MAP_FAILED)
        return 1;
    fill_month_days();
    for (int day = 0; day < DAYS; day++)
        half_lives[day] = exp2(-day / 90.0);
    return run(file, length, threads);
}
