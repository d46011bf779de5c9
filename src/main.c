/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#include "base/str.h"

int main(int count, char **arguments) {
    if (count == 2 && str_equal(str_of(arguments[1]), STR("version"))) {
        puts("beenthere " BEENTHERE_VERSION);
        return 0;
    }
    fputs("usage: beenthere version\n", stderr);
    return 2;
}
