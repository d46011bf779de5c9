/* SPDX-License-Identifier: Apache-2.0 */
/* Tables from enums to sentences. */
#include "features/import/import_texts.h"

#include "texts.h"

Text import_meaning_text(ImportMeaning meaning) {
    static const Text texts[MEANS_COUNT] = {
        [MEANS_KEEP] = TEXT_IMPORT_MEANS_KEEP,
        [MEANS_NAME] = TEXT_IMPORT_MEANS_NAME,
        [MEANS_REFERENCE] = TEXT_IMPORT_MEANS_REFERENCE,
        [MEANS_RELATION] = TEXT_IMPORT_MEANS_RELATION,
        [MEANS_PHONE] = TEXT_IMPORT_MEANS_PHONE,
        [MEANS_MAIL] = TEXT_IMPORT_MEANS_MAIL,
        [MEANS_LANGUAGE] = TEXT_IMPORT_MEANS_LANGUAGE,
        [MEANS_WHEN] = TEXT_IMPORT_MEANS_WHEN,
        [MEANS_VOICEMAIL] = TEXT_IMPORT_MEANS_VOICEMAIL,
        [MEANS_TEXTING] = TEXT_IMPORT_MEANS_TEXTING,
        [MEANS_EXPERIENCE] = TEXT_IMPORT_MEANS_EXPERIENCE,
        [MEANS_AGE] = TEXT_IMPORT_MEANS_AGE,
        [MEANS_NEED] = TEXT_IMPORT_MEANS_NEED,
        [MEANS_HOPES] = TEXT_IMPORT_MEANS_HOPES,
        [MEANS_ASKED] = TEXT_IMPORT_MEANS_ASKED,
        [MEANS_ABOUT] = TEXT_IMPORT_MEANS_ABOUT,
        [MEANS_RATHER_NOT] = TEXT_IMPORT_MEANS_RATHER_NOT,
        [MEANS_ROOM] = TEXT_IMPORT_MEANS_ROOM,
        [MEANS_FREE] = TEXT_IMPORT_MEANS_FREE,
        [MEANS_TRAINING] = TEXT_IMPORT_MEANS_TRAINING,
        [MEANS_STATUS] = TEXT_IMPORT_MEANS_STATUS,
    };
    return texts[meaning];
}

Text import_why_text(ImportWhy why) {
    static const Text texts[] = {
        [WHY_UNKNOWN] = TEXT_IMPORT_WHY_UNKNOWN,   [WHY_HEADING] = TEXT_IMPORT_WHY_HEADING,
        [WHY_CONTENT] = TEXT_IMPORT_WHY_CONTENT,   [WHY_BOTH] = TEXT_IMPORT_WHY_BOTH,
        [WHY_DOUBTFUL] = TEXT_IMPORT_WHY_DOUBTFUL, [WHY_TAKEN] = TEXT_IMPORT_WHY_TAKEN,
        [WHY_SAID] = TEXT_IMPORT_WHY_SAID,
    };
    return texts[why];
}

Text import_remark_text(ImportRemark remark) {
    static const Text texts[REMARK_COUNT] = {
        [REMARK_NONE] = TEXT_NONE,
        [REMARK_WORDS_LEFT] = TEXT_IMPORT_REMARK_WORDS_LEFT,
        [REMARK_NO_PHONE] = TEXT_IMPORT_REMARK_NO_PHONE,
        [REMARK_NO_AREA_CODE] = TEXT_IMPORT_REMARK_NO_AREA_CODE,
        [REMARK_NO_MAIL] = TEXT_IMPORT_REMARK_NO_MAIL,
        [REMARK_MAIL_REPAIRED] = TEXT_IMPORT_REMARK_MAIL_REPAIRED,
        [REMARK_SEVERAL_CHILDREN] = TEXT_IMPORT_REMARK_SEVERAL_CHILDREN,
        [REMARK_AGE_NO_BAND] = TEXT_IMPORT_REMARK_AGE_NO_BAND,
        [REMARK_AGE_SEVERAL_BANDS] = TEXT_IMPORT_REMARK_AGE_SEVERAL_BANDS,
        [REMARK_AGE_WORDS] = TEXT_IMPORT_REMARK_AGE_WORDS,
        [REMARK_AGE_UNREASONABLE] = TEXT_IMPORT_REMARK_AGE_UNREASONABLE,
        [REMARK_UNKNOWN_WORD] = TEXT_IMPORT_REMARK_UNKNOWN_WORD,
        [REMARK_BY_MEANING] = TEXT_IMPORT_REMARK_BY_MEANING,
        [REMARK_SEVERAL_WORDS] = TEXT_IMPORT_REMARK_SEVERAL_WORDS,
        [REMARK_A_MARK] = TEXT_IMPORT_REMARK_A_MARK,
        [REMARK_NOT_YES_NO] = TEXT_IMPORT_REMARK_NOT_YES_NO,
        [REMARK_DATE_NO_YEAR] = TEXT_IMPORT_REMARK_DATE_NO_YEAR,
        [REMARK_DATE_EITHER_ORDER] = TEXT_IMPORT_REMARK_DATE_EITHER_ORDER,
        [REMARK_DATE_TO_COME] = TEXT_IMPORT_REMARK_DATE_TO_COME,
        [REMARK_DATE_UNREASONABLE] = TEXT_IMPORT_REMARK_DATE_UNREASONABLE,
        [REMARK_NOT_A_DATE] = TEXT_IMPORT_REMARK_NOT_A_DATE,
        [REMARK_ROOM_ONE_MORE] = TEXT_IMPORT_REMARK_ROOM_ONE_MORE,
        [REMARK_ROOM_ANY] = TEXT_IMPORT_REMARK_ROOM_ANY,
        [REMARK_ROOM_FULL] = TEXT_IMPORT_REMARK_ROOM_FULL,
        [REMARK_ROOM_UNREASONABLE] = TEXT_IMPORT_REMARK_ROOM_UNREASONABLE,
        [REMARK_NOT_A_NUMBER] = TEXT_IMPORT_REMARK_NOT_A_NUMBER,
        [REMARK_STATUS_BREAK] = TEXT_IMPORT_REMARK_STATUS_BREAK,
        [REMARK_STATUS_MOVED] = TEXT_IMPORT_REMARK_STATUS_MOVED,
        [REMARK_NOT_A_STATUS] = TEXT_IMPORT_REMARK_NOT_A_STATUS,
        [REMARK_TRAINED] = TEXT_IMPORT_REMARK_TRAINED,
        [REMARK_TRAINING_EXPIRED] = TEXT_IMPORT_REMARK_TRAINING_EXPIRED,
        [REMARK_NOT_TRAINED] = TEXT_IMPORT_REMARK_NOT_TRAINED,
        [REMARK_FORMULA] = TEXT_IMPORT_REMARK_FORMULA,
    };
    return texts[remark];
}

Text import_read_text(ImportRead read) {
    static const Text texts[] = {
        [IMPORT_READ_WELL] = TEXT_NONE,
        [IMPORT_READ_EMPTY] = TEXT_IMPORT_READ_EMPTY,
        [IMPORT_READ_TOO_LARGE] = TEXT_IMPORT_READ_TOO_LARGE,
        [IMPORT_READ_TOO_MANY_ROWS] = TEXT_IMPORT_READ_TOO_MANY_ROWS,
        [IMPORT_READ_TOO_MANY_COLUMNS] = TEXT_IMPORT_READ_TOO_MANY_COLUMNS,
        [IMPORT_READ_OPEN_QUOTE] = TEXT_IMPORT_READ_OPEN_QUOTE,
        [IMPORT_READ_NOT_TEXT] = TEXT_IMPORT_READ_NOT_TEXT,
    };
    return texts[read];
}

Text import_encoding_text(ImportEncoding encoding) {
    static const Text texts[] = {
        [IMPORT_UTF8] = TEXT_IMPORT_ENCODING_UTF8,   [IMPORT_UTF8_MARKED] = TEXT_IMPORT_ENCODING_UTF8,
        [IMPORT_UTF16] = TEXT_IMPORT_ENCODING_UTF16, [IMPORT_WINDOWS_1252] = TEXT_IMPORT_ENCODING_WINDOWS,
        [IMPORT_MIXED] = TEXT_IMPORT_ENCODING_MIXED,
    };
    return texts[encoding];
}

Text import_kind_text(ImportKind kind) {
    return kind == IMPORT_SUPPORTERS ? TEXT_IMPORT_KIND_SUPPORTERS : TEXT_IMPORT_KIND_WAITING;
}

Text import_refusal_text(ImportRefusal refusal) {
    static const Text texts[] = {
        [REFUSAL_NONE] = TEXT_NONE,
        [REFUSAL_NO_NAME] = TEXT_IMPORT_REFUSAL_NO_NAME,
        [REFUSAL_LONG_NAME] = TEXT_IMPORT_REFUSAL_LONG_NAME,
        [REFUSAL_LONG_CELL] = TEXT_IMPORT_REFUSAL_LONG_CELL,
        [REFUSAL_BROKEN_NAME] = TEXT_IMPORT_REFUSAL_BROKEN_NAME,
        [REFUSAL_LONG_WORDS] = TEXT_IMPORT_REFUSAL_LONG_WORDS,
    };
    return texts[refusal];
}

/* ---- about a row ---- */

typedef struct Sentence {
    unsigned bit;
    Text text;
} Sentence;

static const Sentence asks[] = {
    {ASK_HEADINGS_AGAIN, TEXT_IMPORT_ASK_HEADINGS}, {ASK_ONE_CELL, TEXT_IMPORT_ASK_ONE_CELL},
    {ASK_HERE_ALREADY, TEXT_IMPORT_ASK_HERE},       {ASK_SAYS_REPEAT, TEXT_IMPORT_ASK_SAYS_REPEAT},
    {ASK_SAME_MAIL, TEXT_IMPORT_ASK_MAIL},          {ASK_SAME_PHONE, TEXT_IMPORT_ASK_PHONE},
    {ASK_SAME_NAME, TEXT_IMPORT_ASK_NAME},          {ASK_SAME_REFERENCE, TEXT_IMPORT_ASK_REFERENCE},
    {ASK_KNOWN_POINT, TEXT_IMPORT_ASK_KNOWN_POINT}, {ASK_KNOWN_NAME, TEXT_IMPORT_ASK_KNOWN_NAME},
    {ASK_NO_POINT, TEXT_IMPORT_ASK_NO_POINT},       {ASK_RAGGED, TEXT_IMPORT_ASK_RAGGED},
};

static const Sentence troubles[] = {
    {TROUBLE_FORMULA, TEXT_IMPORT_TROUBLE_FORMULA},   {TROUBLE_TOO_LONG, TEXT_IMPORT_TROUBLE_TOO_LONG},
    {TROUBLE_ENCODING, TEXT_IMPORT_TROUBLE_ENCODING}, {TROUBLE_BROKEN, TEXT_IMPORT_TROUBLE_BROKEN},
    {TROUBLE_CONTROL, TEXT_IMPORT_TROUBLE_CONTROL},   {TROUBLE_GARBLED, TEXT_IMPORT_TROUBLE_GARBLED},
};

enum { ASKS = sizeof asks / sizeof asks[0], TROUBLES = sizeof troubles / sizeof troubles[0] };

/* "A cell looks like a formula: Name, Notes" */
static Str trouble_sentence(Arena *arena, const ImportPlan *plan, const ImportRowPlan *row,
                            const Sentence *trouble) {
    const ImportLine *line = &plan->setting.table->lines[row->at];
    Buf names = buf_new(arena, IMPORT_MOST_COLUMNS * (size_t)(4 * IMPORT_MOST_CHARACTERS + 2));
    for (size_t column = 0; column < plan->setting.columns->count; column++) {
        if ((line->cells[column].trouble & trouble->bit) != 0) {
            buf_add(&names, names.length > 0 ? STR(", ") : STR(""));
            buf_add(&names, import_heading(arena, plan->setting.lang, plan->setting.columns, column));
        }
    }
    const Words words = {.arena = arena, .lang = plan->setting.lang};
    return text_import_at_cell(&words, text_str(plan->setting.lang, trouble->text), buf_str(&names));
}

Strs import_row_sentences(Arena *arena, const ImportPlan *plan, const ImportRowPlan *row) {
    const Lang lang = plan->setting.lang;
    const Words words = {.arena = arena, .lang = lang};
    Str *sentences = NEW_MANY(arena, 3 + ASKS + TROUBLES, Str);
    size_t count = 0;
    if (row->refusal != REFUSAL_NONE) {
        const Str why = text_str(lang, import_refusal_text(row->refusal));
        sentences[count++] =
            row->refusal != REFUSAL_LONG_CELL && row->refusal != REFUSAL_BROKEN_NAME
                ? why
                : text_import_at_cell(
                      &words, why, import_heading(arena, lang, plan->setting.columns, row->refusal_column));
    }
    if ((row->asks & ASK_REPEATS) != 0) {
        sentences[count++] = text_import_ask_repeats(&words, row->same_line);
    } else if (row->same_line != 0) {
        sentences[count++] = text_import_ask_same(&words, row->same_line);
    }
    for (size_t index = 0; index < ASKS; index++) {
        if ((row->asks & asks[index].bit) != 0) {
            sentences[count++] = text_str(lang, asks[index].text);
        }
    }
    for (size_t index = 0; index < TROUBLES; index++) {
        if ((row->trouble & troubles[index].bit) != 0) {
            sentences[count++] = trouble_sentence(arena, plan, row, &troubles[index]);
        }
    }
    return (Strs){.items = sentences, .count = count};
}
