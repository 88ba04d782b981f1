/*
 * How the numbers of a scorecard read.
 */
#include "report/scorecard_view.h"

#include <math.h>

const char *const tdm__card_stance[] = {
    "Figures here are prompts for questions, put to practice and to how it is recorded. They judge no child, "
    "no "
    "family and no worker, and they rank no area.",
    "Only what was recorded could be counted. A low figure, or none, is no sign that all is well; what is "
    "missing "
    "is never counted as fine, and what could not be counted is named beneath the figure.",
    "Each number stands over its definition: what is counted, out of what, what is left out, and who set "
    "each parameter. Two figures of one name are only comparable where the definitions are the same.",
    "Numbers go up and down by chance. A point is called a signal only where it breaks a named rule "
    "around its limits, and a break in a line is a change of definition, over which nothing is compared.",
    NULL,
};

void tdm__put_tenths(tdm__text *out, int64_t tenths)
{
    int64_t size = tenths < 0 ? -(tenths + 1) : tenths; /* one less of a negative one, which always fits */
    int64_t whole = size / 10, rest = size % 10;
    if (tenths < 0) {
        tdm__text_char(out, '-');
        whole += rest == 9 ? 1 : 0;
        rest = rest == 9 ? 0 : rest + 1;
    }
    tdm__text_int(out, whole);
    tdm__text_char(out, '.');
    tdm__text_int(out, rest);
}

void tdm__put_half(tdm__text *out, int64_t doubled)
{
    if (doubled < 0 && doubled > -2)
        tdm__text_char(out, '-');
    tdm__text_int(out, doubled / 2);
    tdm__text_puts(out, doubled % 2 != 0 ? ".5" : "");
}

void tdm__put_thousands(tdm__text *out, int64_t number)
{
    tdm__text digits;
    if (number == TDM__NOT_SHOWN) {
        tdm__text_char(out, 'c');
        return;
    }
    tdm__text_init(&digits, out->allocator);
    tdm__text_int(&digits, number);
    for (size_t i = 0; i < digits.length; i++) {
        size_t behind = digits.length - i;
        if (i > 0 && behind % 3 == 0 && digits.data[i - 1] != '-')
            tdm__text_char(out, ',');
        tdm__text_char(out, digits.data[i]);
    }
    out->failed = out->failed || digits.failed;
    tdm__text_free(&digits);
}

int64_t tdm__tenths_of(double value)
{
    if (!(fabs(value) < 1e15))
        return 0;
    return (int64_t)floor(value * 10.0 + 0.5);
}

static bool is_digit(tdm_str text, size_t at)
{
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

void tdm__put_line_words(tdm__text *out, tdm_str line)
{
    for (size_t i = 0; i < line.length; i++) {
        tdm_str rest = {line.data + i, line.length - i};
        char c = line.data[i];
        if (c != '-')
            tdm__text_char(out, i == 0 && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        else if (i > 0 && is_digit(line, i - 1) && is_digit(line, i + 1))
            tdm__text_puts(out, " to ");
        else if (i > 0 && is_digit(line, i - 1) && tdm__str_equal(rest, TDM_LIT("-more")))
            tdm__text_puts(out, " or ");
        else
            tdm__text_char(out, ' ');
    }
}

void tdm__put_group_words(tdm__text *out, const tdm_scorecard *card, uint32_t group)
{
    static const char *const without[] = {[TDM__BY_NOTHING] = "Not recorded",
                                          [TDM__BY_AGENCY] = "Agency not recorded",
                                          [TDM__BY_AREA] = "Area not recorded",
                                          [TDM__BY_TEAM] = "Team not recorded"};
    const tdm__card_group *one = &card->groups[group];
    if (group == 0)
        tdm__text_puts(out, "All");
    else if (one->name.length > 0)
        tdm__text_add(out, one->name);
    else if (one->code.length > 0)
        tdm__text_add(out, one->code);
    else
        tdm__text_puts(out, without[card->by]);
}

void tdm__put_peer_words(tdm__text *out, const tdm__card_peer *peer)
{
    tdm_str name = peer->name.length > 0 ? peer->name : peer->code;
    tdm__text_add(out, name);
    if (peer->own)
        tdm__text_puts(out, name.length > 0 ? " (this scorecard)" : "This scorecard");
}

const char *tdm__counting_words(tdm__counting counting)
{
    return counting == TDM__IN_WORKING_DAYS ? "working days" : "days";
}

const char *tdm__counting_code(tdm__counting counting)
{
    return counting == TDM__IN_WORKING_DAYS ? "working-days" : counting == TDM__IN_MONTHS ? "months" : "days";
}

const char *tdm__form_code(tdm__measured_form form)
{
    static const char *const codes[] = {[TDM__MEASURED_COUNT] = "count",
                                        [TDM__MEASURED_SHARE] = "share",
                                        [TDM__MEASURED_BREAKDOWN] = "breakdown",
                                        [TDM__MEASURED_TIMES] = "times",
                                        [TDM__MEASURED_SURVIVAL] = "survival"};
    return codes[form];
}

const char *tdm__by_code(tdm__group_by by)
{
    static const char *const codes[] = {[TDM__BY_NOTHING] = "",
                                        [TDM__BY_AGENCY] = "agency",
                                        [TDM__BY_AREA] = "area",
                                        [TDM__BY_TEAM] = "team"};
    return codes[by];
}

static const struct {
    const char *code, *words;
} beyonds[] = {[TDM__WITHIN] = {"within", "within the limits"},
               [TDM__BELOW_95] = {"below-95", "below the 95 % limit"},
               [TDM__ABOVE_95] = {"above-95", "above the 95 % limit"},
               [TDM__BELOW_998] = {"below-998", "below the 99.8 % limit"},
               [TDM__ABOVE_998] = {"above-998", "above the 99.8 % limit"},
               [TDM__WIDER] = {"wider", "a country or region: beside the areas, not among them"}};

const char *tdm__beyond_code(tdm__beyond beyond)
{
    return beyonds[beyond].code;
}

const char *tdm__beyond_words(tdm__beyond beyond)
{
    return beyonds[beyond].words;
}

const char *tdm__chart_kind_code(tdm__chart_kind kind)
{
    return kind == TDM__CHART_XMR ? "xmr" : kind == TDM__CHART_G ? "g" : "none";
}

const char *tdm__trend_unit(const tdm__card_measure *measure)
{
    bool median = measure->form == TDM__MEASURED_SURVIVAL ||
                  (measure->form == TDM__MEASURED_TIMES && measure->within < 0);
    bool share = measure->form == TDM__MEASURED_SHARE || measure->form == TDM__MEASURED_TIMES;
    if (measure->trend.kind == TDM__CHART_G)
        return "between";
    return median ? "days" : share ? "percent" : "count";
}

/* --- the one number --- */

static void put_length(tdm__text *out, bool reached, double length)
{
    if (reached)
        tdm__put_half(out, (int64_t)floor(length * 2.0 + 0.5));
    else
        tdm__text_puts(out, "not reached");
}

static void put_limits(tdm__text *out, const tdm__survival_median *middle)
{
    tdm__text_puts(out, " (95 %: ");
    put_length(out, middle->low_reached, middle->low);
    tdm__text_puts(out, " to ");
    put_length(out, middle->high_reached, middle->high);
    tdm__text_puts(out, ")");
}

static const char *instead_of_a_number(const tdm__card_figure *figure)
{
    if (!figure || figure->status == TDM__FIGURE_NOT_ASSESSED)
        return "not assessed";
    return figure->status == TDM__FIGURE_NONE ? "none" : "c";
}

static int64_t counted(const tdm__card_figure *figure)
{
    return figure->denominator >= 0 ? figure->denominator : figure->numerator;
}

void tdm__put_headline(tdm__text *out, const tdm__card_measure *measure, uint32_t period, uint32_t group)
{
    const tdm__card_figure *figure = tdm__card_figure_of(measure, period, group, TDM_NO_INDEX);
    const tdm__card_times *times = tdm__card_times_of(measure, period, group);
    if (!tdm__card_given(figure)) {
        tdm__text_puts(out, instead_of_a_number(figure));
    } else if (measure->form == TDM__MEASURED_SURVIVAL) {
        if (times)
            put_length(out, times->middle.reached, times->middle.median);
        else
            tdm__text_puts(out, tdm__card_without_lengths(figure));
    } else if (measure->form == TDM__MEASURED_TIMES && measure->within < 0) {
        if (times && times->median_doubled >= 0)
            tdm__put_half(out, times->median_doubled);
        else
            tdm__text_puts(out, times ? "none" : tdm__card_without_lengths(figure));
    } else if (measure->form == TDM__MEASURED_COUNT || measure->form == TDM__MEASURED_BREAKDOWN ||
               figure->percent_tenths < 0) {
        tdm__put_thousands(out, measure->form == TDM__MEASURED_COUNT ? figure->numerator : counted(figure));
    } else {
        tdm__put_tenths(out, figure->percent_tenths);
        tdm__text_puts(out, " %");
    }
}

static void put_of(tdm__text *out, const tdm__card_figure *figure)
{
    tdm__put_thousands(out, figure->numerator);
    tdm__text_puts(out, " of ");
    tdm__put_thousands(out, figure->denominator);
}

void tdm__put_headline_words(tdm__text *out, const tdm__card_measure *measure, uint32_t period,
                             uint32_t group)
{
    const tdm__card_figure *figure = tdm__card_figure_of(measure, period, group, TDM_NO_INDEX);
    const tdm__card_times *times = tdm__card_times_of(measure, period, group);
    const char *unit = tdm__counting_words(measure->counting);
    bool lengths = measure->form == TDM__MEASURED_SURVIVAL ||
                   (measure->form == TDM__MEASURED_TIMES && measure->within < 0);
    if (!tdm__card_given(figure)) {
        tdm__text_add(out,
                      figure && figure->status == TDM__FIGURE_NOT_ASSESSED ? figure->words : TDM_LIT(""));
    } else if (lengths) {
        tdm__text_printf(out,
                         measure->form == TDM__MEASURED_SURVIVAL ? "%s until half had ended, of "
                                                                 : "%s, the median of ",
                         unit);
        tdm__put_thousands(out, counted(figure));
        if (times && measure->form == TDM__MEASURED_SURVIVAL && times->middle.reached)
            put_limits(out, &times->middle);
    } else if (measure->form == TDM__MEASURED_TIMES) {
        tdm__text_printf(out, "within %d %s, ", (int)measure->within, unit);
        put_of(out, figure);
    } else if (measure->form == TDM__MEASURED_SHARE && figure->denominator >= 0) {
        put_of(out, figure);
    } else {
        tdm__text_add(out, measure->measure->unit);
    }
    if (tdm__card_given(figure) && figure->rate_tenths >= 0) {
        tdm__text_puts(out, "; ");
        tdm__put_tenths(out, figure->rate_tenths);
        tdm__text_puts(out, " per ");
        tdm__put_thousands(out, measure->measure->per);
        tdm__text_puts(out, " children");
    }
}

void tdm__put_middle(tdm__text *out, const tdm__survival_median *middle)
{
    put_length(out, middle->reached, middle->median);
    if (!middle->reached)
        return;
    put_limits(out, middle);
}

void tdm__put_left_out_words(tdm__text *out, const tdm_scorecard *card, const tdm__card_figure *figure)
{
    bool any = false;
    for (int reason = 0; figure && reason < TDM__UNCOUNTED_COUNT; reason++) {
        bool hidden;
        int64_t count = tdm__card_left_out(&hidden, card, figure, reason);
        if (count == 0)
            continue;
        tdm__text_puts(out, any ? "; " : "");
        tdm__put_thousands(out, hidden ? TDM__NOT_SHOWN : count);
        tdm__text_printf(out, " %s", tdm__uncounted_words((tdm__uncounted)reason));
        any = true;
    }
}

void tdm__put_legend(tdm__text *out, const tdm_scorecard *card)
{
    if (card->threshold > 1)
        tdm__text_printf(
            out,
            "c: not shown, because it is under %d (1 to %d) or would give such a number away. "
            "none: there was nothing to take a share of. not assessed: the data that could tell is "
            "not there.",
            (int)card->threshold, (int)card->threshold - 1);
    else
        tdm__text_puts(out,
                       "Small numbers are shown: this is not for publication. none: there was nothing to "
                       "take a share of. not assessed: the data that could tell is not there.");
}
