/*
 * What both writers of a trial ask.
 */
#include "report/trial.h"

const tdm__prompt *tdm__prompt_of(const tdm__child_result *child, uint32_t indicator)
{
    for (size_t i = 0; i < child->prompt_count; i++)
        if (child->prompts[i].indicator == indicator)
            return &child->prompts[i];
    return NULL;
}

const tdm__no_prompt *tdm__no_prompt_of(const tdm__child_result *child, uint32_t indicator)
{
    for (size_t i = 0; i < child->no_prompt_count; i++)
        if (child->no_prompts[i].indicator == indicator)
            return &child->no_prompts[i];
    return NULL;
}

tdm__answer_counts tdm__count_answers(const tdm_run *run, uint32_t indicator)
{
    tdm__answer_counts counts = {{0}};
    for (size_t i = 0; i < run->child_count; i++) {
        const tdm__prompt *prompt = tdm__prompt_of(&run->children[i], indicator);
        const tdm__no_prompt *none = tdm__no_prompt_of(&run->children[i], indicator);
        counts.of[prompt ? prompt->answer : none ? none->answer : TDM_NOT_MET]++;
    }
    return counts;
}

static const struct {
    const char *code, *words;
} ends[] = {
    [TDM__TRIAL_NO_SOURCE] = {"no-source",
                              "The script was not asked: no source could hold what it needs, or no agency "
                              "declares that it covers enough of the time."},
    [TDM__TRIAL_NO_ROW] = {"no-row", "The script was not asked: there is no entry without which it cannot be "
                                     "met (held)."},
    [TDM__TRIAL_SCRIPT] = {"script", "The answer is that of the script."},
    [TDM__TRIAL_FAILED] = {"failed", "The script failed."},
    [TDM__TRIAL_IN_PART] = {"in-part",
                            "The script found nothing, but no source could hold all that could show "
                            "it (deny): that is no \"not met\"."},
};

const char *tdm__trial_end_words(const tdm__trial *trial)
{
    return ends[trial->end].words;
}

const char *tdm__trial_end_code(tdm__trial_end end)
{
    return ends[end].code;
}

bool tdm__trial_row_in_doubt(const tdm__trial *trial, uint32_t row)
{
    const tdm__row *r = &trial->history->rows[row];
    return trial->trace.rows && row < trial->trace.row_count && trial->trace.rows[row] &&
           (!r->dated || r->uncertain || r->from != r->to);
}
