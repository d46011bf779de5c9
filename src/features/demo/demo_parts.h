/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the demo share: the world being made, and the steps of a family's story. */
#ifndef DEMO_PARTS_H
#define DEMO_PARTS_H

#include "features/checkin/checkin.h"
#include "features/contact/contact.h"
#include "features/note/note.h"
#include "features/demo/demo.h"
#include "features/heard/heard.h"
#include "features/match/match.h"
#include "features/meeting/meeting.h"
#include "features/offer/offer.h"
#include "features/progress/progress.h"
#include "features/request/request.h"
#include "features/shortlist/shortlist.h"

enum {
    DEMO_PLACES = 10,
    DEMO_LIVED = 9,
    DEMO_CHOSEN = 4,
    DEMO_PASSED = 12,
    DEMO_MORE = 14, /* of the lists of demo_facets.c */
    DEMO_WISHES = 6,
};

/* Someone who offers, as the demo remembers them. */
typedef struct DemoGiver {
    OfferId offer;
    PersonId person;
    Lang lang;
    ListItemId relation;
    bool is_cleared;
    Time since;
    Time away_since;    /* paused or ended from here on; INT64_MAX: never */
    OfferStanding away; /* OFFER_PAUSED or OFFER_ENDED */
    int64_t capacity;
    Time places[DEMO_PLACES]; /* when each place is free again; INT64_MAX: taken now */
    int64_t lived[DEMO_LIVED];
    size_t lived_count;
    int64_t speaks[2];
    size_t speaks_count;
    int64_t times[2];
    int64_t rather_not; /* 0: nothing */
    MatchingItem more[DEMO_MORE];
    size_t more_count;
    Str mail;
    bool asks_too;
    Str walks_with; /* the mail of one family who walks with them now and reads English; none: nobody */
} DemoGiver;

typedef struct DemoProgram {
    ProgramId id;
    Str slug;
    DemoSize size;
    uint64_t seed; /* of its families' chances */
    ListItems lists[LIST_COUNT];
    Clock clocks[CLOCK_COUNT];
    const Zone *zone;
    bool has_hard; /* a walk in hard days */
    PersonId *coordinators;
    DemoGiver *givers;
    size_t giver_count;
} DemoProgram;

typedef struct Demo {
    Scope scope; /* its clock is moved to each event, its arena lives as long as one family's story */
    Random random;
    Random consents; /* the ids of consents */
    Random messages; /* of messages, and how many there are */
    Arena *keep;     /* lives until the end */
    Arena *brief;    /* scope.arena */
    Tx *tx;
    Time end; /* the present */
    DemoProgram program;
    PersonId both; /* who receives and gives; 0: nobody yet */
    Str both_mail;
} Demo;

/* How a family's story stands at the end. */
typedef enum DemoFate {
    DEMO_NEW,
    DEMO_CALL_NEW, /* wants a call with information */
    DEMO_CALL_DONE,
    DEMO_TAKEN,
    DEMO_LISTED,
    DEMO_INVITED,
    DEMO_ANOTHER_TIME,
    DEMO_NONE_OF_THESE,
    DEMO_NOT_THIS_PERSON,
    DEMO_SAID_NO,
    DEMO_SILENT, /* matched, nobody reached yet */
    DEMO_WALKING,
    DEMO_MATCH_PAUSED,
    DEMO_PAUSED,
    DEMO_WITHDRAWN,
    DEMO_ENDED,
    DEMO_TURNED,    /* ended, and walks with others now */
    DEMO_CHANGED,   /* walks with a second person */
    DEMO_GAVE_BACK, /* the giver ended it: back at the coordinator */
    DEMO_GIVES_TOO, /* a supporter who asks for support */
    DEMO_FATE_COUNT,
} DemoFate;

typedef struct DemoFamily {
    int64_t number;
    DemoFate fate;
    Time asked;
    PersonId person;
    Str mail;
    Lang lang;
    RequestId request;
    ListItemId chosen[DEMO_CHOSEN]; /* experiences */
    size_t chosen_count;
    ListItemId relation;
    ListItemId age;
    ListItemId time;
    bool has_first;  /* chosen[0] matters most */
    unsigned unlike; /* bits 1 << ListKind */
    MatchingWish more[DEMO_WISHES];
    size_t more_count;
    bool is_urgent;
    /* as the request stands */
    PersonId coordinator; /* 0: nobody has it */
    RequestState state;
    Time state_at;
    Time due_at;
    int64_t version;
    Time replied_at;
    /* the newest shortlist, invitation and match */
    ShortlistId shortlist;
    size_t listed[SHORTLIST_MOST]; /* places in program.givers */
    bool is_out[SHORTLIST_MOST];
    size_t listed_count;
    size_t passed[DEMO_PASSED]; /* never suggested again */
    size_t passed_count;
    InvitationId invitation;
    size_t chosen_entry;
    int place; /* the giver's place that is held; -1: none */
    MatchId match;
    Time last_progress;
    int64_t last_value;
} DemoFamily;

/* ---- chance and time (demo_words.c) ---- */

int64_t demo_below(Demo *demo, int64_t limit);
bool demo_chance(Demo *demo, int percent);
/* A moment of the day, so long after `from`; it may lie ahead of the present. */
Time demo_day(Demo *demo, Time from, int64_t least_us, int64_t most_us);
/* The same, but never ahead of the present, nor before `from`. */
Time demo_later(Demo *demo, Time from, int64_t least_us, int64_t most_us);
/* By when, by the program's clocks; they are read once and not for each row. */
Time demo_due(const Demo *demo, ClockKind clock, Time from);
/* Moves the clock there. */
void demo_pass(Demo *demo, int64_t least_us, int64_t most_us);

/* ---- words (demo_words.c) ---- */

typedef enum DemoWords {
    DEMO_HOPES,
    DEMO_SAFE,
    DEMO_REACHED,
    DEMO_NOT_REACHED,
    DEMO_LINE,
    DEMO_TOLD,
    DEMO_ANSWERED,
    DEMO_CONTACT,
    DEMO_BESIDE,
    DEMO_FAR,
    DEMO_CHECKIN_RECEIVER,
    DEMO_CHECKIN_GIVER,
    DEMO_THEN,
    DEMO_URGENT,
    DEMO_WORDS_COUNT,
} DemoWords;

/* One of these sentences by chance. */
Str demo_say(Demo *demo, DemoWords words, Lang lang);
/* A need in three sentences; *ret_experience is the place in LIST_EXPERIENCE of what it tells. */
Str demo_need(Demo *demo, Lang lang, size_t *ret_experience);
Str demo_about(Demo *demo, Lang lang);

/* ---- people (demo_people.c) ---- */

/* Somebody with a mail address and often a phone. `kind` begins the address, *ret_mail is it. */
PersonId demo_person(Demo *demo, Text called, const char *kind, int64_t number, Lang lang, Str *ret_mail);
ListItemId demo_item(const Demo *demo, ListKind list, size_t at);
/* Adds an offer since scope.now to program.givers. */
void demo_giver_add(Demo *demo, PersonId person, Lang lang, Str mail);
/* A place that is free now; -1: none. */
int demo_place(const Demo *demo, const DemoGiver *giver);
/* Writes load and standing as they are at the present. */
void demo_givers_settle(Demo *demo);

/* ---- what else they say (demo_facets.c) ---- */

/* The lists that a program fills itself. */
void demo_lists_add(Demo *demo, ProgramId program);
void demo_giver_say_more(Demo *demo, DemoGiver *giver);
void demo_giver_write_more(Demo *demo, const DemoGiver *giver);
void demo_family_wish_more(Demo *demo, DemoFamily *family);
void demo_family_write_more(Demo *demo, const DemoFamily *family);

/* ---- a family's story (demo_request.c, demo_choice.c, demo_walk.c) ---- */

void demo_ask(Demo *demo, DemoFamily *family);
void demo_move(Demo *demo, DemoFamily *family, RequestState state);
void demo_note(Demo *demo, DemoFamily *family, PersonId by, RequestNoteKind kind, Str words);
/* A coordinator takes it, codes it, calls. */
void demo_take(Demo *demo, DemoFamily *family);
/* Writes the request as it stands. */
void demo_request_keep(Demo *demo, const DemoFamily *family);

/* Whether hardly anybody in the program could be listed for what this family says, even with a free place. */
bool demo_few_fit(const Demo *demo, const DemoFamily *family);
/* False: nobody fits, and the request stays where it is. */
bool demo_list(Demo *demo, DemoFamily *family);
/* The request leaves while a list is with the family. */
void demo_leave_list(Demo *demo, DemoFamily *family);
void demo_none_of_these(Demo *demo, DemoFamily *family);
void demo_not_this_person(Demo *demo, DemoFamily *family);
/* False: those on the list have become full or hid meanwhile. */
bool demo_choose(Demo *demo, DemoFamily *family);
void demo_answer(Demo *demo, DemoFamily *family, InvitationState answer);

typedef enum DemoWalk {
    DEMO_WALK_SILENT, /* nobody reached yet */
    DEMO_WALK_RUNNING,
    DEMO_WALK_PAUSED,
    DEMO_WALK_ENDED,
} DemoWalk;
/* The match of the accepted invitation, from its first day to `until` (when running: the present). */
void demo_walk(Demo *demo, DemoFamily *family, DemoWalk walk, Time until);
/* What a family that walks keeps for itself: its goals, and the people around it. */
void demo_own(Demo *demo, const DemoFamily *family, PersonId giver);
/* A sheet for a meeting, of some. */
void demo_sheet(Demo *demo, const DemoFamily *family);
/* What the two of a walk that ended then wrote each other. */
void demo_goodbye(Demo *demo, const DemoFamily *family, const DemoGiver *giver, Time ended);
/* The first walk that runs, and some more, are in hard days; the two talked last at that moment. */
void demo_hard(Demo *demo, const DemoFamily *family, const DemoGiver *giver, Time talked);
/* How far along, by the family. */
void demo_progress(Demo *demo, DemoFamily *family, ProgressOccasion occasion);

/* All of it: from asking to the end that family->fate says. */
void demo_live(Demo *demo, DemoFamily *family);

/* Who leads the program, the rule about signatures, and two young people; a line in `people` for each. */
void demo_young_add(Demo *demo, uint64_t seed, Buf *people);

/* What is shared when a family asks, and when it chooses. */
void demo_consent_asking(Demo *demo, const DemoFamily *family, RequestSource source);
void demo_consent_choosing(Demo *demo, const DemoFamily *family, const DemoGiver *giver);
/* What whoever has this mailbox gives a school, signed a while ago. */
void demo_consent_paper(Demo *demo, Str mail);

#endif
