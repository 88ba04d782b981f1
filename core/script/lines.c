/*
 * Where a field of a script file stands: Lua forgets the lines of table fields, so the text is looked
 * through for them, strings and comments left out.
 */
#include <string.h>

#include "script/contract.h"

typedef struct scan {
    tdm_str text;
    size_t at;
    int32_t line;
    int depth;
} scan;

static char look(const scan *s, size_t ahead)
{
    return s->at + ahead < s->text.length ? s->text.data[s->at + ahead] : '\0';
}

static void step(scan *s)
{
    if (look(s, 0) == '\n')
        s->line++;
    s->at++;
}

static void skip_long(scan *s)
{
    while (s->at < s->text.length && !(look(s, 0) == ']' && look(s, 1) == ']'))
        step(s);
    s->at += 2;
}

static void skip_quoted(scan *s)
{
    char quote = look(s, 0);
    for (step(s); s->at < s->text.length && look(s, 0) != quote; step(s))
        if (look(s, 0) == '\\')
            step(s);
    step(s);
}

static void skip_comment(scan *s)
{
    if (look(s, 2) == '[' && look(s, 3) == '[') {
        skip_long(s);
        return;
    }
    while (s->at < s->text.length && look(s, 0) != '\n')
        step(s);
}

static bool in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Reads one token; gives the name when it is one that "=" follows, else an empty string. */
static tdm_str next_field(scan *s)
{
    tdm_str name = {s->text.data + s->at, 0};
    char c = look(s, 0);
    if (c == '-' && look(s, 1) == '-') {
        skip_comment(s);
    } else if (c == '"' || c == '\'') {
        skip_quoted(s);
    } else if (c == '[' && look(s, 1) == '[') {
        skip_long(s);
    } else if (in_name(c)) {
        while (in_name(look(s, 0)))
            s->at++;
        name.length = (size_t)(s->text.data + s->at - name.data);
        size_t ahead = 0;
        while (look(s, ahead) == ' ')
            ahead++;
        if (look(s, ahead) == '=' && look(s, ahead + 1) != '=')
            return name;
    } else {
        s->depth += (c == '{') - (c == '}');
        step(s);
    }
    return (tdm_str){"", 0};
}

static bool find(scan *s, tdm_str part, int depth)
{
    bool entered = s->depth >= depth;
    while (s->at < s->text.length) {
        int32_t line = s->line;
        tdm_str name = next_field(s);
        entered = entered || s->depth >= depth;
        if (s->depth == depth && tdm__str_equal(name, part)) {
            s->line = line;
            return true;
        }
        /* The braces of the field before have closed: it is not in there. */
        if (depth > 1 && entered && s->depth < depth)
            return false;
    }
    return false;
}

int32_t tdm__field_line(tdm_str text, const char *path)
{
    scan s = {text, 0, 1, 0};
    tdm_str rest = tdm__str(path);
    int32_t line = 1;
    for (int depth = 1; rest.length > 0; depth++) {
        if (!find(&s, tdm__str_split(&rest, '.'), depth))
            return line;
        line = s.line;
    }
    return line;
}
