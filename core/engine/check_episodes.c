/*
 * Checks on episodes as they were paired: ends before starts, plans of no days, overlaps, several open
 * at once. Two agencies that tell of one plan are no overlap: only an agency's own are compared.
 */
#include "engine/check_parts.h"

/* Which episodes may not overlap, and the national rules about them. */
typedef struct episode_rules {
    const char *name;
    bool last_day_counts; /* starting on the last day of another is an overlap */
    bool plan;
    const char *overlap, *open, *order, *no_days; /* NULL: none */
} episode_rules;

static const episode_rules rules[] = {
    {"case", false, false, "8820", "8815", "8630", NULL},
    {"cin-plan", true, true, "4014", NULL, "4011", NULL},
    {"cp-plan", true, true, "8940", "8935", "8925", "8840"},
    {"s47", false, false, NULL, NULL, NULL, NULL},
    {"mash", false, false, NULL, NULL, NULL, NULL},
    {"early-help", false, false, NULL, NULL, NULL, NULL},
    {"pre-proceedings", false, false, NULL, NULL, NULL, NULL},
    {"looked-after", false, false, NULL, NULL, NULL, NULL},
    {"missing", false, false, NULL, NULL, NULL, NULL},
};

static const episode_rules *rules_of(const tdm__checking *c, const tdm__episode *episode)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(c->chronology);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (tdm__vocabulary_episode(vocabulary, tdm__str(rules[i].name)) == episode->name)
            return &rules[i];
    return NULL;
}

static bool is_open(const tdm__episode *episode)
{
    return episode->end_row == TDM_NO_INDEX;
}

static uint32_t agency_of(const tdm__checking *c, const tdm__episode *episode)
{
    return c->rows[episode->start_row].event.agency;
}

static tdm_day end_from(const tdm__episode *episode)
{
    return is_open(episode) ? TDM_DAY_AFTER_ALL : episode->end_from;
}

static tdm_day end_to(const tdm__episode *episode)
{
    return is_open(episode) ? TDM_DAY_AFTER_ALL : episode->end_to;
}

/* A finding on an episode, with the rows of its start and end and, where there is one, of another's start. */
static void found_on(tdm__checking *c, const tdm__episode *episode, const tdm__episode *other,
                     tdm_answer answer, const char *rule, tdm_str second)
{
    uint32_t events[3];
    size_t count = 0;
    bool uncertain = episode->uncertain || (other && other->uncertain);
    events[count++] = c->rows[episode->start_row].event.index;
    if (!is_open(episode))
        events[count++] = c->rows[episode->end_row].event.index;
    if (other)
        events[count++] = c->rows[other->start_row].event.index;
    tdm__found found = {.answer = tdm__check_capped(answer, uncertain),
                        .rule = rule,
                        .events = events,
                        .event_count = count,
                        .values = {tdm__check_row_words(c, episode->start_row), second}};
    tdm__check_found(c, &found);
}

static tdm_str row_date(tdm__checking *c, uint32_t row)
{
    char words[TDM_DATE_TEXT_SIZE];
    tdm_date_words(words, c->rows[row].event.occurred);
    return tdm__check_text(c, "%s", words);
}

static void period_before_start(tdm__checking *c, uint32_t row)
{
    const tdm__checked_row *r = &c->rows[row];
    if (!r->dated || r->event.ended_from == TDM_DAY_NONE)
        return;
    tdm_answer answer = tdm__check_before(r->event.ended_from, r->event.ended_to, r->from, r->to);
    if (answer == TDM_NOT_MET)
        return;
    char words[TDM_DATE_TEXT_SIZE];
    tdm_date_words(words, (tdm_date){r->event.ended_from, r->event.ended_to, 0});
    tdm__found found = {.answer = tdm__check_capped(answer, r->uncertain),
                        .events = &r->event.index,
                        .event_count = 1,
                        .values = {tdm__check_row_words(c, row), tdm__check_text(c, "%s", words)}};
    tdm__check_found(c, &found);
}

void tdm__check_ends_before_start(tdm__checking *c)
{
    for (uint32_t i = 0; i < c->history->episode_count; i++) {
        const tdm__episode *episode = &c->history->episodes[i];
        if (is_open(episode))
            continue;
        tdm_answer answer = tdm__check_before(episode->end_from, episode->end_to, episode->start_from,
                                              episode->start_to);
        const episode_rules *of = rules_of(c, episode);
        if (answer != TDM_NOT_MET)
            found_on(c, episode, NULL, answer, of ? of->order : NULL, row_date(c, episode->end_row));
    }
    for (uint32_t i = 0; i < c->row_count; i++)
        period_before_start(c, i);
}

void tdm__check_zero_days(tdm__checking *c)
{
    for (uint32_t i = 0; i < c->history->episode_count; i++) {
        const tdm__episode *e = &c->history->episodes[i];
        const episode_rules *of = rules_of(c, e);
        if (!of || !of->plan || is_open(e) || e->end_to < e->start_from || e->end_from > e->start_to)
            continue;
        bool exact = e->start_from == e->start_to && e->end_from == e->end_to;
        found_on(c, e, NULL, exact ? TDM_MET : TDM_POSSIBLE, of->no_days, (tdm_str){"", 0});
    }
}

/* Whether two episodes share a day; `slack` 1 where the last day of one may be the first of the other. */
static tdm_answer share_days(const tdm__episode *a, const tdm__episode *b, int32_t slack)
{
    bool certain = a->start_to <= end_from(b) - slack && b->start_to <= end_from(a) - slack;
    bool perhaps = a->start_from <= end_to(b) - slack && b->start_from <= end_to(a) - slack;
    return certain ? TDM_MET : perhaps ? TDM_POSSIBLE : TDM_NOT_MET;
}

/* The earlier episode of the same sort and agency with which this one shares days; the surest. */
static tdm_answer surest_overlap(const tdm__episode **other, tdm__checking *c, uint32_t number, int32_t slack)
{
    const tdm__episode *all = c->history->episodes, *episode = &all[number];
    tdm_answer surest = TDM_NOT_MET;
    for (uint32_t i = 0; i < number && surest != TDM_MET && tdm__check_step(c); i++) {
        if (all[i].name != episode->name || agency_of(c, &all[i]) != agency_of(c, episode) ||
            (is_open(&all[i]) && is_open(episode)))
            continue;
        tdm_answer answer = share_days(&all[i], episode, slack);
        if (answer > surest) {
            surest = answer;
            *other = &all[i];
        }
    }
    return surest;
}

void tdm__check_overlap(tdm__checking *c)
{
    for (uint32_t i = 0; i < c->history->episode_count && !c->stopped; i++) {
        const tdm__episode *episode = &c->history->episodes[i], *other = NULL;
        const episode_rules *of = rules_of(c, episode);
        if (!of)
            continue;
        tdm_answer answer = surest_overlap(&other, c, i, of->last_day_counts ? 0 : 1);
        if (answer != TDM_NOT_MET && other)
            found_on(c, episode, other, answer, of->overlap, row_date(c, other->start_row));
    }
}

/* One finding an episode, against the first of its sort that is open too. */
void tdm__check_two_open(tdm__checking *c)
{
    const tdm__episode *all = c->history->episodes;
    for (uint32_t i = 0; i < c->history->episode_count && !c->stopped; i++) {
        const episode_rules *of = is_open(&all[i]) ? rules_of(c, &all[i]) : NULL;
        for (uint32_t k = 0; of && k < i && tdm__check_step(c); k++) {
            if (!is_open(&all[k]) || all[k].name != all[i].name ||
                agency_of(c, &all[k]) != agency_of(c, &all[i]))
                continue;
            found_on(c, &all[i], &all[k], TDM_MET, of->open, row_date(c, all[k].start_row));
            break;
        }
    }
}

/* 4001: both are open; 4016: the child in need plan starts while the other runs. */
static const char *rule_of_two(const tdm__episode *in_need, const tdm__episode *protection)
{
    if (is_open(in_need) && is_open(protection))
        return "4001";
    return in_need->start_from >= protection->start_to ? "4016" : NULL;
}

static void compare_with_protection(tdm__checking *c, const tdm__episode *in_need, uint32_t protection)
{
    const tdm__episode *surest = NULL;
    tdm_answer answer = TDM_NOT_MET;
    for (uint32_t k = 0; k < c->history->episode_count && tdm__check_step(c); k++) {
        const tdm__episode *plan = &c->history->episodes[k];
        if (plan->name != protection || agency_of(c, plan) != agency_of(c, in_need))
            continue;
        tdm_answer shared = share_days(in_need, plan, 1);
        if (shared > answer) {
            answer = shared;
            surest = plan;
        }
    }
    if (surest)
        found_on(c, in_need, surest, answer, rule_of_two(in_need, surest),
                 tdm__check_row_words(c, surest->start_row));
}

void tdm__check_two_plans(tdm__checking *c)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(c->chronology);
    uint32_t in_need = tdm__vocabulary_episode(vocabulary, TDM_LIT("cin-plan"));
    uint32_t protection = tdm__vocabulary_episode(vocabulary, TDM_LIT("cp-plan"));
    for (uint32_t i = 0; i < c->history->episode_count && !c->stopped; i++)
        if (c->history->episodes[i].name == in_need)
            compare_with_protection(c, &c->history->episodes[i], protection);
}
