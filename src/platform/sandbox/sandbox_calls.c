/* SPDX-License-Identifier: Apache-2.0 */
/* seccomp: which system calls. */
#include "platform/sandbox/sandbox_parts.h"

#include "base/fail.h"

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

/* What every process does: files it has been left, memory, time, waiting, answering people who have come. */
static const int everyday[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(preadv),
    SCMP_SYS(pwritev),
    SCMP_SYS(preadv2),
    SCMP_SYS(pwritev2),
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(stat),
    SCMP_SYS(fstat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(unlink),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(truncate),
    SCMP_SYS(unlinkat),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(rmdir),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(sync_file_range),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(fadvise64),
    SCMP_SYS(flock),
    SCMP_SYS(fcntl),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(umask),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchown),
    SCMP_SYS(chmod),
    SCMP_SYS(utimensat),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(msync),
    SCMP_SYS(mincore),
    SCMP_SYS(brk),
    SCMP_SYS(mlock),
    SCMP_SYS(mlock2),
    SCMP_SYS(munlock),
    SCMP_SYS(membarrier),
    SCMP_SYS(getrandom),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_pwait2),
    SCMP_SYS(eventfd2),
    SCMP_SYS(timerfd_create),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(alarm),
    SCMP_SYS(setitimer),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(rt_sigsuspend),
    SCMP_SYS(rt_sigpending),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(tgkill),
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrlimit),
    SCMP_SYS(setrlimit),
    SCMP_SYS(prlimit64),
    SCMP_SYS(getrusage),
    SCMP_SYS(times),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(setpriority),
    SCMP_SYS(getpriority),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(rseq),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendfile),
    SCMP_SYS(shutdown),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt),
};

/* The live process on SQLite: memory, time, waiting, and the connections that it is handed. */
static const int live[] = {
    SCMP_SYS(read),          SCMP_SYS(write),        SCMP_SYS(close),
    SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl),    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),   SCMP_SYS(recvmsg),      SCMP_SYS(recvfrom),
    SCMP_SYS(sendto),        SCMP_SYS(setsockopt),   SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),  SCMP_SYS(time),         SCMP_SYS(getrandom),
    SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
    SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(getrlimit),
    SCMP_SYS(prlimit64),     SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(getpid),       SCMP_SYS(gettid),
    SCMP_SYS(tgkill),        SCMP_SYS(fstat),        SCMP_SYS(newfstatat),
    SCMP_SYS(exit),          SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
};

/* Opening a connection: to PostgreSQL, or for mail. */
static const int going_out[] = {
    SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(sendmmsg), SCMP_SYS(recvmmsg), SCMP_SYS(socketpair),
};

/* The parent makes its children, waits for them, and lets them build their own walls. */
static const int parenthood[] = {
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(wait4),
    SCMP_SYS(waitid),
    SCMP_SYS(kill),
    SCMP_SYS(prctl),
    SCMP_SYS(seccomp),
    SCMP_SYS(capset),
    SCMP_SYS(capget),
    SCMP_SYS(landlock_create_ruleset),
    SCMP_SYS(landlock_add_rule),
    SCMP_SYS(landlock_restrict_self),
};

/* What only somebody who has broken in would try. */
static const int never[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(acct),
    SCMP_SYS(iopl),
    SCMP_SYS(ioperm),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setreuid),
    SCMP_SYS(setregid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(setgroups),
    SCMP_SYS(personality),
    SCMP_SYS(sethostname),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(adjtimex),
    SCMP_SYS(quotactl),
    SCMP_SYS(syslog),
};

bool sandbox_has_seccomp(void) {
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

static void check(scmp_filter_ctx filter, int result, const char *what) {
    if (result != 0) {
        seccomp_release(filter);
        fail(FAIL_IO, "sandbox: %s: %s", what, strerror(-result));
    }
}

/* A call that this architecture does not have needs no rule. */
static void rule(scmp_filter_ctx filter, uint32_t action, int call) {
    const int result = seccomp_rule_add(filter, action, call, 0);
    check(filter, result == -EDOM || result == -EACCES ? 0 : result, "a call cannot be listed");
}

static void rules(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count) {
    for (size_t at = 0; at < count; at++) {
        rule(filter, action, calls[at]);
    }
}

#define RULES(filter, action, calls) rules((filter), (action), (calls), sizeof(calls) / sizeof((calls)[0]))

/* Local sockets and the internet's; netlink is how the C library finds out which addresses there are. */
static void allow_sockets(scmp_filter_ctx filter) {
    static const int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
    for (size_t at = 0; at < sizeof families / sizeof families[0]; at++) {
        check(filter,
              seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
                               SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[at], 0)),
              "a kind of socket cannot be listed");
    }
    RULES(filter, SCMP_ACT_ALLOW, going_out);
}

/* Threads, for looking up names; never another process. clone3() hides its flags from us and is answered with
 * ENOSYS, upon which the C library takes clone(). */
static void allow_threads(scmp_filter_ctx filter) {
    check(filter,
          seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                           SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)),
          "threads cannot be listed");
}

/* Memory that can be written or run, never both: that is how code is brought in. */
static void allow_memory(scmp_filter_ctx filter) {
    static const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};
    static const scmp_datum_t without[] = {PROT_WRITE, PROT_EXEC};
    for (size_t call = 0; call < 2; call++) {
        for (size_t at = 0; at < 2; at++) {
            check(filter,
                  seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[call], 1,
                                   SCMP_A2(SCMP_CMP_MASKED_EQ, without[at], 0)),
                  "memory cannot be listed");
        }
    }
}

/* Nothing that types into a terminal or talks to a device. */
static void allow_harmless_controls(scmp_filter_ctx filter) {
    static const scmp_datum_t controls[] = {FIONBIO, FIONREAD, TCGETS, TIOCGWINSZ};
    for (size_t at = 0; at < sizeof controls / sizeof controls[0]; at++) {
        check(filter,
              seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
                               SCMP_A1(SCMP_CMP_EQ, controls[at], 0)),
              "a control cannot be listed");
    }
}

static void allow_most(const Config *config, SandboxKind kind, scmp_filter_ctx filter) {
    if (kind == SANDBOX_LIVE && !sandbox_is_on_postgres(config)) {
        RULES(filter, SCMP_ACT_ALLOW, live);
        return;
    }
    RULES(filter, SCMP_ACT_ALLOW, everyday);
    allow_harmless_controls(filter);
}

void sandbox_calls(const Config *config, SandboxKind kind) {
    const uint32_t otherwise = SANDBOX_IS_SANITIZED ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(ENOSYS);
    scmp_filter_ctx filter = seccomp_init(otherwise);
    if (filter == NULL) {
        fail(FAIL_MEMORY, "the system has no memory left");
    }
    check(filter, seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2), "the filter cannot be made fast");
    if (!SANDBOX_IS_SANITIZED) {
        RULES(filter, SCMP_ACT_KILL_PROCESS, never);
        allow_most(config, kind, filter);
        allow_memory(filter);
    } else {
        /* A leak is looked for with ptrace at the end, and named with another program. */
        rule(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(execve));
    }
    const bool is_parent = kind == SANDBOX_PARENT;
    if (!SANDBOX_IS_SANITIZED && is_parent) {
        rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone));
        RULES(filter, SCMP_ACT_ALLOW, parenthood);
    }
    if (!SANDBOX_IS_SANITIZED && (is_parent || kind == SANDBOX_JOBS || sandbox_is_on_postgres(config))) {
        allow_sockets(filter);
        if (!is_parent) {
            allow_threads(filter);
        }
    } else if (!is_parent && kind != SANDBOX_JOBS && !sandbox_is_on_postgres(config)) {
        rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket));
        rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(connect));
    }
    const int result = seccomp_load(filter);
    check(filter, result, "the calls cannot be held back");
    seccomp_release(filter);
}
