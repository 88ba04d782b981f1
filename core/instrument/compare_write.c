/*
 * A comparison as JSON (comparison.schema.json, always all members) and as a few lines of text.
 */
#include "instrument/compare.h"

static void put_str(tdm__json_writer *writer, const char *name, tdm_str text)
{
    tdm__json_put_name(writer, name);
    tdm__json_put_string(writer, text);
}

static void put_code(tdm__json_writer *writer, const char *name, const char *code)
{
    tdm__json_put_name(writer, name);
    tdm__json_put_text(writer, code);
}

/* null where there is nothing to give. */
static void put_known(tdm__json_writer *writer, const char *name, bool known, int32_t number)
{
    tdm__json_put_name(writer, name);
    if (known)
        tdm__json_put_int(writer, number);
    else
        tdm__json_put_null(writer);
}

static void put_day(tdm__json_writer *writer, tdm_day day)
{
    char text[TDM_DATE_TEXT_SIZE];
    tdm_date_format(text, (tdm_date){day, day, 0});
    tdm__json_put_text(writer, text);
}

static void put_reason(tdm__json_writer *writer, tdm__change_reason reason)
{
    tdm__json_put_name(writer, "reason");
    if (reason == TDM__CHANGED)
        tdm__json_put_null(writer);
    else
        tdm__json_put_text(writer, tdm__change_reason_code(reason));
}

static void put_side(tdm__json_writer *writer, const char *name, const tdm_score *score)
{
    tdm__json_put_name(writer, name);
    tdm__json_open_object(writer);
    put_str(writer, "assessment", score->assessment);
    put_str(writer, "version", score->instrument->texts[TDM__TEXT_VERSION]);
    tdm__json_put_name(writer, "date");
    put_day(writer, score->date);
    tdm__json_put_name(writer, "window");
    if (score->window_from == TDM_DAY_NONE) {
        tdm__json_put_null(writer);
    } else {
        tdm__json_open_array(writer);
        put_day(writer, score->window_from);
        put_day(writer, score->window_to);
        tdm__json_close_array(writer);
    }
    tdm__json_close_object(writer);
}

/* The members of a part; the caller opens and closes the object. */
static void put_part(tdm__json_writer *writer, const tdm__compared_part *part)
{
    bool both = part->has_before && part->has_now;
    put_code(writer, "change", tdm__change_code(part->change));
    put_reason(writer, part->reason);
    put_known(writer, "before", part->has_before, part->before);
    put_known(writer, "now", part->has_now, part->now);
    put_known(writer, "steps", both && part->change != TDM__CHANGE_NOT_COMPARABLE, part->steps);
    put_known(writer, "spread", part->has_spread, part->spread);
    put_known(writer, "items_better", true, part->moves.better);
    put_known(writer, "items_worse", true, part->moves.worse);
    put_known(writer, "items_only_before", true, part->moves.lost);
    put_known(writer, "items_only_now", true, part->moves.found);
    put_str(writer, "sentence", part->sentence);
}

static void put_area(tdm__json_writer *writer, const tdm__comparison *c, size_t index)
{
    const tdm__part *area = c->areas[index].part;
    tdm__json_put_name_str(writer, area->code);
    tdm__json_open_object(writer);
    put_part(writer, &c->areas[index]);
    tdm__json_put_name(writer, "sub_areas");
    tdm__json_open_object(writer);
    for (uint32_t i = area->first; i < area->first + area->count; i++) {
        tdm__json_put_name_str(writer, c->sub_areas[i].part->code);
        tdm__json_open_object(writer);
        put_part(writer, &c->sub_areas[i]);
        tdm__json_close_object(writer);
    }
    tdm__json_close_object(writer);
    tdm__json_close_object(writer);
}

static void put_total(tdm__json_writer *writer, const tdm__comparison *c)
{
    tdm__json_put_name(writer, "total");
    if (!c->has_total) {
        tdm__json_put_null(writer);
        return;
    }
    tdm__json_open_object(writer);
    put_part(writer, &c->total);
    tdm__json_close_object(writer);
}

static void put_items(tdm__json_writer *writer, const tdm__comparison *c)
{
    tdm__json_put_name(writer, "items");
    tdm__json_open_array(writer);
    for (size_t i = 0; i < c->item_count; i++) {
        const tdm__moved_item *item = &c->items[i];
        tdm__json_open_object(writer);
        put_str(writer, "item", item->code);
        put_known(writer, "before", true, item->before);
        put_known(writer, "now", true, item->now);
        put_code(writer, "change", item->better ? "better" : "worse");
        tdm__json_close_object(writer);
    }
    tdm__json_close_array(writer);
}

static void put_targets(tdm__json_writer *writer, const tdm__comparison *c)
{
    tdm__json_put_name(writer, "targets");
    tdm__json_open_array(writer);
    for (size_t i = 0; i < c->target_count; i++) {
        const tdm__followed_target *one = &c->targets[i];
        tdm__json_open_object(writer);
        put_str(writer, "item", one->target->item);
        put_known(writer, "before", one->target->has_current, one->target->current);
        put_known(writer, "target", one->target->has_target, one->target->target);
        tdm__json_put_name(writer, "by");
        if (one->target->by == TDM_DAY_NONE)
            tdm__json_put_null(writer);
        else
            put_day(writer, one->target->by);
        put_known(writer, "now", one->has_now, one->now);
        put_code(writer, "outcome", tdm__target_outcome_code(one->outcome));
        tdm__json_close_object(writer);
    }
    tdm__json_close_array(writer);
}

static void put_index(tdm__json_writer *writer, const tdm__comparison *c)
{
    tdm__json_put_name(writer, "reliable_change");
    if (!c->has_index) {
        tdm__json_put_null(writer);
        return;
    }
    tdm__json_open_object(writer);
    tdm__json_put_name(writer, "index");
    tdm__json_put_double(writer, c->index);
    put_str(writer, "source", c->source);
    tdm__json_close_object(writer);
}

void tdm__comparison_put(tdm__json_writer *writer, const tdm__comparison *comparison)
{
    const tdm__comparison *c = comparison;
    tdm__json_open_object(writer);
    put_str(writer, "instrument", c->before->instrument->texts[TDM__TEXT_ID]);
    put_str(writer, "child", c->before->child);
    put_str(writer, "carer", c->before->carer);
    put_side(writer, "before", c->before);
    put_side(writer, "now", c->now);
    tdm__json_put_name(writer, "comparable");
    tdm__json_put_bool(writer, c->reason == TDM__CHANGED);
    put_reason(writer, c->reason);
    tdm__json_put_name(writer, "areas");
    tdm__json_open_object(writer);
    for (size_t i = 0; i < c->before->instrument->areas.count; i++)
        put_area(writer, c, i);
    tdm__json_close_object(writer);
    put_total(writer, c);
    put_items(writer, c);
    put_targets(writer, c);
    put_index(writer, c);
    put_str(writer, "sentence", c->sentence);
    tdm__json_close_object(writer);
}

static void put_target_line(tdm__text *text, const tdm__followed_target *one)
{
    if (one->outcome == TDM__TARGET_NOT_SET)
        return;
    tdm__text_printf(text, "  Target for %.*s: %d", TDM_STR_ARGS(one->target->item),
                     (int)one->target->target);
    if (one->target->by != TDM_DAY_NONE) {
        char by[TDM_DATE_TEXT_SIZE];
        tdm_date_words(by, (tdm_date){one->target->by, one->target->by, 0});
        tdm__text_printf(text, " by %s", by);
    }
    if (one->has_now)
        tdm__text_printf(text, ", is %d", (int)one->now);
    tdm__text_printf(text, "; %s\n", tdm__target_outcome_words(one->outcome));
}

static void put_line(tdm__text *text, tdm_str sentence)
{
    tdm__text_puts(text, "  ");
    tdm__text_add(text, sentence);
    tdm__text_char(text, '\n');
}

void tdm__comparison_text(tdm__text *text, const tdm__comparison *comparison)
{
    const tdm__comparison *c = comparison;
    tdm__text_printf(text, "%.*s  %.*s -> %.*s\n", TDM_STR_ARGS(c->before->instrument->texts[TDM__TEXT_ID]),
                     TDM_STR_ARGS(c->before->assessment), TDM_STR_ARGS(c->now->assessment));
    for (size_t i = 0; c->reason == TDM__CHANGED && i < c->before->instrument->areas.count; i++)
        if (c->areas[i].reason != TDM__NOT_ASKED)
            put_line(text, c->areas[i].sentence);
    if (c->reason == TDM__CHANGED && c->has_total)
        put_line(text, c->total.sentence);
    for (size_t i = 0; i < c->item_count; i++)
        tdm__text_printf(text, "  %-8.*s %d -> %d  %s\n", TDM_STR_ARGS(c->items[i].code),
                         (int)c->items[i].before, (int)c->items[i].now,
                         c->items[i].better ? "better" : "worse");
    for (size_t i = 0; i < c->target_count; i++)
        put_target_line(text, &c->targets[i]);
    put_line(text, c->sentence);
    if (c->reason == TDM__WINDOW_MISSING)
        put_line(text,
                 TDM_LIT("Give the days to both forms: \"window\" in JSON, \"window from\" and \"window "
                         "to\" in a sheet."));
}
