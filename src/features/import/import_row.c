/* SPDX-License-Identifier: Apache-2.0 */
/* From a row's cells to a person: one case for each meaning. */
#include "features/import/import_row.h"

#include "features/import/import_texts.h"
#include "platform/zone/zone.h"
#include "texts.h"

enum { ROW_BYTES = 4 * IMPORT_MOST_COLUMNS * IMPORT_MOST_CHARACTERS };

/* ---- small helpers ---- */

static ImportReading plain(Str cell) {
    return (ImportReading){.sure = cell.length > 0 ? IMPORT_UNDERSTOOD : IMPORT_SAYS_NOTHING,
                           .rest = STR("")};
}

static Str joined(Arena *arena, Str before, const char *between, Str more) {
    if (before.length == 0 || more.length == 0) {
        return before.length == 0 ? more : before;
    }
    return str_print(arena, "%.*s%s%.*s", STR_ARGS(before), between, STR_ARGS(more));
}

Str import_label(const ImportLists *lists, ListKind list, int64_t id) {
    const ListItems items = lists->labels[list];
    for (size_t index = 0; index < items.count; index++) {
        if (items.items[index].id.value == id) {
            return items.items[index].label;
        }
    }
    return STR("");
}

static Str labels_of(Arena *arena, const ImportLists *lists, ListKind list, const ImportItems *items) {
    Str text = STR("");
    for (size_t index = 0; index < items->count; index++) {
        text = joined(arena, text, "; ", import_label(lists, list, items->ids[index]));
    }
    return text;
}

static void items_join(ImportItems *items, const ImportItems *more) {
    for (size_t index = 0; index < more->count; index++) {
        import_items_add(items, more->ids[index], more->is_guess[index], more->written[index]);
    }
}

static void points_add(Str *points, size_t *count, const Str *found, size_t found_count) {
    for (size_t index = 0; index < found_count; index++) {
        if (found[index].length > 0 && *count < IMPORT_MOST_POINTS) {
            points[(*count)++] = found[index];
        }
    }
}

/* ---- languages ---- */

/* The first of our languages that the cell names. */
static bool lang_said(Arena *arena, Str cell, Lang *ret_lang) {
    Str left = import_fold(arena, cell);
    while (left.length > 0) {
        Str word = STR_NONE;
        (void)str_cut(left, ' ', &word, &left);
        if (import_is_one_of(word, "english|eng|en|ingles")) {
            *ret_lang = LANG_EN;
            return true;
        }
        if (import_is_one_of(word, "spanish|span|spa|sp|es|espanol|castellano")) {
            *ret_lang = LANG_ES;
            return true;
        }
    }
    return false;
}

/* The language of free words, by the little words that only one of the two has. */
static Lang lang_of_words(Arena *arena, Str words, Lang otherwise) {
    int spanish = 0;
    int english = 0;
    Str left = import_fold(arena, words);
    while (left.length > 0) {
        Str word = STR_NONE;
        (void)str_cut(left, ' ', &word, &left);
        spanish +=
            import_is_one_of(word, "el|la|los|las|que|y|de|mi|no|con|para|una|un|su|por|somos|tiene|es") ? 1
                                                                                                         : 0;
        english +=
            import_is_one_of(word, "the|and|to|my|is|i|we|of|for|in|have|not|our|with|he|she|a") ? 1 : 0;
    }
    return spanish > english ? LANG_ES : english > spanish ? LANG_EN : otherwise;
}

/* ---- cells ---- */

static ImportCellRead words_cell(Arena *arena, const ImportSetting *setting, const ImportList *list,
                                 ListKind kind, Str cell, bool is_against, ImportItems *items) {
    const ImportWordsRead read = list->topic == TOPIC_TIME ? import_times(arena, list, cell)
                                                           : import_words(arena, list, cell, is_against);
    items_join(items, &read.items);
    ImportItems *kept = NEW(arena, ImportItems);
    *kept = read.items;
    return (ImportCellRead){
        .reading = read.reading,
        .understood = labels_of(arena, setting->lists, kind, kept),
        .items = kept,
        .list = kind,
    };
}

static ImportCellRead answer_cell(Arena *arena, const ImportSetting *setting, Str cell, Safe *safe) {
    const ImportAnswer read = import_yes_no(arena, cell);
    Text said = TEXT_NONE;
    switch (read.answer) {
    case IMPORT_YES:
        *safe = SAFE_YES;
        said = TEXT_UI_YES;
        break;
    case IMPORT_NO:
        *safe = SAFE_NO;
        said = TEXT_UI_NO;
        break;
    case IMPORT_NOT_SAID:
        break;
    }
    return (ImportCellRead){.reading = read.reading,
                            .understood = said == TEXT_NONE ? STR("") : text_str(setting->lang, said)};
}

static ImportCellRead date_cell(Arena *arena, const ImportSetting *setting, size_t column, Str cell,
                                ImportPerson *person) {
    const LocalTime today = zone_local(setting->zone, setting->now);
    const ImportDay limit = {today.date.year, today.date.month, today.date.day};
    const ImportDate read = import_date(arena, cell, setting->columns->items[column].order, limit);
    if (read.day.year == 0) {
        return (ImportCellRead){.reading = read.reading, .understood = STR("")};
    }
    const Date date = {.year = read.day.year, .month = read.day.month, .day = read.day.day};
    /* Noon: the same day in every zone of the country. Today may not be noon yet. */
    const Time noon = zone_moment(setting->zone, (LocalTime){.date = date, .hour = 12});
    person->asked_at = time_is_before(setting->now, noon) ? setting->now : noon;
    Buf buf = buf_new(arena, 200);
    text_add_date(&buf, setting->lang, date);
    return (ImportCellRead){.reading = read.reading, .understood = buf_str(&buf)};
}

static ImportCellRead room_cell(Arena *arena, const ImportSetting *setting, Str cell, ImportPerson *person) {
    const ImportRoom read = import_room(arena, cell);
    person->has_places = read.has_places;
    person->places = read.places;
    Str understood = STR("");
    if (read.has_places && read.places == 0) {
        understood = text_str(setting->lang, TEXT_IMPORT_NO_ROOM);
    } else if (read.has_places) {
        understood = str_print(arena, "%lld", (long long)read.places);
    } else if (read.reading.sure == IMPORT_GUESSED) {
        understood = text_str(setting->lang, TEXT_IMPORT_USUAL_ROOM);
    }
    return (ImportCellRead){.reading = read.reading, .understood = understood};
}

static ImportCellRead status_cell(Arena *arena, const ImportSetting *setting, Str cell,
                                  ImportPerson *person) {
    static const Text words[] = {
        [IMPORT_STATUS_ACTIVE] = TEXT_IMPORT_ACTIVE,
        [IMPORT_STATUS_PAUSED] = TEXT_IMPORT_PAUSED,
        [IMPORT_STATUS_ENDED] = TEXT_IMPORT_NOT_OFFERING,
    };
    const ImportStatusRead read = import_status(arena, cell);
    person->status = read.status;
    const bool is_known = read.reading.sure == IMPORT_UNDERSTOOD || read.reading.sure == IMPORT_GUESSED;
    return (ImportCellRead){.reading = read.reading,
                            .understood = is_known ? text_str(setting->lang, words[read.status]) : STR("")};
}

static ImportCellRead training_cell(Arena *arena, const ImportSetting *setting, Str cell,
                                    ImportPerson *person) {
    const ImportTraining read = import_training(arena, cell, setting->now);
    person->is_trained = read.is_done;
    Str understood = STR("");
    if (read.reading.sure == IMPORT_GUESSED) {
        understood = text_str(setting->lang, read.is_done ? TEXT_IMPORT_TRAINED : TEXT_IMPORT_NOT_TRAINED);
    }
    return (ImportCellRead){.reading = read.reading, .understood = understood};
}

static ImportCellRead phone_cell(Arena *arena, Str cell, ImportPerson *person) {
    const ImportPhone read = import_phone(arena, cell);
    points_add(person->phones, &person->phone_count, read.phones, 2);
    return (ImportCellRead){.reading = read.reading,
                            .understood = joined(arena, read.phones[0], "; ", read.phones[1])};
}

static ImportCellRead mail_cell(Arena *arena, Str cell, ImportPerson *person) {
    const ImportMail read = import_mail(arena, cell);
    points_add(person->mails, &person->mail_count, read.mails, 2);
    return (ImportCellRead){.reading = read.reading,
                            .understood = joined(arena, read.mails[0], "; ", read.mails[1])};
}

static ImportCellRead word_cell(const ImportLists *lists, ListKind kind, const ImportWord *read,
                                int64_t *ret_id) {
    *ret_id = read->id;
    return (ImportCellRead){.reading = read->reading, .understood = import_label(lists, kind, read->id)};
}

/* Words that are kept as they are. */
static ImportCellRead text_cell(Arena *arena, Str cell, const char *between, Str *text) {
    const Str said = import_says_nothing(arena, cell) ? STR("") : cell;
    *text = joined(arena, *text, between, said);
    return (ImportCellRead){.reading = plain(said), .understood = said};
}

/* A column that means nothing here: all of it is left over, and nobody needs to be told again. */
static ImportCellRead kept_cell(Str cell) {
    return (ImportCellRead){.reading = {.sure = IMPORT_UNDERSTOOD, .rest = cell}, .understood = STR("")};
}

static ImportCellRead supporter_cell(Arena *arena, const ImportSetting *setting, ImportMeaning meaning,
                                     Str cell, ImportPerson *person) {
    const ImportLists *lists = setting->lists;
    if (meaning == MEANS_ABOUT) {
        return text_cell(arena, cell, "\n", &person->about);
    }
    if (meaning == MEANS_RATHER_NOT) {
        return words_cell(arena, setting, &lists->experiences, LIST_EXPERIENCE, cell, true,
                          &person->rather_not);
    }
    if (meaning == MEANS_ROOM) {
        return room_cell(arena, setting, cell, person);
    }
    if (meaning == MEANS_FREE) {
        return words_cell(arena, setting, &lists->times, LIST_TIME, cell, false, &person->free_then);
    }
    return meaning == MEANS_TRAINING ? training_cell(arena, setting, cell, person)
                                     : status_cell(arena, setting, cell, person);
}

static ImportCellRead cell_read(Arena *arena, const ImportSetting *setting, size_t column, Str cell,
                                ImportPerson *person) {
    const ImportLists *lists = setting->lists;
    const ImportMeaning meaning = setting->columns->items[column].meaning;
    ImportWord word;
    switch (meaning) {
    case MEANS_NAME:
        return text_cell(arena, cell, " ", &person->called);
    case MEANS_REFERENCE:
        person->reference = cell;
        return kept_cell(cell);
    case MEANS_RELATION:
        word = import_word(arena, &lists->relations, cell);
        return word_cell(lists, LIST_RELATION, &word, &person->relation);
    case MEANS_PHONE:
        return phone_cell(arena, cell, person);
    case MEANS_MAIL:
        return mail_cell(arena, cell, person);
    case MEANS_LANGUAGE:
        (void)lang_said(arena, cell, &person->lang);
        return words_cell(arena, setting, &lists->languages, LIST_LANGUAGE, cell, false, &person->languages);
    case MEANS_WHEN:
        return text_cell(arena, cell, "; ", &person->safe_times);
    case MEANS_VOICEMAIL:
        return answer_cell(arena, setting, cell, &person->voicemail);
    case MEANS_TEXTING:
        return answer_cell(arena, setting, cell, &person->texting);
    case MEANS_EXPERIENCE:
        return words_cell(arena, setting, &lists->experiences, LIST_EXPERIENCE, cell, false,
                          &person->experiences);
    case MEANS_AGE:
        word = import_age(arena, &lists->ages, cell);
        return word_cell(lists, LIST_AGE, &word, &person->age);
    case MEANS_NEED:
        return text_cell(arena, cell, "\n", &person->need);
    case MEANS_HOPES:
        return text_cell(arena, cell, "\n", &person->hopes);
    case MEANS_ASKED:
        return date_cell(arena, setting, column, cell, person);
    case MEANS_ABOUT:
    case MEANS_RATHER_NOT:
    case MEANS_ROOM:
    case MEANS_FREE:
    case MEANS_TRAINING:
    case MEANS_STATUS:
        return supporter_cell(arena, setting, meaning, cell, person);
    case MEANS_KEEP:
    case MEANS_COUNT:
        break;
    }
    return kept_cell(cell);
}

ImportCellRead import_row_cell(Arena *arena, const ImportSetting *setting, size_t column, Str cell,
                               ImportPerson *person) {
    ImportCellRead read = cell_read(arena, setting, column, cell, person);
    read.column = column;
    read.original = cell;
    return read;
}

ImportRowRead import_row_read(Arena *arena, const ImportSetting *setting, const ImportLine *line) {
    ImportRowRead row = {
        .person = {.called = STR(""),
                   .lang = setting->lang,
                   .safe_times = STR(""),
                   .reference = STR(""),
                   .need = STR(""),
                   .hopes = STR(""),
                   .about = STR("")},
    };
    ImportCellRead *cells = NEW_MANY(arena, setting->columns->count, ImportCellRead);
    for (size_t column = 0; column < setting->columns->count; column++) {
        const Str text = line->cells[column].text;
        if (text.length > 0) {
            cells[row.count++] = import_row_cell(arena, setting, column, text, &row.person);
        }
    }
    row.cells = cells;
    row.person.need_lang = lang_of_words(arena, row.person.need, row.person.lang);
    return row;
}

/* ---- in words ---- */

Str import_heading(Arena *arena, Lang lang, const ImportColumns *columns, size_t column) {
    if (columns->items[column].heading.length > 0) {
        return columns->items[column].heading;
    }
    const Words words = {.arena = arena, .lang = lang};
    return text_import_column_number(&words, (int64_t)column + 1);
}

static void add_line(Buf *buf, Str heading, Str words) {
    if (buf->length > 0) {
        buf_add_char(buf, '\n');
    }
    buf_add(buf, heading);
    buf_add(buf, STR(": "));
    buf_add(buf, words);
}

Str import_row_original(Arena *arena, const ImportSetting *setting, const ImportLine *line) {
    Buf buf = buf_new(arena, ROW_BYTES);
    for (size_t column = 0; column < setting->columns->count; column++) {
        const Str text = line->cells[column].text;
        if (text.length > 0) {
            add_line(&buf, import_heading(arena, setting->lang, setting->columns, column), text);
        }
    }
    return buf_str(&buf);
}

Str import_row_unparsed(Arena *arena, const ImportSetting *setting, const ImportRowRead *row) {
    Buf buf = buf_new(arena, ROW_BYTES);
    for (size_t index = 0; index < row->count; index++) {
        const ImportCellRead *cell = &row->cells[index];
        if (cell->reading.rest.length > 0) {
            add_line(&buf, import_heading(arena, setting->lang, setting->columns, cell->column),
                     cell->reading.rest);
        }
    }
    return buf_str(&buf);
}
