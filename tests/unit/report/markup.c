/*
 * The reader of markup.h.
 */
#include "report/markup.h"

#include "support.h"
#include <ctype.h>
#include <string.h>

#include "base/hash.h"

#define DEPTH_MAX 64

typedef struct reader {
    const char *at, *end;
    tdm_str open[DEPTH_MAX];
    int depth;
    tdm__dictionary ids, links;
} reader;

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == ':' || c == '_';
}

static tdm_str read_name(reader *in)
{
    const char *start = in->at;
    while (in->at < in->end && is_name(*in->at))
        in->at++;
    ck_assert_msg(in->at > start, "a name was expected: %.40s", start);
    return (tdm_str){start, (size_t)(in->at - start)};
}

static void note(reader *in, tdm_str name, tdm_str value)
{
    uint32_t index;
    if (tdm__str_equal(name, TDM_LIT("id"))) {
        ck_assert_msg(tdm__dictionary_find(&in->ids, value) == TDM_NO_INDEX, "id twice: %.*s",
                      TDM_STR_ARGS(value));
        ck_assert_int_eq(tdm__dictionary_add(&index, &in->ids, value), TDM_OK);
    }
    if (tdm__str_equal(name, TDM_LIT("href"))) {
        ck_assert_msg(value.length > 1 && value.data[0] == '#', "a link out: %.*s", TDM_STR_ARGS(value));
        value = (tdm_str){value.data + 1, value.length - 1};
        ck_assert_int_eq(tdm__dictionary_add(&index, &in->links, value), TDM_OK);
    }
    ck_assert_msg(!tdm__str_equal(name, TDM_LIT("src")) && !tdm__str_starts(name, TDM_LIT("on")), "%.*s",
                  TDM_STR_ARGS(name));
}

static void read_attributes(reader *in)
{
    while (in->at < in->end && *in->at == ' ') {
        in->at++;
        tdm_str name = read_name(in);
        ck_assert_msg(in->end - in->at > 2 && in->at[0] == '=' && in->at[1] == '"', "%.40s", in->at);
        in->at += 2;
        const char *start = in->at;
        while (in->at < in->end && *in->at != '"') {
            ck_assert_msg(*in->at != '<', "< in an attribute: %.40s", start);
            in->at++;
        }
        note(in, name, (tdm_str){start, (size_t)(in->at - start)});
        in->at++;
    }
}

static void read_end_tag(reader *in)
{
    tdm_str name = read_name(in);
    ck_assert_int_gt(in->depth, 0);
    tdm_str open = in->open[--in->depth];
    ck_assert_msg(tdm__str_equal(open, name), "</%.*s> closes <%.*s>", TDM_STR_ARGS(name),
                  TDM_STR_ARGS(open));
    ck_assert_int_eq(*in->at++, '>');
}

static void read_start_tag(reader *in)
{
    tdm_str name = read_name(in);
    ck_assert_msg(!tdm__str_equal(name, TDM_LIT("script")), "a script");
    read_attributes(in);
    if (*in->at == '/') {
        in->at++;
    } else {
        ck_assert_int_lt(in->depth, DEPTH_MAX);
        in->open[in->depth++] = name;
    }
    ck_assert_msg(*in->at == '>', "> expected: %.40s", in->at);
    in->at++;
}

static void read_entity(reader *in)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#10;", "&#9;"};
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (strncmp(in->at, entities[i], strlen(entities[i])) == 0) {
            in->at += strlen(entities[i]);
            return;
        }
    }
    ck_abort_msg("a stray &: %.40s", in->at);
}

void markup_check(tdm_str markup)
{
    reader in = {.at = markup.data, .end = markup.data + markup.length};
    tdm__dictionary_init(&in.ids, &tdm__malloc_allocator);
    tdm__dictionary_init(&in.links, &tdm__malloc_allocator);
    if (tdm__str_starts(markup, TDM_LIT("<!DOCTYPE html>")))
        in.at += strlen("<!DOCTYPE html>");
    while (in.at < in.end) {
        if (*in.at == '&') {
            read_entity(&in);
        } else if (*in.at != '<') {
            in.at++;
        } else if (in.at[1] == '/') {
            in.at += 2;
            read_end_tag(&in);
        } else {
            in.at++;
            read_start_tag(&in);
        }
    }
    ck_assert_int_eq(in.depth, 0);
    for (size_t i = 0; i < in.links.count; i++)
        ck_assert_msg(tdm__dictionary_find(&in.ids, in.links.strings[i]) != TDM_NO_INDEX, "no #%.*s",
                      TDM_STR_ARGS(in.links.strings[i]));
    tdm__dictionary_free(&in.ids);
    tdm__dictionary_free(&in.links);
}
