/* key_client.c: see key_client.h.
 *
 * Persons' keys are kept in a table of 1,024 rows of 4, by the digest of the wrapped key as it
 * stands in the records: what was wrapped anew or erased is not found any more. The oldest of a row
 * makes room.
 */
#include "app/key_client.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROWS = 1024, WAYS = 4, PAUSE_MS = 20, START_MS = 10000, LIMITED_MS = 10000, CHILD_FD = 3 };

struct kept {
    struct digest of; /* the wrapped key */
    struct secret key;
    uint64_t subject, until_ms; /* until 0: empty */
};

struct key_client {
    struct key_client_options options;
    pthread_mutex_t lock, table_lock;
    struct kept (*table)[WAYS];
    uint64_t rest_until_ms;
    int fd;
    pid_t child; /* 0: none */
};

static uint64_t system_ms(void) {
    return clock_monotonic_ns() / 1000000;
}

static void pause_for(unsigned ms) {
    nanosleep(&(struct timespec){ms / 1000, (long)(ms % 1000) * 1000000}, NULL);
}

/* ---- the process ---- */

static void let_go(struct key_client *c) {
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
    while (c->child && waitpid(c->child, NULL, 0) < 0 && errno == EINTR)
        continue;
    c->child = 0;
}

static bool connect_to(struct key_client *c) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    must(strlen(c->options.socket) < sizeof address.sun_path);
    memcpy(address.sun_path, c->options.socket, strlen(c->options.socket) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
        c->fd = fd;
        return true;
    }
    if (fd >= 0)
        close(fd);
    return false;
}

/* Our other descriptors close by themselves at its start. Its stderr is ours, for its log. */
static bool start_child(struct key_client *c) {
    extern char **environ;
    char *const argv[] = {(char *)"alapi",
                          (char *)"keyd",
                          (char *)"--home",
                          (char *)".",
                          (char *)"--fd",
                          (char *)"3",
                          c->options.makes_master ? (char *)"--make" : NULL,
                          NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], CHILD_FD);
    bool is_started =
        posix_spawn(&c->child, c->options.program, &actions, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (!is_started || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
        close(ends[0]);
        return false;
    }
    c->fd = ends[0];
    return true;
}

static bool reach(struct key_client *c) {
    return c->fd >= 0 || connect_to(c) || (c->options.program && start_child(c));
}

/* ---- one question over the stream ---- */

enum outcome { ANSWERED, BROKEN, TOO_LATE };

static enum outcome wait_for(int fd, short what, uint64_t until_ms) {
    for (;;) {
        uint64_t now = system_ms();
        struct pollfd p = {.fd = fd, .events = what};
        if (now >= until_ms)
            return TOO_LATE;
        int got = poll(&p, 1, (int)(until_ms - now));
        if (got > 0)
            return ANSWERED;
        if (got < 0 && errno != EINTR)
            return BROKEN;
    }
}

static enum outcome move_all(int fd, char *bytes, size_t length, bool is_sending,
                             uint64_t until_ms) {
    while (length) {
        ssize_t moved =
            is_sending ? send(fd, bytes, length, MSG_NOSIGNAL) : recv(fd, bytes, length, 0);
        if (moved == 0 || (moved < 0 && errno != EAGAIN && errno != EINTR))
            return BROKEN;
        if (moved > 0) {
            bytes += moved;
            length -= (size_t)moved;
            continue;
        }
        enum outcome waited = wait_for(fd, is_sending ? POLLOUT : POLLIN, until_ms);
        if (waited != ANSWERED)
            return waited;
    }
    return ANSWERED;
}

static enum outcome exchange(struct key_client *c, struct arena *a, struct text request,
                             uint64_t until_ms, struct text *answer_out) {
    uint32_t length = (uint32_t)request.length;
    char *whole = arena_alloc_secret(a, sizeof length + request.length);
    memcpy(whole, &length, sizeof length);
    memcpy(whole + sizeof length, request.bytes, request.length);
    enum outcome o = move_all(c->fd, whole, sizeof length + request.length, true, until_ms);
    if (o == ANSWERED)
        o = move_all(c->fd, (char *)&length, sizeof length, false, until_ms);
    if (o != ANSWERED)
        return o;
    if (length > KEY_PARCEL_BYTES_MAX)
        return BROKEN;
    char *room = arena_alloc_secret(a, length);
    *answer_out = text_of(room, length);
    return move_all(c->fd, room, length, false, until_ms);
}

/* Tried again where the process ended in between, since nothing that is asked for does harm twice.
 */
static bool ask_in_time(struct key_client *c, struct arena *a, struct text request,
                        uint64_t until_ms, struct text *answer_out) {
    while (system_ms() < until_ms) {
        if (!reach(c)) {
            pause_for(PAUSE_MS);
            continue;
        }
        enum outcome o = exchange(c, a, request, until_ms, answer_out);
        if (o == ANSWERED)
            return true;
        if (o == TOO_LATE && c->child)
            kill(c->child, SIGKILL); /* ours, and it hangs */
        let_go(c);
    }
    return false;
}

static struct err ask_alone(struct key_client *c, struct arena *a, struct text request,
                            unsigned within_ms, struct text *answer_out) {
    const struct err gone =
        err_make(ERR_KEY_SERVICE_UNAVAILABLE, "the key process does not answer");
    uint64_t until_ms = system_ms() + within_ms;
    const struct timespec until = {(time_t)(until_ms / 1000), (long)(until_ms % 1000) * 1000000};
    if (pthread_mutex_clocklock(&c->lock, CLOCK_MONOTONIC, &until) != 0)
        return gone;
    bool is_answered = false;
    if (system_ms() >= c->rest_until_ms) {
        is_answered = ask_in_time(c, a, request, until_ms, answer_out);
        if (!is_answered)
            c->rest_until_ms = system_ms() + KEY_CLIENT_REST_MS;
    }
    pthread_mutex_unlock(&c->lock);
    return is_answered ? ok : gone;
}

/* ---- persons' keys, for a minute ---- */

static struct kept *row_of(struct key_client *c, const struct digest *of) {
    return c->table[(of->bytes[0] | (size_t)of->bytes[1] << 8) % ROWS];
}

static bool find_kept(struct key_client *c, const struct digest *of, struct secret *out) {
    uint64_t now = c->options.now_ms();
    bool found = false;
    pthread_mutex_lock(&c->table_lock);
    struct kept *row = row_of(c, of);
    for (unsigned i = 0; i < WAYS && !found; i++) {
        found = row[i].until_ms > now && digest_equal(&row[i].of, of);
        if (found)
            *out = row[i].key;
    }
    pthread_mutex_unlock(&c->table_lock);
    return found;
}

static void keep(struct key_client *c, const struct kept *fresh) {
    pthread_mutex_lock(&c->table_lock);
    struct kept *row = row_of(c, &fresh->of), *oldest = row;
    for (unsigned i = 1; i < WAYS; i++)
        if (row[i].until_ms < oldest->until_ms)
            oldest = &row[i];
    *oldest = *fresh;
    pthread_mutex_unlock(&c->table_lock);
}

static void wipe_kept(struct key_client *c, uint64_t subject, bool is_all, uint64_t now) {
    pthread_mutex_lock(&c->table_lock);
    for (unsigned i = 0; i < ROWS * WAYS; i++) {
        struct kept *k = &c->table[i / WAYS][i % WAYS];
        if (k->until_ms && (is_all ? k->until_ms <= now : k->subject == subject))
            secret_wipe(k, sizeof *k);
    }
    pthread_mutex_unlock(&c->table_lock);
}

void key_client_sweep(struct key_client *c) {
    wipe_kept(c, 0, true, c->options.now_ms());
}

static void forget(void *with, uint64_t subject) {
    wipe_kept(with, subject, false, 0);
}

/* ---- the ring ---- */

static bool is_single_unwrap(struct arena *a, const struct key_request *r, struct kept *out) {
    struct key_item item;
    (void)a;
    if (r->verb != KEY_UNWRAP || r->count != 1 || !key_item_parse(r->parts[0], &item))
        return false;
    *out = (struct kept){.of = hash_of(r->parts[0]), .subject = item.subject};
    return true;
}

/* Milliseconds to wait where it was too much; 0: it was not. */
static uint64_t limited_ms(struct arena *a, struct text bytes) {
    struct key_answer answer;
    uint64_t wait = 0;
    if (!key_answer_parse_in(a, bytes, &answer) || answer.state != KEY_LIMITED ||
        answer.count != 1 || answer.parts[0].length != sizeof wait)
        return 0;
    memcpy(&wait, answer.parts[0].bytes, sizeof wait);
    return wait ? wait : 1;
}

static struct err ask_patiently(struct key_client *c, struct arena *a, const struct key_request *r,
                                struct text request, struct text *answer_out) {
    bool may_wait = r->purpose != KEY_FOR_REQUEST && r->purpose != KEY_FOR_STAFF;
    for (uint64_t waited = 0;;) {
        try(ask_alone(c, a, request, KEY_CLIENT_MS, answer_out));
        uint64_t wait = limited_ms(a, *answer_out);
        if (!wait || !may_wait || waited + wait > LIMITED_MS)
            return ok;
        pause_for((unsigned)wait);
        waited += wait;
    }
}

static struct err ask(void *with, struct arena *a, struct text request, struct text *answer_out) {
    struct key_client *c = with;
    struct key_request r;
    struct key_answer answer;
    struct kept *one = arena_alloc_secret(a, sizeof *one);
    must(key_request_parse_in(a, request, &r));
    if (!is_single_unwrap(a, &r, one))
        return ask_patiently(c, a, &r, request, answer_out);
    const struct text part = text_of((const char *)one->key.bytes, sizeof one->key.bytes);
    if (find_kept(c, &one->of, &one->key)) {
        must(key_answer_print_in(a, &(struct key_answer){KEY_OK, 1, &part}, answer_out));
        return ok;
    }
    try(ask_patiently(c, a, &r, request, answer_out));
    if (key_answer_parse_in(a, *answer_out, &answer) && answer.state == KEY_OK &&
        answer.count == 1 && answer.parts[0].length == sizeof one->key.bytes) {
        memcpy(one->key.bytes, answer.parts[0].bytes, sizeof one->key.bytes);
        one->until_ms = c->options.now_ms() + KEY_CLIENT_KEEP_MS;
        keep(c, one);
    }
    return ok;
}

/* ---- opening ---- */

static struct err greet(struct arena *a, struct key_client *c, struct key_ring *ring) {
    struct text request, bytes;
    must(key_request_print_in(a, &(struct key_request){.verb = KEY_HELLO}, &request));
    try(ask_alone(c, a, request, START_MS, &bytes)); /* it may have to be started */
    return key_ring_greet(ring, a);
}

struct err key_client_open(struct arena *a, const struct key_client_options *options,
                           struct key_client **out, struct key_ring *ring_out) {
    struct key_client *c = calloc(1, sizeof *c);
    must(c != NULL);
    *c = (struct key_client){.options = *options, .fd = -1};
    c->table = mmap(NULL, ROWS * sizeof *c->table, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(c->table != MAP_FAILED);
    (void)!mlock(c->table, ROWS * sizeof *c->table); /* where the system lets us */
    madvise(c->table, ROWS * sizeof *c->table, MADV_DONTDUMP);
    if (!c->options.now_ms)
        c->options.now_ms = system_ms;
    pthread_mutex_init(&c->lock, NULL);
    pthread_mutex_init(&c->table_lock, NULL);
    *ring_out = (struct key_ring){.ask = ask, .forget = forget, .with = c};
    struct err e = greet(a, c, ring_out);
    if (e.kind) {
        key_client_close(c);
        secret_wipe(ring_out, sizeof *ring_out);
        return e;
    }
    *out = c;
    return ok;
}

void key_client_close(struct key_client *c) {
    if (!c)
        return;
    let_go(c);
    secret_wipe(c->table, ROWS * sizeof *c->table);
    munmap(c->table, ROWS * sizeof *c->table);
    pthread_mutex_destroy(&c->lock);
    pthread_mutex_destroy(&c->table_lock);
    free(c);
}

bool key_client_has_own(const struct key_client *c) {
    return c->child != 0;
}
