/* SPDX-License-Identifier: Apache-2.0 */
/* The many ways people write a word, and which of the program's own list words one of them means.
 *
 * A program's lists (experiences, languages, relations...) are its own data, in two languages. A cell says
 * "mama", "Sp" or "foster / kinship". First the program's own words decide, letter for letter; only then a
 * table of common ways to write a thing, and what that finds is always called a guess. Nothing close to a
 * word is ever taken for it.
 *
 * Pure: no database. Everything lives in the arena given. */
#ifndef IMPORT_WORDS_H
#define IMPORT_WORDS_H

#include "base/str.h"

/* Lower case, accents off, only letters and digits, single spaces between words: for comparing, never for
 * showing. */
Str import_fold(Arena *arena, Str text);
/* Lower case, accents off, typographic quotes, dashes and halves as ASCII; other signs kept; anything else
 * a blank. */
Str import_plain(Arena *arena, Str text);

/* True when the folded `phrase` stands in the folded `text` as whole words. */
bool import_has_words(Str text, Str phrase);
/* True for any of the phrases between the bars of `phrases`. */
bool import_has_any_words(Str text, const char *phrases);

/* True when the word is one of those between the bars of `words` ("yes|y|si"). */
bool import_is_one_of(Str word, const char *words);

/* Which table of common words helps with a list. */
typedef enum ImportTopic {
    TOPIC_RELATION,
    TOPIC_EXPERIENCE,
    TOPIC_LANGUAGE,
    TOPIC_TIME,
    TOPIC_COUNT,
} ImportTopic;

/* One word of a program's list, as it stands in each language. */
typedef struct ImportItem {
    int64_t id;
    Strs names;
} ImportItem;

/* A list ready for looking up. Made once, used for every cell. */
typedef struct ImportList {
    ImportTopic topic;
    const struct ImportListEntry *entries;
    size_t count;
} ImportList;

ImportList import_list_new(Arena *arena, ImportTopic topic, const ImportItem *items, size_t count);

typedef enum ImportFound {
    FOUND_NOTHING,
    FOUND_EXACTLY,    /* the list's own word */
    FOUND_BY_MEANING, /* a common way to write it: a guess */
    FOUND_SEVERAL,    /* fits more than one word of the list; none is taken */
} ImportFound;

/* True when the phrase speaks of anything in the topic's table of common words. For telling what a column
 * holds. */
bool import_is_of_topic(Arena *arena, ImportTopic topic, Str phrase);

/* Which item of the list this one phrase means; *ret_id is set when one was found. */
ImportFound import_list_find(Arena *arena, const ImportList *list, Str phrase, int64_t *ret_id);

/* The list's entries, for rules that need more than one phrase at a time. */
size_t import_list_count(const ImportList *list);
int64_t import_list_id(const ImportList *list, size_t entry);
/* The topic's concepts that an entry's names, or a folded phrase, speak of, as bits. */
uint64_t import_list_concepts(const ImportList *list, size_t entry);
uint64_t import_phrase_concepts(ImportTopic topic, Str folded);
/* The wider concepts of these, 0 when there are none. */
uint64_t import_broader_concepts(ImportTopic topic, uint64_t concepts);

enum { IMPORT_MOST_ITEMS = 16 };

/* What a cell with several words of a list says. */
typedef struct ImportItems {
    int64_t ids[IMPORT_MOST_ITEMS]; /* no id twice */
    bool is_guess[IMPORT_MOST_ITEMS];
    Str written[IMPORT_MOST_ITEMS]; /* the words of the cell that each was read from */
    size_t count;
    Str rest; /* the phrases that were not understood, as written, "; " between them */
} ImportItems;

/* Adds an id that is not there yet, if there is room. */
void import_items_add(ImportItems *items, int64_t id, bool is_guess, Str written);

/* Cuts the cell at , ; / & | + and line ends, but for the plus that ends a word ("LGBTQ+ youth"); (also at
 * "and"/"y" between words for languages), but keeps together what the list keeps together: "foster /
 * kinship" is one word where the program says so. */
ImportItems import_list_split(Arena *arena, const ImportList *list, Str cell);

#endif
