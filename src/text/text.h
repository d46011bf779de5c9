/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences in the reader's language. The sentences themselves are in .po files; texts.h is generated from
 * them and holds one function for each sentence that has arguments, texts_enum.h the enums Lang and Text.
 *
 * A Text is a sentence without arguments, small enough to travel in tables and results (a form's error, a
 * reason). TEXT_NONE is no sentence; writing it is a bug (assert). */
#ifndef TEXT_H
#define TEXT_H

#include "base/buf.h"
#include "base/calendar.h"
#include "texts_enum.h" /* generated: enum Lang { LANG_EN, LANG_ES, LANG_COUNT }, enum Text */

/* What it takes to say something to a reader. */
typedef struct Words {
    Arena *arena;
    Lang lang;
    const Zone *zone; /* where the reader's clock hangs */
} Words;

/* The sentence; valid forever. */
Str text_str(Lang lang, Text text);

/* "en", "es": the IETF tag, also the value of html lang. */
Str lang_tag(Lang lang);
/* The language's own name. */
Str lang_name(Lang lang);
/* Finds a language by tag ("es", "es-PR", any letter size). False when it is not one of ours. */
bool lang_find(Str tag, Lang *ret_lang);

/* "Aug" / "agosto", as a date has it; month 1 to 12. */
Text text_month(int month);
/* "Aug 3, 2026" / "3 de agosto de 2026". */
void text_add_date(Buf *buf, Lang lang, Date date);
/* "2:15 pm" / "14:15". */
void text_add_clock(Buf *buf, Lang lang, int hour, int minute);
/* "Aug 3, 2026, 2:15 pm" / "3 de agosto de 2026, 14:15", on the reader's clock. */
void text_add_moment(Buf *buf, const Words *words, Time time);
/* "3 days", "2 hours", "less than a minute": one unit, rounded down. The sign is not said. */
void text_add_span(Buf *buf, Lang lang, int64_t span_us);
/* "1,234": a number as it stands in running text. */
void text_add_number(Buf *buf, Lang lang, int64_t number);

#endif
