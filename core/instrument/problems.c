/*
 * Telling each problem, keeping the first (see problems.h).
 */
#include "instrument/problems.h"

#include <stdarg.h>
#include <stdio.h>

void tdm__problems_init(tdm__problems *problems, bool lenient, tdm_problem_fn tell, void *payload)
{
    problems->tell = tell;
    problems->payload = payload;
    problems->lenient = lenient;
    problems->failed = false;
    tdm__error_clear(&problems->first);
}

void tdm__problems_add(tdm__problems *problems, bool fatal, const tdm_error *problem)
{
    if (problems->tell)
        problems->tell(problem, problems->payload);
    if (problems->failed || (problems->lenient && !fatal))
        return;
    problems->failed = true;
    problems->first = *problem;
}

void tdm__problem(tdm__problems *problems, bool fatal, tdm_place place, const char *format, ...)
{
    tdm_error problem;
    char message[sizeof problem.message];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    tdm__error_clear(&problem);
    tdm__fail_at(&problem, TDM_INVALID_INPUT, place, "%s", message);
    tdm__problems_add(problems, fatal, &problem);
}

tdm_status tdm__problems_end(const tdm__problems *problems, tdm_error *error)
{
    if (!problems->failed)
        return TDM_OK;
    if (error)
        *error = problems->first;
    return problems->first.status;
}
