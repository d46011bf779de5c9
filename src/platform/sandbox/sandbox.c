/* SPDX-License-Identifier: Apache-2.0 */
/* Privileges, and the order in which the walls go up: files before calls, since the last wall also takes the
 * calls that build the others. */
#include "platform/sandbox/sandbox.h"

#include "base/fail.h"
#include "base/log.h"
#include "platform/chain/chain_files.h"
#include "platform/sandbox/sandbox_parts.h"

#include <errno.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

bool sandbox_is_on_postgres(const Config *config) {
    return !str_starts_with(config->database, STR("sqlite:"));
}

/* libpq asks who we are and where home is, in a file that the sandbox has no more. */
static void names_keep(void) {
    const struct passwd *person = getpwuid(geteuid());
    if (person != NULL && getenv("PGUSER") == NULL) {
        (void)setenv("PGUSER", person->pw_name, 0);
    }
    if (person != NULL && getenv("HOME") == NULL) {
        (void)setenv("HOME", person->pw_dir, 0);
    }
}

/* Root that serves a folder of somebody else (sudo in front of the command) may go on reading it. */
static bool is_folder_of_another(Arena *arena, const Config *config) {
    struct stat about;
    return stat(str_c(arena, config->data), &about) == 0 && about.st_uid != geteuid();
}

static void capabilities_drop(Arena *arena, const Config *config) {
    const unsigned kept = geteuid() == 0 && is_folder_of_another(arena, config) ? 1u << CAP_DAC_OVERRIDE : 0u;
    for (unsigned long capability = 0; capability <= CAP_LAST_CAP; capability++) {
        if (capability >= 32 || (kept & (1u << capability)) == 0) {
            (void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); /* refused to those who have none */
        }
    }
    (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0}};
    data[0].effective = data[0].permitted = kept;
    /* systemd may have taken the call away with the capabilities. */
    if (syscall(SYS_capset, &header, data) != 0 && geteuid() == 0) {
        fail(FAIL_IO, "sandbox: capabilities cannot be given up: %s", strerror(errno));
    }
}

static void privileges_drop(Arena *arena, const Config *config) {
    const struct rlimit none = {0};
    (void)setrlimit(RLIMIT_CORE, &none);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fail(FAIL_IO, "sandbox: new privileges cannot be given up: %s", strerror(errno));
    }
    if (!SANDBOX_IS_SANITIZED) {
        (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    }
    capabilities_drop(arena, config);
}

static bool is_off(void) {
    const char *word = getenv("BEENTHERE_SANDBOX");
    return word != NULL && strcmp(word, "off") == 0;
}

Str sandbox_walls(Arena *arena) {
    if (is_off()) {
        return STR("sandbox=off");
    }
    return str_print(arena, "landlock=%d seccomp=%d", sandbox_landlock_version(),
                     sandbox_has_seccomp() ? 1 : 0);
}

void sandbox_enter(Arena *arena, const Config *config, SandboxKind kind) {
    if (is_off()) {
        return;
    }
    if (kind == SANDBOX_PARENT) {
        names_keep();
        /* A rule needs a folder that is there. */
        (void)mkdir(str_c(arena, checkpoints_folder(arena, config)), 0700);
    }
    privileges_drop(arena, config);
    if (sandbox_landlock_version() > 0) {
        sandbox_files(arena, config, kind);
    }
    if (sandbox_has_seccomp()) {
        sandbox_calls(config, kind);
    }
}
