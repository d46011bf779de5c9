/* SPDX-License-Identifier: Apache-2.0 */
/* Readings of single cells other than dates, times and ages. */
#include "features/import/import_cell.h"

#include "base/buf.h"
#include "features/import/import_date.h"

static ImportReading nothing(void) {
    return (ImportReading){.sure = IMPORT_SAYS_NOTHING, .rest = STR("")};
}

static ImportReading understood(void) {
    return (ImportReading){.sure = IMPORT_UNDERSTOOD, .rest = STR("")};
}

static ImportReading guessed(ImportRemark remark, Str rest) {
    return (ImportReading){.sure = IMPORT_GUESSED, .remark = remark, .rest = rest};
}

static ImportReading not_understood(ImportRemark remark, Str cell) {
    return (ImportReading){.sure = IMPORT_NOT_UNDERSTOOD, .remark = remark, .rest = cell};
}

bool import_says_nothing(Arena *arena, Str cell) {
    if (cell.length == 0) {
        return true;
    }
    if (cell.length > 40) {
        return false;
    }
    const Str folded = import_fold(arena, cell);
    if (folded.length > 0) {
        return import_is_one_of(
            folded, "n a|na|none|unknown|not known|null|nada|ninguno|ninguna|no se sabe|desconocido");
    }
    /* Only signs: dashes, dots and question marks say nothing; a heart or a check mark says something. */
    for (size_t at = 0; at < cell.length; at++) {
        if (memchr("-.?/_* ", cell.at[at], 7) == NULL) {
            return false;
        }
    }
    return true;
}

/* ---- telephone ---- */

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static size_t count_digits(Str text) {
    size_t digits = 0;
    for (size_t at = 0; at < text.length; at++) {
        digits += is_digit(text.at[at]) ? 1 : 0;
    }
    return digits;
}

/* The end of a run of phone characters that began at `at`. Two blanks end it, as people set two numbers
 * apart. */
static size_t phone_run_end(Str cell, size_t at) {
    size_t end = at;
    while (end < cell.length && (is_digit(cell.at[end]) || memchr("+() .-", cell.at[end], 6) != NULL)) {
        if (end > at && cell.at[end] == '+') {
            break;
        }
        if (cell.at[end] == ' ' && end + 1 < cell.length && cell.at[end + 1] == ' ') {
            break;
        }
        end++;
    }
    while (end > at && !is_digit(cell.at[end - 1])) {
        end--;
    }
    return end;
}

/* " x2", " ext. 14", " extension 3" behind a number; the end of what belongs to it. */
static size_t extension_end(Str cell, size_t at) {
    static const Str marks[] = {{"extension", 9}, {"ext.", 4}, {"ext", 3}, {"x", 1}, {"#", 1}};
    size_t begin = at;
    while (begin < cell.length && memchr(" ,;", cell.at[begin], 3) != NULL) {
        begin++;
    }
    for (size_t index = 0; index < sizeof marks / sizeof marks[0]; index++) {
        if (!str_equal_ascii(str_part(cell, begin, marks[index].length), marks[index])) {
            continue;
        }
        size_t end = begin + marks[index].length;
        while (end < cell.length && cell.at[end] == ' ') {
            end++;
        }
        const size_t digits = end;
        while (end < cell.length && is_digit(cell.at[end]) && end - digits < 6) {
            end++;
        }
        return end > digits ? end : at;
    }
    return at;
}

/* A part of the cell joined to the rest, without the signs that only stood between parts. */
static void rest_add(Buf *rest, Str part) {
    Str trimmed = str_trim(part);
    while (trimmed.length > 0 && memchr(",;/|", trimmed.at[0], 4) != NULL) {
        trimmed = str_trim(str_part(trimmed, 1, trimmed.length));
    }
    while (trimmed.length > 0 && memchr(",;/|", trimmed.at[trimmed.length - 1], 4) != NULL) {
        trimmed = str_trim(str_part(trimmed, 0, trimmed.length - 1));
    }
    if (trimmed.length == 0 || str_equal_ascii(trimmed, STR("or")) || str_equal_ascii(trimmed, STR("and"))) {
        return;
    }
    if (rest->length > 0) {
        buf_add(rest, STR("; "));
    }
    buf_add(rest, trimmed);
}

/* Finds the next number of 7 to 15 digits from *at on; *at moves behind it. Other digits ("after 5") are
 * no number. */
static bool phone_next(Str cell, size_t *at, Str *ret_before, Str *ret_phone) {
    const size_t from = *at;
    for (size_t begin = from; begin < cell.length; begin++) {
        if (!is_digit(cell.at[begin]) && cell.at[begin] != '+' && cell.at[begin] != '(') {
            continue;
        }
        const size_t end = phone_run_end(cell, begin);
        const size_t digits = count_digits(str_part(cell, begin, end - begin));
        if (digits >= 7 && digits <= 15) {
            *at = extension_end(cell, end);
            *ret_before = str_part(cell, from, begin - from);
            *ret_phone = str_part(cell, begin, *at - begin);
            return true;
        }
        begin = end > begin ? end - 1 : begin;
    }
    return false;
}

ImportPhone import_phone(Arena *arena, Str cell) {
    ImportPhone phone = {.reading = nothing(), .phones = {STR(""), STR("")}};
    if (import_says_nothing(arena, cell)) {
        return phone;
    }
    Buf rest = buf_new(arena, 2 * cell.length + 16);
    size_t at = 0;
    size_t count = 0;
    Str before = STR_NONE;
    while (count < 2 && phone_next(cell, &at, &before, &phone.phones[count])) {
        rest_add(&rest, before);
        count++;
    }
    rest_add(&rest, str_part(cell, at, cell.length));
    if (count == 0) {
        phone.reading = not_understood(REMARK_NO_PHONE, cell);
        return phone;
    }
    phone.reading = understood();
    phone.reading.rest = buf_str(&rest);
    phone.reading.remark = rest.length > 0 ? REMARK_WORDS_LEFT : REMARK_NONE;
    size_t run_end = phone_run_end(phone.phones[0], 0);
    if (count_digits(str_part(phone.phones[0], 0, run_end)) < 10) {
        phone.reading = guessed(REMARK_NO_AREA_CODE, buf_str(&rest));
    }
    return phone;
}

/* ---- mail ---- */

static bool is_mail(Str text) {
    Str name = STR_NONE;
    Str host = STR_NONE;
    if (!str_cut(text, '@', &name, &host) || name.length == 0 || host.length < 3 || text.length > 254) {
        return false;
    }
    bool has_dot = false;
    for (size_t at = 0; at < text.length; at++) {
        const char byte = text.at[at];
        if ((unsigned char)byte <= ' ' || memchr("<>()[],;:\"\\", byte, 11) != NULL) {
            return false;
        }
    }
    for (size_t at = 1; at + 1 < host.length; at++) {
        has_dot = has_dot || (host.at[at] == '.' && host.at[at - 1] != '.');
    }
    return has_dot && memchr(host.at, '@', host.length) == NULL && host.at[0] != '.' &&
           host.at[host.length - 1] != '.';
}

typedef struct Repair {
    Str written;
    char meant;
} Repair;

/* "rosa(at)example.org", "rosa [at] example dot org": with @ and dots. True when anything was changed. */
static bool mail_repair(Arena *arena, Str cell, Str *ret_repaired) {
    static const Repair repairs[] = {
        {{" (at) ", 6}, '@'},   {{"(at)", 4}, '@'},    {{" [at] ", 6}, '@'}, {{"[at]", 4}, '@'},
        {{" at ", 4}, '@'},     {{" (dot) ", 7}, '.'}, {{"(dot)", 5}, '.'},  {{" [dot] ", 7}, '.'},
        {{"[dot]", 5}, '.'},    {{" dot ", 5}, '.'},   {{" @ ", 3}, '@'},    {{" arroba ", 8}, '@'},
        {{"(arroba)", 8}, '@'},
    };
    Buf buf = buf_new(arena, cell.length + 1);
    bool is_changed = false;
    for (size_t at = 0; at < cell.length;) {
        size_t length = 0;
        for (size_t index = 0; index < sizeof repairs / sizeof repairs[0] && length == 0; index++) {
            if (str_equal_ascii(str_part(cell, at, repairs[index].written.length), repairs[index].written)) {
                buf_add_char(&buf, repairs[index].meant);
                length = repairs[index].written.length;
                is_changed = true;
            }
        }
        if (length == 0) {
            buf_add_char(&buf, cell.at[at]);
            length = 1;
        }
        at += length;
    }
    *ret_repaired = buf_str(&buf);
    return is_changed;
}

/* Takes the mails out of the text, at most two; the other words go to the rest. */
static size_t mails_take(Arena *arena, Str text, Str *mails, Str *ret_rest) {
    Buf rest = buf_new(arena, 2 * text.length + 16);
    size_t count = 0;
    size_t kept_from = 0;
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        while (end < text.length && memchr(" ,;/<>()\n\t", text.at[end], 10) == NULL) {
            end++;
        }
        Str word = str_part(text, at, end - at);
        const Str scheme = STR("mailto:");
        word = str_starts_with(word, scheme) ? str_part(word, scheme.length, word.length) : word;
        if (count < 2 && is_mail(word)) {
            size_t before = at;
            while (before > kept_from && memchr(" <(", text.at[before - 1], 3) != NULL) {
                before--;
            }
            rest_add(&rest, str_part(text, kept_from, before - kept_from));
            mails[count++] = word;
            while (end < text.length && memchr(">)", text.at[end], 2) != NULL) {
                end++;
            }
            kept_from = end;
        }
        at = end + 1;
    }
    rest_add(&rest, str_part(text, kept_from, text.length));
    *ret_rest = buf_str(&rest);
    return count;
}

ImportMail import_mail(Arena *arena, Str cell) {
    ImportMail mail = {.reading = nothing(), .mails = {STR(""), STR("")}};
    if (import_says_nothing(arena, cell)) {
        return mail;
    }
    Str rest = STR("");
    if (mails_take(arena, cell, mail.mails, &rest) > 0) {
        mail.reading = understood();
        mail.reading.rest = rest;
        mail.reading.remark = rest.length > 0 ? REMARK_WORDS_LEFT : REMARK_NONE;
        return mail;
    }
    Str repaired = STR("");
    if (mail_repair(arena, cell, &repaired) && mails_take(arena, repaired, mail.mails, &rest) > 0) {
        mail.reading = guessed(REMARK_MAIL_REPAIRED, rest);
        return mail;
    }
    mail.reading = not_understood(REMARK_NO_MAIL, cell);
    return mail;
}

/* ---- yes and no ---- */

ImportAnswer import_yes_no(Arena *arena, Str cell) {
    static const char yes[] =
        "y|yes|ok|okay|si|s|true|1|sure|yes please|yes ok|fine|claro|si esta bien|esta bien";
    static const char no[] =
        "n|no|false|0|no vm|no voicemail|no messages|no message|dont|do not|never|no thanks|"
        "not safe|no dejar|no dejar mensaje|nunca|no gracias|no texts|no text";
    ImportAnswer answer = {.reading = nothing(), .answer = IMPORT_NOT_SAID};
    const Str folded = import_fold(arena, cell);
    const bool is_check_mark = folded.length == 0 && (str_contains(cell, STR("\xE2\x9C\x93")) ||
                                                      str_contains(cell, STR("\xE2\x9C\x94")));
    if (import_is_one_of(folded, yes)) {
        answer = (ImportAnswer){.reading = understood(), .answer = IMPORT_YES};
    } else if (import_is_one_of(folded, no)) {
        answer = (ImportAnswer){.reading = understood(), .answer = IMPORT_NO};
    } else if (is_check_mark || import_is_one_of(folded, "x|xx")) {
        /* Whether a message is safe is no place for a guess: some cross out with an x. */
        answer.reading = not_understood(REMARK_A_MARK, cell);
    } else if (!import_says_nothing(arena, cell)) {
        answer.reading = not_understood(REMARK_NOT_YES_NO, cell);
    }
    return answer;
}

/* ---- words of a list ---- */

static ImportWord word_found(ImportFound found, int64_t id, Str cell, Str rest) {
    switch (found) {
    case FOUND_EXACTLY:
        return (ImportWord){.reading = {.sure = IMPORT_UNDERSTOOD,
                                        .remark = rest.length > 0 ? REMARK_WORDS_LEFT : REMARK_NONE,
                                        .rest = rest},
                            .id = id};
    case FOUND_BY_MEANING:
        return (ImportWord){.reading = guessed(REMARK_BY_MEANING, rest), .id = id};
    case FOUND_SEVERAL:
        return (ImportWord){.reading = not_understood(REMARK_SEVERAL_WORDS, cell)};
    case FOUND_NOTHING:
        break;
    }
    return (ImportWord){.reading = not_understood(REMARK_UNKNOWN_WORD, cell)};
}

ImportWord import_word(Arena *arena, const ImportList *list, Str cell) {
    if (import_says_nothing(arena, cell)) {
        return (ImportWord){.reading = nothing()};
    }
    int64_t id = 0;
    const ImportFound whole = import_list_find(arena, list, cell, &id);
    Str word = STR_NONE;
    Str aside = STR_NONE;
    if (whole != FOUND_NOTHING || !str_cut(cell, '(', &word, &aside)) {
        return word_found(whole, id, cell, STR(""));
    }
    /* "youth (19)": the word in front is looked up, what the brackets say is kept. */
    const Str inside = str_ends_with(aside, STR(")")) ? str_part(aside, 0, aside.length - 1) : aside;
    const ImportFound found = import_list_find(arena, list, word, &id);
    return word_found(found, id, cell, str_trim(inside));
}

static ImportReading items_reading(const ImportItems *items, Str cell) {
    bool has_guess = false;
    for (size_t index = 0; index < items->count; index++) {
        has_guess = has_guess || items->is_guess[index];
    }
    if (items->count == 0) {
        return not_understood(REMARK_UNKNOWN_WORD, cell);
    }
    if (has_guess) {
        return guessed(items->rest.length > 0 ? REMARK_WORDS_LEFT : REMARK_BY_MEANING, items->rest);
    }
    ImportReading reading = understood();
    reading.rest = items->rest;
    reading.remark = items->rest.length > 0 ? REMARK_WORDS_LEFT : REMARK_NONE;
    return reading;
}

/* Without a "no", "not" or "sin" in front. */
static Str without_no(Str cell) {
    static const Str starts[] = {
        {"not ", 4}, {"no ", 3}, {"sin ", 4}, {"please not ", 11}, {"please no ", 10}};
    for (size_t index = 0; index < sizeof starts / sizeof starts[0]; index++) {
        if (str_equal_ascii(str_part(cell, 0, starts[index].length), starts[index])) {
            return str_trim(str_part(cell, starts[index].length, cell.length));
        }
    }
    return cell;
}

/* "court cases" is the court of the list: the word "cases" adds nothing there. */
static Str without_cases(Str cell) {
    const Str end = STR(" cases");
    return cell.length > end.length &&
                   str_equal_ascii(str_part(cell, cell.length - end.length, end.length), end)
               ? str_part(cell, 0, cell.length - end.length)
               : cell;
}

ImportWordsRead import_words(Arena *arena, const ImportList *list, Str cell, bool is_against) {
    if (import_says_nothing(arena, cell)) {
        return (ImportWordsRead){.reading = nothing(), .items = {.rest = STR("")}};
    }
    const Str wanted = without_no(cell);
    /* "prefers teens" in a column of what somebody would rather not do says the opposite: nothing is taken
     * from it. */
    if (is_against && wanted.length == cell.length &&
        import_has_any_words(import_fold(arena, cell), "prefer|prefers|prefiere|only|solo|wants|likes")) {
        return (ImportWordsRead){.reading = not_understood(REMARK_UNKNOWN_WORD, cell),
                                 .items = {.rest = cell}};
    }
    ImportItems items = import_list_split(arena, list, is_against ? without_cases(wanted) : cell);
    if (items.count == 0) {
        items.rest = cell;
    }
    return (ImportWordsRead){.reading = items_reading(&items, cell), .items = items};
}

/* ---- room, standing, training ---- */

/* The first whole number in the text; *ret_after is what follows. */
static bool first_number(Str text, int64_t *ret_number, Str *ret_after) {
    size_t at = 0;
    while (at < text.length && !is_digit(text.at[at])) {
        at++;
    }
    size_t end = at;
    while (end < text.length && is_digit(text.at[end])) {
        end++;
    }
    *ret_after = str_part(text, end, text.length);
    return end > at && str_to_int(str_part(text, at, end - at), 0, INT64_MAX, ret_number);
}

ImportRoom import_room(Arena *arena, Str cell) {
    enum { MOST_PLACES = 50 };
    ImportRoom room = {.reading = nothing()};
    if (import_says_nothing(arena, cell)) {
        return room;
    }
    const Str folded = import_fold(arena, cell);
    int64_t number = 0;
    Str after = STR_NONE;
    if (import_is_one_of(folded, "any|anyone|no limit|cualquiera|sin limite|todos")) {
        room.reading = guessed(REMARK_ROOM_ANY, cell);
    } else if (import_is_one_of(folded, "full|no room|lleno|llena|completo|completa")) {
        room = (ImportRoom){.reading = guessed(REMARK_ROOM_FULL, STR("")), .has_places = true};
    } else if (!first_number(folded, &number, &after)) {
        room.reading = not_understood(REMARK_NOT_A_NUMBER, cell);
    } else if (number > MOST_PLACES || memchr(cell.at, '-', cell.length) != NULL) {
        room.reading = not_understood(REMARK_ROOM_UNREASONABLE, cell);
    } else if (str_to_int(folded, 0, MOST_PLACES, &number)) {
        room = (ImportRoom){.reading = understood(), .places = number, .has_places = true};
    } else if (import_is_one_of(str_trim(after),
                                "more|mas|family|families|familia|familias|max|room|at most") &&
               is_digit(folded.at[0])) {
        const ImportRemark remark =
            import_is_one_of(str_trim(after), "more|mas") ? REMARK_ROOM_ONE_MORE : REMARK_NONE;
        room = (ImportRoom){
            .reading = remark == REMARK_NONE ? understood() : guessed(remark, STR("")),
            .places = number,
            .has_places = true,
        };
    } else {
        room.reading = not_understood(REMARK_NOT_A_NUMBER, cell);
    }
    return room;
}

ImportStatusRead import_status(Arena *arena, Str cell) {
    const Str folded = import_fold(arena, cell);
    if (import_says_nothing(arena, cell)) {
        return (ImportStatusRead){.reading = nothing()};
    }
    if (import_is_one_of(folded, "active|available|open|yes|activo|activa|disponible|current")) {
        return (ImportStatusRead){.reading = understood()};
    }
    if (import_has_any_words(folded,
                             "break|pause|paused|on leave|leave|hold|pausa|descanso|licencia|vacation")) {
        return (ImportStatusRead){.reading = guessed(REMARK_STATUS_BREAK, cell),
                                  .status = IMPORT_STATUS_PAUSED};
    }
    if (import_has_any_words(
            folded,
            "moved|inactive|left|retired|ended|quit|stopped|inactivo|inactiva|se mudo|mudada|mudado")) {
        return (ImportStatusRead){.reading = guessed(REMARK_STATUS_MOVED, STR("")),
                                  .status = IMPORT_STATUS_ENDED};
    }
    return (ImportStatusRead){.reading = not_understood(REMARK_NOT_A_STATUS, cell)};
}

/* "12/2026" anywhere in the cell. */
static bool month_of_year(Str cell, ImportDay *ret_last) {
    for (size_t at = 0; at < cell.length; at++) {
        Str month = STR_NONE;
        Str year = STR_NONE;
        int64_t month_number = 0;
        int64_t year_number = 0;
        if ((at == 0 || cell.at[at - 1] == ' ') &&
            str_cut(str_part(cell, at, cell.length), '/', &month, &year) &&
            str_to_int(month, 1, 12, &month_number) &&
            str_to_int(str_part(year, 0, 4), 2000, 2100, &year_number)) {
            *ret_last = (ImportDay){.year = (int16_t)year_number, .month = (int8_t)month_number, .day = 31};
            return true;
        }
    }
    return false;
}

ImportTraining import_training(Arena *arena, Str cell, Time now) {
    const Str folded = import_fold(arena, cell);
    if (import_says_nothing(arena, cell)) {
        return (ImportTraining){
            .reading = {.sure = IMPORT_SAYS_NOTHING, .remark = REMARK_NOT_TRAINED, .rest = STR("")}};
    }
    if (import_has_any_words(
            folded, "in training|not trained|not yet|needs training|en formacion|en capacitacion|no|sin")) {
        return (ImportTraining){.reading = guessed(REMARK_NOT_TRAINED, cell)};
    }
    if (import_has_any_words(folded, "exp|expires|expired|vence|vencido|valid until|until")) {
        ImportDay last = {.year = 0};
        const bool is_over = import_has_any_words(folded, "expired|vencido") ||
                             (month_of_year(cell, &last) && import_day_is_before(last, import_day_of(now)));
        if (is_over) {
            return (ImportTraining){.reading = guessed(REMARK_TRAINING_EXPIRED, cell)};
        }
        if (last.year != 0) {
            return (ImportTraining){.reading = guessed(REMARK_TRAINED, cell), .is_done = true};
        }
        return (ImportTraining){.reading = not_understood(REMARK_NOT_TRAINED, cell)};
    }
    if (import_has_any_words(
            folded, "trained|certified|done|complete|completed|finished|cert|yes|si|capacitado|capacitada|"
                    "certificado|certificada|formado|formada")) {
        return (ImportTraining){.reading = guessed(REMARK_TRAINED, cell), .is_done = true};
    }
    return (ImportTraining){.reading = not_understood(REMARK_NOT_TRAINED, cell)};
}
