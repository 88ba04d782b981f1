/*
 * Definitions built by hand (see fixture.h).
 */
#include "instrument/fixture.h"

#include <string.h>

static tdm_str s(const char *text)
{
    return tdm__str(text);
}

static void set_texts(tdm__instrument_builder *builder, const char *id)
{
    tdm__instrument_set_text(builder, s("id"), s(id));
    tdm__instrument_set_text(builder, s("version"), s("1.0.0"));
    tdm__instrument_set_text(builder, s("title"), s("A title"));
    tdm__instrument_set_text(builder, s("source"), s("made for the tests"));
    tdm__instrument_set_text(builder, s("licence"), s("none"));
    tdm__instrument_set_text(builder, s("respondent"), s("carer"));
    tdm__instrument_set_text(builder, s("direction"), s("higher-is-worse"));
}

static void set_policies(tdm__instrument_builder *builder, const char *policy, const char *areas_policy)
{
    tdm__instrument_set_policy(builder, s("items"), s(policy));
    tdm__instrument_set_policy(builder, s("sub_areas"), s(policy));
    tdm__instrument_set_policy(builder, s("areas"), s(areas_policy));
}

tdm_status fixture_grades(tdm_instrument **out, const tdm_allocator *allocator, const char *policy,
                          const char *areas_policy)
{
    static const char *const meanings[] = {"strength", "strength", "", "concern", "concern"};
    tdm__instrument_builder *b;
    *out = NULL;
    tdm_status status = tdm__instrument_builder_new(&b, allocator, s("grades.lua"), NULL);
    if (status != TDM_OK)
        return status;
    set_texts(b, "grades");
    for (int value = 1; value <= 5; value++)
        tdm__instrument_add_value(b, value, s("label"), s(meanings[value - 1]));
    tdm__instrument_add_area(b, s("X"), s("First"));
    tdm__instrument_add_sub_area(b, s("X1"), s("Of three"));
    tdm__instrument_add_item(b, s("X1a"), s("a"));
    tdm__instrument_add_item(b, s("X1b"), s("b"));
    tdm__instrument_add_item(b, s("X1c"), s("c"));
    tdm__instrument_add_sub_area(b, s("X2"), s("Direct"));
    tdm__instrument_add_area(b, s("Y"), s("Second"));
    tdm__instrument_add_sub_area(b, s("Y1"), s("Of two"));
    tdm__instrument_add_item(b, s("Y1a"), s("a"));
    tdm__instrument_add_item(b, s("Y1b"), s("b"));
    set_policies(b, policy, areas_policy);
    tdm__instrument_set_minimum(b, s("items"), 50);
    tdm__instrument_set_minimum(b, s("sub_areas"), 50);
    tdm__instrument_add_flag(b, s("X1c"), 3, s("matters alone"));
    tdm__instrument_add_conditional(b, s("calm"), s("X1"), s("X2"));
    return tdm__instrument_finish(out, b, NULL);
}

tdm_status fixture_ticks(tdm_instrument **out, const tdm_allocator *allocator, const char *policy)
{
    static const char *const codes[] = {"N1", "N2", "N3", "N4"};
    tdm__instrument_builder *b;
    *out = NULL;
    tdm_status status = tdm__instrument_builder_new(&b, allocator, s("ticks.lua"), NULL);
    if (status != TDM_OK)
        return status;
    set_texts(b, "ticks");
    tdm__instrument_add_value(b, 0, s("no"), s(""));
    tdm__instrument_add_value(b, 1, s("yes"), s("concern"));
    tdm__instrument_add_area(b, s("N"), s("All"));
    for (int i = 0; i < ROWS(codes); i++)
        tdm__instrument_add_sub_area(b, s(codes[i]), s("tick"));
    set_policies(b, "sum", policy);
    tdm__instrument_set_policy(b, s("sub_areas"), s(policy));
    return tdm__instrument_finish(out, b, NULL);
}

static void set_scales(tdm__instrument_builder *b, const char *ticks)
{
    static const char *const meanings[] = {"strength", "strength", "", "concern", "concern"};
    bool higher_is_better = strcmp(ticks, "higher-is-better") == 0;
    tdm__instrument_add_scale(b, s("grades"), s(""));
    for (int value = 1; value <= 5; value++)
        tdm__instrument_add_value(b, value, s("label"), s(meanings[value - 1]));
    tdm__instrument_add_scale(b, s("ticks"), s(ticks));
    tdm__instrument_add_value(b, 0, s("no"), s(higher_is_better ? "concern" : ""));
    tdm__instrument_add_value(b, 1, s("yes"), s(higher_is_better ? "" : "concern"));
}

tdm_status fixture_mixed(tdm_instrument **out, const tdm_allocator *allocator, mixed with, tdm_error *error)
{
    tdm__instrument_builder *b;
    *out = NULL;
    tdm_status status = tdm__instrument_builder_new(&b, allocator, s("mixed.lua"), error);
    if (status != TDM_OK)
        return status;
    set_texts(b, "mixed");
    tdm__instrument_set_event(b, s("tool-completed"));
    set_scales(b, with.direction);
    tdm__instrument_add_age_band(b, s("under-5"), s("Under 5"), 0, 60);
    tdm__instrument_add_age_band(b, s("over-5"), s("From 5 on"), 60, 216);
    tdm__instrument_add_area(b, s("A"), s("Grades"));
    tdm__instrument_set_area_scale(b, s("grades"));
    tdm__instrument_add_sub_area(b, s("A1"), s("Of three"));
    tdm__instrument_add_item(b, s("A1a"), s("a"));
    tdm__instrument_add_item(b, s("A1b"), s("b"));
    tdm__instrument_add_item(b, s("A1c"), s("c"));
    tdm__instrument_item_age(b, s("over-5"));
    tdm__instrument_add_sub_area(b, s("A2"), s("Direct"));
    tdm__instrument_sub_area_age(b, s("under-5"));
    tdm__instrument_add_area(b, s("T"), s("Ticks"));
    tdm__instrument_set_area_scale(b, s("ticks"));
    tdm__instrument_set_area_policy(b, s("items"), s("worst"));
    tdm__instrument_set_area_policy(b, s("sub_areas"), s("count"));
    tdm__instrument_set_area_minimum(b, s("items"), 0);
    tdm__instrument_add_sub_area(b, s("T1"), s("one"));
    tdm__instrument_add_sub_area(b, s("T2"), s("two"));
    tdm__instrument_add_sub_area(b, s("T3"), s("three"));
    tdm__instrument_sub_area_age(b, s("over-5"));
    set_policies(b, "majority-with-override", with.areas);
    tdm__instrument_set_minimum(b, s("items"), 50);
    tdm__instrument_set_minimum(b, s("sub_areas"), 50);
    return tdm__instrument_finish(out, b, error);
}

void fixture_form(tdm__text *out, const char *instrument, const char *items, const char *more)
{
    tdm__text_init(out, &tdm__malloc_allocator);
    tdm__text_printf(
        out,
        "{\"instrument\": \"%s\", \"version\": \"1.0.0\",\n\"id\": \"as-1\", \"child\": \"c-1\",\n"
        "\"date\": \"2024-03-05\",\n\"items\": {%s}%s}",
        instrument, items, more);
}

tdm_score *fixture_score(const tdm_instrument *instrument, const char *items, const char *more)
{
    tdm__text form;
    tdm_assessment *assessment;
    tdm_score *score;
    tdm_error error = {0};
    fixture_form(&form, tdm_instrument_id(instrument).data, items, more);
    tdm_status status = tdm_assessment_read(&assessment, &tdm__malloc_allocator, tdm__text_str(&form),
                                            TDM_LIT("f.json"), 1, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    status = tdm_score_make(&score, &tdm__malloc_allocator, assessment, instrument, NULL, &error);
    ck_assert_msg(status == TDM_OK, "%s", error.message);
    tdm_assessment_free(assessment);
    tdm__text_free(&form);
    return score;
}

tdm_status fixture_append(const char *bytes, size_t length, void *payload)
{
    tdm__text_bytes(payload, bytes, length);
    return TDM_OK;
}
