/* SPDX-License-Identifier: Apache-2.0 */
/* Landlock: which files, and which TCP ports. Written against the kernel's own interface, since Debian 12's
 * headers are older than the kernels that it runs on. */
#include "platform/sandbox/sandbox_parts.h"

#include "base/fail.h"
#include "platform/backup/backup_folder.h"
#include "platform/chain/chain_files.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The whole structure as of version 6; the kernel takes as much of it as it knows. */
typedef struct Ruleset {
    uint64_t files;
    uint64_t ports;
    uint64_t scopes;
} Ruleset;

typedef struct PortRule {
    uint64_t allowed;
    uint64_t port;
} PortRule;

enum { RULE_PATH = 1, RULE_PORT = 2, FIRST_VERSION_WITH_PORTS = 4, FIRST_VERSION_WITH_SCOPES = 6 };

#define PORT_BIND (UINT64_C(1) << 0)
#define PORT_CONNECT (UINT64_C(1) << 1)
#define SCOPE_ABSTRACT_SOCKET (UINT64_C(1) << 0)
#define SCOPE_SIGNAL (UINT64_C(1) << 1)

#define FILE_EXECUTE (UINT64_C(1) << 0)
#define FILE_WRITE (UINT64_C(1) << 1)
#define FILE_READ (UINT64_C(1) << 2)
#define FOLDER_READ (UINT64_C(1) << 3)
#define MADE_AND_REMOVED (((UINT64_C(1) << 13) - 1) & ~UINT64_C(15)) /* bits 4 to 12 */
#define FILE_MOVE (UINT64_C(1) << 13)                                /* since version 2 */
#define FILE_TRUNCATE (UINT64_C(1) << 14)                            /* since version 3 */
#define DEVICE_CONTROL (UINT64_C(1) << 15)                           /* since version 5 */

#define READS (FILE_READ | FOLDER_READ)
/* Regular files and folders; no devices, sockets or links are made. */
#define WRITES                                                                                               \
    (READS | FILE_WRITE | FILE_MOVE | FILE_TRUNCATE | LANDLOCK_ACCESS_FS_REMOVE_DIR |                        \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG)

typedef struct Wall {
    Arena *arena;
    int ruleset;
    uint64_t files; /* what this kernel can hold back */
} Wall;

int sandbox_landlock_version(void) {
    const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

static uint64_t files_of(int version) {
    return FILE_EXECUTE | FILE_WRITE | READS | MADE_AND_REMOVED | (version >= 2 ? FILE_MOVE : 0) |
           (version >= 3 ? FILE_TRUNCATE : 0) | (version >= 5 ? DEVICE_CONTROL : 0);
}

/* A path that is not there needs no rule. */
static void allow(const Wall *wall, Str path, uint64_t access) {
    const int place = open(str_c(wall->arena, path), O_PATH | O_CLOEXEC);
    if (place < 0) {
        return;
    }
    struct stat about;
    const bool is_folder = fstat(place, &about) == 0 && S_ISDIR(about.st_mode);
    const uint64_t fitting = is_folder ? access : access & (FILE_READ | FILE_WRITE | FILE_TRUNCATE);
    const struct landlock_path_beneath_attr rule = {.allowed_access = fitting & wall->files,
                                                    .parent_fd = place};
    const long result = syscall(SYS_landlock_add_rule, wall->ruleset, RULE_PATH, &rule, 0);
    const int why = errno;
    (void)close(place);
    if (result != 0) {
        fail(FAIL_IO, "sandbox: %.*s cannot be allowed: %s", STR_ARGS(path), strerror(why));
    }
}

static void allow_each(const Wall *wall, const char *const *paths, size_t count, uint64_t access) {
    for (size_t at = 0; at < count; at++) {
        allow(wall, str_of(paths[at]), access);
    }
}

/* What looking up a host's name and a TLS handshake read. */
static void allow_network(const Wall *wall) {
    static const char *const paths[] = {
        "/etc/resolv.conf",
        "/etc/hosts",
        "/etc/host.conf",
        "/etc/nsswitch.conf",
        "/etc/gai.conf",
        "/etc/services",
        "/etc/ssl",
        "/etc/gnutls",
        "/etc/pki",
        "/usr/share/ca-certificates",
        "/usr/local/share/ca-certificates",
        "/usr/lib/ssl",
        "/run/systemd/resolve",
        "/usr/lib",
        "/lib",
    };
    allow_each(wall, paths, sizeof paths / sizeof paths[0], READS);
}

/* Passwords and certificates for libpq. */
static void allow_postgres(const Wall *wall) {
    const char *home = getenv("HOME");
    allow_network(wall);
    if (home != NULL) {
        allow(wall, str_print(wall->arena, "%s/.pgpass", home), READS);
        allow(wall, str_print(wall->arena, "%s/.pg_service.conf", home), READS);
        allow(wall, str_print(wall->arena, "%s/.postgresql", home), READS);
    }
    const char *passwords = getenv("PGPASSFILE");
    if (passwords != NULL) {
        allow(wall, str_of(passwords), READS);
    }
}

static void allow_database(const Wall *wall, const Config *config) {
    if (sandbox_is_on_postgres(config)) {
        allow_postgres(wall);
    } else {
        /* SQLite makes its files beside the database. */
        const Str path = str_part(config->database, 7, config->database.length);
        allow(wall, backup_folder_of(wall->arena, path), WRITES);
    }
}

/* The live process reads no file; libpq does, to connect. */
static void allow_live(const Wall *wall, const Config *config) {
    if (SANDBOX_IS_SANITIZED) {
        allow(wall, STR("/proc"), READS);
    }
    if (sandbox_is_on_postgres(config)) {
        allow_postgres(wall);
    }
}

static void allow_all(const Wall *wall, const Config *config, SandboxKind kind) {
    static const char *const everywhere[] = {"/usr/share/zoneinfo", "/etc/localtime", "/dev/urandom",
                                             "/sys/devices/system/cpu"};
    allow_each(wall, everywhere, sizeof everywhere / sizeof everywhere[0], READS);
    allow(wall, STR("/dev/null"), READS | FILE_WRITE);
    if (SANDBOX_IS_SANITIZED) {
        allow(wall, STR("/proc"), READS);
    }
    allow(wall, config->data, WRITES);
    allow_database(wall, config);
    if (!str_is_empty(config->keys.path)) {
        /* A family that is forgotten changes the key file, by a new one in its place. */
        allow(wall, backup_folder_of(wall->arena, config->keys.path), WRITES);
    }
    const char *credentials = getenv("CREDENTIALS_DIRECTORY"); /* systemd's LoadCredential */
    if (credentials != NULL) {
        allow(wall, str_of(credentials), READS);
    }
    if (kind == SANDBOX_JOBS || kind == SANDBOX_PARENT) {
        allow_network(wall);
    }
    if (kind != SANDBOX_WORKER) {
        allow(wall, checkpoints_folder(wall->arena, config), WRITES);
    }
    if ((kind == SANDBOX_BACKUP || kind == SANDBOX_PARENT) && !str_is_empty(config->backup_to)) {
        allow(wall, config->backup_to, WRITES);
    }
}

/* ---- ports ---- */

static void allow_port(const Wall *wall, int64_t port) {
    const PortRule rule = {.allowed = PORT_CONNECT, .port = (uint64_t)port};
    if (syscall(SYS_landlock_add_rule, wall->ruleset, RULE_PORT, &rule, 0) != 0) {
        fail(FAIL_IO, "sandbox: port %lld cannot be allowed: %s", (long long)port, strerror(errno));
    }
}

/* The ports in the database's address, "5432,5433" too; and the one for names, where an answer was long. */
static void allow_database_ports(const Wall *wall, const Config *config) {
    enum { PORT_USUAL = 5432, PORT_NAMES = 53 };
    allow_port(wall, PORT_NAMES);
    PQconninfoOption *options = PQconninfoParse(str_c(wall->arena, config->database), NULL);
    const char *ports = getenv("PGPORT");
    for (const PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++) {
        if (strcmp(option->keyword, "port") == 0 && option->val != NULL) {
            ports = option->val;
        }
    }
    Str rest = str_copy(wall->arena, str_of(ports == NULL ? "" : ports));
    PQconninfoFree(options);
    allow_port(wall, PORT_USUAL);
    while (!str_is_empty(rest)) {
        Str one = STR_NONE;
        int64_t port = 0;
        (void)str_cut(rest, ',', &one, &rest);
        if (str_to_int(one, 1, 65535, &port)) {
            allow_port(wall, port);
        }
    }
}

void sandbox_files(Arena *arena, const Config *config, SandboxKind kind) {
    const int version = sandbox_landlock_version();
    const bool goes_anywhere = kind == SANDBOX_JOBS || kind == SANDBOX_PARENT;
    Ruleset rules = {.files = files_of(version)};
    if (version >= FIRST_VERSION_WITH_PORTS) {
        rules.ports = PORT_BIND | (goes_anywhere ? 0 : PORT_CONNECT);
    }
    if (version >= FIRST_VERSION_WITH_SCOPES) {
        /* The parent signals its children, the children nobody outside of themselves. */
        rules.scopes = SCOPE_ABSTRACT_SOCKET | (kind == SANDBOX_PARENT ? 0 : SCOPE_SIGNAL);
    }
    const size_t size = version >= FIRST_VERSION_WITH_SCOPES  ? sizeof rules
                        : version >= FIRST_VERSION_WITH_PORTS ? offsetof(Ruleset, scopes)
                                                              : offsetof(Ruleset, ports);
    const Wall wall = {.arena = arena,
                       .ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0),
                       .files = rules.files};
    if (wall.ruleset < 0) {
        fail(FAIL_IO, "sandbox: no rules for files can be made: %s", strerror(errno));
    }
    if (kind == SANDBOX_LIVE) {
        allow_live(&wall, config);
    } else {
        allow_all(&wall, config, kind);
    }
    if ((rules.ports & PORT_CONNECT) != 0 && sandbox_is_on_postgres(config)) {
        allow_database_ports(&wall, config);
    }
    const long result = syscall(SYS_landlock_restrict_self, wall.ruleset, 0);
    const int why = errno;
    (void)close(wall.ruleset);
    if (result != 0) {
        fail(FAIL_IO, "sandbox: the rules for files cannot be held: %s", strerror(why));
    }
}
