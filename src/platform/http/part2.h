/* SPDX-License-Identifier: Apache-2.0 */
/* Opening words that may tell of substance use (platform/part2.h): for a page with its notice, or for the
 * person whom they are about. */
#ifndef HTTP_PART2_H
#define HTTP_PART2_H

#include "platform/http/page.h"

/* The notice of this page. `scope_words` says under which consent the words are shown (with whom, for what,
 * until when); empty: under none, and what is marked is withheld. The frame says it as soon as something
 * marked was opened: open first, then draw. */
const Part2Notice *part2_notice(Reply *reply, Part2Frame *frame, Str scope_words);

/* The words, for a page that says the notice if they are marked; where no consent covers them, a sentence
 * that says so in their place. */
Str part2_open(const Part2Notice *notice, Part2Words words);
/* The same on a page that the person whom they are about may be reading, who needs no notice. */
Str part2_open_about(const Part2Notice *notice, PersonId person, Part2Words words);
/* Whether the words stay closed there, so that a list can say the sentence once. */
bool part2_is_withheld(const Part2Notice *notice, PersonId person, Part2Words words);
/* The words, for the person whom they are about, who needs no notice. That person must be the scope's
 * actor. */
Str part2_open_own(const Scope *scope, PersonId person, Part2Words words);

#endif
