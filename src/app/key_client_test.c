/* key_client_test.c: a client and a key process: kept keys are gone after a minute, a dead process
 * is waited for, one that hangs is not waited for long. */
#include "app/key_client.h"
#include "app/key_door.h"
#include "base/file.h"
#include "base/limits.h"
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct side {
    struct arena arena;
    char folder[64], socket[80];
    pid_t pid;
    struct key_client *client;
    struct key_ring ring;
    struct key_item item; /* a person's wrapped key, under the master key's own wrapping key */
};

/* The tests' own clock, in a page of its own, since the client asks a function without an argument.
 */
static _Atomic uint64_t clock_ms = 1000;
static uint64_t clock_of_test(void) {
    return clock_ms;
}

static int listen_in(struct side *s) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", s->socket);
    unlink(s->socket);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    want(bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 8) == 0);
    return fd;
}

static void serve(struct side *s, int listener, uid_t user) {
    struct secret master = {{7}};
    struct random chance = random_system();
    struct key_desk desk = {.vault = {.folder = s->folder}, .chance = &chance};
    const struct key_door door = {
        .listener = listener, .only = -1, .signals = -1, .users = {user}, .user_count = 1};
    keys_derive(&master, &desk.vault.keys);
    key_door_serve(&door, &desk, ok);
}

static void process_start(struct side *s, uid_t user) {
    int fd = listen_in(s);
    s->pid = fork();
    if (s->pid == 0) {
        serve(s, fd, user);
        _exit(0);
    }
    close(fd);
}

static void process_end(struct side *s) {
    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
}

static struct err client_open(struct side *s) {
    const struct key_client_options options = {.socket = s->socket, .now_ms = clock_of_test};
    return key_client_open(&s->arena, &options, &s->client, &s->ring);
}

static void side_open(struct side *s) {
    *s = (struct side){.folder = "/tmp/alapi-client-XXXXXX", .item = {5, 0, {NULL, 0}}};
    want(crypt_ready() && mkdtemp(s->folder) != NULL);
    snprintf(s->socket, sizeof s->socket, "%s/keyd.sock", s->folder);
    arena_init(&s->arena, LIMIT_ARENA_BYTES);
    process_start(s, geteuid());
    want_ok(client_open(s));
}

static void side_close(struct side *s) {
    key_client_close(s->client);
    process_end(s);
    unlink(s->socket);
    rmdir(s->folder);
    arena_done(&s->arena);
}

static struct err unwrap(struct side *s) {
    struct arena a;
    const struct secret *key;
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct err e = key_unwrap_in(&s->ring, &a, KEY_FOR_REQUEST, &s->item, &key);
    arena_done(&a);
    return err_make(e.kind, NULL);
}

static void wrap(struct side *s) {
    struct arena a;
    struct text wrapped;
    arena_init(&a, LIMIT_ARENA_BYTES);
    struct secret *key = arena_alloc_secret(&a, sizeof *key);
    for (unsigned i = 0; i < sizeof key->bytes; i++)
        key->bytes[i] =
            (unsigned char)(0x5b ^ (i * 37)); /* made here, so that it stands nowhere else */
    want_ok(key_wrap_in(&s->ring, &a, &s->item, key, &wrapped));
    s->item.wrapped = text_copy_in(&s->arena, wrapped);
    arena_done(&a);
}

/* How often the key stands in the writable memory of this process. */
static unsigned count_of_key(void) {
    unsigned found = 0;
    unsigned long from, to;
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "re"), *memory = fopen("/proc/self/mem", "re");
    want(maps && memory);
    while (fgets(line, sizeof line, maps)) {
        char rights[5] = "";
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || strncmp(rights, "rw", 2) != 0 ||
            to - from > 64u << 20)
            continue;
        unsigned char *room = malloc(to - from);
        if (room && pread(fileno(memory), room, to - from, (off_t)from) == (ssize_t)(to - from))
            for (unsigned long at = 0; at + SECRET_BYTES <= to - from; at++) {
                unsigned i = 0;
                while (i < SECRET_BYTES && room[at + i] == (unsigned char)(0x5b ^ (i * 37)))
                    i++;
                found += i == SECRET_BYTES;
            }
        if (room)
            explicit_bzero(room, to - from);
        free(room);
    }
    fclose(maps);
    fclose(memory);
    return found;
}

TEST(a_persons_key_is_kept_for_a_minute_and_then_stands_nowhere) {
    struct side s;
    side_open(&s);
    wrap(&s);
    want_ok(unwrap(&s));
    want(count_of_key() > 0);
    process_end(&s); /* what is kept needs nobody */
    want_ok(unwrap(&s));
    clock_ms += KEY_CLIENT_KEEP_MS - 1;
    key_client_sweep(s.client);
    want_ok(unwrap(&s));
    clock_ms += 1;
    want_err(unwrap(&s), ERR_KEY_SERVICE_UNAVAILABLE); /* even before it is swept */
    key_client_sweep(s.client);
    want_int(count_of_key(), 0);
    side_close(&s);
}

TEST(row_S5__a_persons_key_that_is_destroyed_is_forgotten_at_once) {
    struct side s;
    side_open(&s);
    wrap(&s);
    want_ok(unwrap(&s));
    key_forget(&s.ring, s.item.subject + 1);
    want(count_of_key() > 0);
    key_forget(&s.ring, s.item.subject);
    want_int(count_of_key(), 0);
    side_close(&s);
}

TEST(a_process_that_died_is_found_again_when_it_is_started_anew) {
    struct side s;
    side_open(&s);
    wrap(&s);
    process_end(&s);
    process_start(&s, geteuid());
    want_ok(unwrap(&s));
    side_close(&s);
}

TEST(a_process_that_hangs_is_an_error_in_time_and_the_next_question_fails_at_once) {
    struct side s;
    side_open(&s);
    wrap(&s);
    want(kill(s.pid, SIGSTOP) == 0);
    want_err(unwrap(&s), ERR_KEY_SERVICE_UNAVAILABLE);
    want_err(unwrap(&s), ERR_KEY_SERVICE_UNAVAILABLE);
    want(kill(s.pid, SIGCONT) == 0);
    for (struct err e = unwrap(&s); e.kind; e = unwrap(&s))
        want_err(e, ERR_KEY_SERVICE_UNAVAILABLE); /* it rests for half a second */
    side_close(&s);
}

TEST(a_user_who_is_not_named_gets_no_word) {
    struct side s;
    struct text request;
    char byte;
    side_open(&s);
    process_end(&s);
    process_start(&s, geteuid() + 1);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", s.socket);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    want(connect(fd, (struct sockaddr *)&address, sizeof address) == 0);
    want(key_request_print_in(&s.arena, &(struct key_request){.verb = KEY_HELLO}, &request));
    (void)!send(fd, request.bytes, request.length, MSG_NOSIGNAL);
    ssize_t got = recv(fd, &byte, 1, 0);
    want(got == 0 || (got < 0 && errno == ECONNRESET));
    close(fd);
    side_close(&s);
}

TESTS(RUN(a_persons_key_is_kept_for_a_minute_and_then_stands_nowhere),
      RUN(row_S5__a_persons_key_that_is_destroyed_is_forgotten_at_once),
      RUN(a_process_that_died_is_found_again_when_it_is_started_anew),
      RUN(a_process_that_hangs_is_an_error_in_time_and_the_next_question_fails_at_once),
      RUN(a_user_who_is_not_named_gets_no_word))
