/* SPDX-License-Identifier: Apache-2.0 */
/* Days as people type them into spreadsheets.
 *
 * 8/3/2026 is August in the United States and March elsewhere. One cell cannot tell, its column often can:
 * the order is decided once for a column, and a cell that nothing decides is a guess that says so. A date
 * without a year is named and left in words. Pure. */
#ifndef IMPORT_DATE_H
#define IMPORT_DATE_H

#include "features/import/import_cell.h"

typedef struct ImportDay {
    int16_t year; /* 0: not there */
    int8_t month;
    int8_t day;
} ImportDay;

typedef enum ImportDateOrder {
    DATE_ORDER_UNPROVEN, /* nothing speaks against month first; US programs write so */
    DATE_ORDER_MONTH_FIRST,
    DATE_ORDER_DAY_FIRST,
    DATE_ORDER_BOTH, /* some cells can only be one, some only the other: none is guessed */
} ImportDateOrder;

/* What this cell adds to what the column's cells before it said. */
ImportDateOrder import_date_order(ImportDateOrder before, Str cell);

typedef struct ImportDate {
    ImportReading reading;
    ImportDay day;
} ImportDate;

/* 2026-08-03, 8/3/2026, 8-3-26, 8.3.2026, "Aug 3, 2026", "3 ago 2026", "3 de agosto de 2026". Not before
 * 1990, not after `today`. */
ImportDate import_date(Arena *arena, Str cell, ImportDateOrder order, ImportDay today);

/* The day that a moment falls on, in UTC; pages with a zone use zone_date(). */
ImportDay import_day_of(Time time);

bool import_day_is_before(ImportDay left, ImportDay right);

/* 1..12 for an English or Spanish month's name or its first letters ("aug", "sept", "agosto"), 0 for
 * anything else. */
int import_month(Str folded);

#endif
