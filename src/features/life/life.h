/* SPDX-License-Identifier: Apache-2.0 */
/* Everything the program keeps about one person, as one record that this person takes home: sections of
 * records of fields, the same for the page that opens anywhere and for the file that programs read
 * (doc/life-record.md).
 *
 * It holds what is written about the person, by whomever, and nothing of others: what a supporter logged
 * about a family is in the family's record with its words, and in the supporter's without them. */
#ifndef LIFE_H
#define LIFE_H

#include "platform/scope.h"

enum { LIFE_FIELDS = 24 };

typedef enum LifeKind {
    LIFE_WORDS,
    LIFE_TIME,
    LIFE_DAY, /* no hour is known of it */
    LIFE_NUMBER,
    LIFE_CODE, /* one of a few: a sentence for people, a word that stays for programs */
} LifeKind;

typedef struct LifeField {
    const char *key; /* in the file: never rename */
    Text label;
    LifeKind kind;
    Str words; /* WORDS; of a CODE the word that stays */
    Text text; /* CODE */
    Time time;
    Date day;
    int64_t number;
} LifeField;

/* Fields that say nothing (no words, no time) are left out. */
typedef struct LifeRecord {
    LifeField items[LIFE_FIELDS];
    size_t count;
    bool is_part2; /* something in it tells of substance use */
} LifeRecord;

typedef struct LifeSection {
    const char *key;
    Text title;
    LifeRecord *items;
    size_t count;
    size_t room;
} LifeSection;

enum { LIFE_SECTIONS = 64 };
typedef struct Life {
    Arena *arena;
    LifeSection items[LIFE_SECTIONS];
    size_t count;
} Life;

Life *life_begin(Arena *arena);
/* A section without records so far. */
void life_section(Life *life, const char *key, Text title);
/* A record at the end of the newest section; fields go to the newest record. */
void life_record(Life *life);
void life_words(Life *life, const char *key, Text label, Str words);
void life_time(Life *life, const char *key, Text label, Time time);
void life_day(Life *life, const char *key, Text label, Date day);
void life_number(Life *life, const char *key, Text label, int64_t number);
void life_code(Life *life, const char *key, Text label, const char *word, Text text);
/* Marks the newest record. */
void life_part2(Life *life, bool is_part2);
/* Something in it tells of substance use. */
bool life_has_part2(const Life *life);

/* The file for programs: UTF-8 JSON, times in UTC (RFC 3339), days as they were said. `made_at` is when. */
Str life_json(const Life *life, Time made_at);

#endif
