/*
 * MACs of entries, and the head as text.
 */
#include "guard/chain.h"

#include <stdio.h>
#include <string.h>

enum { MAC_HEX = 2 * TDM__DIGEST_BYTES };

void tdm__chain_mac(tdm__digest *out, const tdm__digest *key, const tdm__digest *previous,
                    const tdm__chain_entry *entry)
{
    unsigned char number[8], time[8];
    const tdm_str parts[] = {TDM_LIT("tidemark audit 1"),
                             {(const char *)previous->bytes, sizeof previous->bytes},
                             tdm__number_part(number, entry->number),
                             tdm__number_part(time, entry->time),
                             entry->actor,
                             entry->role,
                             entry->what,
                             entry->object_kind,
                             entry->object_id,
                             entry->reason,
                             entry->details};
    tdm__digest_parts(out->bytes, sizeof out->bytes, key, parts, sizeof parts / sizeof *parts);
}

tdm_status tdm__chain_append(tdm__chain_head *head, const tdm__digest *key, const tdm__chain_entry *entry)
{
    tdm__digest previous = head->mac;
    if (head->count == INT64_MAX || entry->number != head->count + 1)
        return TDM_INVALID_ARG;
    tdm__chain_mac(&head->mac, key, &previous, entry);
    head->count++;
    return TDM_OK;
}

void tdm__chain_head_write(char out[TDM__CHAIN_HEAD_SIZE], const tdm__chain_head *head)
{
    int length = snprintf(out, TDM__CHAIN_HEAD_SIZE, "%lld:", (long long)head->count);
    tdm__hex(out + length, head->mac.bytes, sizeof head->mac.bytes);
}

static bool is_zero(const tdm__digest *digest)
{
    const tdm__digest zero = {{0}};
    return tdm__digest_equal(digest, &zero);
}

static bool read_count(int64_t *out, tdm_str text)
{
    *out = 0;
    return text.length > 0 && text.data[0] >= '0' && text.data[0] <= '9' &&
           (text.data[0] != '0' || text.length == 1) && tdm__str_to_int64(out, text);
}

bool tdm__chain_head_read(tdm__chain_head *out, tdm_str text)
{
    tdm__chain_head head;
    *out = (tdm__chain_head){0};
    if (text.length < MAC_HEX + 2 || text.data[text.length - MAC_HEX - 1] != ':')
        return false;
    tdm_str count = {text.data, text.length - MAC_HEX - 1};
    tdm_str mac = {text.data + count.length + 1, MAC_HEX};
    if (!read_count(&head.count, count) || !tdm__unhex(head.mac.bytes, sizeof head.mac.bytes, mac) ||
        (head.count == 0 && !is_zero(&head.mac)))
        return false;
    *out = head;
    return true;
}

/* --- findings in words --- */

#define FAULT_ROW(name, code, one, several) {code, one, several},
static const struct {
    const char *code, *one, *several;
} faults[] = {TDM__CHAIN_FAULT_MAP(FAULT_ROW)};
#undef FAULT_ROW

const char *tdm__chain_fault_code(tdm__chain_fault fault)
{
    return faults[fault].code;
}

void tdm__chain_put_finding(tdm__text *out, tdm__chain_finding finding)
{
    const int64_t numbers[] = {finding.first, finding.last};
    const char *at = finding.first == finding.last ? faults[finding.fault].one
                                                   : faults[finding.fault].several;
    for (size_t next = 0; *at != '\0'; at++) {
        if (*at == '%' && next < 2)
            tdm__text_int(out, numbers[next++]);
        else
            tdm__text_char(out, *at);
    }
}
