/*
 * The blank form: what is filled in by hand, area by area, with room for what was seen and said.
 */
#include <stdio.h>

#include "instrument/words.h"
#include "report/form_page.h"
#include "report/view.h"

#define TARGET_ROWS 3
#define SHORT_AREA  4 /* sub-areas */
/* Tenths of a millimetre; wider than that, there is no room for writing beside the boxes. */
#define WIDE_BOXES 660

static void put_field(tdm__form *form, const char *css_class, const char *label, const char *content)
{
    tdm__put(&form->out, "<div%r><dt>%r</dt><dd>%r</dd></div>", css_class, label, content);
}

static void put_option(tdm__form *form, tdm_str text)
{
    tdm__put(&form->out, "<span class=\"option\"><span class=\"tick\"></span>%h</span>", text);
}

static void put_age_bands(tdm__form *form)
{
    const tdm_instrument *instrument = form->instrument;
    if (instrument->age_band_count == 0)
        return;
    tdm__put(&form->out, "<div class=\"whole\"><dt>Age of the child</dt><dd>");
    for (size_t i = 0; i < instrument->age_band_count; i++)
        put_option(form, instrument->age_bands[i].title);
    tdm__put(&form->out, "</dd></div>");
}

/* A condition may stand in several rules; its box stands once. */
static bool named_before(const tdm_instrument *instrument, size_t rule)
{
    for (size_t i = 0; i < rule; i++)
        if (tdm__str_equal(instrument->conditionals[i].condition, instrument->conditionals[rule].condition))
            return true;
    return false;
}

static void put_conditions(tdm__form *form)
{
    const tdm_instrument *instrument = form->instrument;
    if (instrument->conditional_count == 0)
        return;
    tdm__put(&form->out, "<div class=\"whole\"><dt>Conditions that hold</dt><dd>");
    for (size_t i = 0; i < instrument->conditional_count; i++) {
        const tdm__conditional *rule = &instrument->conditionals[i];
        char words[TDM__WORDS_SIZE];
        if (!named_before(instrument, i)) {
            tdm__code_as_words(words, rule->condition);
            put_option(form, tdm__str(words));
        }
        tdm__put(&form->out, "<span class=\"ages\">%h then takes the grade of %h</span> ",
                 rule->sub_area_code, rule->takes_code);
    }
    tdm__put(&form->out, "</dd></div>");
}

/* What the form is about, where that is neither the child nor the carer. */
static const char *subject_label(tdm_str respondent)
{
    static const char *const labels[][2] = {
        {"home", "Home"}, {"agency", "Agency it is about"}, {"case", "Case"}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (tdm__str_equal(respondent, tdm__str(labels[i][0])))
            return labels[i][1];
    return NULL;
}

static void put_next_due(tdm__form *form)
{
    tdm__text after;
    tdm__text_init(&after, form->out.text.allocator);
    tdm__review_after_words(&after, form->instrument);
    if (after.length > 0)
        tdm__put(&form->out, "<div class=\"whole\"><dt>Next due, %h after the date</dt><dd></dd></div>",
                 tdm__text_str(&after));
    form->out.text.failed = form->out.text.failed || after.failed;
    tdm__text_free(&after);
}

static void put_fields(tdm__form *form)
{
    static const char purpose[] = "<span class=\"option\"><span class=\"tick\"></span>baseline</span> "
                                  "<span class=\"option\"><span class=\"tick\"></span>review</span>";
    const char *subject = subject_label(form->instrument->texts[TDM__TEXT_RESPONDENT]);
    tdm__put(&form->out, "<dl class=\"fields\">");
    put_field(form, "", "Child (id)", "");
    put_field(form, "", "Carer", "");
    put_field(form, "", "Assessor", "");
    put_field(form, "", "Role", "");
    put_field(form, "", "Agency", "");
    put_field(form, "", "Date", "");
    put_field(form, "", "About the days from, to", "");
    put_field(form, "", "Baseline or review", purpose);
    if (subject)
        put_field(form, " class=\"whole\"", subject, "");
    put_age_bands(form);
    put_conditions(form);
    put_next_due(form);
    tdm__put(&form->out, "</dl>\n");
}

/* "Under 2" as it stands within a sentence; an abbreviation stays as it is. */
static void put_in_sentence(tdm__form *form, tdm_str title)
{
    char first = title.length > 1 && title.data[1] >= 'a' && title.data[1] <= 'z' ? title.data[0] : '\0';
    if (first < 'A' || first > 'Z') {
        tdm__put(&form->out, "%h", title);
        return;
    }
    first = (char)(first + 32);
    tdm__put(&form->out, "%h%h", (tdm_str){&first, 1}, (tdm_str){title.data + 1, title.length - 1});
}

/* That a grade of the item matters alone, whatever the area comes to. */
static void put_flag(tdm__form *form, tdm_str code)
{
    for (size_t i = 0; i < form->instrument->flag_count; i++)
        if (tdm__str_equal(form->instrument->flags[i].code, code))
            tdm__put(&form->out, " <span class=\"ages\">flag from %d</span>",
                     (int)form->instrument->flags[i].from);
}

/* The ages that an item is asked at, where it is not asked at every one. */
static void put_ages(tdm__form *form, const tdm__part *item)
{
    const tdm_instrument *instrument = form->instrument;
    bool any = false;
    for (size_t i = 0; i < instrument->age_band_count && item->ages != TDM__ALL_AGES; i++)
        if (item->ages >> i & 1u) {
            tdm__put(&form->out, "%r", any ? ", " : " <span class=\"ages\">only ");
            put_in_sentence(form, instrument->age_bands[i].title);
            any = true;
        }
    tdm__put(&form->out, "%r", any ? "</span>" : "");
}

static void put_answer(tdm__form *form, const tdm__scale *scale)
{
    tdm__put(&form->out, "<span class=\"boxes\">");
    tdm__form_boxes(form, scale, NULL);
    tdm__put(&form->out, "<span class=\"b state\">not seen</span><span class=\"b state\">n/a</span></span>");
}

static void put_item(tdm__form *form, const tdm__part *item, bool own, const tdm__scale *scale)
{
    tdm__put(&form->out, "<li><span class=\"name\">");
    if (!own)
        tdm__form_name(form, item);
    put_ages(form, item);
    put_flag(form, item->code);
    tdm__put(&form->out, "</span>");
    put_answer(form, scale);
    tdm__form_texts(form, item->code, scale);
    tdm__put(&form->out, "</li>\n");
}

/* Room for what the parts come to, where the instrument puts them together. */
static void put_result_box(tdm__form *form, const tdm__aggregation *policy, const char *whose)
{
    static const char *const labels[] = {
        [TDM__POLICY_GRADE] = "Grade", [TDM__POLICY_SUM] = "Sum",    [TDM__POLICY_COUNT] = "Count",
        [TDM__POLICY_SHARE] = "Count", [TDM__POLICY_NOTHING] = NULL,
    };
    const char *label = labels[policy->kind];
    if (label)
        tdm__put(&form->out, "<span class=\"result\">%r%r <span class=\"write\"></span></span>", label,
                 whose);
}

static void put_room(tdm__form *form)
{
    tdm__put(&form->out,
             "<div class=\"room\">Evidence</div><div class=\"room\">The child&#39;s words</div></div>\n");
}

static void put_sub_area(tdm__form *form, uint32_t index, const tdm__scale *scale)
{
    const tdm__part *sub_area = &form->instrument->sub_areas.items[index];
    bool own = tdm__form_is_own_item(form->instrument, index);
    tdm__put(&form->out, "<div class=\"sub\"><div><h3>");
    tdm__form_name(form, sub_area);
    tdm__put(&form->out, "</h3>");
    if (!own) {
        tdm__form_texts(form, sub_area->code, NULL);
        put_result_box(form, tdm__instrument_policy(form->instrument, TDM__LEVEL_ITEMS, sub_area->parent),
                       "");
    }
    tdm__put(&form->out, "</div>\n<ul class=\"items\">");
    for (uint32_t i = sub_area->first; i < sub_area->first + sub_area->count; i++)
        put_item(form, &form->instrument->items.items[i], own, scale);
    tdm__put(&form->out, "</ul>\n");
    put_room(form);
}

/* Where people speak of items only: name and words on the left, nothing but boxes beside them. */
static void put_plain_item(tdm__form *form, uint32_t sub_area, const tdm__scale *scale)
{
    const tdm_instrument *instrument = form->instrument;
    const tdm__part *item = &instrument->items.items[instrument->sub_areas.items[sub_area].first];
    tdm__put(&form->out, "<div class=\"sub\"><div><h3>");
    tdm__form_name(form, item);
    tdm__put(&form->out, "</h3>");
    put_ages(form, item);
    put_flag(form, item->code);
    tdm__form_texts(form, item->code, scale);
    tdm__put(&form->out, "</div>\n<div class=\"answer\">");
    put_answer(form, scale);
    tdm__put(&form->out, "</div>\n");
    put_room(form);
}

/* "1 to 2", "3 or more", "0" */
static void band_numbers(char out[32], const tdm__band *band)
{
    if (band->to == INT32_MAX)
        snprintf(out, 32, "%d or more", (int)band->from);
    else if (band->to == band->from)
        snprintf(out, 32, "%d", (int)band->from);
    else
        snprintf(out, 32, "%d to %d", (int)band->from, (int)band->to);
}

/* The ranges of an area's number, or of the total's (TDM__NO_PART), with whose they are. */
static void put_bands(tdm__form *form, uint32_t area)
{
    const tdm_instrument *instrument = form->instrument;
    const tdm__band_set *set = tdm__instrument_bands_of(instrument, area);
    if (!set)
        return;
    bool share = area == TDM__NO_PART && instrument->policies[TDM__LEVEL_AREAS]->kind == TDM__POLICY_SHARE;
    tdm__put(&form->out, "<p class=\"decided\">Ranges%r: ", share ? ", in percent" : "");
    for (size_t i = set->first; i < set->first + set->count; i++) {
        const tdm__band *band = &instrument->bands[i];
        char numbers[32];
        band_numbers(numbers, band);
        tdm__put(&form->out, "%r%z", i > set->first ? "; " : "", numbers);
        if (!tdm__str_equal(band->label, tdm__str(numbers)))
            tdm__put(&form->out, " (&quot;%h&quot;)", band->label);
    }
    tdm__put(&form->out, ". Source: %h</p>\n", set->source);
}

/* The first sub-area keeps together with the area's heading. */
static void put_sub_areas(tdm__form *form, const tdm__part *area, bool plain, const tdm__scale *scale)
{
    for (uint32_t i = area->first; i < area->first + area->count; i++) {
        if (plain)
            put_plain_item(form, i, scale);
        else
            put_sub_area(form, i, scale);
        if (i == area->first)
            tdm__put(&form->out, "</div>\n");
    }
}

static void put_area(tdm__form *form, uint32_t index)
{
    const tdm_instrument *instrument = form->instrument;
    const tdm__part *area = &instrument->areas.items[index];
    const tdm__scale *scale = tdm__instrument_area_scale(instrument, index);
    bool plain = tdm__form_only_items(instrument, area);
    bool told = tdm__instrument_policy(instrument, TDM__LEVEL_ITEMS, index)->kind == TDM__POLICY_NOTHING;
    int boxes = tdm__form_boxes_width(scale, true);
    tdm__put(&form->out, "<section class=\"area%r%r%r\" style=\"--name:29mm;--boxes:%tmm\">\n",
             plain ? " plain" : "", boxes > WIDE_BOXES ? " wide" : "", told ? " told" : "", boxes);
    tdm__put(&form->out, "<div class=\"keep\"><div class=\"bar\"><h2>");
    tdm__form_name(form, area);
    tdm__put(&form->out, "</h2>");
    put_result_box(form, tdm__instrument_policy(instrument, TDM__LEVEL_SUB_AREAS, index), " of the area");
    tdm__put(&form->out, "</div>\n");
    put_bands(form, index);
    tdm__form_legend(form, scale);
    tdm__form_texts(form, area->code, NULL);
    put_sub_areas(form, area, plain, scale);
    tdm__put(&form->out, "</section>\n");
}

static void put_total(tdm__form *form)
{
    const tdm__aggregation *policy = form->instrument->policies[TDM__LEVEL_AREAS];
    if (policy->kind == TDM__POLICY_NOTHING)
        return;
    if (form->instrument->areas.count > 1) {
        tdm__put(&form->out, "<div class=\"bar part\"><h2>All areas</h2>");
        put_result_box(form, policy, " of all areas");
        tdm__put(&form->out, "</div>\n");
    }
    put_bands(form, TDM__NO_PART);
}

static void put_targets(tdm__form *form)
{
    tdm__form_targets_open(form);
    for (int row = 0; row < TARGET_ROWS; row++)
        tdm__put(&form->out, "<tr><td></td><td></td><td></td><td></td><td></td></tr>\n");
    tdm__form_targets_close(form);
}

static void put_signatures(tdm__form *form)
{
    tdm__put(&form->out, "<section class=\"part\"><h2>Signatures</h2>\n<div class=\"signatures\">"
                         "<div>Assessor, date</div><div>Carer, date</div><div>Countersigned by, date</div>"
                         "</div></section>\n");
}

/* A short last area goes onto the page of targets and signatures, which would be almost empty without it. */
static void put_end(tdm__form *form)
{
    const tdm__parts *areas = &form->instrument->areas;
    const tdm__part *last = &areas->items[areas->count - 1];
    bool together = areas->count > 1 && last->count <= SHORT_AREA;
    tdm__put(&form->out, "<div%r>\n", together ? " class=\"end\"" : "");
    put_area(form, (uint32_t)areas->count - 1);
    put_total(form);
    put_targets(form);
    put_signatures(form);
    tdm__put(&form->out, "</div>\n");
}

static void put_how(tdm__form *form)
{
    bool concerns = tdm__form_marks(form->instrument, TDM__MEANING_CONCERN);
    tdm__put(&form->out,
             "<p class=\"whose\"><strong>How:</strong> one box for each item; <strong>n/a</strong>: the "
             "question does not arise here. %r%rWrite down what was seen and what the child said, in the "
             "child&#39;s own "
             "words.</p>\n<p class=\"whose\"><strong>Whose words:</strong> %h</p>\n",
             concerns ? "A box with a heavy foot is a grade of concern. " : "",
             form->instrument->flag_count > 0
                 ? "<strong>Flag</strong>: from that grade on the item matters alone. "
                 : "",
             form->texts ? tdm__texts_licence(form->texts) : form->instrument->texts[TDM__TEXT_LICENCE]);
}

tdm_status tdm__report_blank_form(const tdm_instrument *instrument, const tdm__texts *texts,
                                  const tdm_allocator *allocator, tdm_sink sink, tdm_error *error)
{
    tdm__form form = {.instrument = instrument, .texts = texts};
    tdm__output_init(&form.out, allocator, sink);
    tdm__form_open(&form);
    tdm__form_stance(&form);
    put_how(&form);
    tdm__put(&form.out, "</header>\n<main>\n");
    put_fields(&form);
    for (uint32_t i = 0; i + 1 < instrument->areas.count; i++)
        put_area(&form, i);
    put_end(&form);
    tdm__form_close(&form);
    return tdm__output_end(&form.out, error);
}
