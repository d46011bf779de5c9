/* SPDX-License-Identifier: Apache-2.0 */
/* Folding text for comparison, and finding list words in it. */
#include "features/import/import_words.h"

#include "base/buf.h"
#include "features/import/import_concepts.h"

typedef struct ImportListEntry {
    int64_t id;
    Strs folded;       /* its names */
    uint64_t concepts; /* what its names speak of */
} Entry;

/* ---- folding ---- */

/* The base letters of U+00C0 to U+00FF. A blank stands for what is no letter. */
static const char latin_1_letters[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

static size_t sequence_length(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static uint32_t sequence_point(Str text, size_t at, size_t length) {
    const unsigned char *bytes = (const unsigned char *)text.at + at;
    uint32_t point = length == 1 ? bytes[0] : (uint32_t)(bytes[0] & (0x7F >> length));
    for (size_t index = 1; index < length; index++) {
        point = point << 6 | (bytes[index] & 0x3F);
    }
    return point;
}

/* What stands for a code point beyond ASCII. */
static Str plain_of(uint32_t point) {
    if (point >= 0xC0 && point <= 0xFF) {
        return (Str){.at = latin_1_letters + (point - 0xC0), .length = 1};
    }
    switch (point) {
    case 0xAA: /* feminine ordinal */
        return STR("a");
    case 0xBA: /* masculine ordinal */
        return STR("o");
    case 0xBC: /* fractions */
        return STR(" 1/4");
    case 0xBD:
        return STR(" 1/2");
    case 0xBE:
        return STR(" 3/4");
    case 0x2018: /* quotation marks */
    case 0x2019:
    case 0xB4:
        return STR("'");
    case 0x2010: /* dashes */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return STR("-");
    case 0x300: /* accents that follow their letter */
    case 0x301:
    case 0x303:
    case 0x308:
        return STR("");
    default:
        return STR(" ");
    }
}

Str import_plain(Arena *arena, Str text) {
    /* " 1/2" is the longest stand-in: four bytes for two. */
    Buf buf = buf_new(arena, 2 * text.length + 16);
    for (size_t at = 0; at < text.length;) {
        const size_t length = sequence_length((unsigned char)text.at[at]);
        if (length == 1) {
            const char byte = text.at[at];
            buf_add_char(&buf, byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte < ' ' ? ' ' : byte);
        } else {
            buf_add(&buf, plain_of(sequence_point(text, at, length)));
        }
        at += length;
    }
    return buf_str(&buf);
}

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

Str import_fold(Arena *arena, Str text) {
    const Str plain = import_plain(arena, text);
    char *bytes = arena_get(arena, plain.length);
    size_t length = 0;
    bool is_after_word = false;
    for (size_t at = 0; at < plain.length; at++) {
        const char byte = plain.at[at];
        if (is_word_byte(byte)) {
            if (is_after_word && length > 0) {
                bytes[length++] = ' ';
            }
            is_after_word = false;
            bytes[length++] = byte;
        } else if (byte != '\'') {
            is_after_word = true; /* "won't" stays one word */
        }
    }
    return (Str){.at = bytes, .length = length};
}

bool import_has_words(Str text, Str phrase) {
    for (size_t at = 0; phrase.length > 0 && at + phrase.length <= text.length; at++) {
        const bool begins = at == 0 || text.at[at - 1] == ' ';
        const bool ends = at + phrase.length == text.length || text.at[at + phrase.length] == ' ';
        if (begins && ends && memcmp(text.at + at, phrase.at, phrase.length) == 0) {
            return true;
        }
    }
    return false;
}

bool import_has_any_words(Str text, const char *phrases) {
    Str left = str_of(phrases);
    while (left.length > 0) {
        Str one = STR_NONE;
        (void)str_cut(left, '|', &one, &left);
        if (import_has_words(text, one)) {
            return true;
        }
    }
    return false;
}

bool import_is_one_of(Str word, const char *words) {
    Str left = str_of(words);
    while (left.length > 0) {
        Str one = STR_NONE;
        (void)str_cut(left, '|', &one, &left);
        if (str_equal(word, one)) {
            return true;
        }
    }
    return false;
}

/* ---- concepts ---- */

typedef enum Fit { FIT_WHOLE, FIT_WITHIN } Fit;

static bool concept_fits(const ImportConcept *concept, Str folded, Fit fit) {
    if (fit == FIT_WHOLE) {
        return import_is_one_of(folded, concept->phrases);
    }
    if (concept->is_common) {
        return false;
    }
    Str phrases = str_of(concept->phrases);
    while (phrases.length > 0) {
        Str phrase = STR_NONE;
        (void)str_cut(phrases, '|', &phrase, &phrases);
        if (import_has_words(folded, phrase)) {
            return true;
        }
    }
    return false;
}

/* Bits of the concepts the phrase is (whole) or speaks of (within). */
static uint64_t concepts_of(ImportTopic topic, Str folded, Fit fit) {
    size_t count = 0;
    const ImportConcept *concepts = import_concepts(topic, &count);
    uint64_t bits = 0;
    for (size_t index = 0; index < count; index++) {
        bits |= concept_fits(&concepts[index], folded, fit) ? UINT64_C(1) << index : 0;
    }
    return bits;
}

/* The next wider concepts of these; 0 when none has one. */
static uint64_t broader_of(ImportTopic topic, uint64_t bits) {
    size_t count = 0;
    const ImportConcept *concepts = import_concepts(topic, &count);
    uint64_t wider = 0;
    for (size_t index = 0; index < count; index++) {
        if ((bits >> index & 1) != 0 && concepts[index].broader != NULL) {
            wider |= concepts_of(topic, str_of(concepts[index].broader), FIT_WHOLE);
        }
    }
    return wider;
}

bool import_is_of_topic(Arena *arena, ImportTopic topic, Str phrase) {
    return phrase.length <= 80 && concepts_of(topic, import_fold(arena, phrase), FIT_WITHIN) != 0;
}

/* Two languages' names say the same, so for most topics what either speaks of counts. Parts of the day are
 * cut differently ("final de la tarde" is an evening): there, what both speak of. */
static uint64_t concepts_joined(ImportTopic topic, uint64_t one, uint64_t other) {
    return topic == TOPIC_TIME && (one & other) != 0 ? one & other : one | other;
}

ImportList import_list_new(Arena *arena, ImportTopic topic, const ImportItem *items, size_t count) {
    Entry *entries = NEW_MANY(arena, count, Entry);
    for (size_t index = 0; index < count; index++) {
        const Strs names = items[index].names;
        Str *folded = NEW_MANY(arena, names.count, Str);
        uint64_t concepts = 0;
        for (size_t name = 0; name < names.count; name++) {
            folded[name] = import_fold(arena, names.items[name]);
            concepts = concepts_joined(topic, concepts, concepts_of(topic, folded[name], FIT_WITHIN));
        }
        entries[index] = (Entry){
            .id = items[index].id,
            .folded = {.items = folded, .count = names.count},
            .concepts = concepts,
        };
    }
    return (ImportList){.topic = topic, .entries = entries, .count = count};
}

size_t import_list_count(const ImportList *list) {
    return list->count;
}

int64_t import_list_id(const ImportList *list, size_t entry) {
    return list->entries[entry].id;
}

uint64_t import_list_concepts(const ImportList *list, size_t entry) {
    return list->entries[entry].concepts;
}

uint64_t import_broader_concepts(ImportTopic topic, uint64_t concepts) {
    return broader_of(topic, concepts);
}

uint64_t import_phrase_concepts(ImportTopic topic, Str folded) {
    return concepts_of(topic, folded, FIT_WITHIN);
}

/* ---- finding ---- */

static const Entry *entry_named(const ImportList *list, Str folded) {
    for (size_t index = 0; index < list->count; index++) {
        for (size_t name = 0; name < list->entries[index].folded.count; name++) {
            if (str_equal(list->entries[index].folded.items[name], folded)) {
                return &list->entries[index];
            }
        }
    }
    return NULL;
}

static ImportFound find_by_concepts(const ImportList *list, uint64_t bits, int64_t *ret_id) {
    const Entry *found = NULL;
    size_t count = 0;
    size_t narrow = 0;
    for (size_t index = 0; index < list->count; index++) {
        const Entry *entry = &list->entries[index];
        /* All that the phrase speaks of must be in the word: "school meetings in court" is not "school
         * meetings". */
        if (bits == 0 || (entry->concepts & bits) != bits) {
            continue;
        }
        count++;
        if (entry->concepts == bits) {
            narrow++;
            found = entry; /* a word for just this wins over words for this and more */
        } else if (narrow == 0) {
            found = entry;
        }
    }
    if (count == 0) {
        return FOUND_NOTHING;
    }
    if (count > 1 && narrow != 1) {
        return FOUND_SEVERAL;
    }
    *ret_id = found->id;
    return FOUND_BY_MEANING;
}

ImportFound import_list_find(Arena *arena, const ImportList *list, Str phrase, int64_t *ret_id) {
    const Str folded = import_fold(arena, phrase);
    if (folded.length == 0) {
        return FOUND_NOTHING;
    }
    const Entry *named = entry_named(list, folded);
    if (named != NULL) {
        *ret_id = named->id;
        return FOUND_EXACTLY;
    }
    uint64_t bits = concepts_of(list->topic, folded, FIT_WHOLE);
    while (bits != 0) {
        const ImportFound found = find_by_concepts(list, bits, ret_id);
        if (found != FOUND_NOTHING) {
            return found;
        }
        bits = broader_of(list->topic, bits);
    }
    return FOUND_NOTHING;
}

/* ---- several in one cell ---- */

typedef struct Piece {
    size_t start, end; /* in the cell */
} Piece;

enum { MOST_PIECES = 64, MOST_JOINED = 4 };

/* The length of a separator at this place, 0 when none begins here. Words between blanks separate as well. */
static size_t separator_at(Str cell, size_t at, ImportTopic topic) {
    const bool ends_a_word = cell.at[at] == '+' && at > 0 && cell.at[at - 1] != ' ' &&
                             (at + 1 == cell.length || cell.at[at + 1] == ' ');
    if (!ends_a_word && memchr(",;/+&|\n", cell.at[at], 7) != NULL) {
        return 1;
    }
    static const Str words[] = {{" and ", 5}, {" y ", 3}, {" or ", 4}, {" o ", 3}};
    const size_t count = topic == TOPIC_LANGUAGE || topic == TOPIC_EXPERIENCE ? 4 : 0;
    for (size_t index = 0; index < count; index++) {
        if (str_equal_ascii(str_part(cell, at, words[index].length), words[index])) {
            return words[index].length;
        }
    }
    return 0;
}

static size_t pieces_of(Str cell, ImportTopic topic, Piece *pieces) {
    size_t count = 0;
    size_t start = 0;
    for (size_t at = 0; at < cell.length && count < MOST_PIECES - 1;) {
        const size_t length = separator_at(cell, at, topic);
        if (length == 0) {
            at++;
            continue;
        }
        pieces[count++] = (Piece){start, at};
        at += length;
        start = at;
    }
    pieces[count++] = (Piece){start, cell.length}; /* a cell of absurdly many pieces ends in one long rest */
    return count;
}

static bool items_have(const ImportItems *items, int64_t id) {
    for (size_t index = 0; index < items->count; index++) {
        if (items->ids[index] == id) {
            return true;
        }
    }
    return false;
}

void import_items_add(ImportItems *items, int64_t id, bool is_guess, Str written) {
    if (!items_have(items, id) && items->count < IMPORT_MOST_ITEMS) {
        items->is_guess[items->count] = is_guess;
        items->written[items->count] = written;
        items->ids[items->count++] = id;
    }
}

static void rest_add(Buf *rest, Str phrase) {
    if (phrase.length == 0) {
        return;
    }
    if (rest->length > 0) {
        buf_add(rest, STR("; "));
    }
    buf_add(rest, phrase);
}

static Str piece_text(Str cell, Piece first, Piece last) {
    return str_trim(str_part(cell, first.start, last.end - first.start));
}

/* The most pieces from the first on that together are one word of the list, by name when any is, else by
 * meaning. */
static size_t join_pieces(Arena *arena, const ImportList *list, Str cell, const Piece *pieces, size_t left,
                          ImportFound *ret_found, int64_t *ret_id) {
    const size_t most = left < MOST_JOINED ? left : MOST_JOINED;
    for (size_t joined = most; joined > 0; joined--) {
        *ret_found = import_list_find(arena, list, piece_text(cell, pieces[0], pieces[joined - 1]), ret_id);
        if (*ret_found == FOUND_EXACTLY || (*ret_found == FOUND_BY_MEANING && joined == 1)) {
            return joined;
        }
    }
    return 1;
}

ImportItems import_list_split(Arena *arena, const ImportList *list, Str cell) {
    Piece pieces[MOST_PIECES];
    const size_t count = pieces_of(cell, list->topic, pieces);
    ImportItems items = {.count = 0};
    Buf rest = buf_new(arena, 2 * cell.length + 2 * (size_t)MOST_PIECES + 16);
    for (size_t index = 0; index < count;) {
        ImportFound found = FOUND_NOTHING;
        int64_t id = 0;
        const size_t joined = join_pieces(arena, list, cell, pieces + index, count - index, &found, &id);
        const bool is_known = found == FOUND_EXACTLY || found == FOUND_BY_MEANING;
        if (is_known && items.count > 0 && items.ids[items.count - 1] == id) {
            /* "foster / kinship" is one word here although it is written as two. */
            Str *written = &items.written[items.count - 1];
            written->length = (size_t)(cell.at + pieces[index + joined - 1].end - written->at);
        } else if (is_known) {
            import_items_add(&items, id, found == FOUND_BY_MEANING,
                             piece_text(cell, pieces[index], pieces[index + joined - 1]));
        }
        if (!is_known || !items_have(&items, id)) {
            rest_add(&rest, piece_text(cell, pieces[index], pieces[index + joined - 1]));
        }
        index += joined;
    }
    items.rest = buf_str(&rest);
    return items;
}
