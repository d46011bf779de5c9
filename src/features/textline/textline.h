/* SPDX-License-Identifier: Apache-2.0 */
/* Living on text messages: a person without a browser reads what is new, answers it, and writes to whoever
 * walks with them, from a phone that they said texts are safe to.
 *
 * Nothing is ever pushed: a notice stays the neutral one of features/notice, and what it is about is only
 * said in answer to a text that the person writes at that moment. Before the first such answer they read who
 * else could see it, and say yes. Whatever is said goes to the phone that asked, whoever claims to write from
 * it; and what changes something takes a number that was drawn for this very question and sent there, so that
 * a forged sender can read nothing and change nothing.
 *
 * A phone that several people here have is nobody's line, and a young person whose space has a door is never
 * spoken of. Words that may tell of substance use are not sent.
 *
 * Every rule is the one behind the page that does the same, and features/access is asked as there. */
#ifndef TEXTLINE_H
#define TEXTLINE_H

#include "platform/scope.h"

enum {
    TEXTLINE_ANSWER_MOST = 1500, /* characters of an answer: providers take 1600 */
    TEXTLINE_WRONG_MOST = 3,     /* numbers that fit nothing, before the question is dropped */
    TEXTLINE_NAME_BYTES = 16,    /* of the text that came in: for words that must not be sent twice */
};
/* A question is over after that: its numbers count no more. */
#define TEXTLINE_HOLDS TIME_DAY

typedef struct TextlineIn {
    Str phone_key; /* account_value_index() */
    Str body;      /* as it came */
    Str plain;     /* the same as texting_plain() has it */
    Str name;      /* at least TEXTLINE_NAME_BYTES that name this text and no other */
} TextlineIn;

typedef enum TextlineResult {
    TEXTLINE_ANSWERED,
    TEXTLINE_NOT_UNDERSTOOD, /* the person's line is open, and this is none of its words */
    TEXTLINE_NOBODYS,        /* the line of this phone is not open, and this does not ask to open it */
} TextlineResult;

/* `ret_answer` only with TEXTLINE_ANSWERED, in the language of the person. */
TextlineResult textline_take(const Scope *scope, Tx *tx, const TextlineIn *in, Str *ret_answer);

/* Since when the actor reads and answers by text; TIME_NONE: not. */
Time textline_open_since(const Scope *scope);
/* From now on nothing of this person is said by text, until they open the line again. */
void textline_close(Tx *tx, PersonId person);

#endif
