/*
 * Which files a policy is made of: the one that was named, and what it includes, from beside it or from the
 * shipped ones. Internal to the layer.
 */
#ifndef TDM_API_POLICY_FILES_H
#define TDM_API_POLICY_FILES_H

#include "api/data.h"

#define TDM__POLICY_FILES_MAX 64

/* In the order in which they are laid over each other. */
typedef struct tdm__policy_files {
    tdm__policy_text items[TDM__POLICY_FILES_MAX];
    size_t count;
} tdm__policy_files;

/*
 * Reads the request's policy with all that it includes; texts live in the data's arena.
 *
 * TDM_OK; TDM_NOT_FOUND, TDM_INVALID_INPUT (a circle, more than eight levels, a faulty member `include`) with
 * the file and line of the include; TDM_IO; TDM_TOO_LARGE; TDM_NO_MEMORY.
 */
tdm_status tdm__policy_files_gather(tdm__policy_files *files, tdm__data *data,
                                    const tdm__data_request *request, tdm_error *error);

#endif
