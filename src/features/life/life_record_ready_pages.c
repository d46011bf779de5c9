/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody gets ready with: sheets with their steps and ideas, what is in the way, and documents. */
#include "features/barrier/barrier.h"
#include "features/document/document.h"
#include "features/life/life_record.h"
#include "features/sheet/sheet.h"
#include "features/youth/youth.h"
#include "texts.h"

static void add_was(Life *life, const char *key, Text label, SheetWas was) {
    static const Text texts[] = {
        [SHEET_YES] = TEXT_SHEET_YES, [SHEET_PARTLY] = TEXT_SHEET_PARTLY_SO, [SHEET_NO] = TEXT_SHEET_NO_SO};
    if (was != SHEET_NOT_SAID) {
        life_code(life, key, label, sheet_was_names[was - 1], texts[was]);
    }
}

/* What a sheet says, in the order in which it stands there. */
static void add_words(const Scope *scope, Life *life, const Sheet *sheet) {
    const Text kin = youth_is(scope, scope->actor) ? TEXT_SHEET_SPEAK_PARENT : TEXT_SHEET_SPEAK_CHILD;
    const struct {
        const char *key;
        Text label;
    } fields[SHEET_WORDS] = {[SHEET_CALLED] = {"called", TEXT_SHEET_CALLED},
                             [SHEET_WANT] = {"want", TEXT_SHEET_WANT},
                             [SHEET_QUESTIONS] = {"questions", TEXT_SHEET_QUESTIONS},
                             [SHEET_SPEAK_ME] = {"speak_me", TEXT_SHEET_SPEAK_ME},
                             [SHEET_SPEAK_GIVER] = {"speak_supporter", TEXT_SHEET_SPEAK_GIVER},
                             [SHEET_SPEAK_KIN] = {"speak_family", kin},
                             [SHEET_SPEAK_OTHER] = {"speak_other", TEXT_SHEET_SPEAK_OTHER},
                             [SHEET_BRING] = {"bring", TEXT_SHEET_BRING},
                             [SHEET_DECIDED] = {"decided", TEXT_SHEET_DECIDED},
                             [SHEET_LATER] = {"later", TEXT_SHEET_LATER},
                             [SHEET_UNSAID] = {"unsaid", TEXT_SHEET_UNSAID}};
    for (size_t field = 0; field < SHEET_WORDS; field++) {
        life_own(scope, life, fields[field].key, fields[field].label, sheet->words[field]);
    }
}

static void add_sheet(const Scope *scope, Life *life, const Sheet *sheet, int64_t number) {
    life_record(life);
    life_number(life, "sheet", TEXT_LIFE_SHEET, number);
    life_code(life, "kind", TEXT_SHEET_KIND, sheet_kind_names[sheet->kind - 1], sheet_kind_text(sheet->kind));
    life_day(life, "day", TEXT_SHEET_DAY, sheet->day);
    add_words(scope, life, sheet);
    add_was(life, "had_seat", TEXT_SHEET_HAD_SEAT, sheet->had_seat);
    add_was(life, "had_say", TEXT_SHEET_HAD_SAY, sheet->had_say);
    life_time(life, "at", TEXT_LIFE_AT, sheet->made_at);
    life_readers(scope, life, READER_THING(sheet->id));
}

static void add_step(const Scope *scope, Life *life, const SheetStep *step, int64_t number) {
    static const Text whos[] = {[SHEET_ME] = TEXT_SHEET_ME,
                                [SHEET_GIVER] = TEXT_SHEET_GIVER,
                                [SHEET_KIN] = TEXT_SHEET_CHILD,
                                [SHEET_ELSE] = TEXT_SHEET_ELSE};
    const bool is_parent = step->who == SHEET_KIN && youth_is(scope, scope->actor);
    life_record(life);
    life_number(life, "sheet", TEXT_LIFE_SHEET, number);
    life_own(scope, life, "words", TEXT_LIFE_WORDS, step->words);
    life_code(life, "who", TEXT_LIFE_WHO, sheet_who_names[step->who - 1],
              is_parent ? TEXT_SHEET_PARENT : whos[step->who]);
    life_day(life, "by", TEXT_LIFE_DAY, step->day);
    life_time(life, "done_at", TEXT_LIFE_DONE, step->done_at);
    life_own(scope, life, "came_of", TEXT_SHEET_STEP_CAME_OF, step->came_of);
}

static void add_idea(const Scope *scope, Life *life, const SheetIdea *idea, int64_t number) {
    life_record(life);
    life_number(life, "sheet", TEXT_LIFE_SHEET, number);
    life_words(life, "by", TEXT_LIFE_BY, idea->by_called);
    life_own(scope, life, "words", TEXT_LIFE_WORDS, idea->words);
    life_time(life, "at", TEXT_LIFE_AT, idea->at);
    life_code(life, "is_taken", TEXT_LIFE_TAKEN, idea->is_taken ? "yes" : "no",
              idea->is_taken ? TEXT_LIFE_YES : TEXT_LIFE_NO);
}

static void add_barriers(const Scope *scope, Life *life) {
    const Barriers list = barrier_list(scope);
    life_section(life, "barriers", TEXT_BARRIER_TITLE);
    for (size_t at = 0; at < list.count; at++) {
        life_record(life);
        life_number(life, "barrier", TEXT_LIFE_BARRIER, (int64_t)at + 1);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, list.items[at].words);
        life_time(life, "at", TEXT_LIFE_AT, list.items[at].made_at);
        life_time(life, "gone_at", TEXT_BARRIER_IS_AWAY, list.items[at].gone_at);
        life_readers(scope, life, READER_THING(list.items[at].id));
    }
    life_section(life, "barrier_tries", TEXT_BARRIER_TRIED);
    for (size_t at = 0; at < list.count; at++) {
        for (size_t one = 0; one < list.items[at].tries.count; one++) {
            const BarrierTry *tried = &list.items[at].tries.items[one];
            life_record(life);
            life_number(life, "barrier", TEXT_LIFE_BARRIER, (int64_t)at + 1);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, tried->words);
            life_time(life, "at", TEXT_LIFE_AT, tried->at);
            life_own(scope, life, "came_of", TEXT_SHEET_STEP_CAME_OF, tried->came_of);
        }
    }
}

/* Their names; each is taken home by itself, byte for byte, from its own page. */
static void add_documents(const Scope *scope, Life *life) {
    const Documents list = document_list(scope);
    life_section(life, "documents", TEXT_DOCUMENT_TITLE);
    for (size_t at = 0; at < list.count; at++) {
        life_record(life);
        life_words(life, "called", TEXT_LIFE_CALLED, list.items[at].called);
        life_number(life, "bytes", TEXT_LIFE_BYTES, list.items[at].bytes);
        life_time(life, "at", TEXT_LIFE_AT, list.items[at].added_at);
    }
}

static void add_sheets(const Scope *scope, Life *life) {
    const SheetLines lines = sheet_list(scope);
    Sheet *sheets = NEW_MANY(scope->arena, lines.count, Sheet);
    life_section(life, "sheets", TEXT_SHEET_TITLE);
    for (size_t at = 0; at < lines.count; at++) {
        if (sheet_find(scope, lines.items[at].id, &sheets[at])) {
            add_sheet(scope, life, &sheets[at], (int64_t)at + 1);
        }
    }
    life_section(life, "sheet_steps", TEXT_SHEET_STEPS);
    for (size_t at = 0; at < lines.count; at++) {
        for (size_t one = 0; one < sheets[at].steps.count; one++) {
            add_step(scope, life, &sheets[at].steps.items[one], (int64_t)at + 1);
        }
    }
    life_section(life, "sheet_ideas", TEXT_SHEET_IDEAS);
    for (size_t at = 0; at < lines.count; at++) {
        for (size_t one = 0; one < sheets[at].ideas.count; one++) {
            add_idea(scope, life, &sheets[at].ideas.items[one], (int64_t)at + 1);
        }
    }
}

void life_add_ready(const Scope *scope, Life *life) {
    add_sheets(scope, life);
    add_barriers(scope, life);
    add_documents(scope, life);
}
