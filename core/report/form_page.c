/*
 * The page of a form, and the pieces of it that stand on paper and in the record alike.
 */
#include "report/form_page.h"

#include <stdio.h>

#include "report/html.h"

bool tdm__form_is_draft(const tdm__form *form)
{
    return form->assessment && tdm__str_equal(form->assessment->texts[TDM__FORM_STATUS], TDM_LIT("draft"));
}

static void put_head(tdm__form *form)
{
    tdm_str about = form->assessment ? form->assessment->texts[TDM__FORM_ID] : TDM_LIT("");
    tdm__html_open(&form->out);
    tdm__put(&form->out, "%h%r%h", form->instrument->texts[TDM__TEXT_TITLE], about.length > 0 ? ": " : "",
             about);
    tdm__html_opened(&form->out, tdm__form_style);
}

/* Sheets of a record get apart: a table's head is what browsers print on each of them. */
static void put_running_head(tdm__form *form)
{
    tdm__put(&form->out,
             "<table class=\"sheet\" role=\"presentation\"><thead aria-hidden=\"true\"><tr><td>Child "
             "%h, assessment %h%r</td></tr></thead><tbody><tr><td>\n",
             form->assessment->texts[TDM__FORM_CHILD], form->assessment->texts[TDM__FORM_ID],
             tdm__form_is_draft(form) ? ", <strong>DRAFT</strong>" : "");
}

void tdm__form_open(tdm__form *form)
{
    const tdm_str *texts = form->instrument->texts;
    const char *kind = tdm__form_is_draft(form) ? "Draft of a record" : "Completed record";
    put_head(form);
    tdm__put(&form->out, "<div class=\"form %r\">\n", form->assessment ? "record" : "blank");
    if (form->assessment)
        put_running_head(form);
    tdm__put(&form->out,
             "<header>\n<div class=\"masthead\"><div><p class=\"kind\">%r</p><h1>%h</h1></div><p "
             "class=\"mark\">%h<br/>version %h</p></div>\n",
             form->assessment ? kind : "Form to fill in by hand", texts[TDM__TEXT_TITLE], texts[TDM__TEXT_ID],
             texts[TDM__TEXT_VERSION]);
}

void tdm__form_stance(tdm__form *form)
{
    tdm__put(&form->out,
             "<p class=\"stance\"><strong>This supports judgement and does not replace it.</strong> It gives "
             "no score of risk. What was not seen or not recorded is missing: it is never taken to be "
             "fine.</p>\n");
}

static const tdm__aggregation *policy_of(const tdm__form *form, tdm__level level, uint32_t area)
{
    if (form->score)
        return tdm__score_policy(form->score, level, area);
    return level == TDM__LEVEL_AREAS ? form->instrument->policies[level]
                                     : tdm__instrument_policy(form->instrument, level, area);
}

/* "items by worst, sub-areas by count"; an area with rules of its own is named. */
static void put_policies(tdm__form *form)
{
    const tdm__parts *areas = &form->instrument->areas;
    const tdm__aggregation *items = policy_of(form, TDM__LEVEL_ITEMS, 0);
    const tdm__aggregation *sub_areas = policy_of(form, TDM__LEVEL_SUB_AREAS, 0);
    const tdm__aggregation *total = policy_of(form, TDM__LEVEL_AREAS, 0);
    tdm__put(&form->out, "items by %r, sub-areas by %r", items->name, sub_areas->name);
    if (total->kind != TDM__POLICY_NOTHING)
        tdm__put(&form->out, ", areas by %r", total->name);
    for (uint32_t i = 1; i < areas->count; i++) {
        const tdm__aggregation *own_items = policy_of(form, TDM__LEVEL_ITEMS, i);
        const tdm__aggregation *own_sub_areas = policy_of(form, TDM__LEVEL_SUB_AREAS, i);
        if (own_items != items || own_sub_areas != sub_areas)
            tdm__put(&form->out, "; in area %h items by %r, sub-areas by %r", areas->items[i].code,
                     own_items->name, own_sub_areas->name);
    }
    if (total->kind == TDM__POLICY_NOTHING)
        tdm__put(&form->out, "; nothing is added up over the areas");
}

void tdm__form_close(tdm__form *form)
{
    const tdm_str *texts = form->instrument->texts;
    tdm__output *out = &form->out;
    tdm__put(out, "</main>\n<footer><p><strong>Definition:</strong> %h, version %h. Put together: ",
             texts[TDM__TEXT_ID], texts[TDM__TEXT_VERSION]);
    put_policies(form);
    tdm__put(out, ". <strong>Licence:</strong> %h <strong>Source:</strong> %h", texts[TDM__TEXT_LICENCE],
             texts[TDM__TEXT_SOURCE]);
    if (form->texts)
        tdm__put(out, " <strong>Words of the items and grades:</strong> %h", tdm__texts_licence(form->texts));
    tdm__put(out, " Tidemark %z.</p></footer>\n%r</div>\n</body>\n</html>\n", tdm_version(),
             form->assessment ? "</td></tr></tbody></table>\n" : "");
}

/* "0 no", "1 yes": labels short enough to stand in the boxes that are ticked. */
static bool labels_in_boxes(const tdm__scale *scale)
{
    const size_t longest = 6;
    for (size_t i = 0; i < scale->value_count; i++)
        if (scale->values[i].label.length == 0 || scale->values[i].label.length > longest)
            return false;
    return scale->value_count == 2;
}

/* Tenths of a millimetre; grades of up to two digits have boxes of one size. */
static int box_width(const tdm__scale *scale, bool to_tick)
{
    int longest = 2;
    for (size_t i = 0; i < scale->value_count; i++) {
        int length = snprintf(NULL, 0, "%d", (int)scale->values[i].value);
        if (to_tick && labels_in_boxes(scale))
            length += 1 + (int)scale->values[i].label.length;
        longest = length > longest ? length : longest;
    }
    return 20 + 18 * longest;
}

int tdm__form_boxes_width(const tdm__scale *scale, bool to_tick)
{
    const int gap = 7, state_box = 94, written = 330, smaller = 10;
    int box = box_width(scale, to_tick) + gap - (to_tick ? 0 : smaller), boxes = written;
    if (scale->value_count <= TDM__FORM_BOXES_MAX)
        boxes = (int)scale->value_count * box;
    return boxes + (to_tick ? 2 * (state_box + gap) : 0);
}

static const char *box_class(const tdm__scale_value *value, bool chosen)
{
    if (value->meaning == TDM__MEANING_CONCERN)
        return chosen ? "b c on" : "b c";
    return chosen ? "b on" : "b";
}

void tdm__form_boxes(tdm__form *form, const tdm__scale *scale, const int32_t *chosen)
{
    if (scale->value_count > TDM__FORM_BOXES_MAX) {
        if (chosen)
            tdm__put(&form->out, "<span class=\"b on\">%d</span>", (int)*chosen);
        else
            tdm__put(&form->out, "<span class=\"b written\"></span>");
        tdm__put(&form->out, "<span class=\"range\">%d to %d</span>", (int)tdm__scale_lowest(scale),
                 (int)tdm__scale_highest(scale));
        return;
    }
    for (size_t i = 0; i < scale->value_count; i++) {
        const tdm__scale_value *value = &scale->values[i];
        bool labelled = !form->assessment && labels_in_boxes(scale);
        tdm__put(&form->out, "<span class=\"%r%r\">%d%r%h</span>",
                 box_class(value, chosen && *chosen == value->value), labelled ? " l" : "", (int)value->value,
                 labelled ? " " : "", labelled ? value->label : TDM_LIT(""));
    }
}

static bool all_labelled(const tdm__scale *scale)
{
    for (size_t i = 0; i < scale->value_count; i++)
        if (scale->values[i].label.length == 0)
            return false;
    return true;
}

void tdm__form_legend(tdm__form *form, const tdm__scale *scale)
{
    tdm__output *out = &form->out;
    if (labels_in_boxes(scale))
        return;
    tdm__put(out, "<ul class=\"legend\">");
    if (!all_labelled(scale))
        tdm__put(out, "<li>%d to %d; %r is worse</li>", (int)tdm__scale_lowest(scale),
                 (int)tdm__scale_highest(scale), scale->higher_is_worse ? "higher" : "lower");
    for (size_t i = 0; i < scale->value_count; i++) {
        const tdm__scale_value *value = &scale->values[i];
        if (value->label.length > 0)
            tdm__put(out, "<li><span class=\"%r\">%d</span> %h</li>", box_class(value, false),
                     (int)value->value, value->label);
    }
    tdm__put(out, "</ul>\n");
}

bool tdm__form_is_own_item(const tdm_instrument *instrument, uint32_t sub_area)
{
    const tdm__part *part = &instrument->sub_areas.items[sub_area];
    return part->count == 1 && tdm__str_equal(instrument->items.items[part->first].code, part->code);
}

bool tdm__form_only_items(const tdm_instrument *instrument, const tdm__part *area)
{
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        if (!tdm__form_is_own_item(instrument, i))
            return false;
    return true;
}

void tdm__form_name(tdm__form *form, const tdm__part *part)
{
    tdm__put(&form->out, "<span class=\"code\">%h</span> %h", part->code, part->title);
}

static void put_grade_text(tdm__form *form, const char *name, tdm_str text)
{
    if (text.length > 0)
        tdm__put(&form->out, "<div><dt>%r</dt><dd>%h</dd></div>", name, text);
}

static bool any_grade_text(const tdm__form *form, tdm_str code, const tdm__scale *grades)
{
    for (size_t i = 0; i < grades->value_count; i++)
        if (tdm__texts_grade(form->texts, code, grades->values[i].value).length > 0)
            return true;
    return tdm__texts_state(form->texts, code, TDM__ENTRY_NOT_SEEN).length > 0 ||
           tdm__texts_state(form->texts, code, TDM__ENTRY_NOT_APPLICABLE).length > 0;
}

void tdm__form_texts(tdm__form *form, tdm_str code, const tdm__scale *grades)
{
    tdm_str text = tdm__texts_part(form->texts, code);
    if (text.length > 0)
        tdm__put(&form->out, "<p class=\"words\">%h</p>", text);
    if (!grades || !any_grade_text(form, code, grades))
        return;
    tdm__put(&form->out, "<dl class=\"words\">");
    for (size_t i = 0; i < grades->value_count; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", (int)grades->values[i].value);
        put_grade_text(form, name, tdm__texts_grade(form->texts, code, grades->values[i].value));
    }
    put_grade_text(form, "not seen", tdm__texts_state(form->texts, code, TDM__ENTRY_NOT_SEEN));
    put_grade_text(form, "n/a", tdm__texts_state(form->texts, code, TDM__ENTRY_NOT_APPLICABLE));
    tdm__put(&form->out, "</dl>");
}

void tdm__form_targets_open(tdm__form *form)
{
    tdm__put(&form->out,
             "<section class=\"part\"><h2>Targets</h2>\n<div class=\"scroll\" "
             "role=\"region\" aria-label=\"Targets\" tabindex=\"0\"><table class=\"paper\"><thead><tr>"
             "<th scope=\"col\">Item</th><th scope=\"col\">Grade now</th>"
             "<th scope=\"col\">To change by</th><th scope=\"col\">Target</th>"
             "<th scope=\"col\">Grade at review</th></tr></thead><tbody>\n");
}

void tdm__form_targets_close(tdm__form *form)
{
    tdm__put(&form->out, "</tbody></table></div></section>\n");
}

bool tdm__form_marks(const tdm_instrument *instrument, tdm__meaning meaning)
{
    for (size_t s = 0; s < instrument->scale_count; s++)
        for (size_t i = 0; i < instrument->scales[s].value_count; i++)
            if (instrument->scales[s].values[i].meaning == meaning)
                return true;
    return false;
}
