/*
 * Making the checks of one child: rows put together once, each check asked, findings capped and
 * put into words. What a check looks for is in check_*.c.
 */
#include "engine/check_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *kind;
    uint32_t parts;
} kind_parts[] = {
    {"contact", TDM__PART_FRONT_DOOR},
    {"mash-start", TDM__PART_FRONT_DOOR},
    {"referral", TDM__PART_FRONT_DOOR | TDM__PART_REFERRAL},
    {"case-closure", TDM__PART_CLOSURE | TDM__PART_AFTER_DEATH},
    {"assessment-start", TDM__PART_FOLLOWS_REFERRAL | TDM__PART_ENDS_BY_CLOSURE},
    {"assessment-end", TDM__PART_ENDS_BY_CLOSURE},
    {"s47-start", TDM__PART_FOLLOWS_REFERRAL | TDM__PART_ENDS_BY_CLOSURE | TDM__PART_S47_START},
    {"icpc",
     TDM__PART_MEETING | TDM__PART_CONFERENCE | TDM__PART_FOLLOWS_REFERRAL | TDM__PART_ENDS_BY_CLOSURE},
    {"cp-review", TDM__PART_MEETING | TDM__PART_CP_REVIEW},
    {"core-group", TDM__PART_MEETING},
    {"cin-review", TDM__PART_MEETING},
    {"cin-plan-start", TDM__PART_FOLLOWS_REFERRAL | TDM__PART_ENDS_BY_CLOSURE},
    {"cin-plan-end", TDM__PART_ENDS_BY_CLOSURE},
    {"cp-plan-start", TDM__PART_FOLLOWS_REFERRAL | TDM__PART_ENDS_BY_CLOSURE | TDM__PART_CP_START},
    {"cp-plan-end", TDM__PART_ENDS_BY_CLOSURE | TDM__PART_CP_END},
    {"death", TDM__PART_AFTER_DEATH},
    {"note", TDM__PART_AFTER_DEATH},
    {"other", TDM__PART_AFTER_DEATH},
    {"multi-agency-meeting", TDM__PART_AFTER_DEATH},
    {"strategy-discussion", TDM__PART_AFTER_DEATH},
    {"information-shared", TDM__PART_AFTER_DEATH},
    {"supervision", TDM__PART_AFTER_DEATH},
    {"allocation", TDM__PART_AFTER_DEATH},
    {"police-incident", TDM__PART_AFTER_DEATH},
    {"legal-order", TDM__PART_AFTER_DEATH},
};

tdm_status tdm__check_ground_new(tdm__check_ground *out, tdm__arena *arena, const tdm_chronology *chronology,
                                 const tdm__effective_check *checks, const tdm_holidays *holidays,
                                 const tdm__glossary *glossary)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(chronology);
    uint32_t *parts = tdm__arena_array(arena, vocabulary->kind_count, sizeof *parts);
    *out = (tdm__check_ground){checks, holidays, parts, glossary};
    if (!parts)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < sizeof kind_parts / sizeof *kind_parts; i++) {
        uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__str(kind_parts[i].kind));
        if (kind != TDM_NO_INDEX)
            parts[kind] = kind_parts[i].parts;
    }
    return TDM_OK;
}

void *tdm__check_room(tdm__checking *c, size_t count, size_t size)
{
    void *room = tdm__arena_array(c->scratch, count, size);
    if (!room)
        c->status = TDM_NO_MEMORY;
    return room;
}

bool tdm__check_step(tdm__checking *c)
{
    if (c->steps-- > 0)
        return true;
    if (!c->stopped)
        tdm__check_gap_add(c, TDM__GAP_TOO_MANY);
    c->stopped = true;
    return false;
}

tdm_answer tdm__check_before(tdm_day a_from, tdm_day a_to, tdm_day b_from, tdm_day b_to)
{
    if (a_to < b_from)
        return TDM_MET;
    return a_from < b_to ? TDM_POSSIBLE : TDM_NOT_MET;
}

tdm_answer tdm__check_capped(tdm_answer answer, bool uncertain)
{
    return answer == TDM_MET && uncertain ? TDM_POSSIBLE : answer;
}

/* --- words --- */

tdm_str tdm__check_text(tdm__checking *c, const char *format, ...)
{
    char line[256];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    size_t kept = length < 0 ? 0 : (size_t)length < sizeof line ? (size_t)length : sizeof line - 1;
    tdm_str copy = tdm__arena_copy(c->scratch, (tdm_str){line, kept});
    if (copy.data)
        return copy;
    c->status = TDM_NO_MEMORY;
    return TDM_LIT("");
}

tdm_str tdm__check_kind_words(const tdm__checking *c, uint32_t kind)
{
    tdm_str title = tdm__chronology_vocabulary(c->chronology)->kinds[kind].title;
    return tdm__str_trimmed(tdm__str_split(&title, '('));
}

tdm_str tdm__check_event_words(tdm__checking *c, const tdm__event *event)
{
    char date[TDM_DATE_TEXT_SIZE];
    tdm_date_words(date, event->occurred);
    return tdm__check_text(c, "%.*s, %s", TDM_STR_ARGS(tdm__check_kind_words(c, event->kind)), date);
}

tdm_str tdm__check_row_words(tdm__checking *c, uint32_t row)
{
    return tdm__check_event_words(c, &c->rows[row].event);
}

tdm_str tdm__check_day_words(tdm__checking *c, tdm_day day)
{
    char words[TDM_DATE_TEXT_SIZE];
    tdm_date_words(words, (tdm_date){day, day, 0});
    return tdm__check_text(c, "%s", words);
}

/* The template of the check with its values in the places of {}. */
static tdm_str sentence_of(tdm__checking *c, const tdm__found *found)
{
    tdm__text text;
    size_t value = 0;
    tdm__text_init(&text, c->arena->allocator);
    for (const char *at = tdm__check_at(c->check)->sentence; *at; at++) {
        bool place = at[0] == '{' && at[1] == '}' && value < sizeof found->values / sizeof *found->values;
        if (place)
            tdm__text_add(&text, found->values[value++]);
        else
            tdm__text_char(&text, *at);
        at += place;
    }
    tdm_str sentence = tdm__arena_copy(c->arena, tdm__text_str(&text));
    if (text.failed || !sentence.data)
        c->status = TDM_NO_MEMORY;
    tdm__text_free(&text);
    return sentence;
}

/* --- findings --- */

/* Twice the room: what was there stays in the arena until the run is freed, so it is made in the scratch. */
static void *grown(tdm__checking *c, const void *items, size_t *capacity, size_t count, size_t size)
{
    size_t wanted = *capacity == 0 ? 8 : *capacity * 2;
    void *room = tdm__check_room(c, wanted, size);
    if (!room)
        return NULL;
    if (count > 0)
        memcpy(room, items, count * size);
    *capacity = wanted;
    return room;
}

void tdm__check_found(tdm__checking *c, const tdm__found *found)
{
    tdm__child_checks *out = c->out;
    if (c->status != TDM_OK || ++c->found > TDM__CHECK_FINDINGS_MAX)
        return;
    size_t kept = found->event_count < TDM__CHECK_EVENTS_MAX ? found->event_count : TDM__CHECK_EVENTS_MAX;
    uint32_t *events = tdm__arena_array(c->arena, kept, sizeof *events);
    if (out->finding_count == c->finding_capacity) {
        tdm__check_finding *room = grown(c, out->findings, &c->finding_capacity, out->finding_count,
                                         sizeof *room);
        if (room)
            out->findings = room;
    }
    if (!events || c->status != TDM_OK) {
        c->status = TDM_NO_MEMORY;
        return;
    }
    if (kept > 0)
        memcpy(events, found->events, kept * sizeof *events);
    const char *doubt = found->doubt ? found->doubt : "for some of the days that the dates leave open";
    out->findings[out->finding_count++] = (tdm__check_finding){
        .check = c->check,
        .answer = found->answer,
        .rule = found->rule ? found->rule : "",
        .doubt = found->answer == TDM_POSSIBLE ? doubt : "",
        .sentence = sentence_of(c, found),
        .events = events,
        .event_count = (uint32_t)kept,
        .more_events = (uint32_t)(found->event_count - kept),
    };
}

void tdm__check_gap_add(tdm__checking *c, uint32_t reason)
{
    tdm__child_checks *out = c->out;
    for (size_t i = out->gap_count; i-- > 0 && out->gaps[i].check == c->check;)
        if (out->gaps[i].reason == reason)
            return;
    if (out->gap_count == c->gap_capacity) {
        tdm__check_gap *room = grown(c, out->gaps, &c->gap_capacity, out->gap_count, sizeof *room);
        if (!room)
            return;
        out->gaps = room;
    }
    out->gaps[out->gap_count++] = (tdm__check_gap){c->check, reason};
}

/* --- all checks --- */

static bool is_concern(const tdm__event *event, const tdm__kind *kind)
{
    return event->polarity == TDM__CONCERN || (event->polarity == TDM__POLARITY_NOT_STATED && kind->concern);
}

static const tdm__checked_row *put_together(tdm__checking *c)
{
    const tdm_history *h = c->history;
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(c->chronology);
    tdm__checked_row *rows = tdm__check_room(c, h->row_count, sizeof *rows);
    for (uint32_t i = 0; rows && i < h->row_count; i++) {
        tdm__event event = tdm__history_event(h, i);
        rows[i] = (tdm__checked_row){.event = event,
                                     .from = h->rows[i].from,
                                     .to = h->rows[i].to,
                                     .dated = h->rows[i].dated,
                                     .uncertain = h->rows[i].uncertain,
                                     .concern = is_concern(&event, &vocabulary->kinds[event.kind]),
                                     .parts = c->ground->parts[event.kind]};
    }
    return rows;
}

static void make_check(tdm__checking *c, uint32_t check, tdm__check_rest *rests)
{
    const tdm__effective_check *effective = &c->ground->checks[check];
    if (!effective->on || c->status != TDM_OK)
        return;
    c->check = check;
    c->values = effective->values;
    c->found = 0;
    c->steps = TDM__CHECK_PAIR_STEPS;
    c->stopped = false;
    effective->check->look(c);
    if (c->found > TDM__CHECK_FINDINGS_MAX)
        rests[c->out->rest_count++] = (tdm__check_rest){check, c->found - TDM__CHECK_FINDINGS_MAX};
}

/* What the scratch holds, in the arena of the results; `*items` stays what it was when there is no memory. */
static void *keep(tdm__checking *c, const void *items, size_t count, size_t size)
{
    void *room = tdm__arena_array(c->arena, count, size);
    if (!room)
        c->status = TDM_NO_MEMORY;
    else if (count > 0)
        memcpy(room, items, count * size);
    return room;
}

static bool any_on(const tdm__check_ground *ground)
{
    for (size_t i = 0; i < tdm__check_count(); i++)
        if (ground->checks[i].on)
            return true;
    return false;
}

tdm_status tdm__check_child(tdm__child_checks *out, const tdm__check_ground *ground,
                            const tdm_history *history, const tdm__level_step *levels, size_t level_count,
                            tdm__arena *arena)
{
    *out = (tdm__child_checks){0};
    if (!any_on(ground))
        return TDM_OK;
    tdm__checking c = {.ground = ground,
                       .history = history,
                       .chronology = history->chronology,
                       .child = tdm__chronology_child(history->chronology, history->child),
                       .row_count = history->row_count,
                       .levels = levels,
                       .level_count = level_count,
                       .arena = arena,
                       .scratch = history->arena,
                       .out = out,
                       .status = TDM_OK};
    size_t checks = tdm__check_count();
    tdm__check_rest *rests = tdm__check_room(&c, checks, sizeof *rests);
    c.rows = put_together(&c);
    for (uint32_t i = 0; i < checks && c.status == TDM_OK; i++)
        make_check(&c, i, rests);
    if (c.status == TDM_OK) {
        out->findings = keep(&c, out->findings, out->finding_count, sizeof *out->findings);
        out->gaps = keep(&c, out->gaps, out->gap_count, sizeof *out->gaps);
        out->rests = keep(&c, rests, out->rest_count, sizeof *rests);
    }
    return c.status;
}
