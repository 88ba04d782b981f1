/*
 * Building the card of the scorecard's tests. Nothing here says what a figure should be.
 */
#include "engine/card.h"

#include <string.h>

void card_prepare(card *c, const world_case *what)
{
    static const world_case nothing = {.row_count = 0};
    *c = (card){.names = {TDM_LIT("")}};
    world_open(&c->w, what ? what : &nothing);
    c->measure = (tdm__measure){.id = TDM_LIT("probe"),
                                .definition = TDM_LIT("Things."),
                                .numerator = TDM_LIT("things"),
                                .denominator = TDM_LIT("")};
    c->options = (tdm__scorecard_options){.from = world_day("2023-04-01"),
                                          .to = world_day("2024-03-31"),
                                          .as_of = world_day("2024-03-31"),
                                          .jobs = 1};
    c->groups = (tdm__groups){c->names, 1};
}

tdm_status card_begin(card *c, const tdm_allocator *allocator)
{
    c->out = (tdm__card_measure){.measure = NULL};
    c->work = (tdm__card_work){.measure = &c->measure, .values = c->values, .out = &c->out};
    tdm_status status = tdm__card_open(&c->making, allocator ? allocator : &tdm__malloc_allocator,
                                       c->w.chronology, &c->options, &c->w.error);
    if (status == TDM_OK)
        status = tdm__card_groups(&c->making, c->groups);
    return status == TDM_OK ? tdm__card_begin(&c->making, &c->work) : status;
}

static tdm__length length_of(int32_t told)
{
    return (tdm__length){told < 0 ? -told : told, told < 0};
}

void card_answer(card *c, size_t question, tdm__measured_form form, const card_group *groups,
                 size_t group_count, const char *const *lines, size_t line_count)
{
    tdm__arena *arena = &c->making.card->arena;
    tdm_str *names = tdm__arena_array(arena, line_count, sizeof *names);
    tdm__measured_group *made = tdm__arena_array(arena, group_count, sizeof *made);
    for (size_t i = 0; i < line_count; i++)
        names[i] = tdm__str(lines[i]);
    for (size_t g = 0; g < group_count; g++) {
        tdm__length *lengths = tdm__arena_array(arena, groups[g].length_count, sizeof *lengths);
        for (size_t i = 0; i < groups[g].length_count; i++)
            lengths[i] = length_of(groups[g].lengths[i]);
        made[g] = (tdm__measured_group){.numerator = groups[g].numerator,
                                        .denominator = groups[g].denominator,
                                        .lines = groups[g].lines,
                                        .lengths = lengths,
                                        .length_count = groups[g].length_count,
                                        .left_out = {[TDM__UNCOUNTED_DATE_IN_DOUBT] = groups[g].in_doubt}};
    }
    c->work.answers[question].measured = (tdm__measured){.form = form,
                                                         .within = -1,
                                                         .lines = names,
                                                         .line_count = line_count,
                                                         .groups = made,
                                                         .group_count = group_count};
}

void card_answer_counts(card *c, size_t question, const int64_t *counts, size_t group_count)
{
    card_group groups[CARD_GROUPS] = {{0}};
    for (size_t i = 0; i < group_count; i++)
        groups[i] = (card_group){.numerator = counts[i], .denominator = -1};
    card_answer(c, question, TDM__MEASURED_COUNT, groups, group_count, NULL, 0);
}

void card_answer_share(card *c, size_t question, int64_t numerator, int64_t denominator)
{
    card_answer(c, question, TDM__MEASURED_SHARE,
                &(card_group){.numerator = numerator, .denominator = denominator}, 1, NULL, 0);
}

void card_same(tdm_str got, const char *expected)
{
    ck_assert_msg(tdm__str_equal(got, tdm__str(expected)), "'%.*s', expected '%s'", TDM_STR_ARGS(got),
                  expected);
}

tdm_status card_finish(card *c)
{
    tdm_status status = tdm__card_put_together(&c->making, &c->work);
    return status == TDM_OK ? tdm__card_close(&c->making, &c->work, 1) : status;
}

void card_close(card *c)
{
    tdm__arena_free(&c->making.scratch);
    tdm__scorecard_free(c->making.card);
    world_close(&c->w);
}

const tdm__card_figure *card_figure(const card *c, size_t period, size_t group, int line)
{
    for (size_t i = 0; i < c->out.figure_count; i++) {
        const tdm__card_figure *f = &c->out.figures[i];
        if (f->period == period && f->group == group && f->line == (line < 0 ? TDM_NO_INDEX : (uint32_t)line))
            return f;
    }
    ck_abort_msg("no figure of period %zu, group %zu, line %d", period, group, line);
    return NULL;
}

bool card_notes(const card *c, const char *words)
{
    for (size_t i = 0; i < c->out.note_count; i++)
        if (tdm__str_equal(c->out.notes[i], tdm__str(words)))
            return true;
    return false;
}
