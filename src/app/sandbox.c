/* sandbox.c: limits, then landlock where the kernel has it, then seccomp.
 *
 * Memory     2 GiB beyond what is mapped at the start (the data packs are mapped, and may be large).
 *            Not under AddressSanitizer, whose shadow is terabytes of address space.
 * Files      256 descriptors; no core file, which would hold callers' data. RLIMIT_FSIZE is left alone:
 *            0 would kill us at the first log line where stderr is a file, and seccomp lets no file be
 *            opened for writing anyway.
 * Calls      seccomp answers EPERM to all but the list below, so that a library which tries its luck goes
 *            on without; what only an attacker calls kills the process. clone3 is answered ENOSYS, because
 *            its flags cannot be looked at: glibc then uses clone, which is let through for threads only.
 *            mmap and mprotect are refused PROT_EXEC: what is to run has been loaded before.
 * Reading    files are opened read-only; which ones, landlock says: the resolver's and the libraries' own.
 */
#include "app/sandbox.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <pwd.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES_MAX = 256 };
#define MEMORY_BYTES (2ull << 30)

/* ---- who we are ---- */

struct err sandbox_find_user(struct arena *a, const char *name, struct sandbox_user *out) {
    *out = (struct sandbox_user){.is_set = false};
    if (geteuid() != 0)
        return ok;
    const struct passwd *found = getpwnam(name);
    if (!found || found->pw_uid == 0)
        return err_make(ERR_CONFIG, text_say_in(a, "there is no user %s without root's rights to run as; name one with "
                                                   "--user", name));
    *out = (struct sandbox_user){found->pw_uid, found->pw_gid, true};
    return ok;
}

struct err sandbox_drop_root(const struct sandbox_user *who) {
    if (!who->is_set)
        return ok;
    bool is_dropped = setgroups(0, NULL) == 0 && setresgid(who->group, who->group, who->group) == 0 &&
                      setresuid(who->user, who->user, who->user) == 0 && setuid(0) != 0;
    return is_dropped ? ok : err_make(ERR_CONFIG, "root's rights cannot be given up");
}

/* ---- limits ---- */

static bool set_limit(int what, rlim_t most) {
    return setrlimit(what, &(struct rlimit){most, most}) == 0;
}

static rlim_t mapped_bytes(void) {
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file || fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static struct err limit_resources(void) {
    bool is_set = set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_NOFILE, FILES_MAX);
#if !defined(__SANITIZE_ADDRESS__)
    is_set = is_set && set_limit(RLIMIT_AS, mapped_bytes() + MEMORY_BYTES);
#else
    (void)mapped_bytes;
#endif
    return is_set ? ok : err_make(ERR_CONFIG, "the limits on memory and files cannot be set");
}

/* ---- which files may be read ---- */

static const char *const readable[] = {
    "/etc/resolv.conf", "/run/systemd/resolve", "/run/resolvconf", /* the last two: where the first may point */
    "/etc/nsswitch.conf", "/etc/host.conf", "/etc/ssl",
    "/usr/lib", "/usr/share", "/lib",
    "/dev/urandom", /* c-ares draws the numbers of its questions from it, and would make do with rand() */
};

static void allow_access(int rules, const char *path, uint64_t more) {
    int at = open(path, O_PATH | O_CLOEXEC);
    struct stat about;
    bool is_folder = at >= 0 && fstat(at, &about) == 0 && S_ISDIR(about.st_mode);
    struct landlock_path_beneath_attr rule = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | (is_folder ? LANDLOCK_ACCESS_FS_READ_DIR : 0) | more,
        .parent_fd = at,
    };
    if (at < 0)
        return; /* it is not there, so nothing can be read */
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(at);
}

/* A kernel without landlock has seccomp's read-only rule alone: better than not to run. */
static int files_forbidden(void) {
    struct landlock_ruleset_attr wanted = {
        .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
                             LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                             LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                             LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                             LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
    };
    return (int)syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0);
}

static void limit_files(int rules) {
    syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

static void limit_reading(void) {
    int rules = files_forbidden();
    if (rules < 0)
        return;
    for (size_t i = 0; i < COUNT(readable); i++)
        allow_access(rules, readable[i], 0);
    limit_files(rules);
}

static void limit_to_folder(void) {
    int rules = files_forbidden();
    if (rules < 0)
        return;
    allow_access(rules, ".", LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE);
    limit_files(rules);
}

/* ---- which system calls may be made ---- */

#define CALL(name) SCMP_SYS(name)

static const int allowed[] = {
    /* descriptors that we hold */
    CALL(read), CALL(write), CALL(readv), CALL(writev), CALL(pread64), CALL(close), CALL(fstat), CALL(newfstatat),
    CALL(lseek), CALL(fcntl), CALL(dup), CALL(pipe2), CALL(eventfd2), CALL(fadvise64),
    CALL(poll), CALL(ppoll), CALL(select), CALL(pselect6),
    CALL(epoll_create1), CALL(epoll_ctl), CALL(epoll_wait), CALL(epoll_pwait),
    /* sockets: which, socket() below says */
    CALL(accept), CALL(accept4), CALL(connect), CALL(shutdown), CALL(socketpair),
    CALL(sendto), CALL(sendmsg), CALL(sendmmsg), CALL(recvfrom), CALL(recvmsg), CALL(recvmmsg),
    CALL(getsockopt), CALL(setsockopt), CALL(getsockname), CALL(getpeername),
    /* memory: mmap and mprotect below */
    CALL(munmap), CALL(mremap), CALL(madvise), CALL(brk),
    /* threads: clone below */
    CALL(futex), CALL(set_robust_list), CALL(rseq), CALL(exit), CALL(exit_group), CALL(membarrier),
    CALL(sched_yield), CALL(sched_getaffinity), CALL(sched_getattr), CALL(sched_setattr), CALL(sched_getparam),
    CALL(sched_getscheduler),
    /* signals to ourselves */
    CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn), CALL(rt_sigtimedwait), CALL(sigaltstack),
    CALL(alarm), CALL(restart_syscall),
    /* time, chance, who we are */
    CALL(nanosleep), CALL(clock_nanosleep), CALL(clock_gettime), CALL(clock_getres), CALL(gettimeofday), CALL(time),
    CALL(getrandom), CALL(getpid), CALL(gettid), CALL(getppid), CALL(getuid), CALL(geteuid), CALL(getgid),
    CALL(getegid), CALL(uname), CALL(sysinfo),
};

/* Of the key process: files of one folder, sockets that are there, no way to make another. */
static const int allowed_keys[] = {
    CALL(read), CALL(write), CALL(writev), CALL(pread64), CALL(pwrite64), CALL(close), CALL(fstat), CALL(newfstatat),
    CALL(stat), CALL(lstat), CALL(access), CALL(faccessat), CALL(faccessat2), CALL(lseek), CALL(fcntl), CALL(openat),
    CALL(open), CALL(fsync), CALL(fdatasync), CALL(ftruncate), CALL(chmod), CALL(fchmod),
    CALL(fchmodat), CALL(rename), CALL(renameat), CALL(renameat2), CALL(unlink),
    CALL(unlinkat), CALL(getdents64), CALL(poll), CALL(ppoll),
    CALL(accept4), CALL(sendto), CALL(sendmsg), CALL(recvfrom), CALL(recvmsg), CALL(getsockopt), CALL(shutdown),
    CALL(munmap), CALL(mremap), CALL(madvise), CALL(brk), CALL(futex), CALL(exit), CALL(exit_group),
    CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn), CALL(sigaltstack), CALL(restart_syscall),
    CALL(nanosleep), CALL(clock_nanosleep), CALL(clock_gettime), CALL(gettimeofday), CALL(time), CALL(getrandom),
    CALL(getpid), CALL(gettid), CALL(getppid), CALL(getuid), CALL(geteuid), CALL(getgid), CALL(getegid),
};

static const int deadly[] = {
    CALL(execve), CALL(execveat), CALL(fork), CALL(vfork), CALL(ptrace), CALL(process_vm_readv),
    CALL(process_vm_writev), CALL(mount), CALL(umount2), CALL(pivot_root), CALL(chroot), CALL(setns), CALL(unshare),
    CALL(bpf), CALL(userfaultfd), CALL(perf_event_open), CALL(io_uring_setup), CALL(init_module), CALL(finit_module),
    CALL(kexec_load), CALL(keyctl), CALL(add_key), CALL(request_key), CALL(open_by_handle_at), CALL(bind),
    CALL(listen),
};

/* Calls that are allowed only where one argument is as it should be: (argument & mask) == wanted. */
struct checked_call {
    int call;
    unsigned argument;
    scmp_datum_t mask, wanted;
};

static bool add_checked(scmp_filter_ctx filter, const struct checked_call *c) {
    struct scmp_arg_cmp claim = SCMP_CMP(c->argument, SCMP_CMP_MASKED_EQ, c->mask, c->wanted);
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, c->call, 1, &claim) == 0;
}

static bool add_rows(scmp_filter_ctx filter, const struct checked_call *rows, size_t count) {
    bool is_added = true;
    for (size_t i = 0; i < count; i++)
        is_added = is_added && add_checked(filter, &rows[i]);
    return is_added;
}

static bool add_checked_keys(scmp_filter_ctx filter) {
    const struct checked_call rows[] = {
        {CALL(mmap), 2, PROT_EXEC, 0},
        {CALL(mprotect), 2, PROT_EXEC, 0},
        {CALL(tgkill), 0, ~0ull, (scmp_datum_t)getpid()}, /* abort() */
        {CALL(prlimit64), 2, ~0ull, 0},                   /* reading them */
    };
    return add_rows(filter, rows, COUNT(rows));
}

static bool add_all_checked(scmp_filter_ctx filter) {
    static const scmp_datum_t whole = ~0ull;
    const struct checked_call rows[] = {
        {CALL(openat), 2, O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY), O_RDONLY},
        {CALL(mmap), 2, PROT_EXEC, 0},
        {CALL(mprotect), 2, PROT_EXEC, 0},
        {CALL(clone), 0, CLONE_THREAD, CLONE_THREAD},
        {CALL(socket), 0, whole, AF_INET},
        {CALL(socket), 0, whole, AF_INET6},
        {CALL(ioctl), 1, whole, FIONBIO},
        {CALL(ioctl), 1, whole, FIONREAD},
        {CALL(tgkill), 0, whole, (scmp_datum_t)getpid()}, /* abort() */
        {CALL(prctl), 0, whole, PR_SET_NAME},
        {CALL(prlimit64), 2, whole, 0}, /* reading them */
    };
    return add_rows(filter, rows, COUNT(rows));
}

struct call_list {
    const int *calls;
    size_t count;
    bool (*add_checked)(scmp_filter_ctx filter);
};

static struct err filter_calls(const struct call_list *list) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool is_made = filter != NULL;
    for (size_t i = 0; is_made && i < list->count; i++)
        is_made = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, list->calls[i], 0, NULL) == 0;
    for (size_t i = 0; is_made && i < COUNT(deadly); i++)
        is_made = seccomp_rule_add_array(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0, NULL) == 0;
    is_made = is_made && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), CALL(clone3), 0, NULL) == 0;
    is_made = is_made && list->add_checked(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_made ? ok : err_make(ERR_CONFIG, "the filter of system calls (seccomp) cannot be set");
}

static struct err close_up(void) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return err_make(ERR_CONFIG, "the process cannot be closed against new rights and onlookers");
    return ok;
}

struct err sandbox_enter(void) {
    try(close_up());
    try(limit_resources());
    limit_reading();
    return filter_calls(&(struct call_list){allowed, COUNT(allowed), add_all_checked});
}

/* Where the system locks no memory for us, the keys are still in no core file. */
struct err sandbox_enter_keys(void) {
    try(close_up());
    (void)set_limit(RLIMIT_MEMLOCK, RLIM_INFINITY);
    (void)!mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
    if (!set_limit(RLIMIT_CORE, 0) || !set_limit(RLIMIT_NOFILE, FILES_MAX))
        return err_make(ERR_CONFIG, "the limits on memory and files cannot be set");
    limit_to_folder();
    return filter_calls(&(struct call_list){allowed_keys, COUNT(allowed_keys), add_checked_keys});
}
