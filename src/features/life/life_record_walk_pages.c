/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept about a person's walks, on either side of them. */
#include "features/bridge/bridge.h"
#include "features/callout/callout.h"
#include "features/capture/capture.h"
#include "features/carry/carry.h"
#include "features/checkin/checkin.h"
#include "features/contact/contact.h"
#include "features/debrief/debrief.h"
#include "features/gathering/gathering.h"
#include "features/goodbye/goodbye.h"
#include "features/handing/handing.h"
#include "features/hard/hard_shown.h"
#include "features/heard/heard.h"
#include "features/life/life_record.h"
#include "features/meeting/meeting.h"
#include "features/note/note.h"
#include "features/passing/passing.h"
#include "features/promise/promise.h"
#include "life_sql.h"
#include "platform/zone/zone.h"
#include "texts.h"

static const char *kind_word(ContactKind kind) {
    static const char *const words[] = {[CONTACT_CALL] = "call",
                                        [CONTACT_TEXT] = "text",
                                        [CONTACT_VISIT] = "visit",
                                        [CONTACT_VIDEO] = "video",
                                        [CONTACT_MAIL] = "mail"};
    return words[kind];
}

static const char *outcome_word(ContactOutcome outcome) {
    static const char *const words[] = {[CONTACT_TALKED] = "talked",
                                        [CONTACT_NO_ANSWER] = "no_answer",
                                        [CONTACT_LEFT_MESSAGE] = "left_message",
                                        [CONTACT_WRONG_NUMBER] = "wrong_number"};
    return words[outcome];
}

static void add_contact_head(Life *life, int64_t walk, Time at, ContactKind kind, ContactOutcome outcome) {
    life_record(life);
    life_number(life, "walk", TEXT_LIFE_WALK, walk);
    life_time(life, "at", TEXT_LIFE_AT, at);
    life_code(life, "how", TEXT_LIFE_HOW, kind_word(kind), contact_kind_text(kind));
    life_code(life, "outcome", TEXT_LIFE_OUTCOME, outcome_word(outcome),
              outcome == CONTACT_TALKED ? TEXT_LIFE_TALKED : contact_outcome_text(outcome));
}

/* What it was, mostly. */
static void add_support(Life *life, unsigned support) {
    static const struct {
        ContactSupport bit;
        const char *key;
    } kinds[] = {{CONTACT_EMOTIONAL, "listening"},
                 {CONTACT_INFORMATIONAL, "information"},
                 {CONTACT_INSTRUMENTAL, "practical_help"},
                 {CONTACT_AFFILIATIONAL, "company"}};
    for (size_t at = 0; at < sizeof kinds / sizeof kinds[0]; at++) {
        if ((support & (unsigned)kinds[at].bit) != 0) {
            life_code(life, kinds[at].key, contact_support_text(kinds[at].bit), "yes", TEXT_LIFE_YES);
        }
    }
}

static void add_answers(const Scope *scope, Life *life, int64_t walk, const Contact *contact) {
    for (size_t at = 0; at < contact->answers.count; at++) {
        const ContactAnswer *answer = &contact->answers.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, answer->at);
        life_words(life, "beside_by", TEXT_LIFE_BESIDE_BY, answer->by_called);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, answer->words);
    }
}

static void add_done(const Scope *scope, Life *life, int64_t walk, const Contact *contact) {
    for (size_t at = 0; at < contact->activities.count; at++) {
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, contact->at);
        life_own(scope, life, "done", TEXT_LIFE_DONE_TOGETHER, contact->activities.items[at]);
    }
}

/* The newest first, with what was set beside each right after it. */
static void add_contacts(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    Contacts page = {.has_older = true};
    ContactId before = {0};
    while (page.has_older) {
        page = contact_list(scope, match, before);
        for (size_t at = 0; at < page.count; at++) {
            const Contact *contact = &page.items[at];
            add_contact_head(life, walk, contact->at, contact->kind, contact->outcome);
            life_number(life, "minutes", TEXT_LIFE_MINUTES, contact->minutes);
            add_support(life, contact->support);
            if (contact->has_others) {
                life_code(life, "with_others", TEXT_CONTACT_WITH_OTHERS, "yes", TEXT_LIFE_YES);
            }
            if (contact->flow_mine != CONTACT_FLOW_UNSAID) {
                static const char *const flows[] = {[CONTACT_FLOW_GAVE] = "gave",
                                                    [CONTACT_FLOW_RECEIVED] = "received",
                                                    [CONTACT_FLOW_BOTH] = "both"};
                life_code(life, "flow", TEXT_CONTACT_FLOW_TITLE, flows[contact->flow_mine],
                          contact_flow_text(contact->flow_mine));
            }
            life_words(life, "by", TEXT_LIFE_BY, contact->by_called);
            life_own(scope, life, "words", TEXT_LIFE_WORDS, contact->line);
            add_done(scope, life, walk, contact);
            add_answers(scope, life, walk, contact);
            before = contact->id;
        }
    }
}

/* Of what was logged about a family the supporter keeps when, how and how long. */
static void add_logged(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    const LifeLoggedRows rows = life_logged(scope->db, match, scope->actor);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeLogged *row = &rows.items[at];
        add_contact_head(life, walk, row->at, (ContactKind)row->kind, (ContactOutcome)row->outcome);
        life_number(life, "minutes", TEXT_LIFE_MINUTES, row->minutes);
        life_number(life, "travel_minutes", TEXT_LIFE_TRAVEL_MINUTES, row->travel_minutes);
    }
}

static void add_promises(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const words[] = {
        [PROMISE_OPEN] = "open", [PROMISE_DONE] = "done", [PROMISE_LET_GO] = "let_go"};
    static const Text texts[] = {[PROMISE_OPEN] = TEXT_LIFE_GOAL_OPEN,
                                 [PROMISE_DONE] = TEXT_PROMISE_DONE,
                                 [PROMISE_LET_GO] = TEXT_LIFE_GOAL_LET_GO};
    const LifePromisesRows rows = life_promises(scope->db, match);
    for (size_t at = 0; at < rows.count; at++) {
        const LifePromises *row = &rows.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_words(life, "by", TEXT_LIFE_BY, row->by_called);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, row->words);
        life_time(life, "at", TEXT_LIFE_AT, row->made_at);
        life_day(life, "until", TEXT_LIFE_DAY, zone_date(scope->zone, row->due_at));
        life_code(life, "state", TEXT_LIFE_STANDING, words[row->state], texts[row->state]);
    }
}

/* What was talked over with those who coordinate, and the words for oneself alone. */
static void add_debriefs(const Scope *scope, Life *life) {
    static const char *const states[] = {[DEBRIEF_OFFERED] = "offered",
                                         [DEBRIEF_WISHED] = "wished",
                                         [DEBRIEF_NOT_NEEDED] = "not_needed",
                                         [DEBRIEF_HELD] = "held"};
    static const Text texts[] = {[DEBRIEF_OFFERED] = TEXT_DEBRIEF_OFFERED,
                                 [DEBRIEF_WISHED] = TEXT_DEBRIEF_WISH,
                                 [DEBRIEF_NOT_NEEDED] = TEXT_DEBRIEF_NOT_NEEDED,
                                 [DEBRIEF_HELD] = TEXT_DEBRIEF_HOLD};
    const LifeDebriefsRows rows = life_debriefs(scope->db, scope->actor);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeDebriefs *row = &rows.items[at];
        life_record(life);
        life_time(life, "at", TEXT_LIFE_AT, row->offered_at);
        life_code(life, "state", TEXT_LIFE_STANDING, states[row->state], texts[row->state]);
        life_words(life, "when", TEXT_DEBRIEF_FITS, row->fits);
        life_words(life, "words", TEXT_LIFE_WORDS, row->words);
        life_time(life, "held_at", TEXT_LIFE_ENDED_AT, row->held_at);
    }
}

static void add_handings(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const states[] = {[HANDING_WRITTEN] = "asked",
                                         [HANDING_AGREED] = "agreed",
                                         [HANDING_NOT_WANTED] = "not_wanted",
                                         [HANDING_SAID] = "said"};
    static const Text texts[] = {[HANDING_WRITTEN] = TEXT_HANDING_ASKED_YOU,
                                 [HANDING_AGREED] = TEXT_HANDING_WRITE_OWN,
                                 [HANDING_NOT_WANTED] = TEXT_HANDING_DROP,
                                 [HANDING_SAID] = TEXT_HANDING_SAID};
    const Handings list = handing_list(scope, match);
    for (size_t at = 0; at < list.count; at++) {
        const Handing *one = &list.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_words(life, "by", TEXT_LIFE_BY, one->by_called);
        life_time(life, "at", TEXT_LIFE_AT, one->written_at);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, one->what);
        life_own(scope, life, "to", TEXT_HANDING_TO, one->whom);
        life_code(life, "state", TEXT_LIFE_STANDING, states[one->state], texts[one->state]);
    }
}

static void add_callouts(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const came[CALLOUT_CAME_COUNT] = {"team", "ambulance", "police", "emergency_room",
                                                         "other"};
    static const char *const there[] = {
        [CALLOUT_WITH_TEAM] = "with_team", [CALLOUT_BY_PHONE] = "by_phone", [CALLOUT_NOT_THERE] = "no"};
    const Callouts list = callout_list(scope, match);
    for (size_t at = 0; at < list.count; at++) {
        const Callout *one = &list.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_words(life, "by", TEXT_LIFE_BY, one->by_called);
        life_time(life, "at", TEXT_LIFE_AT, one->at);
        for (unsigned bit = 0; bit < CALLOUT_CAME_COUNT; bit++) {
            if ((one->came & (1U << bit)) != 0) {
                life_code(life, came[bit], callout_came_text((CalloutCame)(1U << bit)), "yes", TEXT_LIFE_YES);
            }
        }
        life_code(life, "supporter", TEXT_CALLOUT_SUPPORTER, there[one->supporter],
                  callout_supporter_text(one->supporter));
        life_own(scope, life, "helped", TEXT_CALLOUT_HELPED_WAS, one->helped);
        life_own(scope, life, "next_time", TEXT_CALLOUT_OTHERWISE_WAS, one->otherwise);
        life_words(life, "words_by", TEXT_CALLOUT_WORDS_FROM, one->words_called);
        life_time(life, "talked_at", TEXT_CALLOUT_TALKED, one->greeted_at);
    }
}

static void add_bridges(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const kinds[] = {
        [BRIDGE_DISCHARGE] = "coming_home", [BRIDGE_CLINIC] = "first_meeting"};
    const LifeBridgesRows rows = life_bridges(scope->db, match);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeBridges *row = &rows.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_code(life, "around", TEXT_BRIDGE_KIND, kinds[row->kind],
                  bridge_kind_text((BridgeKind)row->kind));
        life_day(life, "day", TEXT_LIFE_DAY, zone_date(scope->zone, row->due_at));
        life_own(scope, life, "words", TEXT_LIFE_WORDS, row->words);
        life_words(life, "by", TEXT_LIFE_BY, row->by_called);
        life_time(life, "done_at", TEXT_LIFE_ENDED_AT, row->done_at);
    }
}

/* When it was said that days are hard, and until when that was so. Nothing else is kept of it. */
static void add_hard(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    const LifeHardRows rows = life_hard(scope->db, match);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeHard *row = &rows.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, time_is_none(row->began_at) ? row->said_at : row->began_at);
        if (time_is_none(row->began_at)) {
            life_code(life, "state", TEXT_LIFE_STANDING, "asked", TEXT_LIFE_HARD_ASKED);
        }
        if (row->hour.is_known) {
            life_words(life, "hour", TEXT_HARD_HOUR, hard_clock(scope, row->hour.value));
        }
        life_time(life, "ended_at", TEXT_LIFE_ENDED_AT, row->ended_at);
    }
}

/* Each that waits for an answer. */
static void add_offered(Life *life, int64_t walk, MeetingId meeting, const LifeMeetingTimesRows *times) {
    for (size_t at = 0; at < times->count; at++) {
        const LifeMeetingTimes *time = &times->items[at];
        if (meeting_id_equal(time->meeting, meeting)) {
            life_record(life);
            life_number(life, "walk", TEXT_LIFE_WALK, walk);
            life_time(life, "offered", TEXT_LIFE_OFFERED, time->starts_at);
            life_words(life, "by", TEXT_LIFE_BY, time->by_called);
        }
    }
}

static void add_meetings(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const hows[] = {
        [MEETING_CALL] = "call", [MEETING_VIDEO] = "video", [MEETING_VISIT] = "visit"};
    static const char *const words[] = {
        [MEETING_PROPOSED] = "proposed", [MEETING_SET] = "set", [MEETING_OVER] = "called_off"};
    static const Text texts[] = {[MEETING_PROPOSED] = TEXT_LIFE_PROPOSED,
                                 [MEETING_SET] = TEXT_LIFE_SET,
                                 [MEETING_OVER] = TEXT_LIFE_CALLED_OFF};
    const LifeMeetingsRows rows = life_meetings(scope->db, match);
    const LifeMeetingTimesRows times = life_meeting_times(scope->db, match);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeMeetings *row = &rows.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "starts_at", TEXT_LIFE_AT, row->starts_at);
        life_code(life, "how", TEXT_LIFE_HOW, hows[row->how], meeting_how_text((MeetingHow)row->how));
        life_number(life, "minutes", TEXT_LIFE_MINUTES, row->minutes);
        life_own(scope, life, "place", TEXT_LIFE_PLACE, row->place);
        life_code(life, "state", TEXT_LIFE_STANDING, words[row->state], texts[row->state]);
        life_time(life, "made_at", TEXT_LIFE_MADE_AT, row->made_at);
        add_offered(life, walk, row->id, &times);
    }
}

/* Words that somebody said in a walk. */
static void add_said(const Scope *scope, Life *life, int64_t walk, Time at, Str by, Part2Words words) {
    life_record(life);
    life_number(life, "walk", TEXT_LIFE_WALK, walk);
    life_time(life, "at", TEXT_LIFE_AT, at);
    life_words(life, "by", TEXT_LIFE_BY, by);
    life_own(scope, life, "words", TEXT_LIFE_WORDS, words);
}

static void add_messages(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    const LifeMessagesRows rows = life_messages(scope->db, match, scope->actor, scope->now);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeMessages *row = &rows.items[at];
        add_said(scope, life, walk, row->captured_at, row->by_called, row->words);
    }
}

/* Of the giver what reached them: what they wrote is about the receiver, and in that one's record. */
static void add_goodbye(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    Goodbye goodbye;
    if (!goodbye_find(scope, match, &goodbye)) {
        return;
    }
    const Match *of = &goodbye.match;
    if (goodbye.is_receiver && !time_is_none(goodbye.mine_at)) {
        add_said(scope, life, walk, goodbye.mine_at, of->receiver_called, goodbye.mine);
    }
    if (!time_is_none(goodbye.theirs_at)) {
        add_said(scope, life, walk, goodbye.theirs_at, goodbye.is_receiver ? of->giver_called : STR(""),
                 goodbye.theirs);
    }
}

static void add_passed_on(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    const Passings list = passing_list(scope, match);
    for (size_t at = 0; at < list.count; at++) {
        const Passing *one = &list.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_words(life, "by", TEXT_LIFE_BY, one->by_called);
        life_time(life, "at", TEXT_LIFE_AT, one->at);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, one->what);
        life_own(scope, life, "to", TEXT_LIFE_TO, one->whom);
        life_own(scope, life, "reason", TEXT_LIFE_REASON, one->why);
    }
}

static void add_besides(const Scope *scope, Life *life, int64_t walk, const Note *note) {
    for (size_t at = 0; at < note->besides.count; at++) {
        const NoteBeside *one = &note->besides.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, one->at);
        life_words(life, "beside_by", TEXT_LIFE_BESIDE_BY, one->by_called);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, one->words);
    }
}

/* The newest first, with what was set beside each right after it. */
static void add_notes(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const words[] = {[NOTE_DRAFT] = "draft",
                                        [NOTE_AGREED] = "agreed",
                                        [NOTE_OTHERWISE] = "seen_otherwise",
                                        [NOTE_WAIVED] = "not_looked_at",
                                        [NOTE_WRITTEN] = "written"};
    const NoteHeads heads = note_list(scope, match);
    for (size_t at = 0; at < heads.count; at++) {
        Note note;
        if (!note_find(scope, heads.items[at].id, &note)) {
            continue; /* not covered: the list is of those that can be found */
        }
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, note.written_at);
        life_words(life, "by", TEXT_LIFE_BY, note.by_called);
        life_own(scope, life, "strengths", TEXT_NOTE_STRENGTHS, note.strengths);
        life_own(scope, life, "talked", TEXT_NOTE_TALKED, note.talked);
        life_own(scope, life, "next", TEXT_NOTE_NEXT, note.next);
        life_code(life, "state", TEXT_LIFE_STANDING, words[note.state], note_state_text(note.state));
        life_time(life, "state_since", TEXT_LIFE_SINCE, note.stands_at);
        if (!time_is_none(note.signed_at)) {
            life_words(life, "signed_by", TEXT_LIFE_SIGNED_BY, note.signed_by_called);
            life_time(life, "signed_at", TEXT_LIFE_SIGNED_AT, note.signed_at);
        }
        add_besides(scope, life, walk, &note);
    }
}

static void add_told(const Scope *scope, Life *life, int64_t walk, const LifeWalks *row) {
    const Checkins done = checkin_list_done(scope, row->id, row->receives ? CHECKIN_RECEIVER : CHECKIN_GIVER);
    for (size_t at = 0; at < done.count; at++) {
        const Checkin *one = &done.items[at];
        add_said(scope, life, walk, one->done_at, one->done_by_called, one->words);
    }
}

static void add_heard(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    static const char *const keys[HEARD_QUESTIONS] = {"said", "taken", "decide", "look",
                                                      "ask",  "learn", "lead"};
    static const char *const words[HEARD_ANSWERS] = {"left_out", "yes", "between", "no"};
    const HeardOwnList list = heard_list_own(scope, match);
    for (size_t at = 0; at < list.count; at++) {
        const HeardOwn *one = &list.items[at];
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_time(life, "at", TEXT_LIFE_AT, one->at);
        for (HeardQuestion question = HEARD_SAID; question < HEARD_QUESTIONS; question++) {
            const HeardAnswer answer = one->answers.of[question];
            life_code(life, keys[question], heard_question_text(question), words[answer],
                      heard_answer_text(question, answer));
        }
    }
}

static void add_walk(Life *life, int64_t number, const LifeWalks *row) {
    static const char *const words[] = {
        [MATCH_NEW] = "new", [MATCH_WALKING] = "walking", [MATCH_PAUSED] = "paused", [MATCH_ENDED] = "ended"};
    life_record(life);
    life_number(life, "walk", TEXT_LIFE_WALK, number);
    life_code(life, "side", TEXT_LIFE_SIDE, row->receives ? "receives" : "gives",
              row->receives ? TEXT_LIFE_RECEIVES : TEXT_LIFE_GIVES);
    life_words(life, "with", TEXT_LIFE_WITH, row->other_called);
    life_time(life, "began_at", TEXT_LIFE_BEGAN_AT, row->began_at);
    life_time(life, "ended_at", TEXT_LIFE_ENDED_AT, row->ended_at);
    life_code(life, "state", TEXT_LIFE_STANDING, words[row->state], match_state_text((MatchState)row->state));
    life_number(life, "talks", TEXT_LIFE_TALKS, row->talks);
    life_number(life, "minutes", TEXT_LIFE_MINUTES, row->minutes);
}

/* Of both sides: each asked for oneself. */
static void add_gathering(const Scope *scope, Life *life) {
    const GatheringWordsList list = gathering_list_own(scope);
    for (size_t at = 0; at < list.count; at++) {
        life_record(life);
        life_time(life, "at", TEXT_LIFE_AT, list.items[at].at);
        life_words(life, "by", TEXT_LIFE_BY, list.items[at].by_called);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, list.items[at].words);
    }
}

static void add_helps(const Scope *scope, Life *life) {
    const LifeHelpsRows rows = life_helps(scope->db, scope->actor);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeHelps *row = &rows.items[at];
        life_record(life);
        life_time(life, "at", TEXT_LIFE_AT, row->asked_at);
        life_own(scope, life, "words", TEXT_LIFE_WORDS, row->words);
        life_words(life, "by", TEXT_LIFE_BY, row->taken_by_called);
        life_own(scope, life, "answer", TEXT_LIFE_HELP_ANSWER, row->answer);
        life_time(life, "done_at", TEXT_LIFE_ENDED_AT, row->done_at);
    }
}

/* What was written about a family is in no record of somebody else: of that, when and why not. */
static void add_asides(const Scope *scope, Life *life) {
    static const char *const kinds[] = {[CAPTURE_CONTACT] = "contact", [CAPTURE_MESSAGE] = "message"};
    static const Text kind_texts[] = {
        [CAPTURE_CONTACT] = TEXT_LIFE_CONTACTS, [CAPTURE_MESSAGE] = TEXT_LIFE_MESSAGES};
    static const char *const reasons[] = {
        [CAPTURE_OVER] = "over", [CAPTURE_NOT_SHARED] = "not_shared", [CAPTURE_UNFIT] = "unfit"};
    static const Text reason_texts[] = {[CAPTURE_OVER] = TEXT_CAPTURE_WHY_OVER,
                                        [CAPTURE_NOT_SHARED] = TEXT_CAPTURE_WHY_NOT_SHARED,
                                        [CAPTURE_UNFIT] = TEXT_CAPTURE_WHY_UNFIT};
    const LifeAsidesRows rows = life_asides(scope->db, scope->actor);
    for (size_t at = 0; at < rows.count; at++) {
        const LifeAsides *row = &rows.items[at];
        life_record(life);
        life_time(life, "at", TEXT_LIFE_AT, row->captured_at);
        life_code(life, "how", TEXT_LIFE_HOW, kinds[row->kind], kind_texts[row->kind]);
        life_code(life, "reason", TEXT_LIFE_REASON, reasons[row->reason], reason_texts[row->reason]);
        life_words(life, "words", TEXT_LIFE_WORDS, row->receives ? row->words : STR(""));
    }
}

/* What they picked to go along: the messages stand under `messages` as well, whole. */
static void add_carried(const Scope *scope, Life *life, int64_t walk, MatchId match) {
    Carry carry;
    if (!carry_find(scope, match, &carry)) {
        return;
    }
    life_record(life);
    life_number(life, "walk", TEXT_LIFE_WALK, walk);
    life_own(scope, life, "words", TEXT_LIFE_WORDS, carry.words);
    life_time(life, "at", TEXT_LIFE_AT, carry.written_at);
    life_time(life, "passed_on_at", TEXT_LIFE_CARRIED_AT, carry.passed_at);
    for (size_t at = 0; at < carry.messages.count; at++) {
        life_record(life);
        life_number(life, "walk", TEXT_LIFE_WALK, walk);
        life_own(scope, life, "message", TEXT_LIFE_WORDS, carry.messages.items[at].words);
        life_time(life, "at", TEXT_LIFE_AT, carry.messages.items[at].at);
    }
}

typedef void AddOfWalk(const Scope *scope, Life *life, int64_t walk, MatchId match);

/* What is about the one who receives. */
static void add_of_received(const Scope *scope, Life *life, const LifeWalksRows *walks, AddOfWalk *add) {
    for (size_t at = 0; at < walks->count; at++) {
        if (walks->items[at].receives) {
            add(scope, life, (int64_t)at + 1, walks->items[at].id);
        }
    }
}

/* Hard days, and what goes with them. */
static void add_hard_times(const Scope *scope, Life *life, const LifeWalksRows *walks) {
    life_section(life, "hard_days", TEXT_HARD_TITLE);
    add_of_received(scope, life, walks, add_hard);
    life_section(life, "debriefs", TEXT_DEBRIEF_TITLE);
    add_debriefs(scope, life);
    life_section(life, "handed_over", TEXT_HANDING_TITLE);
    add_of_received(scope, life, walks, add_handings);
    life_section(life, "call_outs", TEXT_CALLOUT_TITLE);
    add_of_received(scope, life, walks, add_callouts);
    life_section(life, "plans_around_a_day", TEXT_BRIDGE_TITLE);
    add_of_received(scope, life, walks, add_bridges);
}

void life_add_walks(const Scope *scope, Life *life) {
    const LifeWalksRows walks = life_walks(scope->db, scope->actor, scope->now);
    life_section(life, "walks", TEXT_LIFE_WALKS);
    for (size_t at = 0; at < walks.count; at++) {
        add_walk(life, (int64_t)at + 1, &walks.items[at]);
    }
    life_section(life, "contacts", TEXT_LIFE_CONTACTS);
    add_of_received(scope, life, &walks, add_contacts);
    for (size_t at = 0; at < walks.count; at++) {
        if (!walks.items[at].receives) {
            add_logged(scope, life, (int64_t)at + 1, walks.items[at].id);
        }
    }
    life_section(life, "promises", TEXT_LIFE_PROMISES);
    add_of_received(scope, life, &walks, add_promises);
    add_hard_times(scope, life, &walks);
    life_section(life, "meetings", TEXT_LIFE_MEETINGS);
    add_of_received(scope, life, &walks, add_meetings);
    life_section(life, "messages", TEXT_LIFE_MESSAGES);
    add_of_received(scope, life, &walks, add_messages);
    life_section(life, "passed_on_by_me", TEXT_LIFE_CARRIED);
    add_of_received(scope, life, &walks, add_carried);
    life_section(life, "goodbyes", TEXT_LIFE_GOODBYES);
    for (size_t at = 0; at < walks.count; at++) {
        add_goodbye(scope, life, (int64_t)at + 1, walks.items[at].id);
    }
    life_section(life, "asked_for_someone", TEXT_LIFE_HELPS);
    add_helps(scope, life);
    life_section(life, "not_sent", TEXT_CAPTURE_ASIDE_TITLE);
    add_asides(scope, life);
    life_section(life, "passed_on", TEXT_LIFE_PASSED_ON);
    add_of_received(scope, life, &walks, add_passed_on);
    life_section(life, "gathering", TEXT_GATHERING_TITLE);
    add_gathering(scope, life);
    life_section(life, "notes", TEXT_NOTE_LIST_TITLE);
    add_of_received(scope, life, &walks, add_notes);
    life_section(life, "told_to_coordinators", TEXT_LIFE_TOLD);
    for (size_t at = 0; at < walks.count; at++) {
        add_told(scope, life, (int64_t)at + 1, &walks.items[at]);
    }
    life_section(life, "answers_for_oneself", TEXT_LIFE_HEARD);
    for (size_t at = 0; at < walks.count; at++) {
        add_heard(scope, life, (int64_t)at + 1, walks.items[at].id);
    }
    const LifeThenRows then = life_then(scope->db, scope->actor);
    life_section(life, "when_they_can", TEXT_LIFE_THEN);
    for (size_t at = 0; at < then.count; at++) {
        if (!str_is_empty(then.items[at].words)) {
            life_record(life);
            life_time(life, "at", TEXT_LIFE_AT, then.items[at].created_at);
            life_words(life, "words", TEXT_LIFE_WORDS, then.items[at].words);
        }
    }
}
