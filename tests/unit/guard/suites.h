/*
 * The suites that the runner of this layer runs; each stands in the check_*.c of its name.
 */
#ifndef TDM_TESTS_GUARD_SUITES_H
#define TDM_TESTS_GUARD_SUITES_H

#include "support.h"

Suite *chain_suite(void);
Suite *cipher_suite(void);
Suite *digest_suite(void);
Suite *key_suite(void);
Suite *marks_suite(void);
Suite *mentions_suite(void);
Suite *common_password_suite(void);
Suite *password_suite(void);
Suite *patterns_suite(void);
Suite *pseudonyms_suite(void);
Suite *rights_suite(void);
Suite *ring_suite(void);
Suite *seal_suite(void);
Suite *throttle_suite(void);
Suite *token_suite(void);
Suite *words_suite(void);

#endif
