/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept about a person beside their walks: who they are, what they asked and offer, what they want,
 * what they share, their safety card, and who opened all that. */
#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/card/card.h"
#include "features/circle/circle.h"
#include "features/consent/consent.h"
#include "features/diary/diary.h"
#include "features/emergency/emergency.h"
#include "features/goal/goal_practice.h"
#include "features/hope/hope.h"
#include "features/hours/hours.h"
#include "features/life/life_record.h"
#include "features/me/me_openings.h"
#include "features/offer/offer.h"
#include "features/origin/origin.h"
#include "features/progress/progress.h"
#include "features/provider/provider.h"
#include "features/request/request.h"
#include "features/signing/signing.h"
#include "features/toolbox/toolbox.h"
#include "life_sql.h"
#include "platform/http/part2.h"
#include "texts.h"

enum { OPENINGS_MOST = 5000, JOINED_MOST = 4096 };

void life_own(const Scope *scope, Life *life, const char *key, Text label, Part2Words words) {
    life_part2(life, words.is_marked);
    life_words(life, key, label, part2_open_own(scope, scope->actor, words));
}

static Str joined(const Scope *scope, Strs words, const char *between) {
    Buf list = buf_new(scope->arena, JOINED_MOST);
    for (size_t at = 0; at < words.count; at++) {
        buf_print(&list, "%s%.*s", at == 0 ? "" : between, STR_ARGS(words.items[at]));
    }
    return buf_str(&list);
}

void life_readers(const Scope *scope, Life *life, ReaderThing thing) {
    const Readers readers = reader_list(scope, thing);
    Str *names = NEW_MANY(scope->arena, readers.count, Str);
    size_t count = 0;
    for (size_t at = 0; at < readers.count; at++) {
        if (readers.items[at].reads) {
            names[count++] = readers.items[at].called;
        }
    }
    life_words(life, "read_by", TEXT_LIFE_READ_BY,
               joined(scope, (Strs){.items = names, .count = count}, ", "));
}

static void safe(Life *life, const char *key, Text label, Safe answer) {
    if (answer != SAFE_NOT_SAID) {
        life_code(life, key, label, answer == SAFE_YES ? "yes" : "no",
                  answer == SAFE_YES ? TEXT_LIFE_YES : TEXT_LIFE_NO);
    }
}

static void add_person(const Scope *scope, Life *life) {
    Person person;
    LifeSince since;
    life_section(life, "person", TEXT_LIFE_PERSON);
    if (!account_person_find(scope, scope->actor, &person) || !life_since(scope->db, scope->actor, &since)) {
        return;
    }
    life_record(life);
    life_words(life, "called", TEXT_LIFE_CALLED, person.called);
    life_code(life, "language", TEXT_LIFE_LANGUAGE, person.lang == LANG_ES ? "es" : "en",
              person.lang == LANG_ES ? TEXT_LIFE_SPANISH : TEXT_LIFE_ENGLISH);
    SigningBorn born;
    if (signing_born_find(scope, scope->actor, &born)) {
        life_words(life, "born", TEXT_LIFE_BORN,
                   str_print(scope->arena, "%04d-%02d", (int)born.year, (int)born.month));
    }
    life_time(life, "here_since", TEXT_LIFE_HERE_SINCE, since.at);
    static const char *const leads[] = {"as_the_program", "none", "two_hours", "a_day"};
    static const Text lead_texts[] = {TEXT_DIARY_LEAD_PROGRAM, TEXT_DIARY_LEAD_NONE, TEXT_DIARY_LEAD_HOURS,
                                      TEXT_DIARY_LEAD_DAY};
    const DiaryLead lead = diary_lead(scope, scope->actor);
    life_code(life, "reminder_before_meetings", TEXT_DIARY_REMINDER, leads[lead], lead_texts[lead]);
    if (hours_wish(scope) > 0) {
        life_number(life, "hours_a_month_wished", TEXT_HOURS_LIFE_WISH, hours_wish(scope));
    }
    const DiaryFeed feed = diary_feed(scope);
    if (feed.is_there) {
        life_time(life, "calendar_link_since", TEXT_LIFE_CALENDAR_LINK, feed.made_at);
        life_code(life, "calendar_link_names", TEXT_LIFE_CALENDAR_NAMES, feed.has_names ? "yes" : "no",
                  feed.has_names ? TEXT_LIFE_YES : TEXT_LIFE_NO);
    }
    life_section(life, "ways_to_reach", TEXT_LIFE_WAYS);
    const ContactPoints points = account_contact_points(scope, scope->actor);
    const ContactPointId calendar = diary_mailbox_chosen(scope, scope->actor);
    for (size_t at = 0; at < points.count; at++) {
        const ContactPoint *point = &points.items[at];
        life_record(life);
        life_words(life, "value", TEXT_LIFE_WAY, point->value);
        safe(life, "voicemail", TEXT_LIFE_VOICEMAIL, point->voicemail);
        safe(life, "text_message", TEXT_LIFE_TEXT_MESSAGE, point->text);
        life_words(life, "when", TEXT_LIFE_WHEN_SAFE, point->safe_times);
        if (point->is_unsafe) {
            life_code(life, "standing", TEXT_LIFE_STANDING, "not_safe", TEXT_LIFE_NOT_SAFE);
        }
        if (contact_point_id_equal(point->id, calendar)) {
            life_code(life, "meetings", TEXT_LIFE_TO_CALENDAR, "yes", TEXT_LIFE_YES);
        }
    }
}

/* ---- what was asked ---- */

static void add_items(const Scope *scope, Life *life, int64_t request, RequestItems items, bool is_coded) {
    for (size_t at = 0; at < items.count; at++) {
        const RequestItem *item = &items.items[at];
        life_record(life);
        life_number(life, "request", TEXT_LIFE_REQUEST, request);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, program_item_words(scope, item->item));
        if (is_coded) {
            life_code(life, "said_by", TEXT_LIFE_SAID_BY, "coordinator", TEXT_LIFE_BY_COORDINATOR);
        } else if (item->kind == REQUEST_WISH_FIRST) {
            life_code(life, "weight", TEXT_LIFE_WEIGHT, "matters_most", TEXT_LIFE_MATTERS_MOST);
        }
    }
}

static const char *request_word(RequestState state) {
    static const char *const words[] = {
        [REQUEST_NEW] = "new",         [REQUEST_TAKEN] = "taken",         [REQUEST_LISTED] = "listed",
        [REQUEST_INVITED] = "invited", [REQUEST_MATCHED] = "matched",     [REQUEST_PAUSED] = "paused",
        [REQUEST_ENDED] = "ended",     [REQUEST_WITHDRAWN] = "withdrawn",
    };
    return words[state];
}

static void add_request(const Scope *scope, Life *life, int64_t number, const Request *request) {
    life_record(life);
    life_number(life, "request", TEXT_LIFE_REQUEST, number);
    life_words(life, "program", TEXT_LIFE_PROGRAM, program_words(scope, request->program, PROGRAM_NAME));
    life_time(life, "asked_at", TEXT_LIFE_ASKED_AT, request->created_at);
    life_own(scope, life, "need", TEXT_LIFE_NEED, request->need);
    life_own(scope, life, "hopes", TEXT_LIFE_HOPES, request->hopes);
    life_words(life, "relation", TEXT_LIFE_RELATION, program_item_label(scope, request->relation));
    life_words(life, "age", TEXT_LIFE_AGE, program_item_label(scope, request->age));
    life_code(life, "state", TEXT_LIFE_STANDING, request_word(request->state),
              request_state_text(request->state));
    life_time(life, "state_since", TEXT_LIFE_SINCE, request->state_at);
    life_words(life, "coordinator", TEXT_LIFE_COORDINATOR, request->taken_by_called);
}

static void add_requests(const Scope *scope, Life *life) {
    const LifeRequestsRows rows = life_requests(scope->db, scope->actor);
    Request *requests = NEW_MANY(scope->arena, rows.count, Request);
    life_section(life, "requests", TEXT_LIFE_REQUESTS);
    for (size_t at = 0; at < rows.count; at++) {
        if (request_find(scope, rows.items[at].id, &requests[at])) {
            add_request(scope, life, (int64_t)at + 1, &requests[at]);
        }
    }
    life_section(life, "request_words", TEXT_LIFE_WISHES);
    for (size_t at = 0; at < rows.count; at++) {
        add_items(scope, life, (int64_t)at + 1, request_wishes(scope, rows.items[at].id), false);
        add_items(scope, life, (int64_t)at + 1, request_codes(scope, rows.items[at].id), true);
    }
    life_section(life, "request_notes", TEXT_LIFE_NOTES);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeNotesRows notes = life_notes(scope->db, rows.items[at].id);
        for (size_t one = 0; one < notes.count; one++) {
            const LifeNotes *note = &notes.items[one];
            life_record(life);
            life_number(life, "request", TEXT_LIFE_REQUEST, (int64_t)at + 1);
            life_time(life, "at", TEXT_LIFE_AT, note->at);
            life_words(life, "by", TEXT_LIFE_BY, note->by_called);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, note->words);
        }
    }
    life_section(life, "progress", TEXT_LIFE_PROGRESS);
    for (size_t at = 0; at < rows.count; at++) {
        const ProgressList list = progress_list(scope, rows.items[at].id);
        for (size_t one = 0; one < list.count; one++) {
            life_record(life);
            life_number(life, "request", TEXT_LIFE_REQUEST, (int64_t)at + 1);
            life_time(life, "at", TEXT_LIFE_AT, list.items[one].at);
            life_number(life, "of_ten", TEXT_LIFE_OF_TEN, list.items[one].value);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, list.items[one].words);
        }
    }
    life_section(life, "from_lists", TEXT_LIFE_FROM_LISTS);
    for (size_t at = 0; at < rows.count; at++) {
        const Origin origin = origin_of_request(scope, rows.items[at].id);
        if (origin.is_there) {
            life_record(life);
            life_number(life, "request", TEXT_LIFE_REQUEST, (int64_t)at + 1);
            life_words(life, "file", TEXT_LIFE_FILE, origin.filename);
            life_time(life, "at", TEXT_LIFE_AT, origin.taken_in_at);
            life_own(scope, life, "line", TEXT_LIFE_LINE, origin.original);
            life_own(scope, life, "not_understood", TEXT_LIFE_NOT_UNDERSTOOD, origin.unparsed);
        }
    }
}

static void add_offers(const Scope *scope, Life *life) {
    const LifeOffersRows rows = life_offers(scope->db, scope->actor);
    life_section(life, "offers", TEXT_LIFE_OFFERS);
    for (size_t at = 0; at < rows.count; at++) {
        Offer offer;
        if (offer_find(scope, rows.items[at].id, &offer)) {
            life_record(life);
            life_number(life, "offer", TEXT_LIFE_OFFER, (int64_t)at + 1);
            life_words(life, "program", TEXT_LIFE_PROGRAM, program_words(scope, offer.program, PROGRAM_NAME));
            life_time(life, "since", TEXT_LIFE_SINCE, offer.created_at);
            life_words(life, "relation", TEXT_LIFE_RELATION, program_item_label(scope, offer.relation));
            life_words(life, "about", TEXT_LIFE_ABOUT, offer.about);
            life_number(life, "families_at_most", TEXT_LIFE_FAMILIES, offer.capacity);
        }
    }
    life_section(life, "offer_words", TEXT_LIFE_OFFER_WORDS);
    for (size_t at = 0; at < rows.count; at++) {
        const OfferItems items = offer_items(scope, rows.items[at].id);
        for (size_t one = 0; one < items.count; one++) {
            life_record(life);
            life_number(life, "offer", TEXT_LIFE_OFFER, (int64_t)at + 1);
            life_words(life, "words", TEXT_LIFE_WORDS, program_item_label(scope, items.items[one].item));
        }
    }
}

/* ---- what is wanted ---- */

static const char *goal_word(GoalState state) {
    static const char *const words[] = {
        [GOAL_OPEN] = "open", [GOAL_PAUSED] = "rests", [GOAL_REACHED] = "reached", [GOAL_LET_GO] = "let_go"};
    return words[state];
}

static Text goal_text(GoalState state) {
    static const Text texts[] = {[GOAL_OPEN] = TEXT_LIFE_GOAL_OPEN,
                                 [GOAL_PAUSED] = TEXT_LIFE_GOAL_RESTS,
                                 [GOAL_REACHED] = TEXT_LIFE_GOAL_REACHED,
                                 [GOAL_LET_GO] = TEXT_LIFE_GOAL_LET_GO};
    return texts[state];
}

static const char *kind_word(GoalKind kind) {
    static const char *const words[] = {[GOAL_FOR_CHILD] = "child",
                                        [GOAL_FOR_FAMILY] = "family",
                                        [GOAL_FOR_MYSELF] = "myself",
                                        [GOAL_TO_PRACTICE] = "practice"};
    return words[kind];
}

static void add_goal_list(const Scope *scope, Life *life, Goals goals, int64_t *number) {
    for (size_t at = 0; at < goals.count; at++) {
        const Goal *goal = &goals.items[at];
        life_record(life);
        life_number(life, "goal", TEXT_LIFE_GOAL, ++*number);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, goal->words);
        life_code(life, "for", TEXT_LIFE_FOR, kind_word(goal->kind), goal_kind_text(goal->kind));
        life_time(life, "at", TEXT_LIFE_AT, goal->made_at);
        life_code(life, "state", TEXT_LIFE_STANDING, goal_word(goal->state), goal_text(goal->state));
        life_time(life, "state_since", TEXT_LIFE_SINCE, goal->state_at);
        life_readers(scope, life, READER_THING(goal->id));
    }
}

static void add_step_list(const Scope *scope, Life *life, Goals goals, int64_t *number) {
    for (size_t at = 0; at < goals.count; at++) {
        ++*number;
        for (size_t one = 0; one < goals.items[at].steps.count; one++) {
            const GoalStep *step = &goals.items[at].steps.items[one];
            life_record(life);
            life_number(life, "goal", TEXT_LIFE_GOAL, *number);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, step->words);
            life_code(life, "who", TEXT_LIFE_WHO,
                      step->who == GOAL_BY_ME      ? "me"
                      : step->who == GOAL_BY_GIVER ? "supporter"
                                                   : "other",
                      goal_who_text(step->who));
            life_day(life, "by", TEXT_LIFE_DAY, step->has_day ? step->due_on : (Date){0});
            life_code(life, "is_done", TEXT_LIFE_DONE, step->is_done ? "yes" : "no",
                      step->is_done ? TEXT_LIFE_YES : TEXT_LIFE_NO);
        }
    }
}

static const GoalStep *step_of(const Goal *goal, GoalStepId id) {
    for (size_t at = 0; at < goal->steps.count; at++) {
        if (goal_step_id_equal(goal->steps.items[at].id, id)) {
            return &goal->steps.items[at];
        }
    }
    return NULL;
}

static void add_practices(const Scope *scope, Life *life, Goals goals, int64_t *number) {
    for (size_t at = 0; at < goals.count; at++) {
        ++*number;
        const GoalPractices list = goal_practices(scope, goals.items[at].id);
        for (size_t one = 0; one < list.count; one++) {
            const GoalPractice *practice = &list.items[one];
            const GoalStep *step = step_of(&goals.items[at], practice->step);
            life_record(life);
            life_number(life, "goal", TEXT_LIFE_GOAL, *number);
            if (step != NULL) {
                life_own(scope, life, "step", TEXT_LIFE_STEPS, step->words);
            }
            life_day(life, "day", TEXT_LIFE_TRIED_ON, practice->day);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, practice->words);
            life_own(scope, life, "helped", TEXT_GOAL_PRACTICE_HELPED, practice->helped);
        }
    }
}

/* What somebody proposed is about whose goal it is. */
static void add_proposals(const Scope *scope, Life *life, Goals goals, int64_t *number) {
    for (size_t at = 0; at < goals.count; at++) {
        ++*number;
        const GoalProposals list = goal_proposals_about(scope, goals.items[at].id);
        for (size_t one = 0; one < list.count; one++) {
            const GoalProposal *proposal = &list.items[one];
            life_record(life);
            life_number(life, "goal", TEXT_LIFE_GOAL, *number);
            life_words(life, "by", TEXT_LIFE_BY, proposal->by_called);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, proposal->words);
            life_time(life, "at", TEXT_LIFE_AT, proposal->made_at);
            life_code(life, "is_taken", TEXT_LIFE_TAKEN, proposal->is_taken ? "yes" : "no",
                      proposal->is_taken ? TEXT_LIFE_YES : TEXT_LIFE_NO);
        }
    }
}

static void add_goals(const Scope *scope, Life *life) {
    const Goals now = goal_list(scope);
    const Goals over = goal_list_over(scope);
    int64_t number = 0;
    life_section(life, "goals", TEXT_LIFE_GOALS);
    add_goal_list(scope, life, now, &number);
    add_goal_list(scope, life, over, &number);
    number = 0;
    life_section(life, "goal_steps", TEXT_LIFE_STEPS);
    add_step_list(scope, life, now, &number);
    add_step_list(scope, life, over, &number);
    number = 0;
    life_section(life, "goal_practices", TEXT_LIFE_PRACTICES);
    add_practices(scope, life, now, &number);
    add_practices(scope, life, over, &number);
    number = 0;
    life_section(life, "goal_proposals", TEXT_LIFE_PROPOSALS);
    add_proposals(scope, life, now, &number);
    add_proposals(scope, life, over, &number);
}

static void add_circle_list(Life *life, CircleMembers members) {
    static const char *const kinds[] = {
        [CIRCLE_FAMILY] = "family", [CIRCLE_FRIEND] = "friend", [CIRCLE_NEIGHBOR] = "neighbor",
        [CIRCLE_WORK] = "work",     [CIRCLE_FAITH] = "faith",   [CIRCLE_OTHER] = "other"};
    static const char *const nears[] = {
        [CIRCLE_CLOSE] = "close", [CIRCLE_NEAR] = "near", [CIRCLE_FAR] = "far"};
    for (size_t at = 0; at < members.count; at++) {
        const CircleMember *member = &members.items[at];
        life_record(life);
        life_words(life, "called", TEXT_LIFE_CALLED, member->called);
        life_code(life, "from", TEXT_CIRCLE_KIND, kinds[member->kind], circle_kind_text(member->kind));
        life_code(life, "near", TEXT_CIRCLE_NEARNESS, nears[member->near], circle_near_text(member->near));
        life_words(life, "helps", TEXT_CIRCLE_HELPS, member->helps);
        life_time(life, "at", TEXT_LIFE_AT, member->since);
        life_time(life, "gone_at", TEXT_CIRCLE_GONE, member->gone_at);
    }
}

static void add_circle(const Scope *scope, Life *life) {
    life_section(life, "circle", TEXT_CIRCLE_TITLE);
    add_circle_list(life, circle_list(scope));
    add_circle_list(life, circle_list_gone(scope));
}

static void add_toolbox(const Scope *scope, Life *life) {
    static const char *const kinds[] = {[TOOLBOX_CALMS] = "calms",
                                        [TOOLBOX_STRENGTH] = "strength",
                                        [TOOLBOX_CHILD] = "child",
                                        [TOOLBOX_HOME] = "home",
                                        [TOOLBOX_PEOPLE] = "people"};
    const ToolboxCards list = toolbox_list(scope);
    life_section(life, "toolbox", TEXT_TOOLBOX_TITLE);
    for (size_t at = 0; at < list.count; at++) {
        const ToolboxCard *card = &list.items[at];
        life_record(life);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, card->words);
        life_code(life, "for", TEXT_LIFE_FOR, kinds[card->kind], toolbox_kind_text(card->kind));
        life_code(life, "is_tried", TEXT_LIFE_TRIED, card->is_trial ? "no" : "yes",
                  card->is_trial ? TEXT_LIFE_NO : TEXT_LIFE_YES);
        life_time(life, "at", TEXT_LIFE_AT, card->made_at);
        life_readers(scope, life, READER_THING(card->id));
    }
}

/* ---- what is given back ---- */

static void add_hope(Life *life, const Hope *hope) {
    static const char *const states[] = {[HOPE_DRAFT] = "draft",
                                         [HOPE_SENT] = "sent",
                                         [HOPE_ASKED] = "change_asked",
                                         [HOPE_DECLINED] = "declined",
                                         [HOPE_SHOWN] = "shown"};
    static const Text texts[] = {[HOPE_DRAFT] = TEXT_LIFE_HOPE_DRAFT,
                                 [HOPE_SENT] = TEXT_LIFE_HOPE_SENT,
                                 [HOPE_ASKED] = TEXT_LIFE_HOPE_ASKED,
                                 [HOPE_DECLINED] = TEXT_LIFE_HOPE_DECLINED,
                                 [HOPE_SHOWN] = TEXT_LIFE_HOPE_SHOWN};
    life_record(life);
    life_words(life, "words", TEXT_LIFE_WORDS, hope->words);
    life_code(life, "is_named", TEXT_LIFE_NAMED, hope->is_named ? "yes" : "no",
              hope->is_named ? TEXT_LIFE_YES : TEXT_LIFE_NO);
    life_time(life, "at", TEXT_LIFE_AT, hope->written_at);
    life_code(life, "state", TEXT_LIFE_STANDING, states[hope->state], texts[hope->state]);
    life_time(life, "state_since", TEXT_LIFE_SINCE, hope->state_at);
    life_words(life, "by", TEXT_LIFE_BY, hope->by_called);
    life_words(life, "answer", TEXT_LIFE_HELP_ANSWER, hope->said);
}

static void add_hope_wish(Life *life, const HopeWish *wish) {
    life_record(life);
    life_code(life, "wish", TEXT_HOPE_WISH, wish->kind == HOPE_WISH_CALLS ? "welcome_calls" : "train",
              hope_wish_text(wish->kind));
    life_time(life, "since", TEXT_LIFE_SINCE, wish->since);
    life_words(life, "by", TEXT_LIFE_BY, wish->by_called);
    life_words(life, "answer", TEXT_LIFE_HELP_ANSWER, wish->answer);
    life_time(life, "answered_at", TEXT_LIFE_AT, wish->answered_at);
}

static void add_given_back(const Scope *scope, Life *life) {
    const Programs programs = program_list(scope);
    life_section(life, "words_of_hope", TEXT_HOPE_WORD);
    for (size_t at = 0; at < programs.count; at++) {
        Hope hope;
        if (hope_find(scope, programs.items[at].id, &hope)) {
            add_hope(life, &hope);
        }
    }
    life_section(life, "wishes_to_give", TEXT_HOPE_TITLE);
    for (size_t at = 0; at < programs.count; at++) {
        const HopeWishes list = hope_wishes(scope, programs.items[at].id);
        for (size_t one = 0; one < list.count; one++) {
            add_hope_wish(life, &list.items[one]);
        }
    }
}

/* ---- safety, sharing, and who looked ---- */

static void add_cards(const Scope *scope, Life *life) {
    static const char *const keys[CARD_PARTS] = {"safe", "call", "do_not_call", "worse", "helps"};
    const Cards cards = card_versions(scope, scope->actor);
    life_section(life, "safety_cards", TEXT_LIFE_CARDS);
    for (size_t at = 0; at < cards.count; at++) {
        life_record(life);
        life_number(life, "version", TEXT_LIFE_VERSION, cards.items[at].version);
        life_time(life, "at", TEXT_LIFE_AT, cards.items[at].at);
        for (CardPart part = CARD_SAFE; part < CARD_PARTS; part++) {
            life_own(scope, life, keys[part], card_part_text(part), cards.items[at].words[part]);
        }
    }
    const ProviderSheets sheets = provider_sheets(scope);
    life_section(life, "provider_forms", TEXT_LIFE_SHEETS);
    for (size_t at = 0; at < sheets.count; at++) {
        const ProviderSheet *sheet = &sheets.items[at];
        for (size_t line = 0; line < sheet->count; line++) {
            life_record(life);
            life_words(life, "form", TEXT_LIFE_FORM, sheet->name);
            life_number(life, "version", TEXT_LIFE_VERSION, sheet->version);
            life_time(life, "at", TEXT_LIFE_AT, sheet->at);
            life_words(life, "with", TEXT_LIFE_WITH, sheet->with);
            life_words(life, "heading", TEXT_LIFE_HEADING, sheet->headings[line]);
            life_words(life, "words", TEXT_LIFE_WORDS, sheet->lines[line]);
        }
    }
}

static void add_consents(const Scope *scope, Life *life) {
    const Consents all = consent_list(scope, scope->actor);
    life_section(life, "consents", TEXT_LIFE_CONSENTS);
    for (size_t at = 0; at < all.count; at++) {
        const Consent *consent = &all.items[at];
        life_record(life);
        life_words(life, "program", TEXT_LIFE_PROGRAM, program_words(scope, consent->program, PROGRAM_NAME));
        life_words(life, "to", TEXT_LIFE_TO, consent_to_words(scope, consent));
        life_words(life, "to_whom", TEXT_LIFE_TO_WHOM, consent->to_whom);
        life_words(life, "why", TEXT_LIFE_WHY, consent->why);
        life_words(life, "items", TEXT_LIFE_ITEMS,
                   joined(scope, consent_item_words(scope, consent->items), "; "));
        life_words(life, "purpose", TEXT_LIFE_PURPOSE,
                   text_str(scope->lang, consent_purpose_text(consent->purpose)));
        life_time(life, "given_at", TEXT_LIFE_GIVEN_AT, consent->given_at);
        life_time(life, "until", TEXT_LIFE_UNTIL, consent->until_at);
        life_time(life, "stopped_at", TEXT_LIFE_STOPPED_AT, consent->stopped_at);
        life_words(life, "words_read", TEXT_LIFE_WORDS_READ, consent->words);
        life_words(life, "words_hash", TEXT_LIFE_WORDS_HASH, consent->text_hash);
    }
}

static void add_signatures(const Scope *scope, Life *life) {
    const LifeSignaturesRows rows = life_signatures(scope->db, scope->actor);
    life_section(life, "signatures", TEXT_LIFE_SIGNATURES);
    for (size_t at = 0; at < rows.count; at++) {
        life_record(life);
        life_words(life, "by", TEXT_LIFE_BY, rows.items[at].parent_called);
        life_time(life, "since", TEXT_LIFE_SINCE, rows.items[at].since);
        life_time(life, "ended_at", TEXT_LIFE_ENDED_AT, rows.items[at].ended_at);
        life_words(life, "words_read", TEXT_LIFE_WORDS_READ, rows.items[at].words);
    }
}

static void add_openings(const Scope *scope, Life *life) {
    const Words words = scope_words(scope);
    const Emergencies emergencies = emergency_list_of(scope, scope->actor);
    life_section(life, "emergencies", TEXT_LIFE_EMERGENCIES);
    for (size_t at = 0; at < emergencies.count; at++) {
        const Emergency *one = &emergencies.items[at];
        life_record(life);
        life_words(life, "by", TEXT_LIFE_BY, one->by_called);
        life_time(life, "at", TEXT_LIFE_AT, one->opened_at);
        life_time(life, "until", TEXT_LIFE_UNTIL, one->ends_at);
        life_words(life, "reason", TEXT_LIFE_REASON, one->reason);
        for (size_t answer = 0; answer < one->answers.count; answer++) {
            life_record(life);
            life_time(life, "at", TEXT_LIFE_AT, one->answers.items[answer].at);
            life_words(life, "my_words", TEXT_LIFE_MY_WORDS, one->answers.items[answer].words);
        }
    }
    const AuditOpenings openings =
        audit_openings_before(scope, scope->actor, (Time){INT64_MAX}, (AuditId){INT64_MAX}, OPENINGS_MOST);
    life_section(life, "openings", TEXT_LIFE_OPENINGS);
    for (size_t at = 0; at < openings.count; at++) {
        const AuditOpening *opening = &openings.items[at];
        life_record(life);
        life_time(life, "at", TEXT_LIFE_AT, opening->at);
        life_words(life, "by", TEXT_LIFE_BY, me_opening_who(scope, opening));
        life_words(life, "did", TEXT_LIFE_DID, me_opening_words(&words, opening));
        life_words(life, "reason", TEXT_LIFE_REASON, opening->reason);
    }
    const LifeSessionsRows sessions = life_sessions(scope->db, scope->actor);
    life_section(life, "signed_in", TEXT_LIFE_SIGNED_IN);
    for (size_t at = 0; at < sessions.count; at++) {
        life_record(life);
        life_words(life, "device", TEXT_LIFE_DEVICE, sessions.items[at].device);
        life_time(life, "since", TEXT_LIFE_SINCE, sessions.items[at].created_at);
        life_time(life, "seen_at", TEXT_LIFE_SEEN_AT, sessions.items[at].seen_at);
    }
}

Life *life_of_actor(const Scope *scope) {
    Life *life = life_begin(scope->arena);
    add_person(scope, life);
    add_requests(scope, life);
    life_add_walks(scope, life);
    add_goals(scope, life);
    add_circle(scope, life);
    add_toolbox(scope, life);
    life_add_ready(scope, life);
    add_given_back(scope, life);
    add_offers(scope, life);
    add_cards(scope, life);
    add_consents(scope, life);
    add_signatures(scope, life);
    add_openings(scope, life);
    return life;
}
