/* SPDX-License-Identifier: Apache-2.0 */
/* Inside features/textline: what there is to say to a person, and the sentences. */
#ifndef TEXTLINE_SAY_H
#define TEXTLINE_SAY_H

#include "features/heard/heard.h"
#include "features/message/message.h"
#include "features/shortlist/shortlist.h"
#include "features/textline/textline.h"

/* What the person was asked last, and so what a number means. Stored: never renumber. */
typedef enum TextlineStep {
    TEXTLINE_NOTHING = 0,
    TEXTLINE_AGREE = 1,   /* whether to open the line */
    TEXTLINE_LIST = 2,    /* which of those on a shortlist to read about */
    TEXTLINE_PERSON = 3,  /* whether to choose that one */
    TEXTLINE_CONSENT = 4, /* whether to share what was said, and so choose */
    TEXTLINE_MEETING = 5, /* which of the times */
    TEXTLINE_HEARD = 6,   /* how it is between the two: one question after another */
    TEXTLINE_MESSAGE = 7, /* words to the other of a match */
    TEXTLINE_SHARING = 8, /* which sharing to stop */
} TextlineStep;

typedef struct TextlineQuestion {
    TextlineStep step;
    int64_t code;      /* the first of the numbers, drawn; of HEARD: which question */
    RequestId request; /* 0 where it is not about one, like those below */
    OfferId offer;
    MatchId match;
    MeetingId meeting;
    /* What the numbers stand for: offers, times or consents with blanks between; of CONSENT, the hash of the
     * words. */
    Str shown;
    int64_t answers; /* HEARD: those so far, in base HEARD_ANSWERS */
} TextlineQuestion;

/* Something that waits for the person. */
typedef enum TextlineKind {
    TEXTLINE_OF_LIST,
    TEXTLINE_OF_MEETING,
    TEXTLINE_OF_HEARD,
    TEXTLINE_OF_MESSAGES,
} TextlineKind;
typedef struct TextlineThing {
    TextlineKind kind;
    RequestId request;
    MatchId match;
    MeetingId meeting;
    Str called; /* the other one's name, where there is one */
} TextlineThing;
typedef struct TextlineThings {
    const TextlineThing *items;
    size_t count;
} TextlineThings;
TextlineThings textline_things(Scope *scope);

/* Each says a question and tells what was asked; STR_NONE: there is nothing to ask any more. The last marks
 * what it shows as read. */
Str textline_say_agree(const Scope *scope, TextlineQuestion *ret_question);
Str textline_say_list(const Scope *scope, RequestId request, TextlineQuestion *ret_question);
Str textline_say_person(const Scope *scope, RequestId request, OfferId offer, TextlineQuestion *ret_question);
Str textline_say_consent(const Scope *scope, RequestId request, OfferId offer,
                         TextlineQuestion *ret_question);
Str textline_say_meeting(const Scope *scope, MatchId match, MeetingId meeting,
                         TextlineQuestion *ret_question);
Str textline_say_heard(const Scope *scope, MatchId match, int question, int64_t answers,
                       TextlineQuestion *ret_question);
Str textline_say_messages(const Scope *scope, Tx *tx, MatchId match, Str called,
                          TextlineQuestion *ret_question);
/* A number to write words behind, to whoever the actor walks with; the one after `after` when there are
 * several (0: the first). */
Str textline_say_write(Scope *scope, MatchId after, TextlineQuestion *ret_question);
/* With whom the actor shares, and a number to stop each. */
Str textline_say_sharing(const Scope *scope, TextlineQuestion *ret_question);
/* Nothing waits: how things stand. */
Str textline_say_standing(Scope *scope);

#endif
