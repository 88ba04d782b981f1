/*
 * Which files a policy is made of, as JSON: the same object in a review and in what is said of policies.
 */
#ifndef TDM_REPORT_POLICY_FILES_H
#define TDM_REPORT_POLICY_FILES_H

#include "engine/run.h"
#include "json/json.h"

/* The object; its name has been put. */
void tdm__json_policy_files(tdm__json_writer *json, tdm_str title, const char *hash,
                            const tdm__policy_file *files, size_t file_count);

#endif
