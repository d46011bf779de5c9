/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody who has broken into a process would try, in each kind of process. Each try is made by a
 * child of its own that has entered the sandbox as serve's processes do: the parent's first, then its own. */
#include "test/unit.h"

#include "base/arena.h"
#include "platform/chain/chain_files.h"
#include "platform/sandbox/sandbox.h"
#include "platform/sandbox/sandbox_parts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IT_WORKED = 10, IT_FAILED = 11, NO_SANDBOX = 12 };

typedef struct World {
    Arena *arena;
    char folder[64];
    Config config;
    int port; /* of a listener outside of the sandbox */
    int listener;
} World;

/* True: the try had its way. */
typedef bool Try(const World *world);

static bool open_passwd(const World *world) {
    (void)world;
    return open("/etc/passwd", O_RDONLY) >= 0;
}
static bool open_shadow_home(const World *world) {
    (void)world;
    return open("/root", O_RDONLY | O_DIRECTORY) >= 0 || open("/home", O_RDONLY | O_DIRECTORY) >= 0;
}
static bool write_outside(const World *world) {
    (void)world;
    return open("/tmp/beenthere-sandbox-out", O_WRONLY | O_CREAT, 0600) >= 0;
}
static bool connect_out(const World *world) {
    const int socket_number = socket(AF_INET, SOCK_STREAM, 0);
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)world->port),
                                        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    return socket_number >= 0 &&
           connect(socket_number, (const struct sockaddr *)&address, sizeof address) == 0;
}
static bool listen_anew(const World *world) {
    (void)world;
    const int socket_number = socket(AF_INET, SOCK_STREAM, 0);
    const struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    /* Port 0 is any. Landlock judges it as it judges the others. */
    return socket_number >= 0 &&
           bind(socket_number, (const struct sockaddr *)&address, sizeof address) == 0 &&
           listen(socket_number, 1) == 0;
}
static bool run_program(const World *world) {
    (void)world;
    (void)execl("/bin/true", "true", (char *)NULL);
    return false; /* and if it worked, /bin/true ended with 0 */
}
static bool trace_parent(const World *world) {
    (void)world;
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 || ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}
static bool run_written_code(const World *world) {
    (void)world;
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}
static bool become_another(const World *world) {
    (void)world;
    return setuid(1) == 0;
}
static bool make_process(const World *world) {
    (void)world;
    const pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    return child > 0;
}
static bool raise_limit(const World *world) {
    (void)world;
    struct rlimit limit = {.rlim_cur = 1, .rlim_max = 1};
    return getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max != 0;
}

/* ---- what must go on working ---- */

static bool use_data(const World *world) {
    char path[128];
    char other[128];
    snprintf(path, sizeof path, "%s/keys.new", world->folder);
    snprintf(other, sizeof other, "%s/keys", world->folder);
    const int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    const bool is_good = file >= 0 && write(file, "key", 3) == 3 && fsync(file) == 0 && close(file) == 0 &&
                         rename(path, other) == 0 && unlink(other) == 0;
    snprintf(path, sizeof path, "%s/made", world->folder);
    return is_good && mkdir(path, 0700) == 0 && rmdir(path) == 0;
}
static bool use_backups(const World *world) {
    char path[128];
    snprintf(path, sizeof path, "%s-backups/b", world->folder);
    const int file = open(path, O_RDWR | O_CREAT, 0600);
    return file >= 0 && unlink(path) == 0;
}
static bool use_zones(const World *world) {
    (void)world;
    return open("/usr/share/zoneinfo/UTC", O_RDONLY) >= 0;
}
static bool use_names(const World *world) {
    (void)world;
    struct addrinfo *found = NULL;
    const bool is_good = getaddrinfo("localhost", "25", NULL, &found) == 0;
    return is_good;
}
static bool use_certificates(const World *world) {
    (void)world;
    return open("/etc/ssl", O_RDONLY | O_DIRECTORY) >= 0;
}
static bool use_local_socket(const World *world) {
    (void)world;
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

/* ---- trying ---- */

static bool is_walled(void) {
    return sandbox_landlock_version() >= 4 && sandbox_has_seccomp();
}

enum { OUTSIDE = 99 }; /* of any sandbox, to see that a try is a real one */

static _Noreturn void in_child(const World *world, SandboxKind kind, Try *try) {
    Arena *arena = arena_new(1 << 20);
    if ((int)kind != OUTSIDE) {
        sandbox_enter(arena, &world->config, SANDBOX_PARENT);
    }
    if ((int)kind != OUTSIDE && kind != SANDBOX_PARENT) {
        sandbox_enter(arena, &world->config, kind);
    }
    _exit(try(world) ? IT_WORKED : IT_FAILED);
}

static bool works(const World *world, SandboxKind kind, Try *try) {
    fflush(NULL);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        in_child(world, kind, try);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), SIGSYS);
        return false;
    }
    /* 0 is what /bin/true ends with; 1 is a fail() in sandbox_enter(). */
    assert_int_not_equal(WEXITSTATUS(status), 1);
    return WEXITSTATUS(status) != IT_FAILED;
}

static const SandboxKind all_kinds[] = {SANDBOX_PARENT, SANDBOX_WORKER, SANDBOX_JOBS, SANDBOX_BACKUP};
enum { KINDS = sizeof all_kinds / sizeof all_kinds[0] };

static void test_the_tries_are_real(void **state) {
    const World *world = *state;
    Try *const tries[] = {open_passwd, write_outside,    connect_out,  run_program,
                          listen_anew, run_written_code, make_process, use_local_socket};
    for (size_t at = 0; at < sizeof tries / sizeof tries[0]; at++) {
        assert_true(works(world, (SandboxKind)OUTSIDE, tries[at]));
    }
    (void)unlink("/tmp/beenthere-sandbox-out");
}

static void test_an_empty_room(void **state) {
    const World *world = *state;
    if (!is_walled()) {
        skip();
    }
    for (size_t at = 0; at < KINDS; at++) {
        const SandboxKind kind = all_kinds[at];
        assert_false(works(world, kind, open_passwd));
        assert_false(works(world, kind, open_shadow_home));
        assert_false(works(world, kind, write_outside));
        assert_false(works(world, kind, run_program));
        assert_false(works(world, kind, listen_anew));
        assert_false(works(world, kind, raise_limit));
        if (!SANDBOX_IS_SANITIZED) {
            assert_false(works(world, kind, trace_parent));
            assert_false(works(world, kind, run_written_code));
            assert_false(works(world, kind, become_another));
            assert_int_equal(works(world, kind, make_process), kind == SANDBOX_PARENT);
        }
    }
}

static void test_only_mail_goes_out(void **state) {
    World *world = *state;
    if (!is_walled()) {
        skip();
    }
    /* The parent could connect, because the jobs process is made from it. */
    assert_false(works(world, SANDBOX_WORKER, connect_out));
    assert_false(works(world, SANDBOX_BACKUP, connect_out));
    assert_true(works(world, SANDBOX_JOBS, connect_out));
    if (!SANDBOX_IS_SANITIZED) {
        assert_false(works(world, SANDBOX_WORKER, use_local_socket));
    }
    assert_false(works(world, SANDBOX_WORKER, use_certificates));
    assert_false(works(world, SANDBOX_WORKER, use_backups));
}

/* A database on another machine is one port, and nothing else. */
static void test_postgres_is_one_port(void **state) {
    World *world = *state;
    if (!is_walled()) {
        skip();
    }
    const Config before = world->config;
    world->config.database = STR("postgresql://user@127.0.0.1:5439/beenthere");
    assert_false(works(world, SANDBOX_WORKER, connect_out));
    assert_true(works(world, SANDBOX_WORKER, use_local_socket));
    world->config.database = str_print(world->arena, "postgresql://user@127.0.0.1:%d/beenthere", world->port);
    assert_true(works(world, SANDBOX_WORKER, connect_out));
    assert_true(works(world, SANDBOX_BACKUP, connect_out));
    assert_false(works(world, SANDBOX_WORKER, open_passwd));
    assert_false(works(world, SANDBOX_WORKER, run_program));
    world->config = before;
}

static void test_what_is_needed_is_there(void **state) {
    const World *world = *state;
    for (size_t at = 0; at < KINDS; at++) {
        assert_true(works(world, all_kinds[at], use_data));
        assert_true(works(world, all_kinds[at], use_zones));
    }
    assert_true(works(world, SANDBOX_BACKUP, use_backups));
    assert_true(works(world, SANDBOX_JOBS, use_names));
    assert_true(works(world, SANDBOX_JOBS, use_certificates));
}

static int begin(void **state) {
    World *world = calloc(1, sizeof *world);
    assert_non_null(world);
    world->arena = arena_new(1 << 20);
    snprintf(world->folder, sizeof world->folder, "%s", "/var/tmp/beenthere-sandbox-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    const Str backups = str_print(world->arena, "%s-backups", world->folder);
    assert_int_equal(mkdir(str_c(world->arena, backups), 0700), 0);
    world->config = (Config){.data = str_of(world->folder),
                             .database = str_print(world->arena, "sqlite:%s/beenthere.db", world->folder),
                             .backup_to = backups};
    world->listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    assert_int_equal(bind(world->listener, (const struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(world->listener, 8), 0);
    assert_int_equal(getsockname(world->listener, (struct sockaddr *)&address, &length), 0);
    world->port = ntohs(address.sin_port);
    *state = world;
    return 0;
}

static int end(void **state) {
    World *world = *state;
    const Str checkpoints = checkpoints_folder(world->arena, &world->config);
    (void)rmdir(str_c(world->arena, checkpoints));
    (void)rmdir(str_c(world->arena, world->config.backup_to));
    (void)rmdir(world->folder);
    (void)close(world->listener);
    arena_free(world->arena);
    free(world);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_tries_are_real),      cmocka_unit_test(test_an_empty_room),
        cmocka_unit_test(test_only_mail_goes_out),      cmocka_unit_test(test_postgres_is_one_port),
        cmocka_unit_test(test_what_is_needed_is_there),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
