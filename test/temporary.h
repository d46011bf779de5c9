/* SPDX-License-Identifier: Apache-2.0 */
/* Where tests write: TMPDIR, which script/test keeps in memory where there is room, else /tmp. */
#ifndef TEST_TEMPORARY_H
#define TEST_TEMPORARY_H

#include <stdlib.h>

static inline const char *temporary(void) {
    const char *folder = getenv("TMPDIR");
    return folder != NULL ? folder : "/tmp";
}

#endif
