/* SPDX-License-Identifier: Apache-2.0 */
/* The words that stop and start texts. Those of 47 CFR 64.1200(a)(10) come first; Spanish has more forms of
 * each, and people write them without accents. */
#include "features/texting/texting_word.h"

#include "base/buf.h"

static const struct {
    const char *words;
    TextingWord means;
    Lang lang;
} known[] = {
    {"stop", TEXTING_STOP, LANG_EN},
    {"quit", TEXTING_STOP, LANG_EN},
    {"end", TEXTING_STOP, LANG_EN},
    {"revoke", TEXTING_STOP, LANG_EN},
    {"opt out", TEXTING_STOP, LANG_EN},
    {"optout", TEXTING_STOP, LANG_EN},
    {"cancel", TEXTING_STOP, LANG_EN},
    {"unsubscribe", TEXTING_STOP, LANG_EN},
    {"stopall", TEXTING_STOP, LANG_EN},
    {"stop all", TEXTING_STOP, LANG_EN},
    {"stop it", TEXTING_STOP, LANG_EN},
    {"stop texting", TEXTING_STOP, LANG_EN},
    {"stop texting me", TEXTING_STOP, LANG_EN},
    {"no more texts", TEXTING_STOP, LANG_EN},
    {"do not text me", TEXTING_STOP, LANG_EN},
    {"dont text me", TEXTING_STOP, LANG_EN},
    {"alto", TEXTING_STOP, LANG_ES},
    {"parar", TEXTING_STOP, LANG_ES},
    {"pare", TEXTING_STOP, LANG_ES},
    {"paren", TEXTING_STOP, LANG_ES},
    {"para", TEXTING_STOP, LANG_ES},
    {"cancelar", TEXTING_STOP, LANG_ES},
    {"cancele", TEXTING_STOP, LANG_ES},
    {"basta", TEXTING_STOP, LANG_ES},
    {"ya basta", TEXTING_STOP, LANG_ES},
    {"terminar", TEXTING_STOP, LANG_ES},
    {"termine", TEXTING_STOP, LANG_ES},
    {"fin", TEXTING_STOP, LANG_ES},
    {"salir", TEXTING_STOP, LANG_ES},
    {"revocar", TEXTING_STOP, LANG_ES},
    {"baja", TEXTING_STOP, LANG_ES},
    {"no mas", TEXTING_STOP, LANG_ES},
    {"no mas mensajes", TEXTING_STOP, LANG_ES},
    {"no me escriban", TEXTING_STOP, LANG_ES},
    {"no me escriba", TEXTING_STOP, LANG_ES},
    {"dejen de escribirme", TEXTING_STOP, LANG_ES},
    {"start", TEXTING_START, LANG_EN},
    {"unstop", TEXTING_START, LANG_EN},
    {"empezar", TEXTING_START, LANG_ES},
    {"empiece", TEXTING_START, LANG_ES},
    {"comenzar", TEXTING_START, LANG_ES},
    {"iniciar", TEXTING_START, LANG_ES},
    {"help", TEXTING_HELP, LANG_EN},
    {"info", TEXTING_HELP, LANG_EN},
    {"ayuda", TEXTING_HELP, LANG_ES},
    {"informacion", TEXTING_HELP, LANG_ES},
};

/* ---- folding ---- */

/* One code point of a text that is valid UTF-8. */
static uint32_t code_point(Str text, size_t *at) {
    const unsigned char first = (unsigned char)text.at[(*at)++];
    if (first < 0x80) {
        return first;
    }
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    uint32_t point = first & (0x3fU >> more);
    while (more-- > 0 && *at < text.length) {
        point = point << 6 | ((unsigned char)text.at[(*at)++] & 0x3fU);
    }
    return point;
}

/* The letter under an accent of Latin-1, or 0. */
static char letter_under(uint32_t point) {
    static const char letters[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuy\0s"
                                  "aaaaaaaceeeeiiiidnooooo\0ouuuuy\0y";
    return point >= 0xc0 && point <= 0xff ? letters[point - 0xc0] : '\0';
}

/* What a phone adds without anybody writing it: accents that stand apart, marks of direction, joiners. */
static bool is_nothing(uint32_t point) {
    return (point >= 0x300 && point <= 0x36f) || (point >= 0x200b && point <= 0x200f) ||
           (point >= 0x202a && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
           (point >= 0xfe00 && point <= 0xfe0f) || point == 0xfeff || point == 0xad || point == '\'' ||
           point == 0x2019;
}

/* Letters of other scripts; not spaces, punctuation, symbols and emoji. */
static bool is_other_letter(uint32_t point) {
    return (point >= 0x100 && point < 0x2000) || (point >= 0x2c00 && point < 0x2e00) ||
           (point >= 0x3040 && point < 0xfe00) || (point >= 0xfe70 && point < 0xff00) ||
           (point >= 0x10000 && point < 0x1f000) || (point >= 0x20000 && point < 0xe0000);
}

static char plain_of(uint32_t point) {
    if (point < 0x80) {
        const char byte = (char)point;
        const bool is_capital = byte >= 'A' && byte <= 'Z';
        const bool is_kept = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        return is_capital ? (char)(byte - 'A' + 'a') : is_kept ? byte : ' ';
    }
    const char under = letter_under(point);
    return under != '\0' ? under : is_other_letter(point) ? '?' : ' ';
}

Str texting_plain(Arena *arena, Str body) {
    char *plain = arena_get(arena, TEXTING_PLAIN_MOST);
    size_t length = 0;
    size_t at = 0;
    while (at < body.length && length < TEXTING_PLAIN_MOST) {
        const uint32_t point = code_point(body, &at);
        const char byte = is_nothing(point) ? '\0' : plain_of(point);
        const bool is_space = byte == ' ';
        if (byte != '\0' && !(is_space && (length == 0 || plain[length - 1] == ' '))) {
            plain[length++] = byte;
        }
    }
    return str_trim((Str){.at = plain, .length = length});
}

/* ---- words ---- */

/* Without the courtesy around it. */
static Str bare(Str plain) {
    static const char *const polite[] = {"please", "pls", "por favor", "porfavor", "gracias", "thanks"};
    for (size_t at = 0; at < sizeof polite / sizeof polite[0]; at++) {
        const Str one = str_of(polite[at]);
        if (plain.length > one.length + 1 && str_starts_with(plain, one) && plain.at[one.length] == ' ') {
            plain = str_part(plain, one.length + 1, plain.length);
        }
        if (plain.length > one.length + 1 && str_ends_with(plain, one) &&
            plain.at[plain.length - one.length - 1] == ' ') {
            plain = str_part(plain, 0, plain.length - one.length - 1);
        }
    }
    return plain;
}

TextingWord texting_word(Str plain, Lang *ret_lang) {
    const Str word = bare(plain);
    for (size_t at = 0; at < sizeof known / sizeof known[0]; at++) {
        if (str_equal(word, str_of(known[at].words))) {
            *ret_lang = known[at].lang;
            return known[at].means;
        }
    }
    return TEXTING_OTHER;
}
