/*
 * Reads tests/data row by row and compares numbers.
 */
#include "engine/vectors.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"

static void take_row(tdm__csv *csv, size_t field_count, void (*row)(char **fields))
{
    char text[VECTOR_FIELDS_MAX][16384]; /* not static: a row may read another file */
    char *fields[VECTOR_FIELDS_MAX];
    ck_assert_uint_eq(csv->field_count, field_count);
    for (size_t i = 0; i < field_count; i++) {
        ck_assert_uint_lt(csv->fields[i].length, sizeof text[i]);
        memcpy(text[i], csv->fields[i].data, csv->fields[i].length);
        text[i][csv->fields[i].length] = '\0';
        fields[i] = text[i];
    }
    row(fields);
}

void vectors_read(const char *path, size_t field_count, size_t least, void (*row)(char **fields))
{
    tdm__buffer buffer;
    tdm__csv csv;
    bool more = false;
    size_t rows = 0;
    ck_assert_uint_le(field_count, VECTOR_FIELDS_MAX);
    ck_assert_int_eq(
        tdm__file_read(&buffer, &tdm__malloc_allocator, TDM_SOURCE_DIR "/tests/data", path, 1 << 20, NULL),
        TDM_OK);
    tdm__csv_init(&csv, &tdm__malloc_allocator, (tdm_str){buffer.data, buffer.length}, ',');
    ck_assert_int_eq(tdm__csv_next(&csv, &more, NULL), TDM_OK);
    while (tdm__csv_next(&csv, &more, NULL) == TDM_OK && more) {
        take_row(&csv, field_count, row);
        rows++;
    }
    ck_assert_msg(rows >= least, "%s: %zu rows", path, rows);
    tdm__csv_free(&csv);
    tdm__free(&tdm__malloc_allocator, buffer.data);
}

double vector_number(const char *text)
{
    return strcmp(text, "none") == 0 ? NAN : strtod(text, NULL);
}

size_t vector_numbers(double *numbers, const char *text)
{
    size_t count = 0;
    for (char *end; *text; text = end) {
        ck_assert_uint_lt(count, VECTOR_NUMBERS_MAX);
        numbers[count++] = strtod(text, &end);
        ck_assert_ptr_ne(end, text);
    }
    return count;
}

void ck_vector_near(double got, double wanted, const char *what)
{
    if (isnan(wanted))
        ck_assert_msg(isnan(got), "%s: %.17g, not none", what, got);
    else
        ck_assert_msg(fabs(got - wanted) <= VECTOR_NEAR * fmax(1, fabs(wanted)), "%s: %.17g, not %.17g", what,
                      got, wanted);
}
