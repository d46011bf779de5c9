/* SPDX-License-Identifier: Apache-2.0 */
/* Headings and contents of columns, weighed against each other. */
#include "features/import/import_guess.h"

enum { TITLE_ROWS = 5, LOOKED_AT = 200 };

typedef struct MeaningInfo {
    Str word;
    bool for_waiting, for_supporters, may_repeat;
} MeaningInfo;

static const MeaningInfo meanings[MEANS_COUNT] = {
#define MEANING(name, word, waiting, supporters, several)                                                    \
    [MEANS_##name] = {{word, sizeof word - 1}, waiting, supporters, several},
    IMPORT_MEANINGS(MEANING)
#undef MEANING
};

Str import_meaning_word(ImportMeaning meaning) {
    return meanings[meaning].word;
}

bool import_meaning_fits(ImportMeaning meaning, ImportKind kind) {
    return kind == IMPORT_SUPPORTERS ? meanings[meaning].for_supporters : meanings[meaning].for_waiting;
}

bool import_meaning_may_repeat(ImportMeaning meaning) {
    return meanings[meaning].may_repeat;
}

bool import_meaning_find(Str word, ImportKind kind, ImportMeaning *ret_meaning) {
    for (int index = 0; index < MEANS_COUNT; index++) {
        if (str_equal(word, meanings[index].word) && import_meaning_fits((ImportMeaning)index, kind)) {
            *ret_meaning = (ImportMeaning)index;
            return true;
        }
    }
    return false;
}

/* ---- headings ---- */

/* Headings as programs write them, folded. `whole` must be all of the heading; `part` may stand within it. */
typedef struct HeadingWords {
    ImportMeaning meaning;
    const char *whole;
    const char *part;
} HeadingWords;

/* In this order: "who called (relationship)" is a relation before it is a name. */
static const HeadingWords heading_words[] = {
    {MEANS_MAIL, "email|mail|e mail|correo|correo electronico", "email|e mail|correo"},
    {MEANS_VOICEMAIL, "voicemail|vm|vm ok|ok to leave message|mensaje de voz",
     "voicemail|vm|leave message|leave a message|mensaje de voz|dejar mensaje"},
    {MEANS_TEXTING, "text|texts|sms|text ok|ok to text", "ok to text|text ok|texting|mensajes de texto"},
    {MEANS_WHEN, "when to call|best time|best times|call times|horario|cuando llamar|safe times",
     "when to call|best time|time to call|times to call|cuando llamar|hora para llamar|safe time"},
    {MEANS_ASKED, "date|fecha|date called|called on|received|referral date|request date",
     "date called|called us|date of call|date asked|date received|date referred|referral date|intake "
     "date|waiting since|fecha de"},
    {MEANS_PHONE, "phone|tel|telephone|cell|mobile|telefono|celular|movil|phone number",
     "phone|telephone|cell|mobile|telefono|celular"},
    {MEANS_RELATION, "relation|relationship|who|role|who rel|parentesco|relacion|caregiver type",
     "relation|relationship|rel|parentesco|relacion"},
    {MEANS_RATHER_NOT, "please not|not|rather not|wont do|limits|limites|no quiere",
     "please not|rather not|does not want|would not|prefers not|limits|no quiere|limites"},
    {MEANS_EXPERIENCE,
     "experience|experiences|been through|lived experience|topics|issues|concerns|experiencias|temas|stuff "
     "they mentioned",
     "been through|experience|experiences|mentioned|topics|concerns|issues|experiencia|experiencias|temas|ha "
     "vivido"},
    {MEANS_HOPES, "hopes|wants|wishes|looking for|preferences|prefers|desea|prefiere",
     "looking for|preference|preferences|wants in|hopes"},
    {MEANS_NEED, "need|needs|reason|what they said|request|story|necesidad|motivo|what is going on",
     "what they said|in their own words|own words|reason for|reason|need|needs|what they need|lo que dijo|lo "
     "que dijeron|necesidad|motivo"},
    {MEANS_LANGUAGE, "lang|language|languages|idioma|idiomas|lengua",
     "lang|language|languages|idioma|idiomas|speaks|habla"},
    {MEANS_AGE, "age|ages|child age|ages of child|age s of child|edad|edades", "age|ages|edad|edades"},
    {MEANS_ROOM, "room for|room|capacity|openings|slots|how many|cupo|lugares|max",
     "room for|capacity|openings|slots|how many families|can take|cupo|lugares"},
    {MEANS_FREE, "free|available|availability|when free|hours|disponible|disponibilidad",
     "availability|available|when free|free when|disponibilidad|horas libres"},
    {MEANS_TRAINING, "training|trained|certification|cert|certified|capacitacion|formacion",
     "training|trained|certification|cert|capacitacion|formacion"},
    {MEANS_STATUS, "status|state|active|estado|activo", "status|estado"},
    {MEANS_ABOUT, "about|bio|about me|story|introduction|sobre mi|presentacion",
     "about me|bio|in their words|sobre mi"},
    {MEANS_REFERENCE, "id|no|number|nr|ref|record|case|file|numero|folio", "id|ref|folio"},
    {MEANS_NAME,
     "name|names|family|family name|first name|last name|caregiver|parent|parent "
     "partner|partner|supporter|mentor|nombre|nombres|apellido|apellidos|familia|peer|navigator",
     "name|nombre|apellido|parent partner|caregiver"},
    {MEANS_KEEP, "notes|note|comments|comment|remarks|notas|comentarios|observaciones",
     "notes|comments|notas|comentarios"},
};

typedef enum HeadingFit { HEADING_NO, HEADING_PART, HEADING_WHOLE } HeadingFit;

/* What the heading says for this kind of list; kind 0: for any. */
static HeadingFit heading_fit(Str folded, ImportKind kind, ImportMeaning *ret_meaning) {
    const size_t count = sizeof heading_words / sizeof heading_words[0];
    for (int pass = 0; pass < 2 && folded.length > 0; pass++) {
        for (size_t index = 0; index < count; index++) {
            const HeadingWords *words = &heading_words[index];
            if (kind != 0 && !import_meaning_fits(words->meaning, kind)) {
                continue;
            }
            if (pass == 0 ? import_is_one_of(folded, words->whole)
                          : import_has_any_words(folded, words->part)) {
                *ret_meaning = words->meaning;
                return pass == 0 ? HEADING_WHOLE : HEADING_PART;
            }
        }
    }
    return HEADING_NO;
}

/* The row, among the first few, whose cells are most often known headings; at least two of them must be. */
static bool find_headings(Arena *arena, const ImportTable *table, size_t *ret_row) {
    size_t best = 1;
    bool is_found = false;
    for (size_t row = 0; row < table->count && row < TITLE_ROWS; row++) {
        size_t known = 0;
        for (size_t column = 0; column < table->column_count; column++) {
            const Str text = table->lines[row].cells[column].text;
            ImportMeaning meaning = MEANS_KEEP;
            known +=
                text.length <= 60 && heading_fit(import_fold(arena, text), 0, &meaning) != HEADING_NO ? 1 : 0;
        }
        /* A table of one column has only one heading to know. */
        if (known > best || (known == 1 && table->column_count == 1)) {
            best = known;
            *ret_row = row;
            is_found = true;
        }
    }
    return is_found;
}

/* ---- contents ---- */

static size_t count_digits(Str text) {
    size_t digits = 0;
    for (size_t at = 0; at < text.length; at++) {
        digits += text.at[at] >= '0' && text.at[at] <= '9' ? 1 : 0;
    }
    return digits;
}

/* What these cells look like on their own; MEANS_KEEP: like nothing in particular. */
static ImportMeaning content_of(Arena *arena, Str cell) {
    const ImportDay far = {.year = 9999, .month = 12, .day = 31};
    if (import_mail(arena, cell).reading.sure != IMPORT_NOT_UNDERSTOOD) {
        return MEANS_MAIL;
    }
    const ImportDate date = import_date(arena, cell, DATE_ORDER_UNPROVEN, far);
    if (date.day.year != 0 || date.reading.remark == REMARK_DATE_NO_YEAR) {
        return MEANS_ASKED;
    }
    if (count_digits(cell) >= 7 && import_phone(arena, cell).reading.sure != IMPORT_NOT_UNDERSTOOD) {
        return MEANS_PHONE;
    }
    if (cell.length > 60) {
        return MEANS_NEED;
    }
    if (import_is_of_topic(arena, TOPIC_LANGUAGE, cell)) {
        return MEANS_LANGUAGE;
    }
    return import_is_of_topic(arena, TOPIC_RELATION, cell) ? MEANS_RELATION : MEANS_KEEP;
}

/* How many of a column's cells look like each meaning, among the first ones that say something. */
typedef struct Contents {
    size_t looked_at;
    size_t like[MEANS_COUNT];
} Contents;

static void sample_add(ImportColumn *column, Str text) {
    for (size_t index = 0; index < IMPORT_SAMPLES; index++) {
        if (str_is_empty(column->samples[index])) {
            column->samples[index] = text;
            return;
        }
        if (str_equal(column->samples[index], text)) {
            return;
        }
    }
}

static Contents look_at(Arena *arena, const ImportTable *table, size_t first, size_t at,
                        ImportColumn *column) {
    Contents contents = {.looked_at = 0};
    for (size_t row = first; row < table->count; row++) {
        const Str text = table->lines[row].cells[at].text;
        if (str_is_empty(text)) {
            continue;
        }
        column->filled++;
        column->order = import_date_order(column->order, text);
        sample_add(column, text);
        if (contents.looked_at < LOOKED_AT && !import_says_nothing(arena, text)) {
            contents.looked_at++;
            contents.like[content_of(arena, text)]++;
        }
    }
    return contents;
}

/* True for meanings that can be told from the cells; only these can be doubted or found by content. */
static bool is_told_by_content(ImportMeaning meaning) {
    return meaning == MEANS_MAIL || meaning == MEANS_PHONE || meaning == MEANS_ASKED ||
           meaning == MEANS_LANGUAGE || meaning == MEANS_RELATION;
}

static void weigh(Arena *arena, const Contents *contents, ImportKind kind, ImportColumn *column) {
    ImportMeaning said = MEANS_KEEP;
    const HeadingFit fit = heading_fit(import_fold(arena, column->heading), kind, &said);
    ImportMeaning seen = MEANS_KEEP;
    for (int index = 1; index < MEANS_COUNT; index++) {
        const ImportMeaning meaning = (ImportMeaning)index;
        const bool is_most = 10 * contents->like[index] >= 7 * contents->looked_at && contents->looked_at > 0;
        /* Long texts are a need only where the list is one of families, and a telling share of them is
         * long. */
        if (is_most && import_meaning_fits(meaning, kind) &&
            (is_told_by_content(meaning) || meaning == MEANS_NEED)) {
            seen = meaning;
        }
    }
    if (fit == HEADING_NO) {
        column->meaning = seen;
        column->why = seen == MEANS_KEEP ? WHY_UNKNOWN : WHY_CONTENT;
        return;
    }
    column->meaning = said;
    column->why = WHY_HEADING;
    if (said == seen && said != MEANS_KEEP) {
        column->why = WHY_BOTH;
    } else if (is_told_by_content(said) && contents->looked_at > 2 &&
               10 * contents->like[said] < 3 * contents->looked_at) {
        column->why = WHY_DOUBTFUL;
    }
}

/* The better a reason, the higher. */
static int why_weight(ImportWhy why) {
    switch (why) {
    case WHY_BOTH:
        return 4;
    case WHY_HEADING:
        return 3;
    case WHY_DOUBTFUL:
        return 2;
    case WHY_CONTENT:
        return 1;
    case WHY_UNKNOWN:
    case WHY_TAKEN:
    case WHY_SAID:
        break;
    }
    return 0;
}

/* Where only one column can have a meaning, the best keeps it. */
static void settle(ImportColumn *columns, size_t count) {
    for (size_t one = 0; one < count; one++) {
        for (size_t other = 0; other < count; other++) {
            const bool clash = one != other && columns[one].meaning == columns[other].meaning &&
                               columns[one].meaning != MEANS_KEEP;
            /* Two columns found only by content (a second phone) are kept apart even where two are
             * allowed. */
            const bool may_both =
                import_meaning_may_repeat(columns[one].meaning) && columns[other].why != WHY_CONTENT;
            if (!clash || may_both) {
                continue;
            }
            const int left = why_weight(columns[one].why);
            const int right = why_weight(columns[other].why);
            if (left > right || (left == right && one < other)) {
                columns[other].meaning = MEANS_KEEP;
                columns[other].why = WHY_TAKEN;
            }
        }
    }
}

/* ---- together ---- */

static ImportKind guess_kind(Arena *arena, const ImportTable *table, size_t heading_row,
                             bool *ret_is_certain) {
    size_t waiting = 0;
    size_t supporters = 0;
    for (size_t column = 0; column < table->column_count; column++) {
        ImportMeaning meaning = MEANS_KEEP;
        const Str folded = import_fold(arena, table->lines[heading_row].cells[column].text);
        if (heading_fit(folded, 0, &meaning) != HEADING_NO) {
            waiting += import_meaning_fits(meaning, IMPORT_SUPPORTERS) ? 0 : 1;
            supporters += import_meaning_fits(meaning, IMPORT_WAITING) ? 0 : 1;
        }
    }
    *ret_is_certain = (waiting > 0) != (supporters > 0);
    return supporters > waiting ? IMPORT_SUPPORTERS : IMPORT_WAITING;
}

size_t import_first_row(const ImportColumns *columns) {
    return columns->has_headings ? columns->heading_at + 1 : 0;
}

ImportColumns import_guess(Arena *arena, const ImportTable *table, ImportKind kind) {
    ImportColumns guess = {.kind = kind == 0 ? IMPORT_WAITING : kind,
                           .is_kind_certain = kind != 0,
                           .count = table->column_count};
    guess.has_headings = find_headings(arena, table, &guess.heading_at);
    if (kind == 0 && guess.has_headings) {
        guess.kind = guess_kind(arena, table, guess.heading_at, &guess.is_kind_certain);
    }
    ImportColumn *columns = NEW_MANY(arena, table->column_count, ImportColumn);
    for (size_t index = 0; index < table->column_count; index++) {
        columns[index].heading =
            guess.has_headings ? table->lines[guess.heading_at].cells[index].text : STR("");
        for (size_t sample = 0; sample < IMPORT_SAMPLES; sample++) {
            columns[index].samples[sample] = STR("");
        }
        const Contents contents = look_at(arena, table, import_first_row(&guess), index, &columns[index]);
        weigh(arena, &contents, guess.kind, &columns[index]);
    }
    settle(columns, table->column_count);
    guess.items = columns;
    return guess;
}
