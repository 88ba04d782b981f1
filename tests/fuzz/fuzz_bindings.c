/*
 * Bytes as a Lua program of calls: functions of the environment and methods of every view, with arguments
 * that mostly fit, asked about one child with doubtful dates, a sibling and assessments. The names come
 * from a state as scripts get it, so that a function that is added is called; here stands only what their
 * arguments look like, and a row that names no method, or a method without a row, ends the harness.
 * With TIDEMARK_FUZZ_SHOW in the environment the program and its answer are printed.
 */
#include "data_target.h"

#include <string.h>

#include "script/views.h"

/* --- what the arguments look like --- */

/*
 * A method of a view: c child, s selection, e episodes, a assessment; - a function of the environment.
 * `gives` is the kind of view that comes back, P a list of parts, E a list of episodes, C of children, A of
 * assessments, else x. In `takes` each letter is one argument (see `values`), {name:letter ...} a table.
 */
typedef struct signature {
    char of;
    const char *name;
    char gives;
    const char *takes;
} signature;

static const signature signatures[] = {
    {'c', "agencies", 'x', ""},
    {'c', "assessments", 'A', "m"},
    {'c', "beside", 's', "S"},
    {'c', "could_hold", 'x', "k"},
    {'c', "covered", 'x', "gdd"},
    {'c', "episodes", 'e', "{name:q facts:H}"},
    {'c', "evidence", 's', "L"},
    {'c', "has", 'x', "k"},
    {'c', "in_worlds", 'x', "{rows:R rule:F outcome:o}"},
    {'c', "level_at", 'x', "d"},
    {'c', "select", 's',
     "{kind:k agency:g theme:t polarity:i concern:b significance:h child_seen:y seen_alone:y voice:y facts:H "
     "from:d to:d count:u rated:b}"},
    {'c', "siblings", 'C', ""},
    {'s', "absent", 'x',
     "{over:w during:e others:s n:n level_at_least:n level_at_most:n covered:b from:d outcome:o}"},
    {'s', "after", 's', "sw"},
    {'s', "at_least", 'x', "{n:n within:w agencies:n without:s level_at_most:n different:v outcome:o}"},
    {'s', "by", 'P', "v"},
    {'s', "closing", 'x', "{gaps:n to:n outcome:o}"},
    {'s', "columns", 'x', ""},
    {'s', "count", 'x', ""},
    {'s', "cusum", 'x', "{baseline:z of:w allowance:r threshold:r outcome:o}"},
    {'s', "decayed", 'x', "nj"},
    {'s', "different", 'x', "v"},
    {'s', "during", 's', "e"},
    {'s', "facts", 'x', "f"},
    {'s', "first", 'x', ""},
    {'s', "follows", 'x', "{after:s within:w outcome:o}"},
    {'s', "gaps", 'x', ""},
    {'s', "in_periods", 'x', "{of:w periods:n n:n level:l without:s outcome:o}"},
    {'s', "incidents", 's', "I"},
    {'s', "last", 'x', ""},
    {'s', "load", 'x', "{half_life:z weight:b}"},
    {'s', "max_in", 'x', "w"},
    {'s', "minus", 's', "s"},
    {'s', "restarts", 'x', "{n:n within:w triggers:s ignore:n outcome:o}"},
    {'s', "rise", 'x', "{over:w ratio:r n:n agencies:n level:l outcome:o}"},
    {'s', "share", 'x', "{of:f by:f year:l over:w percent:r outcome:o}"},
    {'s', "silent", 'x', "{agency:g over:w others:n active:n outcome:o}"},
    {'s', "spans", 'x', ""},
    {'s', "turns", 'x', "{back:s n:n within:w outcome:o}"},
    {'s', "unanswered", 'x', "{by:s within:w before:w n:n days:D outcome:o}"},
    {'s', "union", 's', "s"},
    {'e', "count", 'x', ""},
    {'e', "each", 'E', ""},
    {'e', "open_on", 'x', "d"},
    {'e', "open_past", 'x', "{spans:W outcome:o}"},
    {'e', "rows", 's', ""},
    {'a', "compare", 'x', "a"},
    {'a', "concerns", 'x', ""},
    {'a', "grade", 'x', "q"},
    {'a', "same_visit", 'x', "a"},
    {'-', "all_of", 'x', "X"},
    {'-', "any_of", 'x', "X"},
    {'-', "calendar.add", 'x', "dwD"},
    {'-', "calendar.text", 'x', "d"},
    {'-', "calendar.working_days", 'x', "dd"},
    {'-', "string.format", 'x', "Qnr"},
    {'-', "table.concat", 'x', "Xq"},
    {'-', "table.insert", 'x', "Xn?"},
    {'-', "table.remove", 'x', "Xn"},
    {'-', "table.sort", 'x', "XO"},
};
#define SIGNATURES (sizeof signatures / sizeof *signatures)

#define CHOICES_MAX 14
typedef struct value_row {
    char letter;
    const char *choices[CHOICES_MAX];
} value_row;

static const value_row values[] = {
    {'n', {"1", "2", "3", "0", "5", "60", "61", "1000", "10000", "-1", "2147483648", "math.mininteger"}},
    {'w',
     {"{ days = 90 }", "{ days = 1 }", "{ months = 12 }", "{ months = 1 }", "{ working_days = 10 }",
      "{ days = 36600 }", "{ months = 1200 }", "{ working_days = 26000 }", "{ days = 0 }", "nil", "{}"}},
    {'d',
     {"child.as_of", "child.as_of - 90", "child.as_of - 400", "0", "child.born", "child.as_of + 1", "-800000",
      "2999999", "3000000", "math.maxinteger"}},
    {'r', {"0", "0.5", "1", "1.125", "2", "1000000", "1e300", "0/0", "-0.0", "math.huge", "0.0001"}},
    {'z', {"3", "false", "1", "36600", "{ months = 6 }", "{ days = 90 }", "0", "true"}},
    {'o', {"'yes'", "'late'", "'rate'", "'said'", "nil", "'no-such-outcome'"}},
    {'b', {"true", "false", "nil", "1"}},
    {'k',
     {"'concern'", "'referral'", "'visit'", "{ 'concern', 'referral', 'injury' }", "'attendance-summary'",
      "'visit.bedroom_seen'", "'no-such-kind'", "''", "'.'"}},
    {'D', {"'school'", "nil", "'working'"}},
    {'g', {"'police'", "'school'", "{ 'school', 'hospital' }", "'gp'", "'no-such-agency'", "nil"}},
    {'f', {"'weight'", "'sessions_missed'", "'sessions_possible'", "'worker'", "'due'", "''", "'no-such'"}},
    {'v', {"'kind'", "'theme'", "'agency'", "'weight'", "'worker'", "'factors'", "7", "'no-such'"}},
    {'t', {"nil", "'physical'", "{ 'physical', 'medical' }", "'no-such'"}},
    {'i', {"nil", "'concern'", "'neutral'", "{ 'concern', 'strength' }", "'no-such'"}},
    {'h', {"nil", "'high'", "{ 'low', 'medium' }", "'no-such'"}},
    {'y', {"nil", "true", "false", "'not-recorded'", "'yes'"}},
    {'u', {"'incidents'", "'rows'", "nil"}},
    {'l', {"'not-above'", "'school'", "nil", "true", "'above'"}},
    {'j', {"nil", "'weight'", "'none'"}},
    {'m', {"nil", "'graded-care'", "'no-such'"}},
    {'q', {"nil", "'A'", "'A1a'", "'case'", "'cp-plan'", "', '", "''", "'a\\0b'"}},
    {'Q', {"'%d %.3f'", "'%s %s'", "'%q %5d'", "'%i %a'", "'%99d'", "'%'"}},
    {'H',
     {"nil", "{ weight = 3 }", "{ worker = 'w1' }", "{ bedroom_seen = true }", "{ no_such = 1 }", "{ 1 }"}},
    {'I', {"{ 0, 1 }", "{}", "s[1]:columns().incident", "{ 4294967295 }", "{ math.maxinteger }", "{ 0.5 }"}},
    {'S', {"s[3]", "{ s[3], s[3] }", "{}", "{ s[3], s[1] }", "s[1]", "{ s[4] }"}},
    {'L', {"{ a[1], a[2] }", "{}", "{ a[1], a[1] }", "a", "{ s[1] }"}},
    {'W', {"{ { months = 9 }, { months = 12 } }", "{ { days = 1 } }", "{}", "{ 1 }", "{ { days = 36600 } }"}},
    {'R',
     {"{ a = s[1] }", "{ a = s[1], b = s[4] }", "r", "{ a = s[3] }", "{}",
      "{ a = s[1], b = s[2], c = s[1], d = s[2], e = s[1], f = s[1], g = s[1], h = s[1] }", "{ s[1] }",
      "{ ['a\\0'] = s[1], ['a'] = s[2] }"}},
    {'F',
     {"function(w) return #w.a > 1 end", "function(w) return w.a[1] == (w.b or w.a)[2] end",
      "function(w) table.insert(x, w) return true end", "function(w) w.a = nil return false end",
      "function() for k in pairs(r) do r[k] = nil end x[9] = 'k' .. #x return true end",
      "function() return child:in_worlds { rows = { a = s[1] }, outcome = 'yes',\n"
      "rule = function(w) return #w.a > 2 end }.answer == 'met' end",
      "function() s[1] = child:select {} return s[1]:count().certain > 2 end",
      "function() while true do end end", "function() return 1 end", "function() error('x') end", "assert",
      "function() return child.died end"}},
    {'X', {"x", "{ x[1], x[2] }", "{}", "{ x[1] }", "s", "{ 3, 1, 2 }", "{ 'b', 'a' }", "string", "kin"}},
    {'O', {"nil", "function(p, q) return p < q end", "function() return true end", "assert"}},
};
#define VALUES (sizeof values / sizeof *values)

/* --- the names that there are --- */

typedef struct callable {
    char of;
    char name[40];
    const signature *known; /* NULL: any arguments */
} callable;

#define CALLABLES_MAX 160
static callable callables[CALLABLES_MAX];
static size_t callable_count;

static const signature *signature_of(char of, const char *name)
{
    for (size_t i = 0; i < SIGNATURES; i++)
        if (signatures[i].of == of && strcmp(signatures[i].name, name) == 0)
            return &signatures[i];
    return NULL;
}

static void add_callable(char of, const char *prefix, const char *name)
{
    callable *made = &callables[callable_count++];
    if (callable_count == CALLABLES_MAX)
        abort();
    made->of = of;
    snprintf(made->name, sizeof made->name, "%s%s", prefix, name);
    made->known = signature_of(of, made->name);
    if (of != '-' && !made->known) {
        fprintf(stderr, "the method %s has no row in fuzz_bindings.c\n", made->name);
        abort();
    }
}

/* The functions in the table on top of the stack, which is popped; read-only ones hold theirs behind. */
static void add_table(lua_State *lua, char of, const char *prefix)
{
    if (lua_getmetatable(lua, -1)) {
        lua_getfield(lua, -1, "__index");
        lua_replace(lua, -3);
        lua_pop(lua, 1);
    }
    lua_pushnil(lua);
    while (lua_next(lua, -2)) {
        char inner[40];
        const char *name = lua_tostring(lua, -2);
        snprintf(inner, sizeof inner, "%s.", name);
        if (lua_isfunction(lua, -1))
            add_callable(of, prefix, name);
        if (lua_istable(lua, -1))
            add_table(lua, of, inner);
        else
            lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
}

static void add_methods(lua_State *lua, const char *view)
{
    luaL_getmetatable(lua, view);
    lua_getfield(lua, -1, "__index");
    if (lua_isfunction(lua, -1))
        lua_getupvalue(lua, -1, 1);
    add_table(lua, view[0], "");
    lua_settop(lua, 0);
}

static int by_name(const void *a, const void *b)
{
    const callable *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x->of > y->of) - (x->of < y->of);
}

static void collect_callables(void)
{
    static const char *const views[] = {"child", "selection", "episodes", "assessment"};
    tdm__sandbox sandbox = {0};
    size_t known = 0;
    if (callable_count > 0)
        return;
    if (tdm__sandbox_open(&sandbox, &tdm__malloc_allocator, 4u << 20) != TDM_OK)
        abort();
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        add_methods(sandbox.lua, views[i]);
    tdm__environment_push(sandbox.lua);
    add_table(sandbox.lua, '-', "");
    tdm__sandbox_close(&sandbox);
    qsort(callables, callable_count, sizeof *callables, by_name);
    for (size_t i = 0; i < callable_count; i++)
        known += callables[i].known != NULL;
    if (known != SIGNATURES) {
        fprintf(stderr, "fuzz_bindings.c has a row for something that is not there\n");
        abort();
    }
}

/* --- the program --- */

typedef struct program {
    const uint8_t *bytes;
    size_t left;
    tdm__text text;
    int child_count, selection_count, episodes_count, assessment_count, other_count;
} program;

static unsigned next_byte(program *p)
{
    if (p->left == 0)
        return 0;
    p->left--;
    return *p->bytes++;
}

static int *pool_of(program *p, char kind)
{
    switch (kind) {
    case 'c':
        return &p->child_count;
    case 's':
        return &p->selection_count;
    case 'e':
        return &p->episodes_count;
    case 'a':
        return &p->assessment_count;
    default:
        return &p->other_count;
    }
}

static void put_pooled(program *p, char kind)
{
    unsigned index = next_byte(p) % (unsigned)*pool_of(p, kind) + 1;
    tdm__text_printf(&p->text, "%c[%u]", kind, index);
}

static const value_row *values_of(char letter)
{
    for (size_t i = 0; i < VALUES; i++)
        if (values[i].letter == letter)
            return &values[i];
    return NULL;
}

/* One argument in 32 is of another kind than the row says. */
static void put_value(program *p, char letter)
{
    static const char pools[] = "csea";
    size_t count = 0;
    unsigned byte = next_byte(p);
    if (byte % 32 == 31 || letter == '?') {
        unsigned other = next_byte(p) % (unsigned)(VALUES + 4);
        letter = other < VALUES ? values[other].letter : pools[other - VALUES];
        byte = next_byte(p);
    }
    const value_row *row = values_of(letter);
    if (!row) {
        put_pooled(p, letter);
        return;
    }
    while (count < CHOICES_MAX && row->choices[count])
        count++;
    tdm__text_puts(&p->text, row->choices[byte % count]);
}

/* "{name:letter ...}" from after the brace; gives what follows it. */
static const char *put_options(program *p, const char *takes)
{
    unsigned left_out = next_byte(p) & next_byte(p); /* of the first eight, one in four */
    tdm__text_puts(&p->text, "{ ");
    for (unsigned i = 0; *takes != '}'; i++) {
        size_t length = strcspn(takes, ":");
        if (i > 7 || !(left_out >> i & 1)) {
            tdm__text_printf(&p->text, "%.*s = ", (int)length, takes);
            put_value(p, takes[length + 1]);
            tdm__text_puts(&p->text, ", ");
        }
        takes += length + 2;
        takes += *takes == ' ';
    }
    tdm__text_puts(&p->text, "}");
    return takes + 1;
}

static void put_arguments(program *p, const char *takes)
{
    for (bool first = true; *takes; first = false) {
        tdm__text_puts(&p->text, first ? "" : ", ");
        if (*takes == '{')
            takes = put_options(p, takes + 1);
        else
            put_value(p, *takes++);
    }
}

static const char *random_arguments(program *p)
{
    static const char any[] = "????";
    return any + 4 - next_byte(p) % 5;
}

static void put_call(program *p, const callable *called)
{
    if (called->of != '-') {
        put_pooled(p, called->of);
        tdm__text_puts(&p->text, ":");
    }
    tdm__text_printf(&p->text, "%s(", called->name);
    put_arguments(p, called->known && next_byte(p) % 16 != 15 ? called->known->takes : random_arguments(p));
    tdm__text_puts(&p->text, ")");
}

/* What comes back goes where later calls find it; lists give their first. */
static void put_statement(program *p)
{
    static const struct {
        char gives, pool;
        const char *before, *behind;
    } lists[] = {
        {'P', 's', "(", "[1] or { selection = s[1] }).selection"},
        {'E', 'e', "", "[1] or e[1]"},
        {'C', 'c', "", "[1] or c[1]"},
        {'A', 'a', "", "[1] or a[1]"},
    };
    const callable *called = &callables[next_byte(p) % callable_count];
    char pool = called->known ? called->known->gives : 'x';
    const char *before = "", *behind = "";
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (lists[i].gives != pool)
            continue;
        pool = lists[i].pool;
        before = lists[i].before;
        behind = lists[i].behind;
        break;
    }
    tdm__text_printf(&p->text, "%c[%d] = %s", pool, *pool_of(p, pool) + 1, before);
    put_call(p, called);
    tdm__text_printf(&p->text, "%s\n", behind);
    ++*pool_of(p, pool);
}

static const char head[] =
    "return { evaluate = function(child, p)\n"
    "local kin = child:siblings()\n"
    "local c, s, e, x, r = { child, kin[1] }, {}, {}, {}, {}\n"
    "local a = child:assessments()\n"
    "s[1], s[2] = child:select {}, child:select { kind = { 'concern', 'injury' }, count = 'rows' }\n"
    "s[3] = kin[1]:select {}\n"
    "s[4] = child:beside(s[3])\n"
    "e[1], e[2] = child:episodes {}, kin[1]:episodes {}\n"
    "r['a' .. child.id], r['b' .. child.id] = s[1], s[4]\n"
    "x[1], x[2] = s[1]:at_least { n = 1, outcome = 'yes' }, { 2, 1 }\n";

static const char tail[] =
    "end,\n"
    "id = 'probe', version = '1.0.0', group = 'drift', title = 'T', question = 'Q?',\n"
    "definition = '{number} things', needs = {},\n"
    "evidence = { source = 'S', standing = { 'local' } },\n"
    "params = { number = { type = 'count', default = 3, min = 1, max = 9, doc = 'D' } },\n"
    "outcomes = { yes = '{count} of {number} from {from} to {to}.', said = 'Said {said}.',\n"
    "late = '{from}, {late}.', rate = '{count} at {share} per cent.' },\n"
    "examples = { { name = 'E', as_of = '2024-09-30', expect = 'not-met', born = '2019-05-04',\n"
    "events = { { '2023-01-10', 'referral', 'school', { weight = 3 } },\n"
    "{ '2023-06', 'concern', 'health-visiting', { weight = 2, worker = 'w1' }, theme = 'physical' },\n"
    "{ '2023-07-01?', 'cp-plan-start', 'childrens-social-care' },\n"
    "{ '2023-08-02', 'visit', 'childrens-social-care', { worker = 'w2', bedroom_seen = false } },\n"
    "{ '2023-09-20', 'concern', 'police', significance = 'high' },\n"
    "{ '2023-09-21', 'concern', 'school' },\n"
    "{ '[..2023-12-01]', 'cp-plan-end', 'childrens-social-care' },\n"
    "{ '2024-02', 'injury', 'hospital', recorded = '2024-03-03' },\n"
    "{ '2024-03-10', 'attendance-summary', 'school', { sessions_missed = 9, sessions_possible = 60 } },\n"
    "{ '2024-05-01', 'case-closure', 'childrens-social-care' } },\n"
    "siblings = { { born = '2021-01-02', events = { { '2023-06-05', 'concern', 'school' },\n"
    "{ '2024-04?', 'cp-plan-start', 'childrens-social-care' } } } },\n"
    "covers = { school = { { '2023-01-01', '2024-06-30' } } },\n"
    "assessments = { { '2024-01-10', 'graded-care', grade = 2, items = { A1a = 4 }, carer = 'M' },\n"
    "{ '2024-05-15', 'graded-care', grade = 3, items = { A1a = 'not-seen' }, carer = 'M' } } } } }\n";

#define STATEMENTS_MAX 24

static void write_program(program *p)
{
    tdm__text_init(&p->text, &tdm__malloc_allocator);
    tdm__text_puts(&p->text, head);
    for (int i = 0; i < STATEMENTS_MAX && p->left > 0; i++)
        put_statement(p);
    /* The last of a measure's answers, which the reader of results then judges. */
    tdm__text_printf(&p->text, "return x[%d]\n", p->other_count);
    tdm__text_puts(&p->text, tail);
    if (p->text.failed)
        abort();
}

/* --- the question --- */

static void ask(tdm__example_outcome *out, tdm__worker *worker, tdm__arena *arena)
{
    if (tdm__worker_example(out, worker, arena, 0, 0) != TDM_OK)
        abort();
    if (out->got != TDM_NOT_MET && out->detail.length == 0)
        abort();
}

/* The same answer, words and rows, whatever the worker was asked before. */
static void ask_twice(const tdm__catalogue *catalogue)
{
    tdm__worker *worker;
    tdm__arena arena;
    tdm_error error;
    tdm__example_outcome first, second;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    if (tdm__worker_new(&worker, catalogue, &error) != TDM_OK)
        abort();
    ask(&first, worker, &arena);
    ask(&second, worker, &arena);
    if (first.got != second.got || first.outcome != second.outcome ||
        !tdm__str_equal(first.detail, second.detail))
        abort();
    if (getenv("TIDEMARK_FUZZ_SHOW"))
        printf("%.*s\n", TDM_STR_ARGS(first.detail));
    tdm__worker_free(worker);
    tdm__arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tdm__data *shipped = target_data();
    program p = {.bytes = data,
                 .left = size,
                 .child_count = 2,
                 .selection_count = 4,
                 .episodes_count = 2,
                 .assessment_count = 2,
                 .other_count = 2};
    tdm__script_limits limits = {.steps = 60000, .memory_bytes = 4u << 20};
    tdm__catalogue *catalogue;
    tdm_error error = {0};
    tdm__script_ground ground = {shipped->vocabulary, shipped->holidays, shipped->instruments,
                                 shipped->instrument_count};
    collect_callables();
    write_program(&p);
    if (getenv("TIDEMARK_FUZZ_SHOW"))
        printf("%.*s\n", TDM_STR_ARGS(tdm__text_str(&p.text)));
    tdm__script_file file = {TDM_LIT("indicators/drift/probe.lua"), tdm__text_str(&p.text)};
    if (tdm__catalogue_new(&catalogue, &tdm__malloc_allocator, &file, 1, NULL, 0, &ground, &limits, &error) !=
        TDM_OK) {
        fprintf(stderr, "line %d: %s\n", (int)error.line, error.message);
        abort();
    }
    ask_twice(catalogue);
    tdm__catalogue_free(catalogue);
    tdm__text_free(&p.text);
    return 0;
}
