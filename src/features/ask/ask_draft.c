/* SPDX-License-Identifier: Apache-2.0 */
/* A draft as text: name=value pairs joined by "&", with %-escapes for what would be mistaken for them. */
#include "features/ask/ask.h"

#include "features/consent/consent.h"
#include "features/draft/draft.h"

enum { DRAFT_BYTES_MOST = 65536, IDS_MOST = 200 };

/* ---- writing ---- */

static void add_name(Buf *buf, const char *name) {
    if (buf->length > 0) {
        buf_add_char(buf, '&');
    }
    buf_add(buf, str_of(name));
    buf_add_char(buf, '=');
}

static void add_text(Buf *buf, const char *name, Str value) {
    if (str_is_empty(value)) {
        return;
    }
    add_name(buf, name);
    for (size_t at = 0; at < value.length; at++) {
        char byte = value.at[at];
        if (byte == '%' || byte == '&' || byte == '=' || (unsigned char)byte < ' ') {
            buf_print(buf, "%%%02X", (unsigned)(unsigned char)byte);
        } else {
            buf_add_char(buf, byte);
        }
    }
}

static void add_int(Buf *buf, const char *name, int64_t value) {
    if (value != 0) {
        add_name(buf, name);
        buf_add_int(buf, value);
    }
}

static void add_ids(Buf *buf, const char *name, ItemIds ids) {
    for (size_t at = 0; at < ids.count && at < IDS_MOST; at++) {
        add_int(buf, name, ids.items[at].value);
    }
}

Str ask_draft_write(Arena *arena, const AskDraft *draft) {
    Buf buf = buf_new(arena, DRAFT_BYTES_MOST);
    const AskAnswers *answers = &draft->answers;
    add_int(&buf, "program", answers->program.value);
    add_int(&buf, "answered", (int64_t)answers->answered);
    add_text(&buf, "need", answers->need);
    add_int(&buf, "kept", answers->is_kept);
    add_int(&buf, "would-talk", answers->would_talk);
    add_int(&buf, "part2", answers->is_part2);
    add_text(&buf, "young", answers->young);
    add_int(&buf, "apart", answers->is_apart);
    add_text(&buf, "word", answers->word);
    add_int(&buf, "born-year", answers->born.year);
    add_int(&buf, "born-month", answers->born.month);
    add_int(&buf, "relation", answers->relation.value);
    add_int(&buf, "age", answers->age.value);
    add_ids(&buf, "experience", answers->experiences);
    add_ids(&buf, "language", answers->languages);
    add_ids(&buf, "wish", answers->wishes);
    add_int(&buf, "required", (int64_t)answers->required);
    add_int(&buf, "unlike", (int64_t)answers->unlike);
    add_int(&buf, "left-out", (int64_t)answers->left_out);
    add_int(&buf, "first", answers->first.value);
    add_text(&buf, "hopes", answers->hopes);
    add_int(&buf, "no-preference", answers->has_no_preference);
    add_int(&buf, "voicemail", answers->voicemail);
    add_int(&buf, "text", answers->text);
    add_ids(&buf, "time", answers->times);
    add_text(&buf, "when", answers->when);
    add_text(&buf, "called", answers->called);
    add_text(&buf, "reach", answers->reach);
    add_int(&buf, "sent", draft->is_sent);
    add_int(&buf, "receipt-program", draft->receipt.program.value);
    add_int(&buf, "receipt-kind", draft->receipt.kind);
    add_text(&buf, "receipt", draft->receipt.code);
    add_text(&buf, "receipt-sign", draft->receipt.sign_code);
    add_int(&buf, "receipt-at", draft->receipt.asked_at.us);
    return buf_str(&buf);
}

/* ---- reading ---- */

static int hex_digit(char byte) {
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

static Str read_text(Arena *arena, Str value) {
    Buf buf = buf_new(arena, value.length + 1);
    for (size_t at = 0; at < value.length; at++) {
        char byte = value.at[at];
        if (byte == '%' && at + 2 < value.length && hex_digit(value.at[at + 1]) >= 0 &&
            hex_digit(value.at[at + 2]) >= 0) {
            byte = (char)(hex_digit(value.at[at + 1]) * 16 + hex_digit(value.at[at + 2]));
            at += 2;
        }
        buf_add_char(&buf, byte);
    }
    Str text = buf_str(&buf);
    return str_is_clean(text) ? text : STR("");
}

/* The next value of that name in what is left of the draft; false when there is none. */
static bool next_value(Str *rest, const char *name, Str *ret_value) {
    while (!str_is_empty(*rest)) {
        Str pair = STR_NONE;
        (void)str_cut(*rest, '&', &pair, rest);
        Str found = STR_NONE;
        if (str_cut(pair, '=', &found, ret_value) && str_equal(found, str_of(name))) {
            return true;
        }
    }
    return false;
}

static Str text_of(Arena *arena, Str draft, const char *name) {
    Str value = STR_NONE;
    return next_value(&draft, name, &value) ? read_text(arena, value) : STR("");
}

static int64_t int_of(Str draft, const char *name, int64_t most) {
    Str value = STR_NONE;
    int64_t number = 0;
    return next_value(&draft, name, &value) && str_to_int(value, 0, most, &number) ? number : 0;
}

static ItemIds ids_of(Arena *arena, Str draft, const char *name) {
    ListItemId *items = NEW_MANY(arena, IDS_MOST, ListItemId);
    size_t count = 0;
    Str value = STR_NONE;
    while (count < IDS_MOST && next_value(&draft, name, &value)) {
        int64_t id = 0;
        if (str_to_int(value, 1, INT64_MAX, &id)) {
            items[count++] = (ListItemId){id};
        }
    }
    return (ItemIds){.items = items, .count = count};
}

AskDraft ask_draft_read(Arena *arena, Str text) {
    AskAnswers answers = {
        .program = {int_of(text, "program", INT64_MAX)},
        .answered = (unsigned)int_of(text, "answered", (1 << (ASK_WISHES + 1)) - 1),
        .need = text_of(arena, text, "need"),
        .is_kept = int_of(text, "kept", 1) == 1,
        .would_talk = int_of(text, "would-talk", 1) == 1,
        .is_part2 = int_of(text, "part2", 1) == 1,
        .young = text_of(arena, text, "young"),
        .is_apart = int_of(text, "apart", 1) == 1,
        .word = text_of(arena, text, "word"),
        .born = {.year = int_of(text, "born-year", 9999), .month = int_of(text, "born-month", 12)},
        .relation = {int_of(text, "relation", INT64_MAX)},
        .age = {int_of(text, "age", INT64_MAX)},
        .experiences = ids_of(arena, text, "experience"),
        .languages = ids_of(arena, text, "language"),
        .wishes = ids_of(arena, text, "wish"),
        .required = (unsigned)int_of(text, "required", (1 << LIST_ASKED_COUNT) - 1),
        .unlike = (unsigned)int_of(text, "unlike", (1 << LIST_ASKED_COUNT) - 1),
        .left_out = (unsigned)int_of(text, "left-out", (1 << CONSENT_ITEMS) - 1),
        .first = {int_of(text, "first", INT64_MAX)},
        .hopes = text_of(arena, text, "hopes"),
        .has_no_preference = int_of(text, "no-preference", 1) == 1,
        .voicemail = (Safe)int_of(text, "voicemail", SAFE_NO),
        .text = (Safe)int_of(text, "text", SAFE_NO),
        .times = ids_of(arena, text, "time"),
        .when = text_of(arena, text, "when"),
        .called = text_of(arena, text, "called"),
        .reach = text_of(arena, text, "reach"),
    };
    AskReceipt receipt = {
        .program = {int_of(text, "receipt-program", INT64_MAX)},
        .kind = int_of(text, "receipt-kind", REQUEST_INFORMATION_CALL) == REQUEST_INFORMATION_CALL
                    ? REQUEST_INFORMATION_CALL
                    : REQUEST_SUPPORT,
        .code = text_of(arena, text, "receipt"),
        .sign_code = text_of(arena, text, "receipt-sign"),
        .asked_at = {int_of(text, "receipt-at", INT64_MAX)},
    };
    return (AskDraft){.answers = answers, .is_sent = int_of(text, "sent", 1) == 1, .receipt = receipt};
}

/* ---- keeping ---- */

bool ask_draft_find(const Scope *scope, Str visit, AskDraft *ret_draft) {
    Str text = draft_answers(scope, visit);
    if (str_is_none(text)) {
        return false;
    }
    *ret_draft = ask_draft_read(scope->arena, text);
    return true;
}

AskDraft ask_draft(const Scope *scope, Str visit, ProgramId program) {
    AskDraft draft;
    if (!ask_draft_find(scope, visit, &draft)) {
        draft = ask_draft_read(scope->arena, STR(""));
    }
    AskAnswers *answers = &draft.answers;
    if (!program_id_equal(answers->program, program)) {
        answers->program = program;
        answers->relation = answers->age = answers->first = (ListItemId){0};
        answers->experiences = answers->languages = answers->wishes = answers->times = (ItemIds){0};
        answers->required = answers->unlike = 0;
        answers->young = STR(""); /* what was read there was another program's */
        /* Another program's questions read the same, and its lists do not. */
        answers->answered &= 1U << ASK_NEED | 1U << ASK_REACH;
        draft.is_sent = false;
    }
    return draft;
}

void ask_draft_keep(const Scope *scope, Tx *tx, Str visit, const AskDraft *draft) {
    draft_keep(scope, tx, visit, ask_draft_write(scope->arena, draft));
}
