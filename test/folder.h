/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of its own for a test, and its end with all that is in it. Include test/unit.h first. */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

#include <stdio.h>
#include <stdlib.h>

#include "test/temporary.h"

enum { FOLDER_MOST = 80 };

static inline void folder_make(char ret_folder[FOLDER_MOST]) {
    assert_in_range(snprintf(ret_folder, FOLDER_MOST, "%s/beenthere-test-XXXXXX", temporary()), 1,
                    FOLDER_MOST - 1);
    assert_non_null(mkdtemp(ret_folder));
}

static inline void folder_end(const char *folder) {
    char command[FOLDER_MOST + 16];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

#endif
