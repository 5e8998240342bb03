/* stand_in_dns.h: a DNS server on loopback for tests: a thread, one UDP port, answers by name.
 *
 *     example.com        A 93.184.216.34, AAAA, MX, TXT, NS, SOA, CAA; 4.3.2.1.in-addr.arpa PTR
 *     www.example.com    CNAME example.com and its A
 *     local.example.com  A 127.0.0.1           inner.example.com  A 10.0.0.1
 *     empty.example.com  no records            broken.example.com SERVFAIL
 *     garbage.example.com bytes that are no message of records
 *     silent.example.com no answer             all others         NXDOMAIN
 */
#pragma once
#include <arpa/inet.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct stand_in_dns {
    int socket;
    char address[32]; /* "127.0.0.1:5353" */
    pthread_t thread;
};

struct stand_in_row {
    const char *name;
    int type;
    const char *data;
    unsigned length;
};

#define STAND_IN_ROW(name, type, data) {name, type, "" data, sizeof(data) - 1}

static const struct stand_in_row stand_in_rows[] = {
    STAND_IN_ROW("\7example\3com", 1, "\x5D\xB8\xD8\x22"),
    STAND_IN_ROW("\7example\3com", 28, "\x26\x06\x28\x00\x02\x20\x00\x01\x02\x48\x18\x93\x25\xC8\x19\x46"),
    STAND_IN_ROW("\7example\3com", 15, "\x00\x0A\x04mail\xC0\x0C"),
    STAND_IN_ROW("\7example\3com", 16, "\x0Bv=spf1 -all"),
    STAND_IN_ROW("\7example\3com", 2, "\x01" "a\xC0\x0C"),
    STAND_IN_ROW("\7example\3com", 6, "\x01" "a\xC0\x0C\x02me\xC0\x0C\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5"),
    STAND_IN_ROW("\7example\3com", 257, "\x00\x05issueca.example"),
    STAND_IN_ROW("\5local\7example\3com", 1, "\x7F\x00\x00\x01"),
    STAND_IN_ROW("\5inner\7example\3com", 1, "\x0A\x00\x00\x01"),
    STAND_IN_ROW("\3www\7example\3com", 5, "\xC0\x10"), /* CNAME, then the A below */
    STAND_IN_ROW("\3www\7example\3com", 1, "\x5D\xB8\xD8\x22"),
    STAND_IN_ROW("\1""4\1""3\1""2\1""1\7in-addr\4arpa", 12, "\4host\7example\3com\0"),
    STAND_IN_ROW("\4_sip\4_tcp\7example\3com", 33, "\0\1\0\2\x13\xC4\3sip\xC0\x16"),
    STAND_IN_ROW("\5empty\7example\3com", -1, ""),
    STAND_IN_ROW("\7garbage\7example\3com", -1, ""),
};

/* Builds the answer behind the question in `m`, whose question ends at `at`; returns its length. */
static size_t stand_in_answer(unsigned char *m, size_t at, const char *name, int type) {
    unsigned answers = 0;
    bool is_known = false;
    for (size_t i = 0; i < sizeof stand_in_rows / sizeof *stand_in_rows; i++) {
        const struct stand_in_row *row = &stand_in_rows[i];
        if (strcmp(row->name, name) != 0)
            continue;
        is_known = true;
        if (row->type != type && !(row->type == 5 && type == 1))
            continue;
        const unsigned char head[] = {0xC0, 12, (unsigned char)(row->type >> 8), (unsigned char)row->type, 0, 1,
                                      0, 0, 1, 44, 0, (unsigned char)row->length};
        memcpy(m + at, head, sizeof head);
        memcpy(m + at + sizeof head, row->data, row->length);
        at += sizeof head + row->length;
        answers++;
    }
    if (strcmp(name, "\7garbage\7example\3com") == 0)
        answers = 9;
    m[2] = 0x81;
    m[3] = (unsigned char)(0x80 | (strcmp(name, "\6broken\7example\3com") == 0 ? 2 : is_known ? 0 : 3));
    m[7] = (unsigned char)answers;
    m[9] = m[11] = 0;
    return at;
}

static void *stand_in_dns_run(void *context) {
    struct stand_in_dns *s = context;
    unsigned char m[1500] = {0};
    struct sockaddr_in from;
    for (;;) {
        socklen_t size = sizeof from;
        ssize_t length = recvfrom(s->socket, m, 512, 0, (struct sockaddr *)&from, &size);
        if (length < 17)
            return NULL; /* an empty packet: the end */
        const char *name = (const char *)m + 12;
        size_t at = 12 + strlen(name) + 5;
        if (strcmp(name, "\6silent\7example\3com") == 0)
            continue;
        char asked[300];
        snprintf(asked, sizeof asked, "%s", name);
        size_t end = stand_in_answer(m, at, asked, m[at - 4] << 8 | m[at - 3]);
        sendto(s->socket, m, end, 0, (struct sockaddr *)&from, size);
    }
}

static inline void stand_in_dns_open(struct stand_in_dns *s) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    s->socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (bind(s->socket, (struct sockaddr *)&at, sizeof at) != 0)
        perror("bind");
    getsockname(s->socket, (struct sockaddr *)&at, &size);
    snprintf(s->address, sizeof s->address, "127.0.0.1:%u", ntohs(at.sin_port));
    pthread_create(&s->thread, NULL, stand_in_dns_run, s);
}

static inline void stand_in_dns_close(struct stand_in_dns *s) {
    struct sockaddr_in at;
    socklen_t size = sizeof at;
    getsockname(s->socket, (struct sockaddr *)&at, &size);
    sendto(s->socket, "", 0, 0, (struct sockaddr *)&at, size);
    pthread_join(s->thread, NULL);
    close(s->socket);
}
