/* SPDX-License-Identifier: Apache-2.0 */
/* Each rule is broken on purpose in a program that is whole otherwise, and must be told by its name. */
#include "test/unit.h"

#include "check_sql.h"
#include "features/check/check.h"
#include "features/program/program.h"
#include "platform/config.h"
#include "platform/crypto/crypto.h"
#include "platform/db/person_key.h"
#include "platform/zone/zone.h"
#include "test/database.h"

typedef struct Bench {
    Arena *arena;
    Str url;
    Db *db;
    Random random;
    Config config;
    Scope scope;
} Bench;

/* A walk that runs (1), one that has ended (2), a request with a list (3), one with an invitation (4).
 * Persons: 1 to 4 ask, 11 and 12 offer, 21 coordinates. Items 901 and 902 are of another program. */
/* With the engine's word for bytes. */
static const char requests[] =
    "INSERT INTO request (id, program, person, kind, source, receipt_hash, lang, "
    "need, hopes, has_no_preference, state,"
    " state_at, due_at, taken_by, version, created_at) SELECT n.id, (SELECT id "
    "FROM program WHERE slug = 'river'), n.id,"
    " 1, 1, CAST(n.called AS BLOB), 0, CAST('' AS BLOB), CAST('' AS BLOB), 1, CASE n.id WHEN 1 THEN 5 WHEN 2 "
    "THEN 8 WHEN 3 THEN 3 ELSE 4 END, 100,"
    " 200, 21, 1, 100 FROM person n WHERE n.id < 5";

static const char *const people[] = {
    "INSERT INTO person (id, called, lang, created_at) VALUES "
    "(1,'A',0,10),(2,'B',0,10),(3,'C',0,10),(4,'D',0,10),"
    "(11,'K',0,10),(12,'L',0,10),(21,'Z',0,10)",
    "INSERT INTO contact_point (id, person, kind, value, value_key, may_voicemail, may_text, safe_times, "
    "created_at) "
    "VALUES (1,1,1,CAST('' AS BLOB),CAST('a@example.org' AS BLOB),0,0,CAST('' AS BLOB),10)",
    "INSERT INTO duty (id, program, person, kind, starts_at) SELECT id, id, 21, 1, 10 FROM program",
};

static const char *const story[] = {
    "INSERT INTO offer (id, program, person, about, capacity, load, standing, is_cleared, version, "
    "created_at) SELECT"
    " n.id, (SELECT id FROM program WHERE slug = 'river'), n.id, '', 2, 13 - n.id, n.id - 10, 1, 1, 50 "
    "FROM "
    "person n"
    " WHERE n.id IN (11, 12)",
    "UPDATE offer SET load = 2, pending = 1, standing = 2 WHERE id = 11",
    "UPDATE offer SET load = 0, listed = 1, standing = 1 WHERE id = 12",
    "INSERT INTO shortlist (id, request, made_by, policy, seed, state, made_at, answered_at) VALUES"
    " (31,1,21,'p',1,2,110,120),(32,2,21,'p',1,2,110,120),(33,3,21,'p',1,1,110,NULL),(34,4,21,'p',1,2,110,"
    "120)",
    "INSERT INTO shortlist_entry (shortlist, position, offer, score, answer) VALUES (33,1,12,10,1)",
    "UPDATE shortlist SET held_until = 900 WHERE id = 33",
    "INSERT INTO invitation (id, request, offer, shortlist, state, created_at, due_at, answered_at) "
    "VALUES"
    " (41,1,11,31,2,120,200,130),(42,2,12,32,2,120,200,130),(44,4,11,34,1,120,200,NULL)",
    "INSERT INTO match (id, program, request, offer, receiver, giver, state, state_at, due_at, began_at,"
    " first_contact_at, ended_at) SELECT 51, p.id, 1, 11, 1, 11, 2, 150, 300, 130, 150, NULL FROM program p"
    " WHERE p.slug = 'river'",
    "INSERT INTO match (id, program, request, offer, receiver, giver, state, state_at, due_at, began_at,"
    " first_contact_at, ended_at) SELECT 52, p.id, 2, 12, 2, 12, 4, 300, 300, 130, 150, 300 FROM program p"
    " WHERE p.slug = 'river'",
    "INSERT INTO contact (match, at, id, by_person, kind, outcome, minutes, was_emotional, "
    "was_informational,"
    " was_instrumental, was_affiliational, line, logged_at) VALUES (51,140,61,11,1,2,0,0,0,0,0,CAST('' AS "
    "BLOB),140),"
    "(51,150,62,11,1,1,20,1,0,0,0,CAST('' AS BLOB),150),(52,150,63,12,1,1,20,1,0,0,0,CAST('' AS BLOB),150)",
    "INSERT INTO goal (id, person, words, kind, place, state, made_at, state_at) VALUES "
    "(91,1,CAST('' AS BLOB),1,1,1,160,160)",
    "INSERT INTO goal_step (id, goal, person, words, who, made_at) VALUES (92,91,1,CAST('' AS BLOB),1,160)",
    "INSERT INTO goal_practice (id, step, person, words, helped, day, made_at) VALUES "
    "(97,92,1,CAST('' AS BLOB),CAST('' AS BLOB),160,160)",
    "INSERT INTO goal_proposal (id, goal, match, person, by_person, words, who, state, step, made_at, "
    "state_at) VALUES (98,91,51,1,11,CAST('' AS BLOB),1,2,92,160,160)",
    "INSERT INTO toolbox_card (id, person, words, kind, is_trial, place, made_at) VALUES "
    "(99,1,CAST('' AS BLOB),1,0,1,160)",
    "INSERT INTO heard (match, side, occasion, person, program, is_answered, at) SELECT 51, 1, 1, 1, p.id, "
    "1, 160 "
    "FROM program p WHERE p.slug = 'river'",
    "INSERT INTO heard_answer (match, side, occasion, question, answer) VALUES (51,1,1,0,1)",
    "INSERT INTO sheet (id, person, kind, called, want, questions, speak_me, speak_giver, speak_kin, "
    "speak_other, bring, decided, later, had_seat, had_say, unsaid, made_at, changed_at) SELECT 98, 1, 1, "
    "b, b, b, b, b, b, b, b, b, b, 0, 0, b, 160, 160 FROM (SELECT CAST('' AS BLOB) AS b) AS empty",
    "INSERT INTO sheet_step (id, sheet, person, words, who, came_of, made_at) VALUES "
    "(99,98,1,CAST('' AS BLOB),1,CAST('' AS BLOB),160)",
    "INSERT INTO sheet_idea (id, sheet, person, by_person, words, at) VALUES "
    "(99,98,1,11,CAST('' AS BLOB),160)",
    "INSERT INTO barrier (id, person, words, made_at) VALUES (98,1,CAST('' AS BLOB),160)",
    "INSERT INTO barrier_try (id, barrier, person, words, came_of, at) VALUES "
    "(98,98,1,CAST('' AS BLOB),CAST('' AS BLOB),160)",
    "INSERT INTO reader (match, kind, thing, since) VALUES (51,1,91,160),(51,2,99,160),(51,3,98,160),"
    "(51,4,98,160)",
    "INSERT INTO document (id, person, called, kind, bytes, added_at, content) VALUES "
    "(98,1,CAST('' AS BLOB),1,5,160,CAST('' AS BLOB))",
    "INSERT INTO message (id, match, person, by_person, words, captured_at, arrived_at, reaches_at) VALUES "
    "(93,51,1,11,CAST('' AS BLOB),160,160,160)",
    "INSERT INTO carry (id, match, person, words, is_part2, written_at, passed_at) VALUES "
    "(90,51,1,CAST('' AS BLOB),0,160,NULL)",
    "INSERT INTO hope (id, program, person, words, lang, is_named, state, said, written_at, state_at) "
    "SELECT 85, p.id, 1, CAST('' AS BLOB), 1, 1, 2, CAST('' AS BLOB), 160, 160 FROM program p WHERE p.slug = "
    "'river'",
    "INSERT INTO hope_wish (id, program, person, kind, since, answer) SELECT 86, p.id, 1, 1, 160, CAST('' AS "
    "BLOB) FROM program p WHERE p.slug = 'river'",
    "INSERT INTO goodbye (id, match, person, by_person, words, written_at) VALUES "
    "(93,52,2,12,CAST('' AS BLOB),310)",
    "INSERT INTO hard (id, program, match, receiver, giver, state, said_at, began_at, hour, answer, "
    "until_at, "
    "look_at) SELECT 94, m.program, 51, 1, 11, 2, 160, 160, 18, 1, 900, 900 FROM match m WHERE m.id = 51",
    "INSERT INTO hard_backup (id, hard, person, named_by, state, named_at, agreed_at, began_at) VALUES "
    "(95, 94, 12, 21, 3, 165, 166, 167)",
    "INSERT INTO debrief (id, program, person, state, offered_at, fits, words, answered_at) SELECT 95, p.id, "
    "11, 2, "
    "165, CAST('' AS BLOB), CAST('' AS BLOB), 166 FROM program p WHERE p.slug = 'river'",
    "INSERT INTO handing (id, match, person, by_person, what, whom, state, how, written_at, answered_at) "
    "VALUES "
    "(94, 51, 1, 11, CAST('' AS BLOB), CAST('' AS BLOB), 2, 1, 160, 161)",
    "INSERT INTO callout (id, match, receiver, giver, by_person, at, came, supporter, helped, otherwise, "
    "written_at, hello_at) VALUES (94, 51, 1, 11, 11, 155, 3, 1, CAST('' AS BLOB), CAST('' AS BLOB), 160, "
    "200)",
    "INSERT INTO bridge (id, match, receiver, giver, kind, day, made_at) VALUES (94, 51, 1, 11, 1, 400, 160)",
    "INSERT INTO bridge_step (id, bridge, person, by_person, stage, words, due_at, made_at) VALUES "
    "(95, 94, 1, 11, 1, CAST('' AS BLOB), 390, 160)",
    "INSERT INTO help (id, program, match, person, words, asked_at, answer) SELECT 94, m.program, 51, 1, "
    "CAST('' AS BLOB), 160, CAST('' AS BLOB) FROM match m WHERE m.id = 51",
    "INSERT INTO note (id, match, person, by_person, mode, state, version, strengths, talked, next, "
    "written_at, changed_at) VALUES (96,51,1,11,2,1,1,CAST('' AS BLOB),CAST('' AS BLOB),CAST('' AS BLOB),160,"
    "160)",
    "INSERT INTO note_beside (id, note, by_person, words, is_otherwise, is_kept, at) VALUES "
    "(97,96,1,CAST('' AS BLOB),0,0,160)",
    "INSERT INTO capture_aside (id, person, match, capture, kind, reason, words, captured_at, kept_at) "
    "VALUES "
    "(95,11,51,CAST('c' AS BLOB),1,1,CAST('' AS BLOB),160,160)",
    "INSERT INTO message_reader (person, match, seen_at) VALUES (1,51,160)",
    "INSERT INTO meeting (id, match, person, how, minutes, place, state, starts_at, sequence, made_at, "
    "state_at) "
    "VALUES (93,51,1,1,15,CAST('' AS BLOB),2,900000000,0,160,160),"
    "(94,51,1,1,15,CAST('' AS BLOB),1,NULL,0,160,160),(95,51,1,1,15,CAST('' AS BLOB),3,NULL,1,160,160)",
    "INSERT INTO meeting_busy (person, quarter, meeting) VALUES (1,1,93),(11,1,93)",
    "INSERT INTO meeting_time (meeting, starts_at, by_person) VALUES (94,1800000000,11)",
    "INSERT INTO promise (id, match, person, by_person, words, due_at, state, made_at) VALUES "
    "(96,51,1,11,CAST('' AS BLOB),1000,1,160)",
    "INSERT INTO promise_reminder (promise, remind_at) VALUES (96,900)",
    "INSERT INTO progress (request, at, id, person, value, occasion, words) VALUES (1,160,71,1,4,1,CAST('' "
    "AS BLOB))",
    "INSERT INTO checkin (id, match, program, side, occasion, due_at, state) SELECT 81, 51, p.id, "
    "1, "
    "1, 400, 1"
    " FROM program p WHERE p.slug = 'river'",
    "INSERT INTO checkin (id, match, program, side, occasion, due_at, state, done_at, done_by) "
    "SELECT "
    "82, 52,"
    " p.id, 1, 1, 400, 2, 410, 21 FROM program p WHERE p.slug = 'river'",
    "INSERT INTO consent_text (id, hash, lang, words) SELECT 1, receipt_hash, 0, 'I share.' FROM request "
    "WHERE "
    "id = 1",
    "INSERT INTO consent (id, person, program, request, items, to_kind, purpose, until_event, until_at, how, "
    "lang, text, text_hash, signs, given_at) SELECT 90 + r.id, r.person, r.program, r.id, 63, 1, 1, 1, 9000, "
    "1, 0, 1, t.hash, 1, 100 FROM request r JOIN consent_text t ON t.id = 1",
    "INSERT INTO consent_signature (consent, side, person, at) SELECT id, 1, person, 100 FROM consent",
    "INSERT INTO sharing (request, with_person, items, until_at, consent) SELECT request, 0, items, "
    "until_at, id "
    "FROM consent",
    "INSERT INTO consent (id, person, program, request, items, to_kind, purpose, until_event, until_at, how, "
    "lang, text, text_hash, signs, given_at) SELECT 95, person, program, request, 9, 3, 3, 1, 9000, 1, 0, "
    "text, "
    "text_hash, 1, 100 FROM consent WHERE id = 91",
    "INSERT INTO consent_organization (id, consent, called, whom, why) "
    "VALUES (95, 95, CAST('' AS BLOB), CAST('' AS BLOB), CAST('' AS BLOB))",
};

#define OTHER "(SELECT MIN(i.id) FROM list_item i JOIN program p ON p.id = i.program WHERE p.slug = 'lake')"

static const struct {
    const char *rule;
    const char *sql;
} breaks[] = {
    {"program_coordinator", "UPDATE duty SET ends_at = 20"},
    {"person_key", "DELETE FROM person_key WHERE person = 11"},
    {"key_person", "INSERT INTO forgetting (person, asked_at, due_at, done_at) VALUES (11, 1, 1, 1)"},
    {"key_opens", "UPDATE person_key SET wrapped = CAST('' AS BLOB) WHERE person = 11"},
    {"sealed_opens", "UPDATE request SET need = CAST('not sealed' AS BLOB) WHERE id = 1"},
    {"text_wish", "INSERT INTO text_wish (person, point, since) VALUES (2, 1, 10)"},
    {"text_line",
     "INSERT INTO text_line (person, phone_key, open_since, step, step_at, code, wrong, request, offer, "
     "match, meeting, shown, answers) VALUES (2, CAST('k' AS BLOB), NULL, 2, 10, 10, 0, 0, 0, 0, 0, '', 0)"},
    {"diary_mail", "INSERT INTO diary_mail (person, point, since) VALUES (2, 1, 10)"},
    {"diary_reminder", "INSERT INTO diary_reminder (meeting, person, remind_at) VALUES (94, 1, 10)"},
    {"diary_reminder", "INSERT INTO diary_reminder (meeting, person, remind_at) VALUES (93, 2, 10)"},
    {"diary_reminder", "INSERT INTO diary_reminder (meeting, person, remind_at) VALUES (93, 1, 900000000)"},
    {"promise_reminder", "UPDATE promise SET state = 2, ended_at = 170"},
    {"notice_state", "INSERT INTO notice (id, person, channel, at, state, state_at, code) VALUES "
                     "(1, 1, 1, 10, 3, 10, 0)"},
    {"program_words", "DELETE FROM program_text WHERE lang = 1 AND key = 5"},
    {"list_item_words", "DELETE FROM list_item_text WHERE lang = 1"},
    {"list_item_words", "UPDATE list_item_text SET words = ''"},
    {"program_clock", "DELETE FROM program_clock WHERE clock = 3"},
    {"sign_in_person",
     "INSERT INTO sign_in (id, mail_key, proof, visit_hash, code_hash, link_hash, created_at, expires_at,"
     " tries, used_at) SELECT 1, receipt_hash, 1, receipt_hash, receipt_hash, receipt_hash, 1, 2,"
     " 0, 2 FROM request WHERE id = 1"},
    {"request_state", "UPDATE request SET state = 9 WHERE id = 2"},
    {"request_taken", "UPDATE request SET taken_by = NULL WHERE id = 3"},
    {"request_listed", "UPDATE shortlist SET state = 2 WHERE id = 33"},
    {"shortlist_open", "UPDATE shortlist SET state = 1 WHERE id = 31"},
    {"shortlist_held", "UPDATE shortlist SET held_until = 9 WHERE id = 31"},
    {"shortlist_twice", "UPDATE shortlist SET state = 1, request = 3 WHERE id = 31"},
    {"request_invited", "UPDATE invitation SET state = 3 WHERE id = 44"},
    {"invitation_waiting", "UPDATE invitation SET state = 4 WHERE id = 42"},
    {"invitation_accepted", "UPDATE invitation SET offer = 11 WHERE id = 42"},
    {"request_matched", "UPDATE request SET state = 5 WHERE id = 2"},
    {"request_item", "INSERT INTO request_wish (request, item) SELECT 1, " OTHER},
    {"request_item", "INSERT INTO request_code (request, item, by_person, at) SELECT 1, " OTHER ", 21, 1"},
    {"request_item", "UPDATE request SET age = " OTHER " WHERE id = 1"},
    {"request_item", "UPDATE request SET relation = " OTHER " WHERE id = 1"},
    {"progress_person", "UPDATE progress SET person = 11"},
    {"progress_value", "UPDATE progress SET value = 11"},
    {"goal_step", "UPDATE goal_step SET person = 11"},
    {"goal_practice", "UPDATE goal_practice SET person = 11"},
    {"reader", "UPDATE reader SET match = 52 WHERE kind = 1"},
    {"reader", "UPDATE reader SET match = 52 WHERE kind = 2"},
    {"reader", "UPDATE reader SET match = 52 WHERE kind = 3"},
    {"reader", "UPDATE reader SET match = 52 WHERE kind = 4"},
    {"reader", "UPDATE reader SET kind = 5 WHERE kind = 4"},
    {"reader", "UPDATE reader SET thing = 90 WHERE kind = 4"},
    {"goal_proposal", "UPDATE goal_proposal SET by_person = 12"},
    {"goal_proposal", "UPDATE goal_proposal SET state = 1"},
    {"toolbox_kind", "UPDATE toolbox_card SET kind = 6"},
    {"carry", "UPDATE carry SET person = 11"},
    {"carry", "INSERT INTO carry_message (carry, message) VALUES (90, 93)"},
    {"carry_unread", "INSERT INTO carry_unread (match, reader) VALUES (51, 11)"},
    {"carry_unread",
     "UPDATE carry SET passed_at = 170; INSERT INTO carry_unread (match, reader) VALUES (51, 12)"},
    {"sheet_part", "UPDATE sheet_step SET person = 11"},
    {"sheet_part", "UPDATE sheet_idea SET person = 11"},
    {"barrier_try", "UPDATE barrier_try SET person = 11"},
    {"document_kind", "UPDATE document SET kind = 5"},
    {"hope", "UPDATE hope SET state = 5"},
    {"hope", "UPDATE hope SET by_person = 21"},
    {"hope_wish", "UPDATE hope_wish SET answered_at = 170"},
    {"hope_wish", "UPDATE hope_wish SET answered_at = 159, answered_by = 21"},
    {"circle_member",
     "INSERT INTO circle_member (id, person, called, helps, kind, near, since, gone_at) VALUES "
     "(98, 1, CAST('' AS BLOB), CAST('' AS BLOB), 1, 1, 160, 159)"},
    {"heard_person", "UPDATE heard SET person = 11"},
    {"heard_answer", "UPDATE heard SET is_answered = 0"},
    {"gathering_person",
     "INSERT INTO gathering_message (id, person, by_person, words, at) VALUES (99, 1, 12, "
     "CAST('' AS BLOB), 160)"},
    {"message_person", "UPDATE message SET by_person = 12"},
    {"message_person", "UPDATE message SET person = 11"},
    {"note_person", "UPDATE note SET by_person = 12"},
    {"note_person", "UPDATE note SET person = 11"},
    {"note_state", "UPDATE note SET stands_at = 170"},
    {"note_state", "UPDATE note SET state = 2"},
    {"note_state", "UPDATE note SET mode = 1"},
    {"note_replaces", "INSERT INTO note SELECT 98, match, person, by_person, mode, 1, 1, strengths, talked, "
                      "next, 96, 170, 170, NULL, NULL, NULL, NULL, NULL, NULL FROM note WHERE id = 96"},
    {"note_contact", "UPDATE note SET contact = 63"},
    {"note_contact", "UPDATE note SET mode = 4"},
    {"note_signed", "UPDATE note SET signed_at = 170, signed_by = 21"},
    {"note_beside", "UPDATE note_beside SET by_person = 12"},
    {"note_waiver", "INSERT INTO note_waiver (match, since) VALUES (51, 170)"},
    {"goodbye_person", "INSERT INTO goodbye (id, match, person, by_person, words, written_at) VALUES (98, "
                       "51, 1, 11, CAST('' AS "
                       "BLOB), 310)"},
    {"goodbye_person", "UPDATE goodbye SET written_at = 299"},
    {"goodbye_person", "UPDATE goodbye SET by_person = 1"},
    {"goodbye_welcome", "INSERT INTO goodbye_welcome (match, person, since) VALUES (52, 1, 310)"},
    {"goodbye_welcome", "INSERT INTO goodbye_welcome (match, person, since) VALUES (51, 1, 310)"},
    {"hard_walk", "UPDATE hard SET receiver = 2"},
    {"hard_state", "UPDATE hard SET began_at = NULL"},
    {"hard_state", "UPDATE hard SET hour = 24"},
    {"hard_state", "UPDATE hard SET ended_at = 170"},
    {"hard_state", "UPDATE hard SET hour = NULL, missed_since = 165"},
    {"hard_backup", "UPDATE hard_backup SET person = 11"},
    {"hard_backup", "UPDATE hard_backup SET agreed_at = NULL"},
    {"hard_backup", "UPDATE hard SET state = 3, ended_at = 170"},
    {"debrief_state", "UPDATE debrief SET state = 4"},
    {"debrief_state", "UPDATE debrief SET answered_at = NULL"},
    {"debrief_state", "UPDATE debrief SET state = 4, held_at = 170, held_by = 11"},
    {"handing_agreed", "UPDATE handing SET how = 0"},
    {"handing_agreed", "UPDATE handing SET state = 4"},
    {"handing_agreed", "UPDATE handing SET by_person = 21"},
    {"callout_walk", "UPDATE callout SET giver = 12"},
    {"callout_walk", "UPDATE callout SET at = 161"},
    {"callout_walk", "UPDATE callout SET words_by = 21"},
    {"callout_walk", "UPDATE callout SET greeted_at = 190"},
    {"bridge_walk", "UPDATE bridge SET giver = 12"},
    {"bridge_walk", "UPDATE bridge_step SET done_at = 170"},
    {"bridge_walk", "UPDATE bridge_step SET by_person = 21"},
    {"help_person", "UPDATE help SET person = 12"},
    {"help_taken", "UPDATE help SET done_at = 170"},
    {"help_taken", "UPDATE help SET taken_by = 21"},
    {"capture_aside", "UPDATE capture_aside SET person = 12"},
    {"capture_aside", "UPDATE capture_aside SET captured_at = 161"},
    {"capture_aside", "UPDATE capture_aside SET reason = 4"},
    {"capture_aside", "UPDATE message SET by_person = 11, capture = CAST('c' AS BLOB)"},
    {"message_time", "UPDATE message SET captured_at = 129"},
    {"message_time", "UPDATE message SET captured_at = 161"},
    {"message_time", "UPDATE message SET reaches_at = 159"},
    {"message_reader", "UPDATE message_reader SET person = 12"},
    {"meeting_diary", "DELETE FROM meeting_busy WHERE person = 11"},
    {"meeting_diary", "UPDATE meeting_busy SET quarter = 2 WHERE person = 11"},
    {"meeting_ghost", "UPDATE meeting SET state = 3 WHERE id = 93"},
    {"meeting_walk", "UPDATE match SET state = 3 WHERE id = 51"},
    {"meeting_sides", "UPDATE meeting SET person = 11 WHERE id = 94"},
    {"meeting_sides", "UPDATE meeting_time SET by_person = 2"},
    {"meeting_answered", "UPDATE meeting_time SET meeting = 95"},
    {"offer_load", "UPDATE offer SET load = 1, standing = 1 WHERE id = 11"},
    {"offer_pending", "UPDATE offer SET pending = 0 WHERE id = 11"},
    {"offer_listed", "UPDATE shortlist_entry SET answer = 3"},
    {"offer_listed", "UPDATE shortlist SET held_until = NULL"},
    {"offer_version", "UPDATE offer SET changed_in = 1 WHERE id = 12"},
    {"offer_standing", "UPDATE offer SET standing = 1 WHERE id = 11"},
    {"offer_standing", "UPDATE offer SET standing = 2 WHERE id = 12"},
    {"offer_standing", "UPDATE offer SET paused_until = 1 WHERE id = 12"},
    {"offer_item", "INSERT INTO offer_item (offer, item, kind, audience) SELECT 11, " OTHER ", 1, 1"},
    {"offer_item", "UPDATE offer SET relation = " OTHER " WHERE id = 11"},
    {"offer_limit",
     "INSERT INTO offer_item (offer, item, kind, audience) SELECT 11, MIN(i.id), 4, 1 FROM list_item i"
     " JOIN program p ON p.id = i.program WHERE p.slug = 'river'"},
    {"match_twice", "UPDATE match SET state = 3, ended_at = NULL, request = 1, receiver = 1 WHERE id = 52"},
    {"match_request", "UPDATE request SET state = 6 WHERE id = 1"},
    {"match_sides", "UPDATE match SET receiver = 2 WHERE id = 51"},
    {"match_sides", "UPDATE match SET giver = 12 WHERE id = 51"},
    {"match_sides", "UPDATE match SET program = (SELECT id FROM program WHERE slug = 'lake') WHERE id = 51"},
    {"match_ended", "UPDATE match SET ended_at = NULL WHERE id = 52"},
    {"match_ended", "UPDATE match SET ended_at = 300 WHERE id = 51"},
    {"match_first_contact", "UPDATE match SET first_contact_at = 140 WHERE id = 51"},
    {"match_first_contact", "DELETE FROM contact WHERE id = 62"},
    {"match_walking", "UPDATE match SET state = 1 WHERE id = 51"},
    {"match_walking", "UPDATE match SET first_contact_at = NULL WHERE id = 51"},
    {"contact_early", "UPDATE match SET began_at = 145 WHERE id = 51"},
    {"contact_person", "UPDATE contact SET by_person = 21 WHERE id = 61"},
    {"contact_minutes", "UPDATE contact SET minutes = 5 WHERE id = 61"},
    {"contact_activity", "INSERT INTO contact_activity (contact, item) SELECT 62, " OTHER},
    {"contact_activity", "INSERT INTO contact_activity (contact, item) SELECT 61, MIN(i.id) FROM list_item i"
                         " JOIN program p ON p.id = i.program WHERE p.slug = 'river' AND i.list = 13"},
    {"contact_flow", "INSERT INTO contact_flow_wish (match, person) VALUES (51, 21)"},
    {"contact_together", "UPDATE contact SET together = 62 WHERE id = 61"},
    {"checkin_due", "UPDATE checkin SET state = 1 WHERE id = 82"},
    {"checkin_done", "UPDATE checkin SET state = 2 WHERE id = 81"},
    {"checkin_program",
     "UPDATE checkin SET program = (SELECT id FROM program WHERE slug = 'lake') WHERE id = 81"},
    {"consent_request", "UPDATE consent SET to_kind = 2, to_person = 11 WHERE id = 91"},
    {"consent_sides", "UPDATE consent SET person = 2 WHERE id = 91"},
    {"consent_words", "UPDATE consent_text SET lang = 1"},
    {"consent_organization", "UPDATE consent SET to_kind = 3 WHERE id = 91"},
    {"consent_organization", "DELETE FROM consent_organization WHERE id = 95"},
    {"consent_organization", "UPDATE consent SET until_at = 40000000000000 WHERE id = 95"},
    {"consent_organization", "UPDATE consent SET request = NULL WHERE id = 95"},
    {"consent_organization", "UPDATE consent_organization SET consent = 91 WHERE id = 95"},
    {"consent_replaced", "UPDATE consent_organization SET replaces = 95 WHERE id = 95"},
    {"sharing_consent", "UPDATE consent SET stopped_at = 500 WHERE id = 91"},
    {"sharing_consent", "UPDATE sharing SET with_person = 11 WHERE request = 1"},
    {"sharing_consent", "UPDATE sharing SET until_at = 9001 WHERE request = 1"},
    {"sharing_consent", "UPDATE consent SET signs = 3 WHERE id = 91"},
    {"consent_sharing", "DELETE FROM sharing WHERE request = 1"},
    /* What the engines themselves keep out can only be broken behind their backs. */
    {"session_person", "INSERT INTO session (id, token_hash, person, proofs, proved_at, device, created_at, "
                       "seen_at, idle_us, ends_at)"
                       " SELECT 1, receipt_hash, 999, 1, 1, '', 1, 1, 1, 1 FROM request WHERE id = 1"},
};

static bool tells(const Bench *bench, const char *rule) {
    const Strs wrong = check_rules_broken(&bench->scope);
    const Str start = str_print(bench->arena, "%s: ", rule);
    for (size_t at = 0; at < wrong.count; at++) {
        if (str_starts_with(wrong.items[at], start)) {
            return true;
        }
    }
    return false;
}

static void test_whole(void **state) {
    const Bench *bench = *state;
    db_begin_read(bench->db);
    const Strs wrong = check_rules_broken(&bench->scope);
    db_end_read(bench->db);
    for (size_t at = 0; at < wrong.count; at++) {
        print_error("%.*s\n", STR_ARGS(wrong.items[at]));
    }
    assert_int_equal(wrong.count, 0);
}

static void test_each_rule_is_told(void **state) {
    const Bench *bench = *state;
    for (size_t at = 0; at < sizeof breaks / sizeof breaks[0]; at++) {
        (void)tx_begin(bench->db);
        test_database_run(bench->db, db_engine(bench->db) == DB_POSTGRES
                                         ? "SET LOCAL session_replication_role = replica"
                                         : "PRAGMA defer_foreign_keys = ON");
        assert_false(tells(bench, breaks[at].rule));
        test_database_run(bench->db, breaks[at].sql);
        const bool is_told = tells(bench, breaks[at].rule);
        db_rollback(bench->db);
        if (!is_told) {
            fail_msg("%s is not told after: %s", breaks[at].rule, breaks[at].sql);
        }
    }
}

/* A rule without a way to break it here would be one that nobody has seen work. */
static void test_no_rule_is_left_out(void **state) {
    const Bench *bench = *state;
    size_t broken = 0;
    for (size_t at = 0; at < sizeof breaks / sizeof breaks[0]; at++) {
        broken += at == 0 || strcmp(breaks[at].rule, breaks[at - 1].rule) != 0;
    }
    db_begin_read(bench->db);
    const size_t rules = check_programs(bench->db, bench->scope.now).count + check_requests(bench->db).count +
                         check_offers(bench->db).count + check_matches(bench->db).count +
                         check_meetings(bench->db, bench->scope.now).count +
                         check_consents(bench->db, bench->scope.now).count + check_texts(bench->db).count;
    db_end_read(bench->db);
    enum { WITH_KEYS = 2 }; /* person_keys_wrong()'s own */
    assert_int_equal(broken, rules + WITH_KEYS);
}

static int setup(void **state) {
    crypto_start();
    Bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->arena = arena_new((size_t)64 << 20);
    bench->db = test_database_open(bench->arena, &bench->url);
    bench->random = random_seeded(5);
    bench->scope = (Scope){.arena = bench->arena,
                           .db = bench->db,
                           .random = &bench->random,
                           .now = {1000},
                           .zone = zone_find(STR("UTC")),
                           .config = &bench->config};
    Tx *tx = tx_begin(bench->db);
    (void)program_add(&bench->scope, tx, STR("river"), STR("River"), STR("UTC"));
    (void)program_add(&bench->scope, tx, STR("lake"), STR("Lake"), STR("UTC"));
    for (size_t at = 0; at < sizeof people / sizeof people[0]; at++) {
        test_database_run(bench->db, people[at]);
    }
    static const int64_t persons[] = {1, 2, 3, 4, 11, 12, 21};
    for (size_t at = 0; at < sizeof persons / sizeof persons[0]; at++) {
        person_key_make(tx, (PersonId){persons[at]});
    }
    test_database_run(bench->db, requests);
    for (size_t at = 0; at < sizeof story / sizeof story[0]; at++) {
        test_database_run(bench->db, story[at]);
    }
    tx_commit(tx);
    *state = bench;
    return 0;
}

static int teardown(void **state) {
    Bench *bench = *state;
    test_database_close(bench->db, bench->url);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_each_rule_is_told),
        cmocka_unit_test(test_no_rule_is_left_out),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
