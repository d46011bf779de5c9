/* SPDX-License-Identifier: Apache-2.0 */
/* From asking to a coordinator's first calls, and how a request moves. */
#include "demo_sql.h"
#include "features/demo/demo_parts.h"
#include "texts.h"

/* By when the new state should have moved on; as request.c has it. */
static Time due_after(const Demo *demo, const DemoFamily *family, RequestState state) {
    const Time now = demo->scope.now;
    const Time since = family->state == REQUEST_NEW ? family->asked : now;
    switch (state) {
    case REQUEST_NEW:
        return demo_due(demo, CLOCK_REPLY, now);
    case REQUEST_TAKEN:
        return demo_due(demo, CLOCK_SHORTLIST_LATE, since);
    case REQUEST_LISTED:
    case REQUEST_INVITED:
        return demo_due(demo, CLOCK_CHOICE, now);
    case REQUEST_MATCHED:
    case REQUEST_PAUSED:
    case REQUEST_WITHDRAWN:
    case REQUEST_ENDED:
        break;
    }
    return TIME_NONE;
}

void demo_move(Demo *demo, DemoFamily *family, RequestState state) {
    family->due_at = due_after(demo, family, state);
    family->state = state;
    family->state_at = demo->scope.now;
    family->version++;
}

void demo_note(Demo *demo, DemoFamily *family, PersonId by, RequestNoteKind kind, Str words) {
    demo_note_insert(demo->tx, &(DemoNoteInsert){.id = {random_id(&demo->random)},
                                                 .request = family->request,
                                                 .person = family->person,
                                                 .by_person = by,
                                                 .kind = kind,
                                                 .words = words,
                                                 .now = demo->scope.now});
    const bool is_reply = kind == REQUEST_NOTE_REACHED || kind == REQUEST_NOTE_TOLD;
    if (is_reply && time_is_none(family->replied_at)) {
        family->replied_at = demo->scope.now;
    }
}

/* ---- asking ---- */

/* What the words speak of, and one to three more: every so many further down the list. */
static void choose_words(Demo *demo, DemoFamily *family, size_t experience) {
    enum { EXPERIENCES = 19 };
    const size_t step = 1 + (size_t)demo_below(demo, EXPERIENCES - 1);
    family->chosen_count = 2 + (size_t)demo_below(demo, DEMO_CHOSEN - 1);
    for (size_t at = 0; at < family->chosen_count; at++) {
        family->chosen[at] = demo_item(demo, LIST_EXPERIENCE, (experience + at * step) % EXPERIENCES);
    }
    family->relation = demo_item(demo, LIST_RELATION, (size_t)demo_below(demo, 7));
    family->age = demo_item(demo, LIST_AGE, (size_t)demo_below(demo, 6));
    family->time = demo_item(demo, LIST_TIME, (size_t)demo_below(demo, 5));
    family->unlike = demo_chance(demo, 6) ? 1U << LIST_RELATION : 0U;
    demo_family_wish_more(demo, family);
    /* A story has to go on: in a small program people ask for less. */
    while (family->more_count > 0 && demo_few_fit(demo, family)) {
        family->more_count--;
    }
}

static Str receipt_hash(Demo *demo) {
    enum { BYTES = 32 };
    char *bytes = arena_get(demo->scope.arena, BYTES);
    random_bytes(&demo->random, bytes, BYTES);
    return (Str){.at = bytes, .length = BYTES}; /* of a code that nobody has */
}

void demo_ask(Demo *demo, DemoFamily *family) {
    size_t experience = 0;
    const bool is_call = family->fate == DEMO_CALL_NEW || family->fate == DEMO_CALL_DONE;
    const Str need = demo_need(demo, family->lang, &experience);
    choose_words(demo, family, experience);
    family->request = (RequestId){random_id(&demo->random)};
    family->state = REQUEST_NEW;
    family->state_at = demo->scope.now;
    family->version = 1;
    family->due_at = demo_due(demo, CLOCK_REPLY, demo->scope.now);
    const bool has_hopes = demo_chance(demo, 50);
    const RequestSource source = demo_chance(demo, 85) ? REQUEST_FROM_FORM : REQUEST_RECORDED;
    demo_request_insert(demo->tx, &(DemoRequestInsert){
                                      .id = family->request,
                                      .program = demo->program.id,
                                      .person = family->person,
                                      .kind = is_call ? REQUEST_INFORMATION_CALL : REQUEST_SUPPORT,
                                      .source = source,
                                      .receipt_hash = receipt_hash(demo),
                                      .lang = family->lang,
                                      .need = need,
                                      .relation = family->relation,
                                      .age = family->age,
                                      .hopes = has_hopes ? demo_say(demo, DEMO_HOPES, family->lang) : STR(""),
                                      .has_no_preference = !has_hopes,
                                      .due_at = family->due_at,
                                      .now = demo->scope.now});
    demo_consent_asking(demo, family, source);
    for (size_t at = 0; at < family->chosen_count; at++) {
        const bool is_first = at == 0 && family->has_first;
        demo_wish_insert(demo->tx, family->request, family->chosen[at],
                         is_first ? REQUEST_WISH_FIRST : REQUEST_WISH_CHOSEN, false);
    }
    const ListItemId language = demo_item(demo, LIST_LANGUAGE, family->lang);
    demo_wish_insert(demo->tx, family->request, family->time, REQUEST_WISH_CHOSEN, false);
    demo_wish_insert(demo->tx, family->request, language, REQUEST_WISH_CHOSEN, false);
    demo_family_write_more(demo, family);
    if (family->unlike != 0) {
        demo_unlike_insert(demo->tx, family->request, LIST_RELATION);
    }
    if (!is_call && demo_chance(demo, 70)) {
        demo_progress(demo, family, PROGRESS_START);
    }
}

void demo_progress(Demo *demo, DemoFamily *family, ProgressOccasion occasion) {
    const bool is_first = time_is_none(family->last_progress);
    const int64_t value = is_first ? demo_below(demo, 5) : family->last_value + demo_below(demo, 4) - 1;
    family->last_value = value < PROGRESS_LEAST  ? PROGRESS_LEAST
                         : value > PROGRESS_MOST ? PROGRESS_MOST
                                                 : value;
    family->last_progress = demo->scope.now;
    demo_progress_insert(demo->tx, &(DemoProgressInsert){.request = family->request,
                                                         .at = demo->scope.now,
                                                         .id = {random_id(&demo->random)},
                                                         .person = family->person,
                                                         .value = family->last_value,
                                                         .occasion = is_first ? PROGRESS_START : occasion,
                                                         .words = demo_chance(demo, 40)
                                                                      ? demo_say(demo, DEMO_FAR, family->lang)
                                                                      : STR("")});
}

/* ---- a coordinator ---- */

static void code(Demo *demo, DemoFamily *family) {
    const ListItemId other = demo_item(demo, LIST_EXPERIENCE, (size_t)demo_below(demo, 19));
    demo_code_insert(demo->tx, family->request, other, family->coordinator, demo->scope.now);
    if (demo_chance(demo, 50)) {
        demo_code_insert(demo->tx, family->request, family->age, family->coordinator, demo->scope.now);
    }
    family->version++;
}

void demo_take(Demo *demo, DemoFamily *family) {
    family->coordinator = demo->program.coordinators[family->number % demo->program.size.coordinators];
    demo_pass(demo, TIME_HOUR, 30 * TIME_HOUR);
    demo_note(demo, family, family->coordinator, REQUEST_NOTE_TAKEN, STR(""));
    family->version++;
    demo_move(demo, family, REQUEST_TAKEN);
    if (demo_chance(demo, 25)) {
        demo_note(demo, family, family->coordinator, REQUEST_NOTE_NOT_REACHED,
                  demo_say(demo, DEMO_NOT_REACHED, family->lang));
        demo_pass(demo, TIME_HOUR, 20 * TIME_HOUR);
    }
    if (demo_chance(demo, 85)) {
        demo_pass(demo, 5 * TIME_MINUTE, TIME_HOUR);
        const bool is_told = demo_chance(demo, 15);
        demo_note(demo, family, family->coordinator, is_told ? REQUEST_NOTE_TOLD : REQUEST_NOTE_REACHED,
                  demo_say(demo, is_told ? DEMO_TOLD : DEMO_REACHED, family->lang));
    }
    if (demo_chance(demo, 60)) {
        code(demo, family);
    }
    if (!family->is_urgent && demo_chance(demo, family->fate == DEMO_TAKEN ? 50 : 8)) {
        family->is_urgent = true;
        family->version++;
        demo_note(demo, family, family->coordinator, REQUEST_NOTE_URGENT,
                  demo_say(demo, DEMO_URGENT, family->lang));
    }
    if (demo_chance(demo, 30)) {
        demo_note(demo, family, family->coordinator, REQUEST_NOTE_LINE,
                  demo_say(demo, DEMO_LINE, family->lang));
    }
    if (demo_chance(demo, 25)) {
        demo_pass(demo, TIME_MINUTE, 3 * TIME_HOUR);
        demo_note(demo, family, family->person, REQUEST_NOTE_ANSWER,
                  demo_say(demo, DEMO_ANSWERED, family->lang));
    }
}

void demo_request_keep(Demo *demo, const DemoFamily *family) {
    demo_request_settle(demo->tx, &(DemoRequestSettle){.id = family->request,
                                                       .is_urgent = family->is_urgent,
                                                       .state = family->state,
                                                       .state_at = family->state_at,
                                                       .due_at = family->due_at,
                                                       .taken_by = family->coordinator,
                                                       .version = family->version,
                                                       .replied_at = family->replied_at});
}
