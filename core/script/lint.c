/*
 * The findings of lint.h, over the tokens of a file. Which names are locals: scopes.c.
 */
#include "script/lint.h"

#include "script/measure.h"
#include "script/params.h"
#include "script/template.h"
#include "script/tokens.h"

#define LOOKUP_STEPS 100000

typedef struct linting {
    const tdm__catalogue *catalogue;
    const tdm__loaded *loaded; /* NULL: of a measure, which has no outcomes */
    const tdm__reached *reached;
    tdm_str text;
    const tdm__param *params;
    size_t param_count;
    const char *function;   /* the field that is asked */
    const tdm_str *defined; /* texts of which one must tell each parameter */
    size_t defined_count;
    tdm__arena *arena;
    tdm__token *tokens;
    size_t token_count;
    tdm__free_name *names;
    size_t name_count;
    tdm_str params_name; /* what the function calls its parameters; "": not known */
    tdm__lint *found;
    size_t found_count, found_capacity;
    tdm_status status;
} linting;

static void insert(linting *l, tdm__lint finding)
{
    size_t at = l->found_count++;
    for (; at > 0 && l->found[at - 1].line > finding.line; at--)
        l->found[at] = l->found[at - 1];
    l->found[at] = finding;
}

/* before and after: the words around the name. */
static void add(linting *l, const char *code, int32_t line, const char *before, tdm_str name,
                const char *after)
{
    tdm__text text;
    tdm__lint finding = {code, line, {"", 0}};
    tdm__text_init(&text, l->arena->allocator);
    tdm__text_printf(&text, "%s%.*s%s", before, TDM_STR_ARGS(name), after);
    tdm_status status = tdm__text_settle(&finding.message, l->arena, &text);
    if (status != TDM_OK)
        l->status = status;
    else if (l->found_count < l->found_capacity)
        insert(l, finding);
}

/* --- names --- */

typedef struct lookup {
    const linting *l;
    bool *known;
} lookup;

static int lookup_body(lua_State *lua)
{
    lookup *job = lua_touserdata(lua, 1);
    tdm__environment_push(lua);
    for (size_t i = 0; i < job->l->name_count; i++) {
        tdm_str name = job->l->names[i].name;
        lua_pushlstring(lua, name.data, name.length);
        lua_gettable(lua, -2);
        job->known[i] = !lua_isnil(lua, -1) || tdm__str_equal(name, TDM_LIT("_ENV"));
        lua_pop(lua, 1);
    }
    return 0;
}

static void look_at_names(linting *l)
{
    tdm__sandbox sandbox;
    lookup job = {l, tdm__arena_array(l->arena, l->name_count + 1, sizeof *job.known)};
    if (!job.known) {
        l->status = TDM_NO_MEMORY;
        return;
    }
    l->status = tdm__catalogue_sandbox(&sandbox, l->catalogue);
    if (l->status != TDM_OK)
        return;
    l->status = tdm__sandbox_run(&sandbox, lookup_body, &job, LOOKUP_STEPS);
    tdm__sandbox_close(&sandbox);
    for (size_t i = 0; l->status == TDM_OK && i < l->name_count; i++) {
        const tdm__free_name *name = &l->names[i];
        if (!job.known[i] || name->written)
            add(l, "undeclared-name", name->line, "'", name->name,
                name->written
                    ? "' is set but no local one: write 'local' before it"
                    : "' is declared nowhere: neither in this file nor among the names scripts have");
    }
}

/* --- parameters --- */

static bool is_param(const linting *l, tdm_str name)
{
    for (size_t i = 0; i < l->param_count; i++)
        if (tdm__str_equal(l->params[i].name, name))
            return true;
    return false;
}

static bool in_section(const tdm__token *token, const char *name)
{
    return tdm__str_equal(token->section, tdm__str(name));
}

/* Declared, told or tried out there: that is no use of it. */
static bool is_code(const tdm__token *token)
{
    return !in_section(token, "params") && !in_section(token, "outcomes") && !in_section(token, "examples");
}

static void find_params_name(linting *l)
{
    for (size_t i = 0; i + 5 < l->token_count; i++)
        if (in_section(&l->tokens[i], l->function) && tdm__token_is(&l->tokens[i], "function")) {
            bool two = tdm__token_is(&l->tokens[i + 1], "(") && tdm__token_is(&l->tokens[i + 3], ",");
            if (two && l->tokens[i + 4].type == TDM__TOKEN_NAME)
                l->params_name = l->tokens[i + 4].text;
            return;
        }
}

/* ".NAME", "["NAME"]", or NAME in `needs`, where `when` names it. */
static bool names_param(const tdm__token *tokens, size_t at, tdm_str name)
{
    const tdm__token *token = &tokens[at];
    if (!is_code(token) || !tdm__str_equal(token->text, name) || at == 0)
        return false;
    return tdm__token_is(&tokens[at - 1], ".") || tdm__token_is(&tokens[at - 1], "[") ||
           in_section(token, "needs");
}

static bool uses_param(const tdm__token *tokens, size_t count, tdm_str name)
{
    for (size_t i = 0; i < count; i++)
        if (names_param(tokens, i, name))
            return true;
    return false;
}

/* "p[key]": which one is read is only known while it runs, so that every mention counts. */
static bool mentions_param(const linting *l, tdm_str name)
{
    bool computed = false, mentioned = false;
    for (size_t i = 1; i + 1 < l->token_count; i++) {
        const tdm__token *t = &l->tokens[i];
        computed = computed || (is_code(t) && tdm__token_is(t, "[") && t[1].type == TDM__TOKEN_NAME &&
                                tdm__str_equal(t[-1].text, l->params_name));
        mentioned = mentioned ||
                    (is_code(t) && t->type <= TDM__TOKEN_STRING && tdm__str_equal(t->text, name));
    }
    return computed && mentioned;
}

static bool told_in_sentence(const linting *l, tdm_str name)
{
    for (size_t i = 0; l->loaded && i < l->loaded->shown.outcome_count; i++)
        if (tdm__template_uses(l->loaded->templates[i], name))
            return true;
    return false;
}

static bool told_in_definition(const linting *l, tdm_str name)
{
    for (size_t i = 0; i < l->defined_count; i++)
        if (tdm__template_uses(l->defined[i], name))
            return true;
    return false;
}

/* Shared code gets the parameters as a whole. */
static bool used_in_lib(linting *l, tdm_str name)
{
    bool used = false;
    for (size_t i = 0; i < l->catalogue->lib_count && !used && l->status == TDM_OK; i++) {
        size_t count;
        tdm__token *tokens;
        l->status = tdm__tokens_of(&tokens, &count, l->arena, l->catalogue->lib[i].text);
        used = l->status == TDM_OK && uses_param(tokens, count, name);
    }
    return used;
}

static bool calls_use(const linting *l)
{
    for (size_t i = 0; i < l->token_count; i++)
        if (tdm__token_is(&l->tokens[i], "use"))
            return true;
    return false;
}

static int32_t line_of(const linting *l, const char *field, tdm_str name)
{
    char path[TDM__PATH_SIZE];
    tdm__path_of(path, field, name.data);
    return tdm__field_line(l->text, path);
}

static void look_at_params(linting *l)
{
    for (size_t i = 0; i < l->param_count; i++) {
        tdm_str name = l->params[i].name;
        bool used = uses_param(l->tokens, l->token_count, name) || told_in_sentence(l, name) ||
                    mentions_param(l, name) || (calls_use(l) && used_in_lib(l, name));
        if (!used)
            add(l, "unused-parameter", line_of(l, "params", name), "the parameter '", name,
                "' is never read: changing it changes nothing");
        if (!told_in_definition(l, name))
            add(l, "parameter-not-told", line_of(l, "params", name), "the definition does not say {", name,
                "}: its reader cannot see that it was changed");
    }
}

static void look_at_reads(linting *l)
{
    for (size_t i = 0; i + 2 < l->token_count && l->params_name.length > 0; i++) {
        const tdm__token *t = &l->tokens[i];
        bool read = is_code(t) && t->type == TDM__TOKEN_NAME && tdm__str_equal(t->text, l->params_name) &&
                    tdm__token_is(&t[1], ".") && t[2].type == TDM__TOKEN_NAME &&
                    !(i > 0 && tdm__token_is(&t[-1], "."));
        if (read && !is_param(l, t[2].text))
            add(l, "unknown-parameter", t[2].line, "there is no parameter '", t[2].text, "'");
    }
}

/* --- outcomes and examples --- */

static bool named_in_code(const linting *l, tdm_str outcome)
{
    for (size_t i = 0; i < l->token_count; i++)
        if (l->tokens[i].type == TDM__TOKEN_STRING && is_code(&l->tokens[i]) &&
            tdm__str_equal(l->tokens[i].text, outcome))
            return true;
    return false;
}

static void look_at_outcomes(linting *l)
{
    const tdm__indicator *indicator = &l->loaded->shown;
    for (size_t i = 0; i < indicator->outcome_count; i++) {
        tdm_str name = indicator->outcomes[i];
        bool reached = l->reached && l->reached->outcomes[i];
        int32_t line = line_of(l, "outcomes", name);
        if (!reached && !named_in_code(l, name))
            add(l, "unreachable-outcome", line, "nothing in this file gives the outcome '", name, "'");
        else if (l->reached && !reached)
            add(l, "outcome-without-example", line, "no example comes to the outcome '", name, "'");
    }
}

static void look_at_answers(linting *l)
{
    static const tdm_answer wanted[] = {TDM_MET, TDM_NOT_MET, TDM_POSSIBLE};
    for (size_t i = 0; l->reached && i < sizeof wanted / sizeof *wanted; i++)
        if (!l->reached->answers[wanted[i]])
            add(l, "answer-without-example", tdm__field_line(l->loaded->file.text, "examples"),
                "no example is ", tdm__str(tdm_answer_code(wanted[i])), "");
}

/* --- a whole file --- */

static tdm_status look_at(linting *l, tdm__lint **out, size_t *count)
{
    size_t outcomes = l->loaded ? l->loaded->shown.outcome_count : 0;
    *out = NULL;
    *count = 0;
    l->status = tdm__tokens_of(&l->tokens, &l->token_count, l->arena, l->text);
    if (l->status == TDM_OK)
        l->status = tdm__free_names(&l->names, &l->name_count, l->arena, l->tokens, l->token_count);
    l->found_capacity = l->name_count + 2 * l->param_count + outcomes + 103;
    l->found = tdm__arena_array(l->arena, l->found_capacity, sizeof *l->found);
    if (l->status != TDM_OK || !l->found)
        return TDM_NO_MEMORY;
    find_params_name(l);
    look_at_names(l);
    if (l->status == TDM_OK)
        look_at_params(l);
    look_at_reads(l);
    if (l->loaded) {
        look_at_outcomes(l);
        look_at_answers(l);
    }
    *out = l->found;
    *count = l->found_count;
    return l->status;
}

tdm_status tdm__catalogue_lint(tdm__lint **out, size_t *count, tdm__arena *arena,
                               const tdm__catalogue *catalogue, size_t indicator, const tdm__reached *reached)
{
    const tdm__loaded *loaded = &catalogue->items[indicator];
    linting l = {.catalogue = catalogue,
                 .loaded = loaded,
                 .reached = reached,
                 .text = loaded->file.text,
                 .params = loaded->shown.params,
                 .param_count = loaded->shown.param_count,
                 .function = "evaluate",
                 .defined = &loaded->shown.definition,
                 .defined_count = 1,
                 .arena = arena,
                 .params_name = {"", 0}};
    return look_at(&l, out, count);
}

tdm_status tdm__measures_lint(tdm__lint **out, size_t *count, tdm__arena *arena,
                              const tdm__measures *measures, size_t measure)
{
    const tdm__measure_loaded *loaded = &measures->items[measure];
    const tdm_str defined[] = {loaded->shown.definition, loaded->shown.numerator, loaded->shown.denominator};
    linting l = {.catalogue = &measures->shared,
                 .text = loaded->file.text,
                 .params = loaded->shown.params,
                 .param_count = loaded->shown.param_count,
                 .function = "measure",
                 .defined = defined,
                 .defined_count = sizeof defined / sizeof *defined,
                 .arena = arena,
                 .params_name = {"", 0}};
    return look_at(&l, out, count);
}
