/*
 * Text to tokens. What they mean is in scopes.c and lint.c.
 */
#include "script/tokens.h"

#include <string.h>

typedef struct lexer {
    tdm_str text;
    size_t at;
    int32_t line;
} lexer;

static char look(const lexer *l, size_t ahead)
{
    return l->at + ahead < l->text.length ? l->text.data[l->at + ahead] : '\0';
}

static void step(lexer *l)
{
    l->line += look(l, 0) == '\n';
    l->at++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

/* The level of the long bracket that opens here, -1: none does. */
static int long_level(const lexer *l)
{
    int level = 0;
    if (look(l, 0) != '[')
        return -1;
    while (look(l, (size_t)level + 1) == '=')
        level++;
    return look(l, (size_t)level + 1) == '[' ? level : -1;
}

static bool closes_long(const lexer *l, int level)
{
    if (look(l, 0) != ']' || look(l, (size_t)level + 1) != ']')
        return false;
    for (int i = 1; i <= level; i++)
        if (look(l, (size_t)i) != '=')
            return false;
    return true;
}

/* From the opening bracket to behind the closing one; gives what stands between. */
static tdm_str take_long(lexer *l, int level)
{
    size_t bracket = (size_t)level + 2;
    l->at += bracket;
    tdm_str inside = {l->text.data + l->at, 0};
    while (l->at < l->text.length && !closes_long(l, level))
        step(l);
    inside.length = (size_t)(l->text.data + l->at - inside.data);
    l->at = l->at + bracket < l->text.length ? l->at + bracket : l->text.length;
    return inside;
}

static tdm_str take_quoted(lexer *l)
{
    char quote = look(l, 0);
    step(l);
    tdm_str inside = {l->text.data + l->at, 0};
    for (; l->at < l->text.length && look(l, 0) != quote; step(l))
        if (look(l, 0) == '\\' && l->at + 1 < l->text.length)
            step(l);
    inside.length = (size_t)(l->text.data + l->at - inside.data);
    if (l->at < l->text.length)
        step(l);
    return inside;
}

static void skip_comment(lexer *l)
{
    l->at += 2;
    int level = long_level(l);
    if (level >= 0) {
        take_long(l, level);
        return;
    }
    while (l->at < l->text.length && look(l, 0) != '\n')
        step(l);
}

static void skip_blank(lexer *l)
{
    while (l->at < l->text.length) {
        char c = look(l, 0);
        if (c == '-' && look(l, 1) == '-')
            skip_comment(l);
        else if (c == ' ' || (c >= '\t' && c <= '\r'))
            step(l);
        else
            return;
    }
}

static size_t symbol_length(const lexer *l)
{
    static const char *const longer[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (tdm__str_starts((tdm_str){l->text.data + l->at, l->text.length - l->at}, tdm__str(longer[i])))
            return strlen(longer[i]);
    return 1;
}

static void take_plain(lexer *l, tdm__token *out)
{
    size_t length = 0;
    out->type = is_digit(look(l, 0)) ? TDM__TOKEN_NUMBER : TDM__TOKEN_NAME;
    while (in_name(look(l, length)) || (out->type == TDM__TOKEN_NUMBER && look(l, length) == '.'))
        length++;
    if (length == 0) {
        out->type = TDM__TOKEN_SYMBOL;
        length = symbol_length(l);
    }
    out->text = (tdm_str){l->text.data + l->at, length};
    l->at += length;
}

static bool next(lexer *l, tdm__token *out)
{
    skip_blank(l);
    *out = (tdm__token){TDM__TOKEN_STRING, {"", 0}, l->line, {"", 0}};
    if (l->at >= l->text.length)
        return false;
    int level = long_level(l);
    if (level >= 0)
        out->text = take_long(l, level);
    else if (look(l, 0) == '"' || look(l, 0) == '\'')
        out->text = take_quoted(l);
    else
        take_plain(l, out);
    return true;
}

tdm_status tdm__tokens_of(tdm__token **out, size_t *count, tdm__arena *arena, tdm_str text)
{
    tdm__token token;
    lexer counting = {text, 0, 1}, reading = {text, 0, 1};
    *count = 0;
    while (next(&counting, &token))
        ++*count;
    *out = tdm__arena_array(arena, *count, sizeof **out);
    for (size_t i = 0; *out && i < *count; i++)
        next(&reading, &(*out)[i]);
    return *out ? TDM_OK : TDM_NO_MEMORY;
}

bool tdm__token_is(const tdm__token *token, const char *text)
{
    return token->type != TDM__TOKEN_STRING && tdm__str_equal(token->text, tdm__str(text));
}
