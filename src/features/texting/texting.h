/* SPDX-License-Identifier: Apache-2.0 */
/* Text messages that people write to the program's number.
 *
 * Whoever writes "stop" (texting_word.h) gets no text any more at that phone, whether or not anybody here
 * has it, until they write "start" from there; one answer says so, in the language of the word. "Help" is
 * answered with how to stop and whom to call in danger. What a person writes who lives on texts is answered
 * by features/textline; anything else gets one plain sentence at most once an hour, for nobody reads it. No
 * answer to a phone whose line is not open says what this number is, or whose.
 *
 * A text that the provider hands over twice counts once. What was written is not kept, but for words to
 * somebody who walks with its writer. */
#ifndef TEXTING_H
#define TEXTING_H

#include "platform/scope.h"

typedef struct TextingIn {
    Str sid;  /* the provider's own name for this text */
    Str from; /* +12065550100 */
    Str body;
    bool is_answered; /* the provider itself saw a word that stops or starts texts, and has answered it */
} TextingIn;

typedef enum TextingResult {
    TEXTING_TAKEN,
    TEXTING_AGAIN,   /* it came before; nothing was done */
    TEXTING_NOBODYS, /* no phone that could be answered, or no name; nothing was done */
} TextingResult;

TextingResult texting_take(Scope *scope, Tx *tx, const TextingIn *in);

/* Forgets which texts came in, and which phones were told how this works, once it no longer matters. */
void texting_clean_up(Scope *scope, Tx *tx);

#endif
