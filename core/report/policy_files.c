/*
 * Title, hash and files of a policy.
 */
#include "report/policy_files.h"

#include "report/json_members.h"

void tdm__json_policy_files(tdm__json_writer *json, tdm_str title, const char *hash,
                            const tdm__policy_file *files, size_t file_count)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "title", title);
    tdm__json_code_member(json, "hash", hash);
    tdm__json_open_list(json, "files");
    for (size_t i = 0; i < file_count; i++) {
        tdm__json_open_object(json);
        tdm__json_text_member(json, "name", files[i].name);
        tdm__json_code_member(json, "hash", files[i].hash);
        tdm__json_close_object(json);
    }
    tdm__json_close_array(json);
    tdm__json_close_object(json);
}
