/*
 * One escaper for each form of output, as rows of a table.
 */
#include "report/escape.h"

#include "base/acting.h"

#include <string.h>

typedef struct form_rules {
    bool entities;          /* & < > " ' as entities */
    const char *line_end;   /* what stands for \n; NULL: shown as a code */
    const char *tab;        /* for \t */
    const char *code_start; /* around "U+202E" */
    const char *code_end;
} form_rules;

static const form_rules rules_of[TDM__ESCAPE_FORMS] = {
    [TDM__ESCAPE_TERMINAL] = {false, NULL, NULL, "<", ">"},
    [TDM__ESCAPE_HTML] = {true, "\n", "\t", "&lt;", "&gt;"},
    [TDM__ESCAPE_ATTRIBUTE] = {true, "&#10;", "&#9;", "&lt;", "&gt;"},
    [TDM__ESCAPE_SVG] = {true, " ", " ", "&lt;", "&gt;"},
    [TDM__ESCAPE_CELL] = {false, "\n", "\t", "<", ">"},
};

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void put_ascii(tdm__text *out, char c, const form_rules *rules)
{
    const char *instead = NULL;
    if (c == '\n')
        instead = rules->line_end;
    else if (c == '\t')
        instead = rules->tab;
    else if (rules->entities)
        instead = entity_of(c);
    if (instead)
        tdm__text_puts(out, instead);
    else if ((unsigned char)c < 0x20 || c == 0x7F)
        tdm__text_printf(out, "\\x%02x", (unsigned)(unsigned char)c);
    else
        tdm__text_char(out, c);
}

static void put_wide(tdm__text *out, tdm_str text, size_t from, size_t to, uint32_t code_point,
                     const form_rules *rules)
{
    if (code_point < 0xA0)
        tdm__text_printf(out, "\\x%02x", (unsigned)code_point);
    else if (tdm__acts(code_point))
        tdm__text_printf(out, "%sU+%04X%s", rules->code_start, (unsigned)code_point, rules->code_end);
    else
        tdm__text_bytes(out, text.data + from, to - from);
}

void tdm__escape(tdm__text *out, tdm_str text, tdm__escape_form form)
{
    const form_rules *rules = &rules_of[form];
    while (text.length > 0 && !out->failed) {
        size_t valid;
        tdm__utf8_valid(text, &valid);
        tdm_str part = {text.data, valid};
        for (size_t at = 0; at < valid;) {
            size_t from = at;
            uint32_t code_point = tdm__utf8_next(part, &at);
            if (code_point < 0x80)
                put_ascii(out, (char)code_point, rules);
            else
                put_wide(out, part, from, at, code_point, rules);
        }
        if (valid < text.length) {
            tdm__text_printf(out, "\\x%02x", (unsigned)(unsigned char)text.data[valid]);
            valid++;
        }
        text = (tdm_str){text.data + valid, text.length - valid};
    }
}
