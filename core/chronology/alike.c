/*
 * Finding children who may be one (see alike.h). Children are sorted by each sign, and in a run of equal ones
 * each is compared with a few before it: a long list takes the time of sorting it.
 */
#include "chronology/alike.h"

#include "chronology/table.h"

#include <stdlib.h>
#include <string.h>

#define COMPARED_MAX 8 /* earlier children of a run */

/* A child under one sign. */
typedef struct sign {
    tdm_day born;
    tdm_str sex, shared; /* household, area or number */
    uint32_t child;
} sign;

typedef struct search {
    const tdm_chronology *c;
    tdm__arena *arena;
    sign *signs;
    size_t sign_count;
    tdm__alike *found;
    size_t count, more;
    tdm__alike_by by;
} search;

tdm_str tdm__child_number(tdm_str id, tdm_str agency)
{
    bool marked = agency.length > 0 && id.length > agency.length + 1 && id.data[agency.length] == ':' &&
                  memcmp(id.data, agency.data, agency.length) == 0;
    return marked ? (tdm_str){id.data + agency.length + 1, id.length - agency.length - 1} : id;
}

static int compare_values(const sign *x, const sign *y)
{
    if (x->born != y->born)
        return x->born < y->born ? -1 : 1;
    int order = tdm__str_compare(x->shared, y->shared);
    return order != 0 ? order : tdm__str_compare(x->sex, y->sex);
}

static int compare_signs(const void *a, const void *b)
{
    const sign *x = a, *y = b;
    int order = compare_values(x, y);
    return order != 0 ? order : (x->child > y->child) - (x->child < y->child);
}

/* The first row of `child` that is of an agency which has none of `other`; TDM_NO_INDEX: none. *apart: no
 * agency has rows of both. */
static uint32_t first_apart(const tdm_chronology *c, uint32_t child, const bool *has)
{
    uint32_t first, end;
    tdm__chronology_child_events(c, child, &first, &end);
    for (uint32_t at = first; at < end; at++)
        if (has[c->columns.agency[at]])
            return TDM_NO_INDEX;
    return first < end ? first : TDM_NO_INDEX;
}

static void mark_agencies(bool *has, const tdm_chronology *c, uint32_t child, bool value)
{
    uint32_t first, end;
    tdm__chronology_child_events(c, child, &first, &end);
    for (uint32_t at = first; at < end; at++)
        has[c->columns.agency[at]] = value;
}

static bool same_birth(const tdm__child *a, const tdm__child *b)
{
    return a->born.from == a->born.to && a->born.from == b->born.from && a->born.to == b->born.to &&
           a->sex.length > 0 && tdm__str_equal(a->sex, b->sex);
}

/* Found under an earlier sign; or, of one number, born on different days or of different sex. */
static bool is_passed_over(const search *s, const tdm__child *a, const tdm__child *b)
{
    bool birth = same_birth(a, b);
    if (s->by == TDM__ALIKE_HOUSEHOLD)
        return false;
    if (birth && a->household.length > 0 && tdm__str_equal(a->household, b->household))
        return true;
    if (s->by == TDM__ALIKE_AREA)
        return false;
    return (birth && a->area.length > 0 && tdm__str_equal(a->area, b->area)) || a->born.to < b->born.from ||
           b->born.to < a->born.from ||
           (a->sex.length > 0 && b->sex.length > 0 && !tdm__str_equal(a->sex, b->sex));
}

/* One agency that tells of both means two children by them: it would know. */
static void compare_pair(search *s, bool *has, uint32_t a, uint32_t b)
{
    uint32_t child = a < b ? a : b, other = a < b ? b : a;
    uint32_t first, end;
    mark_agencies(has, s->c, child, true);
    uint32_t other_row = first_apart(s->c, other, has);
    mark_agencies(has, s->c, child, false);
    tdm__chronology_child_events(s->c, child, &first, &end);
    if (other_row == TDM_NO_INDEX || first == end ||
        is_passed_over(s, &s->c->children[child], &s->c->children[other]))
        return;
    if (s->count == TDM__ALIKE_MAX)
        s->more++;
    else
        s->found[s->count++] = (tdm__alike){child, other, s->by, first, other_row};
}

static tdm_status compare_runs(search *s)
{
    bool *has = tdm__arena_array(s->arena, s->c->agencies.count + 1, sizeof *has);
    if (!has)
        return TDM_NO_MEMORY;
    if (s->sign_count > 1)
        qsort(s->signs, s->sign_count, sizeof *s->signs, compare_signs);
    for (size_t start = 0, end; start < s->sign_count; start = end) {
        for (end = start + 1; end < s->sign_count && compare_values(&s->signs[start], &s->signs[end]) == 0;)
            end++;
        for (size_t i = start + 1; i < end; i++)
            for (size_t k = i; k > start && i - k < COMPARED_MAX; k--)
                compare_pair(s, has, s->signs[k - 1].child, s->signs[i].child);
    }
    return TDM_OK;
}

static void gather_particulars(search *s, tdm__alike_by by)
{
    s->by = by;
    s->sign_count = 0;
    for (uint32_t i = 0; i < s->c->child_count; i++) {
        const tdm__child *child = &s->c->children[i];
        tdm_str shared = by == TDM__ALIKE_HOUSEHOLD ? child->household : child->area;
        if (child->born.from == child->born.to && child->sex.length > 0 && shared.length > 0)
            s->signs[s->sign_count++] = (sign){child->born.from, child->sex, shared, i};
    }
}

static void gather_numbers(search *s)
{
    s->by = TDM__ALIKE_NUMBER;
    s->sign_count = 0;
    for (uint32_t i = 0; i < s->c->child_count; i++) {
        uint32_t first, end;
        tdm__chronology_child_events(s->c, i, &first, &end);
        if (first == end)
            continue;
        tdm_str agency = tdm__chronology_agency(s->c, s->c->columns.agency[first]);
        tdm_str number = tdm__child_number(s->c->children[i].id, agency);
        if (number.length > 0)
            s->signs[s->sign_count++] = (sign){0, {"", 0}, number, i};
    }
}

tdm_status tdm__chronology_alike(tdm__alike **out, size_t *count, size_t *more, tdm__arena *arena,
                                 const tdm_chronology *c)
{
    search s = {.c = c, .arena = arena};
    *out = NULL;
    *count = *more = 0;
    s.signs = tdm__arena_array(arena, c->child_count, sizeof *s.signs);
    s.found = tdm__arena_array(arena, TDM__ALIKE_MAX, sizeof *s.found);
    if (!s.signs || !s.found)
        return TDM_NO_MEMORY;
    gather_particulars(&s, TDM__ALIKE_HOUSEHOLD);
    tdm_status status = compare_runs(&s);
    gather_particulars(&s, TDM__ALIKE_AREA);
    if (status == TDM_OK)
        status = compare_runs(&s);
    gather_numbers(&s);
    if (status == TDM_OK)
        status = compare_runs(&s);
    *out = s.found;
    *count = s.count;
    *more = s.more;
    return status;
}
