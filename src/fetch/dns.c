/* dns.c: c-ares carries the question and its repetitions; the answer is read by codec/dns_message.
 *
 * c-ares 1.18 goes on to the next server on SERVFAIL and REFUSED, which is right, and reports "connection
 * refused" behind the last one, which is not. So such a question is asked once more with the response
 * taken as it comes: then a resolver that answers badly is told from one that is not there.
 */
#include "fetch/dns.h"
#include "fetch/inside.h"

#include <ares.h>
#include <poll.h>

enum {
    CLASS_IN = 1,
    FIRST_WAIT_MS = 1200, /* then the question is repeated, to the next server where there is one */
    TRIES = 3,
    EDNS_BYTES = 1232,    /* DNS flag day 2020: never fragmented */
};

struct asking {
    struct arena *arena;
    struct text message;
    int status;
    bool is_done;
};

static void take_answer(void *context, int status, int timeouts, unsigned char *bytes, int length) {
    struct asking *asking = context;
    (void)timeouts;
    asking->is_done = true;
    asking->status = status;
    if (bytes && length > 0)
        asking->message = text_copy_in(asking->arena, text_of((const char *)bytes, (size_t)length));
}

static bool channel_open(const struct fetch *f, int more_flags, ares_channel *out) {
    struct ares_options options = {
        .flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_EDNS | more_flags,
        .timeout = FIRST_WAIT_MS,
        .tries = TRIES,
        .ednspsz = EDNS_BYTES,
        .lookups = (char[]){"b"}, /* never the hosts file */
    };
    int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_EDNSPSZ | ARES_OPT_LOOKUPS;
    if (ares_init_options(out, &options, mask) != ARES_SUCCESS)
        return false;
    if (!f->settings.resolver || ares_set_servers_ports_csv(*out, f->settings.resolver) == ARES_SUCCESS)
        return true;
    ares_destroy(*out);
    return false;
}

static size_t wanted_sockets(ares_channel channel, struct pollfd polled[static ARES_GETSOCK_MAXNUM]) {
    ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
    unsigned bits = (unsigned)ares_getsock(channel, sockets, ARES_GETSOCK_MAXNUM);
    size_t count = 0;
    for (unsigned i = 0; i < ARES_GETSOCK_MAXNUM; i++) {
        /* c-ares' own macros shift a signed 1 past its last place */
        bool reads = bits >> i & 1, writes = bits >> (i + ARES_GETSOCK_MAXNUM) & 1;
        short events = (short)((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));
        if (events)
            polled[count++] = (struct pollfd){sockets[i], events, 0};
    }
    return count;
}

static void wait_once(ares_channel channel, int most_ms) {
    struct pollfd polled[ARES_GETSOCK_MAXNUM];
    struct timeval most = {most_ms / 1000, most_ms % 1000 * 1000}, next;
    struct timeval *wait = ares_timeout(channel, &most, &next);
    size_t count = wanted_sockets(channel, polled);
    poll(polled, count, (int)(wait->tv_sec * 1000 + (wait->tv_usec + 999) / 1000));
    bool has_event = false;
    for (size_t i = 0; i < count; i++) {
        if (!polled[i].revents)
            continue;
        has_event = true;
        bool can_read = polled[i].revents & ~POLLOUT; /* errors are met by reading */
        ares_process_fd(channel, can_read ? polled[i].fd : ARES_SOCKET_BAD,
                        polled[i].revents & POLLOUT ? polled[i].fd : ARES_SOCKET_BAD);
    }
    if (!has_event)
        ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD); /* its repetitions */
}

static struct err judge(struct arena *a, const struct asking *asking, struct dns_answer *out) {
    switch (asking->status) {
    case ARES_SUCCESS:
        return dns_answer_parse_in(a, asking->message, out) ? ok : fetch_fail(FAULT_RESOLVER_FAILED);
    case ARES_ENODATA:
        *out = (struct dns_answer){NULL, 0};
        return ok;
    case ARES_ENOTFOUND:
    case ARES_EBADNAME:
        return fetch_fail(FAULT_NAME_UNKNOWN);
    case ARES_ECONNREFUSED:
        return fetch_fail(FAULT_RESOLVER_UNREACHABLE);
    case ARES_ETIMEOUT:
    case ARES_ECANCELLED:
        return fetch_fail(FAULT_RESOLVER_TIMEOUT);
    default:
        return fetch_fail(FAULT_RESOLVER_FAILED);
    }
}

/* Asks and waits; what came stands in `asking`. */
static void ask_once(struct fetch *f, struct dns_question question, int more_flags, uint64_t deadline_ns,
                     struct asking *asking) {
    ares_channel channel;
    asking->status = ARES_ECONNREFUSED;
    asking->is_done = false;
    if (!channel_open(f, more_flags, &channel))
        return;
    const char *name = text_c_in(asking->arena, question.name);
    ares_query(channel, name, CLASS_IN, (int)question.type, take_answer, asking);
    while (!asking->is_done) {
        int left_ms = fetch_left_ms(deadline_ns);
        if (left_ms == 0)
            ares_cancel(channel);
        else
            wait_once(channel, left_ms);
    }
    ares_destroy(channel);
}

struct err dns_ask_until(struct fetch *f, struct arena *a, struct dns_question question, uint64_t deadline_ns,
                         struct dns_answer *out) {
    struct asking asking = {.arena = a};
    ask_once(f, question, 0, deadline_ns, &asking);
    if (asking.status == ARES_ECONNREFUSED)
        ask_once(f, question, ARES_FLAG_NOCHECKRESP, deadline_ns, &asking);
    return judge(a, &asking, out);
}

struct err dns_ask_in(struct fetch *f, struct arena *a, struct dns_question question,
                      struct dns_answer *out) {
    return dns_ask_until(f, a, question, fetch_deadline_ns(), out);
}
