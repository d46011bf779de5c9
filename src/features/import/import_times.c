/* SPDX-License-Identifier: Apache-2.0 */
/* Times of the week: days and parts of days, laid over the program's own words for them. */
#include "base/buf.h"
#include "features/import/import_cell.h"

/* Days by name, as the wider word that the list may have. */
static Str wider_day(Str word) {
    static const char weekday[] =
        "mon|monday|mondays|tue|tues|tuesday|tuesdays|wed|wednesday|wednesdays|thu|thur|thurs|"
        "thursday|thursdays|fri|friday|fridays|mwf|mw|tth|lunes|martes|miercoles|jueves|viernes";
    static const char weekend[] = "sat|saturday|saturdays|sun|sunday|sundays|sabado|sabados|domingo|domingos";
    if (import_is_one_of(word, weekday)) {
        return STR("weekday");
    }
    return import_is_one_of(word, weekend) ? STR("weekend") : STR("");
}

typedef struct Piece {
    uint64_t concepts;
    bool is_narrow; /* says less than the list's words can: a single day */
    bool has_other; /* hours, names, conditions */
} Piece;

/* "9-12" is a morning and "after 5" an evening; other hours are left to a person. */
static Str part_of_hours(Str folded) {
    int64_t hours[2] = {0};
    size_t count = 0;
    Str left = folded;
    while (left.length > 0) {
        Str word = STR_NONE;
        (void)str_cut(left, ' ', &word, &left);
        if (str_to_int(word, 0, 24, &hours[count < 2 ? count : 1])) {
            count++;
        }
    }
    if (count == 2 && hours[0] >= 6 && hours[0] < hours[1] && hours[1] <= 12) {
        return STR("morning");
    }
    const bool is_after =
        import_has_words(folded, STR("after")) || import_has_words(folded, STR("despues de las"));
    return count == 1 && is_after && hours[0] >= 5 && hours[0] <= 8 ? STR("evening") : STR("");
}

static Piece piece_read(Arena *arena, Str text) {
    Str left = import_fold(arena, text);
    const Str hours = part_of_hours(left);
    Piece piece = {
        .concepts = import_phrase_concepts(TOPIC_TIME, left) | import_phrase_concepts(TOPIC_TIME, hours),
        .is_narrow = hours.length > 0,
    };
    while (left.length > 0) {
        Str word = STR_NONE;
        (void)str_cut(left, ' ', &word, &left);
        int64_t hour = 0;
        if (hours.length > 0 &&
            (str_to_int(word, 0, 24, &hour) || import_is_one_of(word, "after|despues|to|a"))) {
            continue;
        }
        const Str wider = wider_day(word);
        if (wider.length > 0) {
            piece.is_narrow = true;
            piece.concepts |= import_phrase_concepts(TOPIC_TIME, wider);
        } else if (import_phrase_concepts(TOPIC_TIME, word) == 0 &&
                   !import_is_one_of(word, "in|the|on|and|after|school|week|days|entre|semana|por|la|las|los|"
                                           "fin|fines|de|en|y")) {
            piece.has_other = true;
        }
    }
    return piece;
}

/* Takes the list's words that lie within the piece ("weekdays": its mornings and evenings), or those it
 * lies within. */
static bool piece_take(const ImportList *list, const Piece *piece, Str written, ImportItems *items) {
    bool has_taken = false;
    for (int pass = 0; pass < 2 && !has_taken && piece->concepts != 0; pass++) {
        for (size_t entry = 0; entry < import_list_count(list); entry++) {
            const uint64_t concepts = import_list_concepts(list, entry);
            const bool lies_within = (concepts & piece->concepts) == piece->concepts;
            const bool holds = concepts != 0 && (concepts & ~piece->concepts) == 0;
            if (pass == 0 ? lies_within : holds) {
                import_items_add(items, import_list_id(list, entry), true, written);
                has_taken = true;
            }
        }
    }
    return has_taken;
}

static ImportWordsRead all_times(const ImportList *list, Str cell) {
    ImportWordsRead read = {
        .reading = {.sure = IMPORT_GUESSED, .remark = REMARK_BY_MEANING, .rest = STR("")},
        .items = {.rest = STR("")},
    };
    for (size_t entry = 0; entry < import_list_count(list); entry++) {
        import_items_add(&read.items, import_list_id(list, entry), true, cell);
    }
    return read;
}

/* The list's own word is exact; anything else is a guess by the words in it. */
static bool time_take(Arena *arena, const ImportList *list, Str text, ImportItems *items) {
    int64_t id = 0;
    if (import_list_find(arena, list, text, &id) == FOUND_EXACTLY) {
        import_items_add(items, id, false, text);
        return true;
    }
    Piece piece = piece_read(arena, text);
    if (piece.has_other) {
        return false;
    }
    if (piece_take(list, &piece, text, items)) {
        return !piece.is_narrow;
    }
    piece.concepts = import_broader_concepts(TOPIC_TIME, piece.concepts);
    return piece_take(list, &piece, text, items);
}

static ImportWordsRead times_read(ImportItems *items, Str rest) {
    items->rest = rest;
    bool has_guess = false;
    for (size_t index = 0; index < items->count; index++) {
        has_guess = has_guess || items->is_guess[index];
    }
    ImportReading reading = {.sure = has_guess ? IMPORT_GUESSED : IMPORT_UNDERSTOOD, .rest = rest};
    if (items->count == 0) {
        reading.sure = IMPORT_NOT_UNDERSTOOD;
        reading.remark = REMARK_UNKNOWN_WORD;
    } else if (rest.length > 0) {
        reading.remark = REMARK_WORDS_LEFT;
    } else if (has_guess) {
        reading.remark = REMARK_BY_MEANING;
    }
    return (ImportWordsRead){.reading = reading, .items = *items};
}

ImportWordsRead import_times(Arena *arena, const ImportList *list, Str cell) {
    if (import_says_nothing(arena, cell)) {
        return (ImportWordsRead){.reading = {.sure = IMPORT_SAYS_NOTHING, .rest = STR("")},
                                 .items = {.rest = STR("")}};
    }
    if (import_is_one_of(import_fold(arena, cell),
                         "any|anytime|any time|always|flexible|cualquiera|cualquier hora|siempre")) {
        return all_times(list, cell);
    }
    ImportItems items = {.count = 0};
    Buf rest = buf_new(arena, 2 * cell.length + 16);
    Str left = cell;
    while (left.length > 0) {
        size_t end = 0;
        while (end < left.length && memchr(",;\n", left.at[end], 3) == NULL) {
            end++;
        }
        const Str text = str_trim(str_part(left, 0, end));
        left = str_part(left, end + 1, left.length);
        if (text.length > 0 && !time_take(arena, list, text, &items)) {
            buf_add(&rest, rest.length > 0 ? STR("; ") : STR(""));
            buf_add(&rest, text);
        }
    }
    return times_read(&items, items.count == 0 ? cell : buf_str(&rest));
}
