/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody means who writes a single word from their phone, in English or Spanish.
 *
 * Case, accents, punctuation, emoji, marks of direction and the space around do not matter. A word counts
 * when it is all that was written, alone or with a "please": whoever writes a sentence that has "end" in it
 * does not stop anything. Both languages count everywhere, whatever language a phone's owner once chose. */
#ifndef TEXTING_WORD_H
#define TEXTING_WORD_H

#include "base/arena.h"
#include "base/str.h"
#include "text/text.h"

typedef enum TextingWord {
    TEXTING_OTHER, /* anything else */
    TEXTING_STOP,  /* no more texts */
    TEXTING_START, /* texts may come again */
    TEXTING_HELP,
} TextingWord;

enum { TEXTING_PLAIN_MOST = 160 };

/* Lower-case ASCII letters and digits, one space between words; what is letters of other scripts stands as
 * a question mark, so that it does not vanish. Of a longer text only the beginning, of this many bytes. */
Str texting_plain(Arena *arena, Str body);

/* `plain`: from texting_plain(). *ret_lang is the language of the word, and is not touched by TEXTING_OTHER.
 * */
TextingWord texting_word(Str plain, Lang *ret_lang);

#endif
