/*
 * Agreement as JSON (agreement.schema.json, always all members), as text, and in a sentence an area.
 */
#include "instrument/agreement.h"

#include <math.h>

/* Three digits behind the point, in every locale. */
static void put_rounded(tdm__text *out, double number)
{
    int64_t thousandths = (int64_t)llround(fabs(number) * 1000);
    tdm__text_printf(out, "%s%d.%03d", number < 0 && thousandths > 0 ? "-" : "", (int)(thousandths / 1000),
                     (int)(thousandths % 1000));
}

static void put_name(tdm__text *out, const tdm__part *part)
{
    if (!part)
        tdm__text_puts(out, "Total");
    else if (part->title.length > 0)
        tdm__text_printf(out, "%.*s (%.*s)", TDM_STR_ARGS(part->title), TDM_STR_ARGS(part->code));
    else
        tdm__text_add(out, part->code);
}

static void put_kappa_words(tdm__text *out, const char *weights, const tdm__kappa *kappa)
{
    tdm__text_printf(out, "%s ", weights);
    put_rounded(out, kappa->value);
    tdm__text_puts(out, " (95% from ");
    put_rounded(out, kappa->low);
    tdm__text_puts(out, " to ");
    put_rounded(out, kappa->high);
    tdm__text_char(out, ')');
}

static void put_rest(tdm__text *out, const tdm__agreement *agreement)
{
    switch (agreement->reason) {
    case TDM__AGREED:
        tdm__text_puts(out, "; weighted kappa: ");
        put_kappa_words(out, "linear", &agreement->linear);
        tdm__text_puts(out, ", ");
        put_kappa_words(out, "quadratic", &agreement->quadratic);
        break;
    case TDM__TOO_FEW_PAIRS:
        tdm__text_puts(out, "; kappa needs at least two visits");
        break;
    case TDM__ONE_GRADE:
        tdm__text_puts(out, "; both gave one grade throughout, so that kappa is undefined");
        break;
    case TDM__TOO_WIDE:
        tdm__text_printf(out, "; the results lie more than %d apart, too far for kappa",
                         TDM_AGREEMENT_STEPS_MAX);
        break;
    case TDM__ONE_ASSESSOR_FLAT:
        tdm__text_puts(out, "; one assessor gave one grade throughout, so that kappa is 0 and says nothing");
        break;
    }
}

static void put_sentence(tdm__text *out, const tdm__agreed_part *part)
{
    const tdm__agreement *agreement = &part->agreement;
    put_name(out, part->part);
    if (agreement->pairs == 0)
        tdm__text_puts(out, ": no visit in which both assessed it");
    else
        tdm__text_printf(out, ": the same in %d of %d %s", (int)agreement->equal, (int)agreement->pairs,
                         agreement->pairs == 1 ? "visit" : "visits");
    if (agreement->pairs > 0)
        put_rest(out, agreement);
    if (part->left_out > 0)
        tdm__text_printf(out, "; left out, since one did not assess it: %d", (int)part->left_out);
    tdm__text_char(out, '.');
}

static tdm_status keep(tdm_str *out, tdm__agreement_report *report, tdm__text *text)
{
    *out = text->failed ? (tdm_str){NULL, 0} : tdm__arena_copy(&report->arena, tdm__text_str(text));
    tdm__text_clear(text);
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status explain_part(tdm__agreed_part *part, tdm__agreement_report *report, tdm__text *text)
{
    put_sentence(text, part);
    return keep(&part->sentence, report, text);
}

static tdm_status explain_all(tdm__agreement_report *report, tdm__text *text)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < report->instrument->areas.count; i++)
        status = explain_part(&report->areas[i], report, text);
    if (status == TDM_OK && report->has_total)
        status = explain_part(&report->total, report, text);
    tdm__text_printf(text, "%d %s scored by two assessors", (int)report->visits,
                     report->visits == 1 ? "visit" : "visits");
    if (report->further > 0)
        tdm__text_printf(text, "; left out, since a visit counts once, with its first two: %d further %s",
                         (int)report->further, report->further == 1 ? "assessment" : "assessments");
    tdm__text_char(text, '.');
    return status == TDM_OK ? keep(&report->sentence, report, text) : status;
}

tdm_status tdm__agreement_explain(tdm__agreement_report *report)
{
    tdm__text text;
    tdm__text_init(&text, &report->allocator);
    tdm_status status = explain_all(report, &text);
    tdm__text_free(&text);
    return status;
}

static void put_int(tdm__json_writer *writer, const char *name, size_t number)
{
    tdm__json_put_name(writer, name);
    tdm__json_put_int(writer, (int64_t)number);
}

/* null where there is nothing to give. */
static void put_number(tdm__json_writer *writer, const char *name, bool known, double number)
{
    tdm__json_put_name(writer, name);
    if (known)
        tdm__json_put_double(writer, number);
    else
        tdm__json_put_null(writer);
}

static void put_kappa(tdm__json_writer *writer, const char *name, const tdm__agreement *agreement,
                      const tdm__kappa *kappa)
{
    tdm__json_put_name(writer, name);
    tdm__json_open_object(writer);
    put_number(writer, "kappa", agreement->has_kappa, kappa->value);
    put_number(writer, "standard_error", agreement->has_error, kappa->standard_error);
    put_number(writer, "low", agreement->has_error, kappa->low);
    put_number(writer, "high", agreement->has_error, kappa->high);
    tdm__json_close_object(writer);
}

static void put_part(tdm__json_writer *writer, const tdm__agreed_part *part)
{
    const tdm__agreement *agreement = &part->agreement;
    tdm__json_open_object(writer);
    put_int(writer, "pairs", agreement->pairs);
    put_int(writer, "left_out", part->left_out);
    put_int(writer, "equal", agreement->equal);
    put_number(writer, "percent", agreement->pairs > 0,
               100.0 * (double)agreement->equal / (double)agreement->pairs);
    put_kappa(writer, "linear", agreement, &agreement->linear);
    put_kappa(writer, "quadratic", agreement, &agreement->quadratic);
    tdm__json_put_name(writer, "reason");
    if (agreement->reason == TDM__AGREED)
        tdm__json_put_null(writer);
    else
        tdm__json_put_text(writer, tdm__agreement_reason_code(agreement->reason));
    tdm__json_put_name(writer, "sentence");
    tdm__json_put_string(writer, part->sentence);
    tdm__json_close_object(writer);
}

void tdm__agreement_put(tdm__json_writer *writer, const tdm__agreement_report *report)
{
    tdm__json_open_object(writer);
    tdm__json_put_name(writer, "instrument");
    tdm__json_put_string(writer, report->instrument->texts[TDM__TEXT_ID]);
    tdm__json_put_name(writer, "version");
    tdm__json_put_string(writer, report->instrument->texts[TDM__TEXT_VERSION]);
    put_int(writer, "visits", report->visits);
    put_int(writer, "further", report->further);
    tdm__json_put_name(writer, "areas");
    tdm__json_open_object(writer);
    for (size_t i = 0; i < report->instrument->areas.count; i++) {
        tdm__json_put_name_str(writer, report->areas[i].part->code);
        put_part(writer, &report->areas[i]);
    }
    tdm__json_close_object(writer);
    tdm__json_put_name(writer, "total");
    if (report->has_total)
        put_part(writer, &report->total);
    else
        tdm__json_put_null(writer);
    tdm__json_put_name(writer, "sentence");
    tdm__json_put_string(writer, report->sentence);
    tdm__json_close_object(writer);
}

static void put_line(tdm__text *text, tdm_str sentence)
{
    tdm__text_puts(text, "  ");
    tdm__text_add(text, sentence);
    tdm__text_char(text, '\n');
}

void tdm__agreement_text(tdm__text *text, const tdm__agreement_report *report)
{
    tdm__text_printf(text, "%.*s  %.*s\n", TDM_STR_ARGS(report->instrument->texts[TDM__TEXT_ID]),
                     TDM_STR_ARGS(report->sentence));
    for (size_t i = 0; i < report->instrument->areas.count; i++)
        put_line(text, report->areas[i].sentence);
    if (report->has_total)
        put_line(text, report->total.sentence);
}
