/* policies.h: small policies of the tests' own, and publishing them. */
#pragma once
#include "base/clock.h"
#include "domain/publication.h"
#include "domain/staff.h"
#include "records.h"

/* Version `number` with these sentences, "[a] A;[b] B;": in both languages the same. */
static inline struct text policy_text(struct arena *a, int number, const char *published,
                                      const char *effective, const char *sentences) {
    struct text body = TEXT(""), rest = text_c(sentences), one;
    while (text_cut(&rest, ';', &one))
        body = text_format_in(a, "%.*s%.*s\n", TEXT_ARG(body), TEXT_ARG(one));
    return text_format_in(a, "version: %d\npublished: %s\neffective: %s\ntitle: T\n## X {#x}\n%.*s",
                          number, published, effective, TEXT_ARG(body));
}

/* The tests' clock says 2027-01-15. */
#define POLICY_TODAY "2027-01-15"

static inline void policy_first(struct records *r, const char *sentences, const char *facts) {
    struct text text = policy_text(&r->arena, 1, "2026-11-24", "2026-11-24", sentences);
    const struct embedded texts[] = {{"1.zh.md", text}, {"1.en.md", text}, {0}};
    want_ok(publication_first(&r->d, texts, text_c(facts)));
}

struct publish {
    int number;
    const char *effective; /* a day; NULL: today */
    const char *sentences, *facts;
    unsigned kinds, notice_days;
    int64_t by, second;
};

static inline struct err policy_publish(struct records *r, const struct publish *p,
                                        struct buf *why) {
    struct text today = text_part(clock_print_utc_in(&r->arena, r->d.now_ms), 0, 10);
    const char *day = text_c_in(&r->arena, today);
    struct text text =
        policy_text(&r->arena, p->number, day, p->effective ? p->effective : day, p->sentences);
    const struct new_version with = {.zh = text,
                                     .en = text,
                                     .facts = text_c(p->facts),
                                     .kinds = p->kinds,
                                     .notice_days = p->notice_days,
                                     .by = p->by,
                                     .second = p->second};
    struct buf own;
    int64_t number;
    if (!why) {
        buf_init(&own, &r->arena, FACTS_BYTES_MAX);
        why = &own;
    }
    return publication_put(&r->d, &with, why, &number);
}

static inline struct policy *policy_of_now(struct records *r) {
    struct policy *p = arena_alloc(&r->arena, sizeof *p);
    want_ok(publication_read(&r->d, p, NULL));
    return p;
}
