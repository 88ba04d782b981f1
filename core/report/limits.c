/*
 * See limits.h.
 */
#include "report/limits.h"

#include "report/csv_cell.h"
#include "report/json_members.h"

static tdm_str fact_of(const tdm_run *run, const tdm__event *event, const char *key, bool *is_there)
{
    tdm__fact_value value;
    const tdm_chronology *c = run->chronology;
    uint32_t fact = tdm__vocabulary_fact(tdm__chronology_vocabulary(c), tdm__str(key));
    *is_there = fact != TDM_NO_INDEX && tdm__chronology_fact(&value, c, event->index, fact);
    return *is_there ? value.text : (tdm_str){"", 0};
}

static tdm_str agency_title(const tdm_vocabulary *vocabulary, tdm_str code)
{
    uint32_t agency = tdm__vocabulary_agency(vocabulary, code);
    return agency == TDM_NO_INDEX ? code : vocabulary->agencies[agency].title;
}

void tdm__put_limits(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    bool limited, based;
    tdm_str agencies = fact_of(run, event, TDM__LIMITED_TO, &limited);
    tdm_str basis = fact_of(run, event, TDM__SHARING_BASIS, &based);
    if (!limited)
        return;
    tdm__text_puts(out, "limited to: ");
    if (agencies.length == 0)
        tdm__text_puts(out, "the agency that wrote it");
    while (agencies.length > 0) {
        tdm__text_add(
            out, agency_title(tdm__chronology_vocabulary(run->chronology), tdm__str_split(&agencies, ' ')));
        tdm__text_puts(out, agencies.length > 0 ? ", " : "");
    }
    if (based) {
        tdm__text_puts(out, "; basis: ");
        tdm__text_add(out, basis);
    }
}

static void put_count(tdm__text *out, int64_t count, const char *of)
{
    if (count == 0)
        return;
    tdm__text_puts(out, out->length > 0 ? " " : "");
    tdm__text_printf(out, "%lld %s%s %s limited to other agencies; this is made without %s.",
                     (long long)count, count == 1 ? "entry" : "entries", of, count == 1 ? "is" : "are",
                     count == 1 ? "it" : "them");
}

void tdm__put_missing(tdm__text *out, const tdm_chronology *chronology)
{
    tdm__missing missing = tdm__chronology_missing(chronology);
    tdm__text words;
    tdm__text_init(&words, out->allocator);
    put_count(&words, missing.shown, "");
    put_count(&words, missing.others, " of brothers and sisters");
    tdm__text_add(out, tdm__text_str(&words));
    out->failed = out->failed || words.failed;
    tdm__text_free(&words);
}

static bool is_anything(const tdm_chronology *chronology)
{
    tdm__missing missing = tdm__chronology_missing(chronology);
    return missing.shown > 0 || missing.others > 0;
}

void tdm__missing_json(tdm__json_writer *json, const tdm_chronology *chronology)
{
    tdm__text words;
    tdm__missing missing = tdm__chronology_missing(chronology);
    if (!is_anything(chronology))
        return;
    tdm__text_init(&words, json->buffer.allocator);
    tdm__put_missing(&words, chronology);
    tdm__json_put_name(json, "withheld");
    tdm__json_open_object(json);
    tdm__json_int_member(json, "rows", missing.shown);
    tdm__json_int_member(json, "siblings_rows", missing.others);
    tdm__json_text_member(json, "sentence", tdm__text_str(&words));
    tdm__json_close_object(json);
    if (words.failed && json->status == TDM_OK)
        json->status = TDM_NO_MEMORY;
    tdm__text_free(&words);
}

typedef void (*use_words)(tdm_str words, void *to);

static void with_words(const tdm_chronology *chronology, tdm__text *own, use_words use, void *to)
{
    tdm__text words;
    if (!is_anything(chronology))
        return;
    tdm__text_init(&words, own->allocator);
    tdm__put_missing(&words, chronology);
    use(tdm__text_str(&words), to);
    own->failed = own->failed || words.failed;
    tdm__text_free(&words);
}

static void put_paragraph(tdm_str words, void *to)
{
    tdm__put(to, "<p><strong>%h</strong></p>\n", words);
}

void tdm__missing_html(tdm__output *out, const tdm_chronology *chronology)
{
    with_words(chronology, &out->text, put_paragraph, out);
}

static void say_line(tdm_str words, void *to)
{
    tdm__say(to, TDM__PLAIN, 0, 10, "Withheld: %p", words);
}

void tdm__say_missing(tdm__terminal *terminal, const tdm_chronology *chronology)
{
    with_words(chronology, &terminal->out.text, say_line, terminal);
}

void tdm__missing_csv(tdm__text *out, const tdm_chronology *chronology, size_t cells)
{
    tdm__text words;
    if (!is_anything(chronology))
        return;
    tdm__text_init(&words, out->allocator);
    tdm__put_missing(&words, chronology);
    tdm__put_csv_cell(out, tdm__text_str(&words), cells > 1 ? "," : "\r\n");
    for (size_t i = 1; i < cells; i++)
        tdm__text_puts(out, i + 1 < cells ? "," : "\r\n");
    out->failed = out->failed || words.failed;
    tdm__text_free(&words);
}
