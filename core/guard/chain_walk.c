/*
 * The walk that says what is wrong with a chain. Findings are held back so that neighbours become a range,
 * and gaps until the end, for what is missing may only have been moved.
 */
#include "guard/chain.h"

#include <string.h>

#include "guard/seal.h"

void tdm__chain_walk_begin(tdm__chain_walk *walk, const tdm__digest *key, const tdm__chain_head *expected,
                           tdm__chain_tell_fn tell, void *payload)
{
    *walk = (tdm__chain_walk){.key = *key, .tell = tell, .payload = payload, .is_whole = true};
    if (expected)
        walk->expected = *expected;
}

/* --- findings --- */

static tdm_status tell_held(tdm__chain_walk *walk)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < walk->held_count && status == TDM_OK; i++)
        status = walk->tell(walk->held[i], walk->payload);
    walk->held_count = 0;
    return status;
}

/* While nothing was verified all is held, for perhaps it is the key: the first entry as changed, and a range
 * of those that follow from it, whatever is missing between them. */
static bool continues(const tdm__chain_walk *walk, tdm__chain_finding finding)
{
    if (walk->held_count == 0 || walk->held[walk->held_count - 1].fault != finding.fault)
        return false;
    return walk->verified == 0 || walk->held[walk->held_count - 1].last + 1 == finding.first;
}

static tdm_status found(tdm__chain_walk *walk, tdm__chain_fault fault, int64_t number)
{
    tdm__chain_finding finding = {fault, number, number};
    tdm_status status = TDM_OK;
    walk->is_whole = false;
    if (continues(walk, finding)) {
        walk->held[walk->held_count - 1].last = number;
        return TDM_OK;
    }
    if (walk->verified > 0)
        status = tell_held(walk);
    walk->held[walk->held_count++] = finding;
    return status;
}

/* Told beside what is held: gaps and moved entries do not end a range of changed ones. */
static tdm_status tell_now(tdm__chain_walk *walk, tdm__chain_fault fault, int64_t first, int64_t last)
{
    walk->is_whole = false;
    return walk->tell((tdm__chain_finding){fault, first, last}, walk->payload);
}

/* --- gaps --- */

static void remove_gap(tdm__chain_walk *walk, size_t at)
{
    walk->gap_count--;
    memmove(&walk->gaps[at], &walk->gaps[at + 1], (walk->gap_count - at) * sizeof *walk->gaps);
}

static tdm_status tell_oldest_gap(tdm__chain_walk *walk)
{
    tdm__chain_range gap = walk->gaps[0];
    remove_gap(walk, 0);
    return tell_now(walk, TDM__CHAIN_MISSING, gap.first, gap.last);
}

static tdm_status add_gap(tdm__chain_walk *walk, int64_t first, int64_t last)
{
    tdm_status status = TDM_OK;
    walk->is_whole = false;
    if (walk->gap_count == TDM__CHAIN_GAPS_MAX) {
        status = tell_oldest_gap(walk);
        walk->forgot_gaps = true;
    }
    walk->gaps[walk->gap_count++] = (tdm__chain_range){first, last};
    return status;
}

/* An entry that was thought missing. What lies on both sides of it stays missing. */
static tdm_status fill_gap(tdm__chain_walk *walk, size_t at, int64_t number)
{
    tdm__chain_range gap = walk->gaps[at];
    tdm_status status = tell_now(walk, TDM__CHAIN_MOVED, number, number);
    if (gap.first < number)
        walk->gaps[at].last = number - 1;
    else if (number < gap.last)
        walk->gaps[at].first = number + 1;
    else
        remove_gap(walk, at);
    if (status == TDM_OK && gap.first < number && number < gap.last)
        status = add_gap(walk, number + 1, gap.last);
    return status;
}

static tdm_status came_late(tdm__chain_walk *walk, int64_t number)
{
    for (size_t i = 0; i < walk->gap_count; i++)
        if (walk->gaps[i].first <= number && number <= walk->gaps[i].last)
            return fill_gap(walk, i, number);
    bool is_surely_twice = number >= 1 && !walk->forgot_gaps;
    return tell_now(walk, is_surely_twice ? TDM__CHAIN_TWICE : TDM__CHAIN_MOVED, number, number);
}

/* --- entries --- */

/* Whether the entry follows from a MAC; that MAC is kept as what the entry's should be. */
static bool follows(tdm__chain_walk *walk, const tdm__chain_entry *entry, const tdm__digest *previous,
                    const tdm__digest *stored)
{
    tdm__chain_mac(&walk->computed, &walk->key, previous, entry);
    return tdm__digest_equal(&walk->computed, stored);
}

/* Of the entry before, its text or its MAC may have been changed: whichever is whole, this one follows from
 * it. When neither is, nothing can be said of this one. */
static tdm_status look_at_entry(tdm__chain_walk *walk, const tdm__chain_entry *entry,
                                const tdm__digest *stored, bool is_next)
{
    tdm__digest before_stored = walk->stored, before_computed = walk->computed;
    bool was_whole = tdm__digest_equal(&before_stored, &before_computed);
    if ((is_next && !was_whole && follows(walk, entry, &before_computed, stored)) ||
        follows(walk, entry, &before_stored, stored)) {
        walk->verified++;
        return TDM_OK;
    }
    return found(walk, is_next && was_whole ? TDM__CHAIN_CHANGED : TDM__CHAIN_UNSURE, entry->number);
}

static tdm_status look_at_head(tdm__chain_walk *walk, int64_t number, const tdm__digest *stored)
{
    if (walk->expected.count != number || tdm__digest_equal(&walk->expected.mac, stored))
        return TDM_OK;
    return tell_now(walk, TDM__CHAIN_OTHER_HEAD, number, number);
}

tdm_status tdm__chain_walk_entry(tdm__chain_walk *walk, const tdm__chain_entry *entry,
                                 const tdm__digest *stored)
{
    int64_t number = entry->number;
    tdm_status status = TDM_OK;
    walk->entries++;
    if (number <= walk->last)
        return came_late(walk, number);
    bool is_next = number == walk->last + 1;
    if (!is_next)
        status = add_gap(walk, walk->last + 1, number - 1);
    if (status == TDM_OK)
        status = look_at_entry(walk, entry, stored, is_next);
    if (status == TDM_OK)
        status = look_at_head(walk, number, stored);
    walk->last = number;
    walk->stored = *stored;
    return status;
}

/* --- the end --- */

/* Nothing at all was verified: one finding in place of those that are held. */
static void blame_key(tdm__chain_walk *walk)
{
    if (walk->verified > 0 || walk->held_count == 0)
        return;
    walk->held[0] = (tdm__chain_finding){TDM__CHAIN_KEY, walk->held[0].first, walk->last};
    walk->held_count = 1;
}

static tdm_status tell_rest(tdm__chain_walk *walk)
{
    blame_key(walk);
    tdm_status status = tell_held(walk);
    while (walk->gap_count > 0 && status == TDM_OK)
        status = tell_oldest_gap(walk);
    if (status == TDM_OK && walk->expected.count > walk->last)
        status = tell_now(walk, TDM__CHAIN_CUT_OFF, walk->last + 1, walk->expected.count);
    return status;
}

tdm_status tdm__chain_walk_end(tdm__chain_head *out, tdm__chain_walk *walk)
{
    *out = (tdm__chain_head){walk->last, walk->stored};
    tdm_status status = tell_rest(walk);
    tdm__wipe(&walk->key, sizeof walk->key);
    return status;
}
