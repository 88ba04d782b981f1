/*
 * States with a count of those who use them. The lock guards the pointer to the state in force and every
 * count; files are read outside it.
 */
#include "api/rules.h"

#include <pthread.h>

struct tdm__rules_state {
    tdm__data data;
    uint64_t number;
    size_t users; /* runs, and one for being in force */
};

struct tdm__rules {
    const tdm_context *context;
    tdm__arena arena; /* of the request */
    tdm__data_request request;
    pthread_mutex_t lock;
    tdm__rules_state *in_force;
    uint64_t last_number;
};

static void free_state(tdm__rules_state *state, const tdm_allocator *allocator)
{
    tdm__data_free(&state->data);
    tdm__free(allocator, state);
}

static tdm_status read_state(tdm__rules_state **out, const tdm__rules *rules, tdm_error *error)
{
    *out = NULL;
    tdm__rules_state *state = tdm__alloc_zeroed(&rules->context->allocator, 1, sizeof *state);
    if (!state)
        return tdm__no_memory(error);
    tdm_status status = tdm__data_open(&state->data, rules->context, error);
    state->data.with_measures = true;
    if (status == TDM_OK)
        status = tdm__data_read_rules(&state->data, &rules->request, error);
    if (status == TDM_OK)
        status = tdm__data_read_instruments(&state->data, &rules->request, error);
    if (status == TDM_OK)
        status = tdm__data_read_common_words(&state->data, &rules->request, error);
    if (status != TDM_OK) {
        free_state(state, &rules->context->allocator);
        return status;
    }
    *out = state;
    return TDM_OK;
}

static bool copy_path(const char **out, tdm__arena *arena, const char *path)
{
    *out = path ? tdm__arena_copy(arena, tdm__str(path)).data : NULL;
    return !path || *out;
}

static bool copy_request(tdm__rules *rules, const tdm__data_request *request)
{
    rules->request.policy_json = tdm__arena_copy(&rules->arena, request->policy_json);
    return copy_path(&rules->request.scripts, &rules->arena, request->scripts) &&
           copy_path(&rules->request.policy, &rules->arena, request->policy) &&
           rules->request.policy_json.data;
}

tdm_status tdm__rules_open(tdm__rules **out, const tdm_context *context, const tdm__data_request *request,
                           tdm_error *error)
{
    *out = NULL;
    tdm__rules *rules = tdm__alloc_zeroed(&context->allocator, 1, sizeof *rules);
    if (!rules)
        return tdm__no_memory(error);
    rules->context = context;
    tdm__arena_init(&rules->arena, &context->allocator);
    if (pthread_mutex_init(&rules->lock, NULL) != 0) {
        tdm__free(&context->allocator, rules);
        return tdm__no_memory(error);
    }
    tdm_status status = copy_request(rules, request) ? tdm__rules_reload(rules, error)
                                                     : tdm__no_memory(error);
    if (status == TDM_OK)
        *out = rules;
    else
        tdm__rules_free(rules);
    return status;
}

void tdm__rules_free(tdm__rules *rules)
{
    if (!rules)
        return;
    const tdm_allocator *allocator = &rules->context->allocator;
    if (rules->in_force)
        free_state(rules->in_force, allocator);
    pthread_mutex_destroy(&rules->lock);
    tdm__arena_free(&rules->arena);
    tdm__free(allocator, rules);
}

const tdm__data_request *tdm__rules_read_from(const tdm__rules *rules)
{
    return &rules->request;
}

tdm_status tdm__rules_reload(tdm__rules *rules, tdm_error *error)
{
    tdm__rules_state *fresh;
    tdm_status status = read_state(&fresh, rules, error);
    if (status != TDM_OK)
        return status;
    fresh->users = 1;
    pthread_mutex_lock(&rules->lock);
    tdm__rules_state *old = rules->in_force;
    fresh->number = ++rules->last_number;
    rules->in_force = fresh;
    pthread_mutex_unlock(&rules->lock);
    if (old)
        tdm__rules_release(rules, old);
    return TDM_OK;
}

tdm__rules_state *tdm__rules_acquire(tdm__rules *rules)
{
    pthread_mutex_lock(&rules->lock);
    tdm__rules_state *state = rules->in_force;
    state->users++;
    pthread_mutex_unlock(&rules->lock);
    return state;
}

void tdm__rules_release(tdm__rules *rules, tdm__rules_state *state)
{
    pthread_mutex_lock(&rules->lock);
    bool last = --state->users == 0;
    pthread_mutex_unlock(&rules->lock);
    if (last)
        free_state(state, &rules->context->allocator);
}

const tdm__data *tdm__rules_data(const tdm__rules_state *state)
{
    return &state->data;
}

uint64_t tdm__rules_number(const tdm__rules_state *state)
{
    return state->number;
}
