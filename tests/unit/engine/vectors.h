/*
 * Tables of tests/data, row by row: every field as text that ends with a zero byte.
 */
#ifndef TDM_TESTS_ENGINE_VECTORS_H
#define TDM_TESTS_ENGINE_VECTORS_H

#include "engine/statistics.h"
#include "support.h"

#define VECTOR_FIELDS_MAX  16
#define VECTOR_NUMBERS_MAX 1024
#define VECTOR_NEAR        1e-9

/* Calls `row` for each row but the first of a file under tests/data; fields are valid for the call. Fails the
 * test where the file has fewer than `least` rows or one with other than `field_count` fields. */
void vectors_read(const char *path, size_t field_count, size_t least, void (*row)(char **fields));

/* Whole numbers or doubles that blanks separate: how many. */
size_t vector_numbers(double *numbers, const char *text);
/* "none" is NAN. */
double vector_number(const char *text);
/* Both NAN, or within VECTOR_NEAR of each other relative to their size. */
void ck_vector_near(double got, double wanted, const char *what);

#endif
