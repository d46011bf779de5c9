/* SPDX-License-Identifier: Apache-2.0 */
/* The child's age: numbers and words in the cell, laid over the words of the program's age groups. */
#include "base/buf.h"
#include "features/import/import_cell.h"

enum { OLDEST = 120, OLDEST_CHILD = 26, MOST_AGES = 6, MOST_MONTHS = 60 };

/* Ages said with a word. Where schools differ, the widest common meaning. */
typedef struct AgeWord {
    const char *words;
    int least, most;
} AgeWord;

static const AgeWord age_words[] = {
    {"baby|infant|newborn|bebe|recien nacido", 0, 1},
    {"toddler", 1, 3},
    {"preschool|preschooler|pre k|prek|preescolar", 3, 5},
    {"kindergarten|kinder", 5, 6},
    {"elementary|elementary school|grade school|primaria|escuela primaria", 6, 10},
    {"middle school|middle schooler|junior high|escuela intermedia|intermedia", 11, 13},
    {"teen|teens|teenager|adolescent|adolescente", 13, 17},
    {"high school|high schooler|preparatoria|escuela superior|bachillerato", 14, 18},
    {"young adult|joven adulto|adulto joven", 18, 25},
};

static const char *const number_words[] = {
    "zero|cero",          "one|un|uno",        "two|dos",
    "three|tres",         "four|cuatro",       "five|cinco",
    "six|seis",           "seven|siete",       "eight|ocho",
    "nine|nueve",         "ten|diez",          "eleven|once",
    "twelve|doce",        "thirteen|trece",    "fourteen|catorce",
    "fifteen|quince",     "sixteen|dieciseis", "seventeen|diecisiete",
    "eighteen|dieciocho",
};

/* ---- the program's groups ---- */

/* The span of years that a group's name speaks of: "6 to 9", "under 5", "18 and up", "13-15". */
static bool band_span(Str folded, int *ret_least, int *ret_most) {
    int64_t numbers[2] = {0};
    size_t count = 0;
    Str left = folded;
    bool is_under = false;
    bool is_over = false;
    const bool is_up_to = import_has_words(folded, STR("up to")) || import_has_words(folded, STR("hasta"));
    while (left.length > 0) {
        Str word = STR_NONE;
        (void)str_cut(left, ' ', &word, &left);
        int64_t number = 0;
        if (str_to_int(word, 0, OLDEST, &number)) {
            if (count == 2) {
                return false;
            }
            numbers[count++] = number;
        }
        is_under = is_under || import_is_one_of(word, "under|younger|menos|menor|menores|below");
        is_over = is_over || import_is_one_of(word, "over|older|up|mas|mayor|mayores|above|plus");
    }
    if (count == 0 || (count == 2 && numbers[0] > numbers[1])) {
        return false;
    }
    is_over = is_over && !is_up_to;
    *ret_least = count == 1 && (is_under || is_up_to) ? 0 : (int)numbers[0];
    /* "5 and under" has five in it, "under 5" has not. */
    const bool under_comes_first = is_under && count == 1 && !(folded.at[0] >= '0' && folded.at[0] <= '9');
    *ret_most = count == 2 ? (int)numbers[1]
                : is_over  ? OLDEST
                           : (int)numbers[0] - (under_comes_first ? 1 : 0);
    return true;
}

ImportBands import_bands_new(Arena *arena, const ImportItem *items, size_t count) {
    ImportBand *bands = NEW_MANY(arena, count, ImportBand);
    for (size_t index = 0; index < count; index++) {
        const Strs names = items[index].names;
        Str *folded = NEW_MANY(arena, names.count, Str);
        bands[index] = (ImportBand){.id = items[index].id, .least = 1, .most = 0};
        bool has_span = false;
        for (size_t name = 0; name < names.count; name++) {
            /* "18+" loses its sign in folding. */
            const Str plain = import_plain(arena, names.items[name]);
            folded[name] = import_fold(arena, names.items[name]);
            const Str spoken = str_contains(plain, STR("+"))
                                   ? str_print(arena, "%.*s plus", STR_ARGS(folded[name]))
                                   : folded[name];
            has_span = has_span || band_span(spoken, &bands[index].least, &bands[index].most);
        }
        bands[index].folded = (Strs){.items = folded, .count = names.count};
    }
    return (ImportBands){.items = bands, .count = count};
}

/* The one group that holds all years from least to most; 0, and the remark says why, when none or several
 * do. */
static int64_t band_of(const ImportBands *bands, int least, int most, ImportRemark *ret_remark) {
    int64_t found = 0;
    size_t touched = 0;
    size_t holding = 0;
    for (size_t index = 0; index < bands->count; index++) {
        const ImportBand *band = &bands->items[index];
        if (band->least > band->most) {
            continue;
        }
        touched += band->least <= most && band->most >= least ? 1 : 0;
        if (band->least <= least && band->most >= most) {
            holding++;
            found = band->id;
        }
    }
    *ret_remark = touched == 0 ? REMARK_AGE_NO_BAND : holding == 1 ? REMARK_NONE : REMARK_AGE_SEVERAL_BANDS;
    return holding == 1 ? found : 0;
}

static int64_t band_named(const ImportBands *bands, Str folded) {
    for (size_t index = 0; index < bands->count; index++) {
        for (size_t name = 0; name < bands->items[index].folded.count; name++) {
            if (str_equal(bands->items[index].folded.items[name], folded)) {
                return bands->items[index].id;
            }
        }
    }
    return 0;
}

/* ---- the cell ---- */

/* Numbers in the cell, and what kind of words stand with them. */
typedef struct Ages {
    int64_t years[MOST_AGES];
    size_t count;
    bool is_range; /* a dash, "to" or "a" between exactly two */
    bool has_months;
    bool has_word_number;
    bool has_other; /* words that may change what the numbers mean */
} Ages;

static int64_t number_of(Str word) {
    for (size_t index = 0; index < sizeof number_words / sizeof number_words[0]; index++) {
        if (import_is_one_of(word, number_words[index])) {
            return (int64_t)index;
        }
    }
    return -1;
}

static void age_word_add(Ages *ages, Str word) {
    int64_t number = number_of(word);
    if (number >= 0) {
        ages->has_word_number = true;
    } else if (!str_to_int(word, 0, INT64_MAX, &number)) {
        if (import_is_one_of(word, "months|month|mos|mo|meses|mes")) {
            ages->has_months = true;
        } else if (import_is_one_of(word, "to|thru|through|a")) {
            ages->is_range = true;
        } else if (!import_is_one_of(
                       word, "yo|y o|yr|yrs|yr "
                             "old|year|years|old|age|ages|aged|anos|ano|edad|and|y|almost|casi|de|son|"
                             "daughter|boy|girl|hijo|hija|nino|nina|is|es|tiene|twins|gemelos")) {
            ages->has_other = true;
        }
        return;
    }
    if (ages->count < MOST_AGES) {
        ages->years[ages->count++] = number;
    } else {
        ages->has_other = true;
    }
}

/* "16 1/2" is sixteen: the half is taken out before the numbers are read. */
static Str without_halves(Arena *arena, Str plain) {
    static const Str halves[] = {{" 1/2", 4}, {" 1/4", 4}, {" 3/4", 4}, {".5", 2}};
    Buf buf = buf_new(arena, plain.length + 1);
    for (size_t at = 0; at < plain.length;) {
        size_t length = 0;
        const bool is_after_digit = at > 0 && plain.at[at - 1] >= '0' && plain.at[at - 1] <= '9';
        for (size_t index = 0; index < sizeof halves / sizeof halves[0] && is_after_digit && length == 0;
             index++) {
            length =
                str_starts_with(str_part(plain, at, plain.length), halves[index]) ? halves[index].length : 0;
        }
        if (length == 0) {
            buf_add_char(&buf, plain.at[at]);
            length = 1;
        }
        at += length;
    }
    return buf_str(&buf);
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static Ages ages_of(Arena *arena, Str cell) {
    Ages ages = {.count = 0};
    const Str plain = without_halves(arena, import_plain(arena, cell));
    for (size_t at = 0; at < plain.length;) {
        const char byte = plain.at[at];
        size_t end = at;
        if (is_digit(byte)) {
            while (end < plain.length && is_digit(plain.at[end])) {
                end++;
            }
        } else {
            while (end < plain.length && plain.at[end] >= 'a' && plain.at[end] <= 'z') {
                end++;
            }
        }
        if (end > at) {
            age_word_add(&ages, str_part(plain, at, end - at));
            at = end;
            continue;
        }
        ages.is_range = ages.is_range || byte == '-';
        ages.has_other = ages.has_other || memchr("<>~=?", byte, 5) != NULL;
        at++;
    }
    return ages;
}

static ImportWord age_not(ImportRemark remark, Str cell) {
    return (ImportWord){.reading = {.sure = IMPORT_NOT_UNDERSTOOD, .remark = remark, .rest = cell}};
}

static ImportWord age_found(int64_t id, bool is_guess, ImportRemark remark, Str rest) {
    return (ImportWord){
        .reading = {.sure = is_guess ? IMPORT_GUESSED : IMPORT_UNDERSTOOD, .remark = remark, .rest = rest},
        .id = id,
    };
}

static ImportWord age_by_word(const ImportBands *bands, Str folded, Str cell) {
    for (size_t index = 0; index < sizeof age_words / sizeof age_words[0]; index++) {
        const AgeWord *word = &age_words[index];
        if (import_is_one_of(folded, word->words)) {
            ImportRemark remark = REMARK_NONE;
            const int64_t id = band_of(bands, word->least, word->most, &remark);
            return id == 0 ? age_not(remark, cell) : age_found(id, true, REMARK_AGE_WORDS, STR(""));
        }
    }
    return age_not(REMARK_UNKNOWN_WORD, cell);
}

static ImportWord age_by_numbers(const ImportBands *bands, const Ages *ages, Str cell) {
    int64_t least = ages->years[0];
    int64_t most = ages->years[0];
    for (size_t index = 1; index < ages->count; index++) {
        least = ages->years[index] < least ? ages->years[index] : least;
        most = ages->years[index] > most ? ages->years[index] : most;
    }
    if (ages->has_months) {
        if (ages->count > 1) {
            return age_not(REMARK_SEVERAL_CHILDREN, cell);
        }
        if (most > MOST_MONTHS) {
            return age_not(REMARK_AGE_UNREASONABLE, cell);
        }
        least /= 12;
        most /= 12;
    }
    if (most > OLDEST_CHILD) {
        return age_not(REMARK_AGE_UNREASONABLE, cell);
    }
    ImportRemark remark = REMARK_NONE;
    const int64_t id = band_of(bands, (int)least, (int)most, &remark);
    const bool is_range = ages->count == 2 && ages->is_range;
    if (ages->count > 1 && !is_range) {
        /* Several children in one group: the group holds for each, and the ages stay in words. */
        return id == 0 ? age_not(REMARK_SEVERAL_CHILDREN, cell)
                       : age_found(id, true, REMARK_SEVERAL_CHILDREN, cell);
    }
    if (id == 0) {
        return age_not(remark, cell);
    }
    return age_found(id, ages->has_word_number, ages->has_word_number ? REMARK_AGE_WORDS : REMARK_NONE,
                     STR(""));
}

ImportWord import_age(Arena *arena, const ImportBands *bands, Str cell) {
    if (import_says_nothing(arena, cell)) {
        return (ImportWord){.reading = {.sure = IMPORT_SAYS_NOTHING, .rest = STR("")}};
    }
    const Str folded = import_fold(arena, str_part(cell, 0, cell.length));
    const int64_t named = band_named(bands, folded);
    if (named != 0) {
        return age_found(named, false, REMARK_NONE, STR(""));
    }
    const Ages ages = ages_of(arena, cell);
    if (ages.count == 0) {
        return age_by_word(bands, folded, cell);
    }
    if (ages.has_other || cell.length > 60 || memchr(cell.at, '-', 1) != NULL) {
        return age_not(REMARK_UNKNOWN_WORD, cell);
    }
    return age_by_numbers(bands, &ages, cell);
}
