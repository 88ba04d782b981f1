/*
 * From the scored questions of a Questionnaire to a definition that adds up: an area for each group at the
 * top and each set of grades in it, an item for each question. FHIR carries no other way.
 */
#include "instrument/fhir_parts.h"

#include <stdio.h>
#include <stdlib.h>

static const char source[] = "Read from a Questionnaire; FHIR carries no way of putting values together: "
                             "they are added up, and more is "
                             "taken to be worse.";

/* The different grades that the options of a question have, ascending. */
typedef struct grade_set {
    const tdm__fhir_option **options; /* the first of each grade */
    size_t count;
} grade_set;

typedef struct area {
    uint32_t root;
    uint32_t scale;
} area;

typedef struct plan {
    tdm__fhir_questionnaire *questionnaire;
    const tdm__json *document;
    tdm_error *error;
    tdm__arena *arena;
    grade_set *scales;
    uint32_t scale_count;
    area *areas;
    uint32_t area_count;
    size_t scored;
    bool link_ids_are_codes;
} plan;

static int compare_options(const void *a, const void *b)
{
    const tdm__fhir_option *const *left = a, *const *right = b;
    int order = ((*left)->grade > (*right)->grade) - ((*left)->grade < (*right)->grade);
    return order != 0 ? order : (*left > *right) - (*left < *right);
}

static tdm_status grades_of(grade_set *out, const plan *p, const tdm__fhir_link *link)
{
    size_t count = 0;
    out->count = 0;
    out->options = tdm__arena_array(p->arena, link->option_count, sizeof *out->options);
    if (!out->options)
        return tdm__no_memory(p->error);
    for (size_t i = 0; i < link->option_count; i++)
        if (link->options[i].graded)
            out->options[count++] = &link->options[i];
    qsort(out->options, count, sizeof *out->options, compare_options);
    for (size_t i = 0; i < count; i++)
        if (out->count == 0 || out->options[out->count - 1]->grade != out->options[i]->grade)
            out->options[out->count++] = out->options[i];
    if (out->count >= 2 && out->count <= TDM_INSTRUMENT_VALUES_MAX)
        return TDM_OK;
    return tdm__fail_at(p->error, TDM_INVALID_INPUT, (tdm_place){tdm__json_file(p->document), link->line, 0},
                        "a question with grades: expected from 2 to %u different ones",
                        TDM_INSTRUMENT_VALUES_MAX);
}

static bool same_grades(const grade_set *a, const grade_set *b)
{
    for (size_t i = 0; i < a->count && a->count == b->count; i++)
        if (a->options[i]->grade != b->options[i]->grade)
            return false;
    return a->count == b->count;
}

/* The number of that scale; a new one where no question before had it. */
static uint32_t scale_number(plan *p, const grade_set *grades)
{
    for (uint32_t i = 0; i < p->scale_count; i++)
        if (same_grades(&p->scales[i], grades))
            return i;
    p->scales[p->scale_count] = *grades;
    return p->scale_count++;
}

static uint32_t area_number(plan *p, uint32_t root, uint32_t scale)
{
    for (uint32_t i = 0; i < p->area_count; i++)
        if (p->areas[i].root == root && p->areas[i].scale == scale)
            return i;
    p->areas[p->area_count] = (area){root, scale};
    return p->area_count++;
}

/* "g1" is what an area is called. */
static bool like_an_area(tdm_str code)
{
    for (size_t i = 1; i < code.length; i++)
        if (code.data[i] < '0' || code.data[i] > '9')
            return false;
    return code.length > 1 && code.data[0] == 'g';
}

static tdm_status place(plan *p)
{
    tdm__fhir_questionnaire *questionnaire = p->questionnaire;
    p->link_ids_are_codes = true;
    for (size_t i = 0; i < questionnaire->link_count; i++) {
        tdm__fhir_link *link = &questionnaire->links[i];
        grade_set grades;
        if (!link->scored)
            continue;
        tdm_status status = grades_of(&grades, p, link);
        if (status != TDM_OK)
            return status;
        link->area = area_number(p, link->root, scale_number(p, &grades));
        p->link_ids_are_codes = p->link_ids_are_codes && tdm__instrument_code_valid(link->link_id) &&
                                !like_an_area(link->link_id);
    }
    return TDM_OK;
}

/* Link ids are codes where all of them can be; else questions are numbered in their order. */
static tdm_status name_items(const plan *p)
{
    tdm__fhir_questionnaire *questionnaire = p->questionnaire;
    unsigned number = 0;
    for (size_t i = 0; i < questionnaire->link_count; i++) {
        tdm__fhir_link *link = &questionnaire->links[i];
        char code[16];
        if (!link->scored)
            continue;
        snprintf(code, sizeof code, "q%u", ++number);
        link->code = p->link_ids_are_codes ? link->link_id : tdm__arena_copy(p->arena, tdm__str(code));
        if (!link->code.data)
            return tdm__no_memory(p->error);
    }
    return TDM_OK;
}

static tdm_str first_given(const tdm_str *texts, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++)
        if (texts[i].length > 0)
            return texts[i];
    return texts[count - 1];
}

/* Whom the answers are about, by the first type of the subject. */
static tdm_str respondent(const tdm__json_value *root)
{
    tdm_str type = tdm__json_string(tdm__json_first(tdm__json_member(root, "subjectType")));
    if (tdm__str_equal(type, TDM_LIT("RelatedPerson")))
        return TDM_LIT("carer");
    if (tdm__str_equal(type, TDM_LIT("Location")))
        return TDM_LIT("home");
    return tdm__str(tdm__str_equal(type, TDM_LIT("Organization")) ? "agency" : "child");
}

static void set_texts(const plan *p, tdm__instrument_builder *builder)
{
    const tdm__json_value *root = tdm__json_root(p->document);
    const tdm__fhir_questionnaire *questionnaire = p->questionnaire;
    const tdm_str titles[] = {tdm__fhir_text(root, "title"), tdm__fhir_text(root, "name"),
                              questionnaire->url};
    const tdm_str versions[] = {questionnaire->version, TDM_LIT("unversioned")};
    const tdm_str licences[] = {tdm__fhir_text(root, "copyright"), TDM_LIT("Not stated.")};
    tdm__instrument_set_text(builder, TDM_LIT("id"), questionnaire->url);
    tdm__instrument_set_text(builder, TDM_LIT("version"), first_given(versions, 2));
    tdm__instrument_set_text(builder, TDM_LIT("title"), first_given(titles, 3));
    tdm__instrument_set_text(builder, TDM_LIT("source"), tdm__str(source));
    tdm__instrument_set_text(builder, TDM_LIT("licence"), first_given(licences, 2));
    tdm__instrument_set_text(builder, TDM_LIT("respondent"), respondent(root));
    tdm__instrument_set_text(builder, TDM_LIT("direction"), TDM_LIT("higher-is-worse"));
}

static void add_scales(const plan *p, tdm__instrument_builder *builder)
{
    for (uint32_t i = 0; i < p->scale_count; i++) {
        const grade_set *grades = &p->scales[i];
        char name[16];
        snprintf(name, sizeof name, "s%u", (unsigned)i + 1);
        tdm__instrument_add_scale(builder, tdm__str(name), TDM_LIT(""));
        for (size_t g = 0; g < grades->count; g++)
            tdm__instrument_add_value(builder, grades->options[g]->grade, grades->options[g]->label,
                                      TDM_LIT(""));
    }
}

static void add_area(const plan *p, tdm__instrument_builder *builder, uint32_t number)
{
    const area *here = &p->areas[number];
    const tdm__fhir_questionnaire *questionnaire = p->questionnaire;
    char code[16], scale[16];
    snprintf(code, sizeof code, "g%u", (unsigned)number + 1);
    snprintf(scale, sizeof scale, "s%u", (unsigned)here->scale + 1);
    const tdm_str titles[] = {
        here->root != TDM__NO_PART ? questionnaire->links[here->root].title : TDM_LIT(""),
        here->root != TDM__NO_PART ? questionnaire->links[here->root].link_id : TDM_LIT("Questions")};
    tdm__instrument_add_area(builder, tdm__str(code), first_given(titles, 2));
    tdm__instrument_set_area_scale(builder, tdm__str(scale));
}

/* Each area with its questions in their order; links are bucketed by area first, which takes one pass. */
static tdm_status add_parts(const plan *p, tdm__instrument_builder *builder)
{
    const tdm__fhir_questionnaire *questionnaire = p->questionnaire;
    size_t *last = tdm__arena_array(p->arena, (size_t)p->area_count + 1, sizeof *last);
    const tdm__fhir_link **sorted = tdm__arena_array(p->arena, p->scored, sizeof *sorted);
    if (!last || !sorted)
        return tdm__no_memory(p->error);
    for (size_t i = 0; i < questionnaire->link_count; i++)
        if (questionnaire->links[i].scored)
            last[questionnaire->links[i].area + 1]++;
    for (uint32_t i = 0; i < p->area_count; i++)
        last[i + 1] += last[i];
    for (size_t i = 0; i < questionnaire->link_count; i++)
        if (questionnaire->links[i].scored)
            sorted[last[questionnaire->links[i].area]++] = &questionnaire->links[i];
    for (size_t i = 0; i < p->scored; i++) {
        const tdm_str titles[] = {sorted[i]->title, sorted[i]->link_id};
        tdm__instrument_at_line(builder, sorted[i]->line);
        if (i == 0 || sorted[i]->area != sorted[i - 1]->area)
            add_area(p, builder, sorted[i]->area);
        tdm__instrument_add_sub_area(builder, sorted[i]->code, first_given(titles, 2));
    }
    return TDM_OK;
}

static tdm_status build(const plan *p)
{
    static const char *const levels[] = {"items", "sub_areas", "areas"};
    tdm__instrument_builder *builder;
    tdm_status status = tdm__instrument_builder_new(&builder, &p->questionnaire->allocator,
                                                    tdm__json_file(p->document), p->error);
    if (status != TDM_OK)
        return status;
    set_texts(p, builder);
    for (int i = 0; i < 3; i++)
        tdm__instrument_set_policy(builder, tdm__str(levels[i]), TDM_LIT("sum"));
    add_scales(p, builder);
    status = add_parts(p, builder);
    if (status == TDM_OK)
        return tdm__instrument_finish(&p->questionnaire->instrument, builder, p->error);
    tdm__instrument_builder_free(builder);
    return status;
}

static tdm_status fail_at_root(const plan *p, const char *message)
{
    return tdm__json_fail(p->document, tdm__json_root(p->document), p->error, "%s", message);
}

tdm_status tdm__fhir_define(tdm__fhir_questionnaire *questionnaire, const tdm__json *document,
                            tdm_error *error)
{
    plan p = {questionnaire, document, error, &questionnaire->arena, NULL, 0, NULL, 0, 0, false};
    for (size_t i = 0; i < questionnaire->link_count; i++)
        p.scored += questionnaire->links[i].scored;
    if (p.scored == 0)
        return fail_at_root(&p, "expected answers with ordinalValue or itemWeight; no question has one");
    if (p.scored > TDM_INSTRUMENT_ITEMS_MAX)
        return fail_at_root(&p, "expected at most 1000 questions with grades");
    p.scales = tdm__arena_array(p.arena, p.scored, sizeof *p.scales);
    p.areas = tdm__arena_array(p.arena, p.scored, sizeof *p.areas);
    if (!p.scales || !p.areas)
        return tdm__no_memory(error);
    tdm_status status = place(&p);
    if (status == TDM_OK)
        status = name_items(&p);
    return status != TDM_OK ? status : build(&p);
}
