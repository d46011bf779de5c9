/* SPDX-License-Identifier: Apache-2.0 */
/* The data folder: its making, and the secret key in it. */
#ifndef DATA_H
#define DATA_H

#include "platform/config.h"

/* Makes config->data (0700) and secret.key (0600) where they are missing, and sets config->secret. What is
 * there is kept. fail(FAIL_USAGE) with one sentence when the folder cannot be made or written. */
void data_create(Arena *arena, Config *config);

/* Sets config->secret from the folder. fail(FAIL_USAGE) when there is none. */
void data_secret_read(Arena *arena, Config *config);

#endif
