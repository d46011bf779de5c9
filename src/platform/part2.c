/* SPDX-License-Identifier: Apache-2.0 */
/* Words about substance use where there is no page around them. */
#include "platform/part2.h"

#include "text/text.h"
#include "texts.h"

Str part2_open_noted(const Words *words, Str scope_words, Part2Words said) {
    if (!said.is_marked || str_is_empty(said.hidden_words)) {
        return said.hidden_words;
    }
    if (str_is_empty(scope_words)) {
        return text_str(words->lang, TEXT_UI_PART2_WITHHELD);
    }
    const Str statement = text_str(words->lang, TEXT_UI_PART2_STATEMENT);
    return str_print(words->arena, "%.*s [%.*s %.*s]", STR_ARGS(said.hidden_words), STR_ARGS(statement),
                     STR_ARGS(scope_words));
}
