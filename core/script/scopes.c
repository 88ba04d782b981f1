/*
 * Which names of a file are no locals: declarations and blocks are followed through the tokens. Where it
 * cannot be sure it says nothing: a name may be taken for a local that is none, never the other way round.
 */
#include "script/tokens.h"

#include <string.h>

#define DEPTH_MAX 1024
#define FOUND_MAX 100 /* more are no slips of the pen, and each is compared with all before it */

/* What is open: a bracket, a block, or the head of a loop ('h') whose "do" has yet to come. */
typedef struct opened {
    char what;
    size_t local_count; /* before it */
} opened;

typedef struct scan {
    tdm__token *tokens;
    size_t count, at;
    tdm_str *locals;
    size_t local_count;
    tdm__free_name *found;
    size_t found_count;
    opened stack[DEPTH_MAX];
    size_t depth;
    tdm_str section;
} scan;

static const char *const keywords[] = {
    "and",   "break", "do",  "else", "elseif", "end",    "false", "for",  "function", "goto",  "if", "in",
    "local", "nil",   "not", "or",   "repeat", "return", "then",  "true", "until",    "while", NULL};

static bool is(const scan *s, size_t at, const char *text)
{
    return at < s->count && tdm__token_is(&s->tokens[at], text);
}

static bool is_name(const scan *s, size_t at)
{
    if (at >= s->count || s->tokens[at].type != TDM__TOKEN_NAME)
        return false;
    for (const char *const *word = keywords; *word; word++)
        if (is(s, at, *word))
            return false;
    return true;
}

static void push(scan *s, char what)
{
    if (s->depth < DEPTH_MAX)
        s->stack[s->depth] = (opened){what, s->local_count};
    s->depth++;
}

static char top(const scan *s)
{
    return s->depth > 0 && s->depth <= DEPTH_MAX ? s->stack[s->depth - 1].what : '\0';
}

static void forget_locals(scan *s)
{
    if (s->depth > 0 && s->depth <= DEPTH_MAX)
        s->local_count = s->stack[s->depth - 1].local_count;
}

static void pop(scan *s)
{
    s->depth -= s->depth > 0;
    if (s->depth == 0)
        s->section = (tdm_str){"", 0};
}

static void declare(scan *s, tdm_str name)
{
    s->locals[s->local_count++] = name;
}

static void use(scan *s, size_t at)
{
    const tdm__token *token = &s->tokens[at];
    for (size_t i = 0; i < s->local_count; i++)
        if (tdm__str_equal(s->locals[i], token->text))
            return;
    for (size_t i = 0; i < s->found_count; i++)
        if (tdm__str_equal(s->found[i].name, token->text))
            return;
    if (s->found_count == FOUND_MAX)
        return;
    s->found[s->found_count++] = (tdm__free_name){token->text, token->line, is(s, at + 1, "=")};
}

/* "a, b <const>, c" from `at`; leaves s->at on the last token of it. */
static void declare_list(scan *s, size_t at)
{
    for (; is_name(s, at); at++) {
        declare(s, s->tokens[at].text);
        s->at = at;
        if (is(s, at + 1, "<"))
            at += 3;
        s->at = at;
        if (!is(s, ++at, ","))
            return;
    }
}

/* At "function": its name is used, its parameters are locals inside. */
static void enter_function(scan *s, bool local_name)
{
    size_t at = s->at + 1;
    bool method = false;
    if (is_name(s, at) && !local_name)
        use(s, at);
    for (; at < s->count && !is(s, at, "("); at++)
        method = method || is(s, at, ":");
    push(s, 'f');
    if (method)
        declare(s, TDM_LIT("self"));
    s->at = at;
    declare_list(s, at + 1);
    while (s->at < s->count && !is(s, s->at, ")"))
        s->at++;
}

static void enter_local(scan *s)
{
    if (!is(s, s->at + 1, "function")) {
        declare_list(s, s->at + 1);
        return;
    }
    if (is_name(s, s->at + 2))
        declare(s, s->tokens[s->at + 2].text);
    s->at++;
    enter_function(s, true);
}

static bool take_keyword(scan *s)
{
    if (is(s, s->at, "local")) {
        enter_local(s);
    } else if (is(s, s->at, "function")) {
        enter_function(s, false);
    } else if (is(s, s->at, "for")) {
        push(s, 'h');
        declare_list(s, s->at + 1);
    } else if (is(s, s->at, "while")) {
        push(s, 'h');
    } else if (is(s, s->at, "do") && top(s) == 'h') {
        s->stack[s->depth - 1].what = 'b';
    } else if (is(s, s->at, "do") || is(s, s->at, "repeat") || is(s, s->at, "if")) {
        push(s, 'b');
    } else if (is(s, s->at, "else") || is(s, s->at, "elseif")) {
        forget_locals(s);
    } else if (is(s, s->at, "end")) {
        forget_locals(s);
        pop(s);
    } else if (is(s, s->at, "until")) {
        pop(s); /* what follows still sees the locals of the block */
    } else if (is(s, s->at, "goto")) {
        s->at++;
    } else {
        return !is_name(s, s->at);
    }
    return true;
}

static void take_symbol(scan *s)
{
    char c = s->tokens[s->at].text.data[0];
    if (s->tokens[s->at].text.length > 1)
        return;
    if (c == '{' || c == '(' || c == '[')
        push(s, c);
    else if (c == '}' || c == ')' || c == ']')
        pop(s);
}

static bool is_key(const scan *s)
{
    size_t before = s->at - 1;
    return top(s) == '{' && s->at > 0 && is(s, s->at + 1, "=") &&
           (is(s, before, "{") || is(s, before, ",") || is(s, before, ";"));
}

static void take_name(scan *s)
{
    size_t before = s->at - 1;
    bool member = s->at > 0 && (is(s, before, ".") || is(s, before, ":") || is(s, before, "::"));
    if (is_key(s)) {
        if (s->depth == 1)
            s->section = s->tokens[s->at].text;
    } else if (!member) {
        use(s, s->at);
    }
}

static void take(scan *s)
{
    size_t first = s->at;
    tdm__token_type type = s->tokens[s->at].type;
    if (type == TDM__TOKEN_SYMBOL)
        take_symbol(s);
    else if (type == TDM__TOKEN_NAME && !take_keyword(s))
        take_name(s);
    for (size_t i = first; i <= s->at && i < s->count; i++)
        s->tokens[i].section = s->section;
}

tdm_status tdm__free_names(tdm__free_name **out, size_t *count, tdm__arena *arena, tdm__token *tokens,
                           size_t token_count)
{
    scan *s = tdm__arena_array(arena, 1, sizeof *s);
    *out = NULL;
    *count = 0;
    if (!s)
        return TDM_NO_MEMORY;
    /* No token declares more than one name: "self" is declared by the colon before it. */
    *s = (scan){.tokens = tokens, .count = token_count};
    s->locals = tdm__arena_array(arena, token_count + 1, sizeof *s->locals);
    s->found = tdm__arena_array(arena, FOUND_MAX, sizeof *s->found);
    if (!s->locals || !s->found)
        return TDM_NO_MEMORY;
    for (; s->at < token_count; s->at++)
        take(s);
    *out = s->found;
    *count = s->found_count;
    return TDM_OK;
}
