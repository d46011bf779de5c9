/* SPDX-License-Identifier: Apache-2.0 */
/* The walls, one file each; only sandbox.c and these include this. */
#ifndef SANDBOX_PARTS_H
#define SANDBOX_PARTS_H

#include "platform/sandbox/sandbox.h"

/* Sanitizers look into /proc, end by their own means, and call what no list of ours has. */
#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_IS_SANITIZED 1
#endif
#endif
#ifndef SANDBOX_IS_SANITIZED
#define SANDBOX_IS_SANITIZED 0
#endif

bool sandbox_is_on_postgres(const Config *config);

/* The version of Landlock that the kernel has; 0: none. */
int sandbox_landlock_version(void);
void sandbox_files(Arena *arena, const Config *config, SandboxKind kind);

bool sandbox_has_seccomp(void);
void sandbox_calls(const Config *config, SandboxKind kind);

#endif
