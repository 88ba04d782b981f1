/*
 * Suppression: small tables by hand, and three attackers who know nothing of the rule: elimination, which
 * must find no cell that was left out; trying every table of whole numbers; and reading a single sum.
 */
#include "engine/suppress.h"

#include <string.h>

#include "engine/world.h"

#define CELLS_MAX 30000
#ifndef DRAWINGS /* tables of which each is tried out; more by hand */
#define DRAWINGS 70
#endif

static uint8_t marks[CELLS_MAX];
static int64_t counts[CELLS_MAX];

/* A table whose first place in each dimension is the total of the others. */
typedef struct table {
    tdm__arena arena;
    tdm__cells cells;
} table;

static void open_table(table *t, const tdm__dimension *dimensions, size_t dimension_count, int32_t threshold)
{
    tdm__sum *sums;
    size_t sum_count, cell_count = 1;
    for (size_t d = 0; d < dimension_count; d++)
        cell_count *= dimensions[d].size;
    ck_assert_uint_le(cell_count, CELLS_MAX);
    tdm__arena_init(&t->arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__table_sums(&sums, &sum_count, &t->arena, 0, dimensions, dimension_count), TDM_OK);
    t->cells = (tdm__cells){counts, cell_count, sums, sum_count, threshold};
}

/* Sums along the last dimension come last, and totals of totals stand in every dimension: from the last sum
 * to the first each total is of cells that are right already. */
static void add_up(const tdm__cells *cells)
{
    for (size_t s = cells->sum_count; s-- > 0;) {
        counts[cells->sums[s].total] = 0;
        for (size_t i = 0; i < cells->sums[s].part_count; i++)
            counts[cells->sums[s].total] += counts[cells->sums[s].parts[i]];
    }
}

/* Marks as text: '.' shown, 's' small, 'b' beside. */
static void ck_marks(const tdm__cells *cells, const char *wanted)
{
    char got[128] = "";
    ck_assert_uint_eq(cells->count, strlen(wanted));
    ck_assert_int_eq(tdm__suppress(marks, cells, &tdm__malloc_allocator), TDM_OK);
    for (size_t i = 0; i < cells->count; i++)
        got[i] = ".sb"[marks[i]];
    ck_assert_str_eq(got, wanted);
}

typedef struct plain {
    const char *name;
    size_t rows, columns; /* totals and all */
    int32_t threshold;
    int64_t counts[20];
    const char *marks;
} plain;

/* Row by row; the first row and column are totals. */
static const plain tables[] = {
    {"nothing small", 1, 4, 6, {30, 10, 8, 12}, "...."},
    {"nought is shown", 1, 4, 6, {20, 0, 8, 12}, "...."},
    {"one small, the smallest beside it", 1, 4, 6, {24, 3, 9, 12}, ".sb."},
    {"the first of equal ones", 1, 4, 6, {21, 3, 9, 9}, ".sb."},
    {"two small that together are not", 1, 4, 6, {19, 3, 4, 12}, ".ss."},
    {"two small that together are small", 1, 4, 6, {15, 1, 2, 12}, ".ssb"},
    {"a small total with its parts", 1, 4, 6, {3, 1, 2, 0}, "sss."},
    {"only one part", 1, 2, 6, {4, 4}, "ss"},
    {"the mark of the other says that it is 6 at least: 7 gives 1", 1, 3, 6, {7, 1, 6}, "bsb"},
    {"threshold 0 shows all", 1, 4, 0, {24, 3, 9, 12}, "...."},
    {"threshold 1 shows all", 1, 4, 1, {22, 1, 9, 12}, "...."},
    {"threshold 2 hides one", 1, 4, 2, {22, 1, 9, 12}, ".sb."},
    {"a rectangle", 3, 4, 6, {90, 23, 30, 37, 40, 3, 17, 20, 50, 20, 13, 17}, ".....sb..bb."},
};

START_TEST(tables_by_hand)
{
    const plain *p = &tables[_i];
    table t;
    memcpy(counts, p->counts, sizeof p->counts);
    open_table(&t, (tdm__dimension[]){{p->rows, true}, {p->columns, true}}, 2, p->threshold);
    ck_assert_int_eq(tdm__suppress(marks, &t.cells, &tdm__malloc_allocator), TDM_OK);
    for (size_t i = 0; i < t.cells.count; i++)
        ck_assert_msg(".sb"[marks[i]] == p->marks[i], "%s: cell %zu: %c", p->name, i, ".sb"[marks[i]]);
    tdm__arena_free(&t.arena);
}
END_TEST

/* Numerator, denominator, rest; the rest is never printed. */
START_TEST(shares_by_hand)
{
    static const struct {
        int64_t counts[3];
        const char *marks;
    } shares[] = {
        {{20, 50, 30}, "..."}, {{3, 50, 47}, "s.b"}, {{47, 50, 3}, "b.s"},
        {{50, 50, 0}, "..."},  {{0, 50, 50}, "..."}, {{2, 4, 2}, "sss"},
    };
    static const uint32_t parts[] = {0, 2};
    static const tdm__sum sum = {1, parts, 2};
    for (size_t i = 0; i < ROWS(shares); i++)
        ck_marks(&(tdm__cells){shares[i].counts, 3, &sum, 1, 6}, shares[i].marks);
}
END_TEST

/* Two groups and all, and four quarters: what stands in the year's total protects nothing in a quarter. */
START_TEST(a_cell_not_published_protects)
{
    table t;
    static const int64_t row[] = {24, 3, -1, 12}, total[] = {-1, 3, 9, 12}, all[] = {-1, -1, -1, -1};
    open_table(&t, (tdm__dimension[]){{4, true}}, 1, 6);
    memcpy(counts, row, sizeof row);
    ck_marks(&t.cells, ".s..");
    memcpy(counts, total, sizeof total);
    ck_marks(&t.cells, ".s..");
    memcpy(counts, all, sizeof all);
    ck_marks(&t.cells, "....");
    tdm__arena_free(&t.arena);
}
END_TEST

START_TEST(a_sum_that_does_not_hold)
{
    static const int64_t row[] = {100, 3, 9, 12};
    table t;
    open_table(&t, (tdm__dimension[]){{4, true}}, 1, 6);
    memcpy(counts, row, sizeof row);
    ck_marks(&t.cells, ".sb.");
    tdm__arena_free(&t.arena);
}
END_TEST

START_TEST(a_dimension_that_does_not_add_up)
{
    static const int64_t cells[] = {24, 3, 9, 12, 20, 2, 8, 10};
    table t;
    open_table(&t, (tdm__dimension[]){{2, false}, {4, false}}, 2, 6);
    ck_assert_uint_eq(t.cells.sum_count, 0);
    memcpy(counts, cells, sizeof cells);
    ck_marks(&t.cells, ".s...s..");
    tdm__arena_free(&t.arena);
}
END_TEST

START_TEST(indices_that_are_no_cells)
{
    static const int64_t three[] = {9, 3, 6};
    static const uint32_t parts[] = {1, 3};
    static const tdm__sum sums[] = {{0, parts, 2}, {3, parts, 1}};
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(
            tdm__suppress(marks, &(tdm__cells){three, 3, &sums[i], 1, 6}, &tdm__malloc_allocator),
            TDM_INVALID_ARG);
}
END_TEST

/* 2 x 3: the sums of the rows (along the columns) and of the columns. */
START_TEST(sums_of_a_table)
{
    static const struct {
        uint32_t total, parts[2];
        size_t count;
    } wanted[] = {{10, {13}, 1}, {11, {14}, 1}, {12, {15}, 1}, {10, {11, 12}, 2}, {13, {14, 15}, 2}};
    tdm__arena arena;
    tdm__sum *sums;
    size_t count;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    ck_assert_int_eq(tdm__table_sums(&sums, &count, &arena, 10, (tdm__dimension[]){{2, true}, {3, true}}, 2),
                     TDM_OK);
    ck_assert_uint_eq(count, ROWS(wanted));
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(sums[i].total, wanted[i].total);
        ck_assert_uint_eq(sums[i].part_count, wanted[i].count);
        for (size_t k = 0; k < wanted[i].count; k++)
            ck_assert_uint_eq(sums[i].parts[k], wanted[i].parts[k]);
    }
    ck_assert_int_eq(
        tdm__table_sums(&sums, &count, &arena, 0, (tdm__dimension[]){{70000, true}, {70000, true}}, 2),
        TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__table_sums(&sums, &count, &arena, UINT32_MAX - 2, (tdm__dimension[]){{3, true}}, 1),
                     TDM_INVALID_ARG);
    ck_assert_int_eq(tdm__table_sums(&sums, &count, &arena, 0, (tdm__dimension[]){{0, true}, {3, true}}, 2),
                     TDM_OK);
    ck_assert_uint_eq(count, 0);
    tdm__arena_free(&arena);
}
END_TEST

/* Drawn numbers: the same on every machine. */
static uint64_t state;

static uint32_t drawn(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % below);
}

/* Mostly small and mostly large tables, noughts among them. */
static void draw_counts(const tdm__cells *cells)
{
    static const uint32_t belows[] = {4, 9, 20, 60};
    const uint32_t below = belows[drawn(4)], noughts = drawn(5);
    for (size_t i = 0; i < cells->count; i++)
        counts[i] = drawn(10) < noughts ? 0 : drawn(below);
    add_up(cells);
}

/* Elimination among the sums, modulo a prime: what row echelon form leaves with a single unknown is known. */
#define PRIME        UINT64_C(2147483647)
#define UNKNOWNS_MAX 512
static uint64_t matrix[512][UNKNOWNS_MAX];
static uint32_t unknowns[UNKNOWNS_MAX];

static uint64_t inverse_of(uint64_t number)
{
    uint64_t inverse = 1;
    for (uint64_t power = PRIME - 2; power > 0; power >>= 1) {
        inverse = power & 1 ? inverse * number % PRIME : inverse;
        number = number * number % PRIME;
    }
    return inverse;
}

static size_t fill_matrix(const tdm__cells *cells, size_t *unknown_count)
{
    size_t place[UNKNOWNS_MAX] = {0};
    *unknown_count = 0;
    for (size_t i = 0; i < cells->count; i++)
        if (marks[i] != TDM__CELL_SHOWN) {
            ck_assert_uint_lt(*unknown_count, UNKNOWNS_MAX);
            place[i] = *unknown_count;
            unknowns[(*unknown_count)++] = (uint32_t)i;
        }
    memset(matrix, 0, sizeof matrix);
    for (size_t s = 0; s < cells->sum_count; s++) {
        const tdm__sum *sum = &cells->sums[s];
        if (marks[sum->total] != TDM__CELL_SHOWN)
            matrix[s][place[sum->total]] = PRIME - 1;
        for (size_t i = 0; i < sum->part_count; i++)
            if (marks[sum->parts[i]] != TDM__CELL_SHOWN)
                matrix[s][place[sum->parts[i]]] = 1;
    }
    return cells->sum_count;
}

static void subtract(size_t from, size_t pivot, uint64_t factor, size_t unknown_count)
{
    for (size_t u = 0; u < unknown_count; u++)
        matrix[from][u] = (matrix[from][u] + (PRIME - factor) * matrix[pivot][u]) % PRIME;
}

static void swap_rows(size_t a, size_t b)
{
    for (size_t u = 0; u < UNKNOWNS_MAX; u++) {
        const uint64_t held = matrix[a][u];
        matrix[a][u] = matrix[b][u];
        matrix[b][u] = held;
    }
}

static size_t reduce(size_t rows, size_t unknown_count)
{
    size_t rank = 0;
    for (size_t u = 0; u < unknown_count && rank < rows; u++) {
        size_t pivot = rank;
        while (pivot < rows && matrix[pivot][u] == 0)
            pivot++;
        if (pivot == rows)
            continue;
        swap_rows(rank, pivot);
        const uint64_t inverse = inverse_of(matrix[rank][u]);
        for (size_t k = 0; k < unknown_count; k++)
            matrix[rank][k] = matrix[rank][k] * inverse % PRIME;
        for (size_t row = 0; row < rows; row++)
            if (row != rank && matrix[row][u] != 0)
                subtract(row, rank, matrix[row][u], unknown_count);
        rank++;
    }
    return rank;
}

static void ck_elimination_finds_nothing(const tdm__cells *cells, int drawing)
{
    size_t unknown_count;
    const size_t rows = fill_matrix(cells, &unknown_count);
    const size_t rank = reduce(rows, unknown_count);
    for (size_t row = 0; row < rank; row++) {
        size_t entries = 0;
        uint32_t known = 0;
        for (size_t u = 0; u < unknown_count; u++)
            if (matrix[row][u] != 0) {
                entries++;
                known = unknowns[u];
            }
        ck_assert_msg(entries != 1 || counts[known] == 0, "table %d: cell %u of %lld is known", drawing,
                      known, (long long)counts[known]);
    }
}

/* Of one sum: never one alone, never a small rest of a shown total. */
static void ck_single_sums_say_nothing(const tdm__cells *cells, int drawing)
{
    for (size_t s = 0; s < cells->sum_count; s++) {
        const tdm__sum *sum = &cells->sums[s];
        size_t hidden = 0;
        int64_t together = 0;
        for (size_t i = 0; i < sum->part_count; i++)
            if (marks[sum->parts[i]] != TDM__CELL_SHOWN) {
                hidden++;
                together += counts[sum->parts[i]];
            }
        const bool total = marks[sum->total] != TDM__CELL_SHOWN;
        ck_assert_msg(hidden + total != 1, "table %d: one in sum %zu", drawing, s);
        ck_assert_msg(total || hidden == 0 || together >= cells->threshold, "table %d: %lld left in sum %zu",
                      drawing, (long long)together, s);
    }
}

static void ck_small_are_marked(const tdm__cells *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        const bool small = counts[i] > 0 && counts[i] < cells->threshold;
        ck_assert_int_eq(small, marks[i] == TDM__CELL_SMALL);
    }
}

static const tdm__dimension shapes[][3] = {
    {{1, false}, {1, false}, {6, true}}, {{1, false}, {4, true}, {5, true}},
    {{1, false}, {9, true}, {7, true}},  {{3, true}, {3, true}, {3, true}},
    {{4, true}, {4, true}, {4, true}},   {{5, true}, {6, false}, {5, true}},
    {{3, true}, {2, true}, {8, true}},   {{4, true}, {6, true}, {5, true}},
    {{8, true}, {8, true}, {8, true}},
};

START_TEST(elimination_finds_nothing)
{
    static const int32_t thresholds[] = {2, 3, 6, 10};
    state = (uint64_t)_i + 1;
    for (int drawing = 0; drawing < (shapes[_i][0].size == 8 ? 2 : 150); drawing++) {
        table t;
        open_table(&t, shapes[_i], 3, thresholds[drawn(4)]);
        draw_counts(&t.cells);
        ck_assert_int_eq(tdm__suppress(marks, &t.cells, &tdm__malloc_allocator), TDM_OK);
        ck_small_are_marked(&t.cells);
        ck_single_sums_say_nothing(&t.cells, drawing);
        ck_elimination_finds_nothing(&t.cells, drawing);
        tdm__arena_free(&t.arena);
    }
}
END_TEST

/*
 * Trying every table of whole numbers up to `most` that agrees with what is shown, the sums and the marks:
 * each small cell must have a second value. `order` holds the cells left out that are no total.
 */
typedef struct trial {
    const tdm__cells *cells;
    bool one_sign; /* both marks are printed as one, so that they only say that it is no 0 */
    uint32_t order[16];
    size_t order_count;
    int64_t most;
    int64_t value[64];
    bool set[64], second[64];
    int32_t steps;
} trial;

static bool fits_mark(const trial *t, size_t cell, int64_t value)
{
    const bool small = value > 0 && value < t->cells->threshold;
    if (marks[cell] == TDM__CELL_SHOWN)
        return value == counts[cell];
    return t->one_sign ? value > 0 : small == (marks[cell] == TDM__CELL_SMALL);
}

/* Totals of which all parts are set are set too; false where one does not fit. */
static bool totals_fit(trial *t)
{
    for (size_t s = t->cells->sum_count; s-- > 0;) {
        const tdm__sum *sum = &t->cells->sums[s];
        int64_t together = 0;
        bool all = true;
        for (size_t i = 0; i < sum->part_count; i++) {
            all = all && t->set[sum->parts[i]];
            together += t->set[sum->parts[i]] ? t->value[sum->parts[i]] : 0;
        }
        if (marks[sum->total] == TDM__CELL_SHOWN && together > counts[sum->total])
            return false;
        if (!all)
            continue;
        if (!fits_mark(t, sum->total, together) || (t->set[sum->total] && t->value[sum->total] != together))
            return false;
        t->value[sum->total] = together;
        t->set[sum->total] = true;
    }
    return true;
}

static bool is_total(const tdm__cells *cells, uint32_t cell)
{
    for (size_t s = 0; s < cells->sum_count; s++)
        if (cells->sums[s].total == cell)
            return true;
    return false;
}

/* One table after the other, the first cell of the order slowest, like the numbers of a clock. */
static void try_from(trial *t, size_t depth)
{
    if (depth == t->order_count) {
        for (size_t i = 0; i < t->cells->count; i++)
            t->second[i] = t->second[i] || t->value[i] != counts[i];
        return;
    }
    for (int64_t value = 0; value <= t->most && t->steps > 0; value++) {
        trial next = *t;
        next.steps--;
        next.value[t->order[depth]] = value;
        next.set[t->order[depth]] = true;
        if (fits_mark(t, t->order[depth], value) && totals_fit(&next))
            try_from(&next, depth + 1);
        memcpy(t->second, next.second, sizeof t->second);
        t->steps = next.steps - 1;
    }
}

/* One byte a small cell of which trying leaves one value. false: the steps were not enough to know. */
static bool try_all(uint8_t *given_away, const tdm__cells *cells, bool one_sign)
{
    trial t = {.cells = cells, .one_sign = one_sign, .most = 24, .steps = 300000};
    for (uint32_t i = 0; i < cells->count; i++) {
        t.set[i] = marks[i] == TDM__CELL_SHOWN;
        t.value[i] = counts[i];
        if (!t.set[i] && !is_total(cells, i))
            t.order[t.order_count++] = i;
    }
    try_from(&t, 0);
    for (size_t i = 0; i < cells->count; i++)
        given_away[i] = marks[i] == TDM__CELL_SMALL && !t.second[i] ? 1 : 0;
    return t.steps > 0;
}

/* Every number left out: what the marks alone say, as of a small total of threshold - 1 small parts. */
static bool try_bare(uint8_t *given_away, const tdm__cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        if (counts[i] > 0 && marks[i] == TDM__CELL_SHOWN)
            marks[i] = TDM__CELL_BESIDE_SMALL;
    return try_all(given_away, cells, false);
}

static int tried;

/* Nothing is given away but what marks alone say, and nothing at all where both are printed as one sign. */
static void ck_trying_finds_nothing(const tdm__cells *cells, int drawing)
{
    uint8_t two_signs[64], one_sign[64], bare[64];
    const bool knows_two = try_all(two_signs, cells, false), knows_one = try_all(one_sign, cells, true);
    bool any = false;
    for (size_t i = 0; i < cells->count; i++) {
        any = any || two_signs[i];
        ck_assert_msg(!knows_one || !one_sign[i], "table %d: cell %zu is known", drawing, i);
    }
    tried += knows_one && knows_two ? 1 : 0;
    if (!any || !knows_two || !try_bare(bare, cells))
        return;
    for (size_t i = 0; i < cells->count; i++)
        ck_assert_msg(!two_signs[i] || bare[i], "table %d: cell %zu is known by its mark", drawing, i);
}

START_TEST(trying_every_table)
{
    static const tdm__dimension small[][3] = {{{1, false}, {1, false}, {4, true}},
                                              {{1, false}, {1, false}, {6, true}},
                                              {{1, false}, {3, true}, {3, true}},
                                              {{1, false}, {3, true}, {4, true}},
                                              {{3, true}, {3, true}, {3, true}}};
    tried = 0;
    state = (uint64_t)_i + 77;
    for (int drawing = 0; drawing < DRAWINGS; drawing++) {
        table t;
        open_table(&t, small[_i], 3, 3 + (int32_t)drawn(4));
        for (size_t i = 0; i < t.cells.count; i++)
            counts[i] = drawn(3) == 0 ? drawn(4) : drawn(12);
        add_up(&t.cells);
        ck_assert_int_eq(tdm__suppress(marks, &t.cells, &tdm__malloc_allocator), TDM_OK);
        ck_trying_finds_nothing(&t.cells, drawing);
        tdm__arena_free(&t.arena);
    }
    ck_assert_int_gt(tried, DRAWINGS / 4);
}
END_TEST

/* 200 groups, 10 lines, 12 periods, most of them small. Elimination would take hours: single sums are looked
 * at, and that the marks are those of a second time. */
START_TEST(a_large_table)
{
    static uint8_t again[CELLS_MAX];
    table t;
    state = 9;
    open_table(&t, (tdm__dimension[]){{13, true}, {201, true}, {11, true}}, 3, 6);
    for (size_t i = 0; i < t.cells.count; i++)
        counts[i] = drawn(3) == 0 ? 0 : drawn(_i == 0 ? 8 : 60);
    add_up(&t.cells);
    ck_assert_int_eq(tdm__suppress(marks, &t.cells, &tdm__malloc_allocator), TDM_OK);
    ck_small_are_marked(&t.cells);
    ck_single_sums_say_nothing(&t.cells, _i);
    memcpy(again, marks, t.cells.count);
    ck_assert_int_eq(tdm__suppress(marks, &t.cells, &tdm__malloc_allocator), TDM_OK);
    ck_assert_mem_eq(again, marks, t.cells.count);
    tdm__arena_free(&t.arena);
}
END_TEST

static tdm_status all_of_it(const tdm_allocator *allocator)
{
    tdm__sum *sums;
    size_t sum_count;
    tdm__arena arena;
    state = 5;
    for (size_t i = 0; i < 27; i++)
        counts[i] = drawn(12);
    tdm__arena_init(&arena, allocator);
    tdm_status status = tdm__table_sums(&sums, &sum_count, &arena, 0,
                                        (tdm__dimension[]){{3, true}, {3, true}, {3, true}}, 3);
    if (status == TDM_OK) {
        const tdm__cells cells = {counts, 27, sums, sum_count, 6};
        add_up(&cells);
        status = tdm__suppress(marks, &cells, allocator);
    }
    tdm__arena_free(&arena);
    return status;
}

START_TEST(no_memory)
{
    TEST_EVERY_ALLOCATION(all_of_it);
}
END_TEST

Suite *suppress_suite(void)
{
    Suite *suite = suite_create("suppress");
    TCase *tests = tcase_create("suppress");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, tables_by_hand, 0, ROWS(tables));
    tcase_add_test(tests, shares_by_hand);
    tcase_add_test(tests, a_cell_not_published_protects);
    tcase_add_test(tests, a_sum_that_does_not_hold);
    tcase_add_test(tests, a_dimension_that_does_not_add_up);
    tcase_add_test(tests, indices_that_are_no_cells);
    tcase_add_test(tests, sums_of_a_table);
    tcase_add_loop_test(tests, elimination_finds_nothing, 0, ROWS(shapes));
    tcase_add_loop_test(tests, trying_every_table, 0, 5);
    tcase_add_loop_test(tests, a_large_table, 0, 2);
    tcase_add_test(tests, no_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
