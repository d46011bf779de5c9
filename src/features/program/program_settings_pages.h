/* SPDX-License-Identifier: Apache-2.0 */
/* What the settings pages share: telling on the next page what has just been changed, without keeping
 * it anywhere. */
#ifndef PROGRAM_SETTINGS_PAGES_H
#define PROGRAM_SETTINGS_PAGES_H

#include "ui/ui.h"

/* The address with the numbers of what was changed ("3.7"; empty: nothing was different). */
Url settings_changed(Arena *arena, Url url, Str numbers);
/* The sentence about it, by labels[1] to labels[count - 1]; STR_NONE when the address says nothing. */
Str settings_changed_words(const Get *get, const Text *labels, int count);

#endif
