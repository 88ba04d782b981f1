/*
 * Whether two chronologies are the same, field by field, through the functions that reports use.
 */
#include "store/fixture.h"

static void same_text(tdm_str a, tdm_str b)
{
    ck_assert_msg(tdm__str_equal(a, b), "'%.*s' and '%.*s'", TDM_STR_ARGS(a), TDM_STR_ARGS(b));
}

static void same_date(tdm_date a, tdm_date b)
{
    ck_assert_int_eq(a.from, b.from);
    ck_assert_int_eq(a.to, b.to);
    ck_assert_uint_eq(a.flags, b.flags);
}

static void same_periods(const tdm__period *a, size_t a_count, const tdm__period *b, size_t b_count)
{
    ck_assert_uint_eq(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        ck_assert_int_eq(a[i].from, b[i].from);
        ck_assert_int_eq(a[i].to, b[i].to);
    }
}

static void same_source(const tdm_vocabulary *vocabulary, const tdm__source *a, const tdm__source *b)
{
    same_text(a->id, b->id);
    same_text(a->name, b->name);
    same_text(a->sheet, b->sheet);
    same_text(a->agency, b->agency);
    same_text(a->map, b->map);
    same_text(a->format, b->format);
    same_text(a->hash, b->hash);
    ck_assert_int_eq(a->received, b->received);
    same_periods(a->covers, a->cover_count, b->covers, b->cover_count);
    same_periods(a->no_contact, a->no_contact_count, b->no_contact, b->no_contact_count);
    ck_assert_int_eq(a->carries_all, b->carries_all);
    ck_assert_int_eq(a->any_child, b->any_child);
    ck_assert_uint_eq(a->child_count, b->child_count);
    for (size_t i = 0; i < a->child_count; i++)
        ck_assert_uint_eq(a->children[i], b->children[i]);
    for (size_t kind = 0; kind < vocabulary->kind_count; kind++) {
        ck_assert_uint_eq(a->carries[kind / 64] >> (kind % 64) & 1, b->carries[kind / 64] >> (kind % 64) & 1);
        ck_assert_uint_eq(a->in_part[kind / 64] >> (kind % 64) & 1, b->in_part[kind / 64] >> (kind % 64) & 1);
        ck_assert_uint_eq(a->carries_facts[kind], b->carries_facts[kind]);
    }
}

static void same_facts(const tdm_chronology *a, const tdm_chronology *b, uint32_t event)
{
    size_t keys = tdm__chronology_fact_key_count(a);
    ck_assert_uint_eq(keys, tdm__chronology_fact_key_count(b));
    for (uint32_t key = 0; key < keys; key++) {
        tdm__fact_value in_a, in_b;
        bool has = tdm__chronology_fact(&in_a, a, event, key);
        same_text(tdm__chronology_fact_key(a, key), tdm__chronology_fact_key(b, key));
        ck_assert_int_eq(has, tdm__chronology_fact(&in_b, b, event, key));
        same_text(in_a.text, in_b.text);
        ck_assert_int_eq(in_a.number, in_b.number);
    }
}

static void same_event(const tdm_chronology *a, const tdm_chronology *b, uint32_t index)
{
    tdm__event x = tdm__chronology_event(a, index), y = tdm__chronology_event(b, index);
    ck_assert_uint_eq(x.child, y.child);
    same_date(x.occurred, y.occurred);
    ck_assert_int_eq(x.ended_from, y.ended_from);
    ck_assert_int_eq(x.ended_to, y.ended_to);
    ck_assert_int_eq(x.minute, y.minute);
    ck_assert_int_eq(x.recorded, y.recorded);
    same_text(tdm__chronology_agency(a, x.agency), tdm__chronology_agency(b, y.agency));
    ck_assert_uint_eq(x.source, y.source);
    ck_assert_uint_eq(x.row, y.row);
    ck_assert_uint_eq(x.kind, y.kind);
    ck_assert_uint_eq(x.themes, y.themes);
    ck_assert_uint_eq(x.polarity, y.polarity);
    ck_assert_uint_eq(x.significance, y.significance);
    ck_assert_uint_eq(x.child_seen, y.child_seen);
    ck_assert_uint_eq(x.seen_alone, y.seen_alone);
    ck_assert_uint_eq(x.voice, y.voice);
    ck_assert_uint_eq(x.incident, y.incident);
    ck_assert_uint_eq(x.id, y.id);
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        same_text(tdm__chronology_string(a, index, (tdm__string_field)field),
                  tdm__chronology_string(b, index, (tdm__string_field)field));
    same_facts(a, b, index);
}

static void same_children(const tdm_chronology *a, const tdm_chronology *b)
{
    ck_assert_uint_eq(tdm_chronology_child_count(a), tdm_chronology_child_count(b));
    for (size_t i = 0; i < tdm_chronology_child_count(a); i++) {
        const tdm__child *x = tdm__chronology_child(a, i), *y = tdm__chronology_child(b, i);
        same_text(x->id, y->id);
        same_date(x->born, y->born);
        same_date(x->expected, y->expected);
        same_date(x->died, y->died);
        same_text(x->sex, y->sex);
        same_text(x->area, y->area);
        same_text(x->household, y->household);
    }
    ck_assert_uint_eq(tdm__chronology_person_count(a), tdm__chronology_person_count(b));
    for (size_t i = 0; i < tdm__chronology_person_count(a); i++) {
        const tdm__person *x = tdm__chronology_person(a, i), *y = tdm__chronology_person(b, i);
        same_text(x->id, y->id);
        same_text(x->role, y->role);
        same_text(x->household, y->household);
    }
}

void fixture_same(const tdm_chronology *a, const tdm_chronology *b)
{
    same_children(a, b);
    ck_assert_uint_eq(tdm__chronology_source_count(a), tdm__chronology_source_count(b));
    for (uint32_t i = 0; i < tdm__chronology_source_count(a); i++)
        same_source(tdm__chronology_vocabulary(a), tdm__chronology_source(a, i),
                    tdm__chronology_source(b, i));
    ck_assert_uint_eq(tdm_chronology_event_count(a), tdm_chronology_event_count(b));
    for (uint32_t i = 0; i < tdm_chronology_event_count(a); i++)
        same_event(a, b, i);
}
