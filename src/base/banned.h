/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the C library's unbounded or locale-dependent functions a compile error.
 *
 * Every source file sees this header first (the build passes -include). A name poisoned here has a safer
 * twin in base/: Str and Buf for text, Arena for memory, time.h for dates. System headers that mention a
 * poisoned name are included above the poison, so that only our own uses are refused. */
#ifndef BANNED_H
#define BANNED_H

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A macro cannot be poisoned: stdlib.h makes one of alloca with _GNU_SOURCE, the fortified stdio.h of the
 * printf family for clang. */
#undef alloca
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strncpy strcat strncat stpcpy strtok strtok_r strdup strndup
#pragma GCC poison sprintf vsprintf gets scanf sscanf fscanf
#pragma GCC poison atoi atol atoll atof
#pragma GCC poison gmtime localtime ctime asctime mktime
#pragma GCC poison rand srand alloca tmpnam mktemp

#endif
