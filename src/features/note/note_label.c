/* SPDX-License-Identifier: Apache-2.0 */
/* Finds words that put a label on a person. */
#include "base/buf.h"
#include "features/note/note.h"
#include "texts.h"

/* The letters of Spanish and their like that follow the byte C3 in UTF-8, without accent, in small. */
static char plain_letter(unsigned char second) {
    static const char letters[] = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";
    return second >= 0x80 && second < 0xC0 ? letters[second - 0x80] : ' ';
}

/* Small letters without accents, each word between two blanks: " no es asi ". */
static Str folded(Arena *arena, Str text) {
    Buf buf = buf_new(arena, text.length + 3);
    bool was_blank = true;
    buf_add_char(&buf, ' ');
    for (size_t at = 0; at < text.length; at++) {
        char letter = text.at[at];
        if ((unsigned char)letter == 0xC3 && at + 1 < text.length) {
            letter = plain_letter((unsigned char)text.at[++at]);
        }
        letter = letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
        const bool is_word = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                             ((unsigned char)letter & 0x80U) != 0;
        if (is_word) {
            buf_add_char(&buf, letter);
        } else if (!was_blank) {
            buf_add_char(&buf, ' ');
        }
        was_blank = !is_word;
    }
    if (!was_blank) {
        buf_add_char(&buf, ' ');
    }
    return buf_str(&buf);
}

static void find_in(Arena *arena, Lang lang, Str text, NoteLabel *items, size_t *count) {
    Str list = text_str(lang, TEXT_NOTE_LABEL_LIST);
    while (!str_is_empty(list)) {
        Str entry = STR_NONE, words = STR_NONE, plainer = STR_NONE;
        (void)str_cut(list, ';', &entry, &list);
        (void)str_cut(entry, '=', &words, &plainer);
        bool is_found = false;
        while (!is_found && !str_is_empty(words)) {
            Str word = STR_NONE;
            (void)str_cut(words, ',', &word, &words);
            word = str_trim(word);
            is_found = !str_is_empty(word) && str_contains(text, folded(arena, word));
            if (is_found && *count < NOTE_LABELS_MOST) {
                items[(*count)++] = (NoteLabel){.word = word, .plainer = str_trim(plainer), .lang = lang};
            }
        }
    }
}

NoteLabels note_labels(Arena *arena, Str text) {
    NoteLabel *items = NEW_MANY(arena, NOTE_LABELS_MOST, NoteLabel);
    const Str words = folded(arena, text);
    size_t count = 0;
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        find_in(arena, lang, words, items, &count);
    }
    return (NoteLabels){.items = items, .count = count};
}
