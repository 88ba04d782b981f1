/*
 * From a draft to events in the builder: whom it is about, a start and an end where it spans an
 * episode, the facts that go to each. Reading values is draft.c's business.
 */
#include "ingest/draft.h"

static const tdm_date undated = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};

static tdm_status reach(tdm__return *file, tdm_str child)
{
    tdm_str *grown = tdm__grown(file->allocator, file->reached, &file->reached_capacity,
                                file->reached_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    file->reached = grown;
    file->reached[file->reached_count++] = child;
    return TDM_OK;
}

static tdm_status set_aside(tdm__return *file, const tdm__draft *draft, const char *code, const char *words)
{
    return tdm__note(file, TDM__ERROR, code, (int32_t)draft->event.row, TDM_LIT("child"), "%s", words);
}

/* The household that rows mean which name none: the only one of the case. NULL data: there are several. */
static tdm_str only_household(const tdm__roster *roster)
{
    for (size_t i = 1; i < roster->count; i++)
        if (!tdm__str_equal(roster->children[i].household, roster->children[0].household))
            return (tdm_str){NULL, 0};
    tdm_str household = roster->children[0].household;
    return household.data ? household : TDM_LIT("");
}

static tdm_status reach_household(tdm__return *file, const tdm__draft *draft, bool all)
{
    const tdm__roster *roster = file->roster;
    if (!roster || roster->count == 0)
        return set_aside(file, draft, "child-unknown",
                         "the row is about a household, and only a case folder says who lives in it");
    tdm_str household = draft->household.length > 0 ? draft->household : only_household(roster);
    if (!all && !household.data)
        return set_aside(file, draft, "household-unknown",
                         "the case has several households and the row does not say which it is about");
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < roster->count && status == TDM_OK; i++) {
        const tdm__child_input *child = &roster->children[i];
        bool meant = all || (tdm__str_equal(child->household, household) &&
                             tdm__roster_lived_on(child, draft->event.occurred));
        if (meant)
            status = reach(file, child->id);
    }
    if (status == TDM_OK && file->reached_count == 0)
        status = set_aside(file, draft, "household-empty",
                           "no child of this household was alive or expected on that day");
    return status;
}

static tdm_status reach_child(tdm__return *file, const tdm__draft *draft, tdm_str number)
{
    if (!file->roster) {
        tdm_str id;
        tdm_status status = tdm__return_child_id(&id, file, draft->event.agency, number);
        return status == TDM_OK ? reach(file, id) : status;
    }
    uint32_t child = tdm__roster_find(file->roster, draft->event.agency, number);
    if (child == TDM_NO_INDEX)
        return set_aside(
            file, draft, "child-unknown",
            "the row names a child that case.json does not know; it is set aside for that child");
    return reach(file, file->roster->ids[child]);
}

static tdm_status find_children(tdm__return *file, const tdm__draft *draft)
{
    tdm_status status = TDM_OK;
    tdm_str rest = draft->child;
    file->reached_count = 0;
    if (tdm__str_equal(rest, TDM_LIT("household")))
        return reach_household(file, draft, false);
    if (tdm__str_equal(rest, TDM_LIT("all")))
        return reach_household(file, draft, true);
    if (rest.length == 0)
        return set_aside(file, draft, "child-missing", "the row names no child; it is set aside");
    if (draft->child_split == '\0')
        return reach_child(file, draft, rest);
    while (rest.length > 0 && status == TDM_OK) {
        tdm_str number = tdm__str_trimmed(tdm__str_split(&rest, draft->child_split));
        if (number.length > 0)
            status = reach_child(file, draft, number);
    }
    return status;
}

static bool may_carry(const tdm__draft *draft, uint32_t kind, tdm_str key)
{
    uint32_t fact = tdm__vocabulary_fact(draft->vocabulary, key);
    return fact != TDM_NO_INDEX && (draft->vocabulary->kinds[kind].facts >> fact & 1) != 0;
}

/* A fact that neither event of the row may carry stays with the first one, and is told. */
static tdm_status note_misplaced_facts(tdm__return *file, const tdm__draft *draft, uint32_t end_kind)
{
    tdm_status status = TDM_OK;
    uint64_t carried = draft->vocabulary->kinds[draft->event.kind].facts;
    if (end_kind != TDM_NO_INDEX)
        carried |= draft->vocabulary->kinds[end_kind].facts;
    carried |= draft->vocabulary->sharing_facts;
    if ((draft->facts_known & ~carried & ~file->misplaced[draft->event.kind]) == 0)
        return TDM_OK;
    for (size_t i = 0; i < draft->fact_count && status == TDM_OK; i++) {
        tdm_str key = draft->facts[i].key;
        uint32_t fact = tdm__vocabulary_fact(draft->vocabulary, key);
        if (fact == TDM_NO_INDEX || (carried >> fact & 1) != 0 ||
            (file->misplaced[draft->event.kind] >> fact & 1) != 0)
            continue;
        if (!file->collection->part)
            file->misplaced[draft->event.kind] |= UINT64_C(1) << fact;
        status = tdm__note_once(file, TDM__INFORMATION, "fact-not-of-kind", (int32_t)draft->event.row, key,
                                draft->vocabulary->kinds[draft->event.kind].code,
                                "the vocabulary does not give this fact to this kind of event; it is kept");
    }
    return status;
}

static bool is_of_sharing(const tdm__draft *draft, tdm_str key)
{
    uint32_t fact = tdm__vocabulary_fact(draft->vocabulary, key);
    return fact != TDM_NO_INDEX && (draft->vocabulary->sharing_facts >> fact & 1) != 0;
}

/* Facts that only the closing kind may carry move to the end; the order of the others stays. How the row may
 * be shared holds for both. */
static tdm_status part_facts(size_t *end_count, tdm__draft *draft, uint32_t end_kind)
{
    size_t kept = 0;
    tdm__fact_input *grown = tdm__grown(draft->allocator, draft->end_facts, &draft->end_fact_capacity,
                                        draft->fact_count, sizeof *grown);
    *end_count = 0;
    if (!grown)
        return TDM_NO_MEMORY;
    draft->end_facts = grown;
    for (size_t i = 0; i < draft->fact_count; i++) {
        tdm__fact_input fact = draft->facts[i];
        if (is_of_sharing(draft, fact.key))
            draft->end_facts[(*end_count)++] = draft->facts[kept++] = fact;
        else if (may_carry(draft, end_kind, fact.key) && !may_carry(draft, draft->event.kind, fact.key))
            draft->end_facts[(*end_count)++] = fact;
        else
            draft->facts[kept++] = fact;
    }
    draft->fact_count = kept;
    return TDM_OK;
}

static tdm__event_input end_of(const tdm__draft *draft, uint32_t end_kind, size_t end_fact_count)
{
    tdm__event_input end = {.occurred = draft->ended,
                            .ended = undated,
                            .minute = -1,
                            .recorded = draft->event.recorded,
                            .agency = draft->event.agency,
                            .source = draft->event.source,
                            .row = draft->event.row,
                            .kind = end_kind,
                            .facts = draft->end_facts,
                            .fact_count = end_fact_count,
                            .row_key = draft->event.row_key,
                            .part = draft->event.part + 1};
    end.strings[TDM__OCCURRED_AS_WRITTEN] = draft->ended_as_written;
    end.strings[TDM__EPISODE] = draft->event.strings[TDM__EPISODE];
    end.strings[TDM__REFERENCE] = draft->event.strings[TDM__REFERENCE];
    end.strings[TDM__ROLE] = draft->event.strings[TDM__ROLE];
    /* The row was written before its episode ended: nobody recorded the end then. */
    if (end.recorded != TDM_DAY_NONE && end.recorded < end.occurred.from)
        end.recorded = TDM_DAY_NONE;
    return end;
}

static tdm_status add_for_each_child(tdm__return *file, tdm__event_input *event)
{
    tdm_status status = TDM_OK;
    /* An id that a line carries is that of one event. */
    if (file->reached_count > 1)
        event->id = 0;
    for (size_t i = 0; i < file->reached_count && status == TDM_OK; i++) {
        event->child = file->reached[i];
        status = tdm__builder_event(file->collection->builder, event);
    }
    return status;
}

/* A name made from the row's key: the same wherever the row stands. */
static tdm_status made_name(tdm_str *out, tdm__draft *draft)
{
    char room[TDM_HEX64_SIZE];
    tdm__hex64(room, draft->event.row_key + draft->event.part);
    *out = tdm__arena_copy(draft->scratch, tdm__str(room));
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status note_reversed(tdm__return *file, const tdm__draft *draft)
{
    if (draft->ended.to >= draft->event.occurred.from)
        return TDM_OK;
    return tdm__note(file, TDM__WARNING, "ends-before-start", (int32_t)draft->event.row, TDM_LIT("ended"),
                     "the end lies before the start; both dates are kept");
}

static tdm_status add_with_end(tdm__return *file, tdm__draft *draft, uint32_t end_kind)
{
    size_t end_fact_count;
    tdm_status status = TDM_OK;
    if (draft->event.strings[TDM__EPISODE].length == 0)
        status = made_name(&draft->event.strings[TDM__EPISODE], draft);
    if (status == TDM_OK)
        status = part_facts(&end_fact_count, draft, end_kind);
    if (status != TDM_OK)
        return status;
    tdm__event_input end = end_of(draft, end_kind, end_fact_count);
    draft->event.facts = draft->facts;
    draft->event.fact_count = draft->fact_count;
    status = add_for_each_child(file, &draft->event);
    if (status == TDM_OK)
        status = add_for_each_child(file, &end);
    return status;
}

tdm_status tdm__draft_add(bool *landed, tdm__return *file, tdm__draft *draft)
{
    *landed = false;
    uint32_t end_kind = draft->has_ended ? file->closer[draft->event.kind] : TDM_NO_INDEX;
    tdm_status status = find_children(file, draft);
    if (status != TDM_OK || file->reached_count == 0)
        return status;
    if (file->reached_count > 1 && draft->event.strings[TDM__INCIDENT].length == 0)
        status = made_name(&draft->event.strings[TDM__INCIDENT], draft);
    if (status == TDM_OK)
        status = note_misplaced_facts(file, draft, end_kind);
    if (status == TDM_OK && draft->has_ended)
        status = note_reversed(file, draft);
    if (status != TDM_OK)
        return status;
    if (end_kind != TDM_NO_INDEX) {
        status = add_with_end(file, draft, end_kind);
    } else {
        draft->event.ended = draft->ended;
        draft->event.facts = draft->facts;
        draft->event.fact_count = draft->fact_count;
        status = add_for_each_child(file, &draft->event);
    }
    *landed = status == TDM_OK;
    return status;
}
