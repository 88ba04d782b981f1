/*
 * Writes the events that every bench reads, as one CSV. Integer arithmetic only: one seed gives the
 * same bytes everywhere. The defaults give 1,255,197,588 bytes with MD5 fe1f465631de2a17db425c197478b513.
 *
 * Rows stand in random order, as after several agencies' feeds are joined. One row in ten falls on one
 * child in a hundred (a heavy tail); the others follow a falling line over the children. One text in ten
 * holds a comma and is quoted, one in a hundred doubled quotes as well; none holds a line break.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR    2014
#define LAST_YEAR     2023
#define DAYS_MAX      3660
#define FIRST_CHILD   1000000u
#define TEXT_MAX      120
#define QUOTED_MAX    110 /* of a text between doubled quotes */
#define COUNT_OF(row) ((uint32_t)(sizeof(row) / sizeof *(row)))

static const char *const agencies[] = {"social_care", "health_visiting", "school",     "police",
                                       "gp",          "hospital",        "early_help", "housing"};
/* The first is drawn eight times in a hundred, the others alike. */
static const char *const types[] = {
    "referral",          "home_visit",         "missed_appointment", "school_absence",  "police_callout",
    "strategy_meeting",  "cp_conference",      "core_group",         "weight_check",    "dental_check",
    "immunisation",      "ed_attendance",      "nursery_review",     "parent_contact",  "substance_concern",
    "domestic_incident", "housing_inspection", "assessment_start",   "assessment_end",  "cin_review",
    "supervision",       "missing_episode",    "injury_noted",       "hygiene_concern", "case_closure"};
static const char *const words[] = {
    "child",   "seen",   "at",        "home",    "with",       "mother",      "father",   "sibling",
    "was",     "not",    "brought",   "to",      "clinic",     "appointment", "reported", "by",
    "school",  "nurse",  "that",      "the",     "house",      "cold",        "clean",    "unclean",
    "food",    "in",     "cupboards", "no",      "concerns",   "noted",       "today",    "follow",
    "up",      "call",   "made",      "no",      "reply",      "letter",      "sent",     "visit",
    "planned", "for",    "next",      "week",    "attendance", "low",         "this",     "term",
    "and",     "lunch",  "missing",   "uniform", "worn",       "weight",      "centile",  "dropped",
    "review",  "agreed", "plan",      "updated", "team",       "manager",     "informed", "again"};

/* splitmix64 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(((next_random(state) >> 32) * limit) >> 32);
}

/* All days of the ten years as they are written; gives how many. */
static uint32_t write_days(char days[DAYS_MAX][16])
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t count = 0;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
        for (int month = 0; month < 12; month++)
            for (int day = 1; day <= lengths[month] + (month == 1 && year % 4 == 0); day++)
                snprintf(days[count++], sizeof days[0], "%04d-%02d-%02d", year % 10000, (month + 1) % 100,
                         day % 100);
    return count;
}

static uint32_t draw_child(uint64_t *state, uint32_t children)
{
    uint32_t heavy = children >= 100 ? children / 100 : 1;
    if (below(state, 10) == 0)
        return (below(state, heavy) * 97u) % children;
    uint32_t a = below(state, children), b = below(state, children);
    return a < b ? a : b;
}

/* 0 to 4: 40, 25, 20, 10 and 5 in a hundred. */
static char draw_severity(uint64_t *state)
{
    static const uint32_t reaches[] = {40, 65, 85, 95};
    uint32_t drawn = below(state, 100), severity = 0;
    while (severity < COUNT_OF(reaches) && drawn >= reaches[severity])
        severity++;
    return (char)('0' + severity);
}

/* *style: 0 told in quotes, from 1 to 9 with one comma. Gives the length. */
static size_t draw_text(char text[TEXT_MAX * 2], uint32_t *style, uint64_t *state)
{
    size_t wanted = 40 + below(state, 75), length = 0;
    bool comma_due;
    *style = below(state, 100);
    comma_due = *style < 10;
    while (length < wanted) {
        const char *word = words[below(state, COUNT_OF(words))];
        size_t letters = strlen(word);
        if (length > 0)
            text[length++] = ' ';
        memcpy(text + length, word, letters);
        length += letters;
        if (comma_due && length > wanted / 2) {
            text[length++] = ',';
            comma_due = *style == 0; /* these get one behind every word to come */
        }
    }
    if (length > TEXT_MAX)
        length = TEXT_MAX;
    if (text[length - 1] == ' ')
        text[length - 1] = '.';
    return length;
}

static void put_text(const char *text, size_t length, uint32_t style)
{
    if (style == 0)
        printf("\"\"\"%.*s\"\" said\"\n", (int)(length > QUOTED_MAX ? QUOTED_MAX : length), text);
    else if (memchr(text, ',', length))
        printf("\"%.*s\"\n", (int)length, text);
    else
        printf("%.*s\n", (int)length, text);
}

static void put_rows(uint64_t rows, uint32_t children, uint64_t state)
{
    static char days[DAYS_MAX][16];
    uint32_t day_count = write_days(days);
    puts("child_id,date,agency,event_type,severity,text");
    for (uint64_t row = 0; row < rows; row++) {
        char text[TEXT_MAX * 2];
        uint32_t style, child = draw_child(&state, children);
        uint32_t day = below(&state, day_count), agency = below(&state, COUNT_OF(agencies));
        uint32_t type = below(&state, 100) < 8 ? 0 : 1 + below(&state, COUNT_OF(types) - 1);
        char severity = draw_severity(&state);
        size_t length = draw_text(text, &style, &state);
        printf("%" PRIu32 ",%s,%s,%s,%c,", FIRST_CHILD + child, days[day], agencies[agency], types[type],
               severity);
        put_text(text, length, style);
    }
}

int main(int argc, char **argv)
{
    uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 10000000;
    uint64_t children = argc > 2 ? strtoull(argv[2], NULL, 10) : 500000;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 20240601;
    static char buffer[1 << 20];
    if (rows == 0 || children == 0 || children > 4000000) {
        fputs("usage: bench_generate [ROWS [CHILDREN [SEED]]] > FILE; 1 to 4,000,000 children\n", stderr);
        return 2;
    }
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    put_rows(rows, (uint32_t)children, seed);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
