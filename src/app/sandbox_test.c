/* sandbox_test.c: what a child cannot do any more, tried one by one. */
#include "test.h"

#include "app/sandbox.h"
#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int deed(void); /* 0: it was done; else errno */

typedef struct err entering(void);

/* The wait status of a child that enters the sandbox and then does it. */
static int status_in(entering *enter, deed *what) {
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        if (enter().kind)
            _exit(99);
        _exit(what());
    }
    want(waitpid(pid, &status, 0) == pid);
    return status;
}

static void want_refused_in(entering *enter, deed *what, int fault) {
    int status = status_in(enter, what);
    want(WIFEXITED(status));
    want_int(WEXITSTATUS(status), fault);
}

static void want_refused(deed *what, int fault) { want_refused_in(sandbox_enter, what, fault); }

static void want_killed_in(entering *enter, deed *what) {
    int status = status_in(enter, what);
    want(WIFSIGNALED(status));
    want_int(WTERMSIG(status), SIGSYS);
}

static void want_killed(deed *what) { want_killed_in(sandbox_enter, what); }

static int told(bool is_done) {
    return is_done ? 0 : errno;
}

static int write_file(void) { return told(open("/tmp/alapi_sandbox_test", O_WRONLY | O_CREAT, 0600) >= 0); }
static int open_device(void) { return told(open("/dev/null", O_RDWR) >= 0); }
static int read_certificates(void) { return told(open("/etc/ssl/certs/ca-certificates.crt", O_RDONLY) >= 0); }
static int read_names(void) { return told(open("/etc/passwd", O_RDONLY) >= 0); }
static int remove_file(void) { return told(unlink("/tmp/alapi_sandbox_test") == 0); }
static int local_socket(void) { return told(socket(AF_UNIX, SOCK_STREAM, 0) >= 0); }
static int internet_socket(void) { return told(socket(AF_INET, SOCK_STREAM, 0) >= 0); }
static int raw_packets(void) { return told(socket(AF_PACKET, SOCK_RAW, 0) >= 0); }
static int make_code(void) {
    return told(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}
static int signal_parent(void) { return told(kill(getppid(), 0) == 0); }
static int raise_limit(void) { return told(setrlimit(RLIMIT_CORE, &(struct rlimit){1, 1}) == 0); }
static int become_root(void) { return told(setuid(0) == 0); }
static int run_program(void) { return told(execl("/bin/true", "true", NULL) == 0); }
static int fork_raw(void) { return told(syscall(SYS_fork) >= 0); }
static int fork_by_clone(void) { return told(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0); }
static int trace(void) { return told(ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0); }
static int new_namespace(void) { return told(syscall(SYS_unshare, 0x10000000) == 0); }
static int read_memory(void) { return told(syscall(SYS_process_vm_readv, getppid(), 0, 0, 0, 0, 0) >= 0); }

static void *nothing(void *context) { return context; }

static int make_thread(void) {
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL);
}

/* In a folder of its own, as the key process. */
static struct err enter_keys(void) {
    char folder[] = "/tmp/alapi-sandbox-XXXXXX";
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return err_make(ERR_IO, "no folder");
    return sandbox_enter_keys();
}

static int keep_file(void) {
    struct arena a;
    struct text back;
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct err e = file_write_whole(&a, "./one.key", TEXT("x"), 0400);
    if (!e.kind)
        e = file_read_in(&a, "./one.key", 1, &back);
    if (!e.kind)
        e = file_shred(&a, "./one.key");
    return e.kind;
}

TEST(row_S9__the_key_process_has_its_folder_and_nothing_else) {
    static deed *const refused[] = {local_socket, internet_socket, raw_packets, make_code, signal_parent,
                                    raise_limit,  become_root,     fork_by_clone};
    static deed *const deadly[] = {run_program, fork_raw, trace, new_namespace, read_memory};
    want_refused_in(enter_keys, keep_file, 0);
    for (size_t i = 0; i < COUNT(refused); i++)
        want_refused_in(enter_keys, refused[i], EPERM);
    for (size_t i = 0; i < COUNT(deadly); i++)
        want_killed_in(enter_keys, deadly[i]);
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 0)
        return;
    want_refused_in(enter_keys, read_names, EACCES);
    want_refused_in(enter_keys, write_file, EACCES);
}

TEST(what_it_needs_still_works) {
    want_refused(internet_socket, 0);
    want_refused(make_thread, 0);
    if (access("/etc/ssl/certs/ca-certificates.crt", R_OK) == 0)
        want_refused(read_certificates, 0);
}

TEST(row_S9_what_it_does_not_need_is_refused) {
    want_refused(write_file, EPERM);
    want_refused(open_device, EPERM);
    want_refused(remove_file, EPERM);
    want_refused(local_socket, EPERM);
    want_refused(raw_packets, EPERM);
    want_refused(make_code, EPERM);
    want_refused(signal_parent, EPERM);
    want_refused(raise_limit, EPERM);
    want_refused(become_root, EPERM);
    want_refused(fork_by_clone, EPERM);
}

TEST(row_S9_what_only_an_attacker_does_kills) {
    want_killed(run_program);
    want_killed(fork_raw);
    want_killed(trace);
    want_killed(new_namespace);
    want_killed(read_memory);
}

TEST(other_files_cannot_be_read_where_the_kernel_has_landlock) {
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 0)
        skip();
    want_refused(read_names, EACCES);
}

TESTS(RUN(what_it_needs_still_works), RUN(row_S9_what_it_does_not_need_is_refused),
      RUN(row_S9_what_only_an_attacker_does_kills),
      RUN(other_files_cannot_be_read_where_the_kernel_has_landlock),
      RUN(row_S9__the_key_process_has_its_folder_and_nothing_else))
