/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing the stored mapping. */
#include "features/import/import_mapping.h"

enum { MAPPING_BYTES = 2 * 1024 * 1024 };

static size_t count_lines(Str text) {
    size_t lines = 1;
    for (size_t at = 0; at < text.length; at++) {
        lines += text.at[at] == '\n' ? 1 : 0;
    }
    return lines;
}

static size_t read_meanings(Str words, ImportKind kind, ImportMeaning *meanings) {
    size_t count = 0;
    while (words.length > 0 && count < IMPORT_MOST_COLUMNS) {
        Str word = STR_NONE;
        (void)str_cut(words, ' ', &word, &words);
        meanings[count] = MEANS_KEEP;
        (void)import_meaning_find(word, kind, &meanings[count]);
        count++;
    }
    return count;
}

static int compare_decisions(const void *left, const void *right) {
    const ImportDecision *one = left;
    const ImportDecision *other = right;
    return one->line < other->line ? -1 : one->line > other->line ? 1 : 0;
}

ImportMapping import_mapping_read(Arena *arena, Str text, ImportKind kind) {
    ImportMapping mapping = {.meanings = NULL};
    ImportDecision *decisions = NEW_MANY(arena, count_lines(text), ImportDecision);
    size_t count = 0;
    while (text.length > 0) {
        Str line = STR_NONE;
        Str verb = STR_NONE;
        Str rest = STR_NONE;
        (void)str_cut(text, '\n', &line, &text);
        (void)str_cut(line, ' ', &verb, &rest);
        int64_t number = 0;
        if (str_equal(verb, STR("columns"))) {
            ImportMeaning *meanings = NEW_MANY(arena, IMPORT_MOST_COLUMNS, ImportMeaning);
            mapping.meaning_count = read_meanings(rest, kind, meanings);
            mapping.meanings = meanings;
        } else if ((str_equal(verb, STR("take")) || str_equal(verb, STR("leave"))) &&
                   str_to_int(rest, 1, INT64_MAX, &number)) {
            decisions[count++] = (ImportDecision){.line = number, .take = str_equal(verb, STR("take"))};
        }
    }
    qsort(decisions, count, sizeof(ImportDecision), compare_decisions);
    mapping.decisions = (ImportDecisions){.items = decisions, .count = count};
    return mapping;
}

Str import_mapping_write(Arena *arena, const ImportMapping *mapping) {
    Buf buf = buf_new(arena, MAPPING_BYTES);
    if (mapping->meanings != NULL) {
        buf_add(&buf, STR("columns"));
        for (size_t index = 0; index < mapping->meaning_count; index++) {
            buf_add_char(&buf, ' ');
            buf_add(&buf, import_meaning_word(mapping->meanings[index]));
        }
        buf_add_char(&buf, '\n');
    }
    for (size_t index = 0; index < mapping->decisions.count; index++) {
        const ImportDecision *decision = &mapping->decisions.items[index];
        buf_add(&buf, decision->take ? STR("take ") : STR("leave "));
        buf_add_int(&buf, decision->line);
        buf_add_char(&buf, '\n');
    }
    return buf_str(&buf);
}

ImportDecisions import_decisions_join(Arena *arena, ImportDecisions earlier, ImportDecisions newer) {
    ImportDecision *joined = NEW_MANY(arena, earlier.count + newer.count, ImportDecision);
    size_t count = 0;
    for (size_t index = 0; index < earlier.count; index++) {
        bool is_over = false;
        for (size_t other = 0; other < newer.count && !is_over; other++) {
            is_over = newer.items[other].line == earlier.items[index].line;
        }
        if (!is_over) {
            joined[count++] = earlier.items[index];
        }
    }
    for (size_t index = 0; index < newer.count; index++) {
        joined[count++] = newer.items[index];
    }
    qsort(joined, count, sizeof(ImportDecision), compare_decisions);
    return (ImportDecisions){.items = joined, .count = count};
}

int64_t import_mapping_version(Str *at, int64_t line) {
    while (at->length > 0) {
        Str statement = STR_NONE;
        Str after = STR_NONE;
        (void)str_cut(*at, '\n', &statement, &after);
        Str verb = STR_NONE;
        Str rest = STR_NONE;
        (void)str_cut(statement, ' ', &verb, &rest);
        Str line_word = STR_NONE;
        Str version_word = STR_NONE;
        int64_t said_line = 0;
        int64_t version = 0;
        const bool is_version = str_equal(verb, STR("version")) &&
                                str_cut(rest, ' ', &line_word, &version_word) &&
                                str_to_int(line_word, 1, INT64_MAX, &said_line) &&
                                str_to_int(version_word, 0, INT64_MAX, &version);
        if (is_version && said_line > line) {
            return 1; /* it waits for its row */
        }
        *at = after;
        if (is_version && said_line == line) {
            return version;
        }
    }
    return 1;
}
