/* canary.c: see canary.h. */
#include "app/canary.h"
#include "app/door.h"
#include "app/residue.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/json_in.h"
#include "crypt/receipt.h"
#include "domain/audit_log.h"
#include "domain/canary.h"
#include "domain/delivery.h"
#include "domain/outbox.h"
#include "domain/publication.h"
#include "domain/ticket.h"

#include <dirent.h>
#include <string.h>
#include <time.h>

enum {
    LETTERS = 20,
    CALLS = 3,
    COUNTED_MS = 6000,
    REFUSED_MS = 1000,
    SETTLED_MS = 15000,
    STUCK_MS = 3600000,
    PAUSE_MS = 50,
    MAIL_BYTES_MAX = 1 << 20
};

struct canary {
    struct domain *d;
    const struct config *config;
    const char *door;
    struct text name, other_name, local, email, label, password; /* its marks, and how it logs in */
    struct text cookie, token, version;
    struct door_answer answer; /* the last */
    json_t *json;              /* of it; NULL: none */
};

static struct err fails(struct canary *c, const char *say) {
    return err_make(ERR_CONFLICT,
                    text_say_in(c->d->arena, "%s (status %d)", say, c->answer.status));
}

#define expect(c, claim, say)                                                                      \
    do {                                                                                           \
        if (!(claim))                                                                              \
            return fails(c, say);                                                                  \
    } while (0)

static void pause_a_moment(void) {
    nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000}, NULL);
}

static uint64_t now_ms(void) {
    return clock_monotonic_ns() / 1000000;
}

/* ---- asking ---- */

static struct text headers(struct canary *c) {
    return text_format_in(
        c->d->arena, "Sec-Fetch-Site: same-origin\r\nAccept: application/json\r\n%s%.*s%s",
        c->cookie.length ? "Cookie: " : "", TEXT_ARG(c->cookie), c->cookie.length ? "\r\n" : "");
}

static void take_cookie(struct canary *c) {
    struct text rest = c->answer.head, set;
    while (door_header(c->d->arena, &rest, "set-cookie", &set))
        if (text_starts(set, TEXT("sid=")) || text_starts(set, TEXT("__Host-sid=")))
            c->cookie = text_part(set, 0, text_find_char(set, ';'));
}

static struct err ask(struct canary *c, const char *method, const char *path, struct text body) {
    const struct door_request request = {method, path, headers(c), body};
    json_decref(c->json);
    c->json = NULL;
    try(door_ask(c->d->arena, c->door, &request, &c->answer));
    take_cookie(c);
    if (text_starts(c->answer.body, TEXT("{")))
        try(json_parse(c->d->arena, c->answer.body, &c->json));
    return ok;
}

static struct err look(struct canary *c, const char *path) {
    return ask(c, "GET", path, (struct text){NULL, 0});
}

static struct text member(struct canary *c, const char *name) {
    return text_copy_in(c->d->arena, json_member_text(c->json, name));
}

/* The proof of a receipt, as its holder would check it. */
static struct err check_receipt(struct canary *c, struct text name, const char *action) {
    struct arena *a = c->d->arena;
    struct note_key key = audit_key(c->d);
    struct receipt r;
    struct log_entry entry;
    struct checkpoint checkpoint;
    expect(c, name.length > 0, "there is no receipt");
    try(look(c, text_say_in(a, "/receipts/%.*s", TEXT_ARG(name))));
    expect(c, c->answer.status == 200, "the receipt is not there");
    try(receipt_parse(a, c->answer.body, &r));
    try(receipt_check(a, &key, &r, &entry, &checkpoint));
    expect(c, text_starts(entry.action, text_c(action)), "the receipt is of something else");
    return ok;
}

/* ---- the steps ---- */

static bool take_digits(struct text mail, struct text *out) {
    size_t from = text_find(mail, TEXT("\r\n\r\n"));
    for (size_t i = from == SIZE_MAX ? mail.length : from, run = 0; i < mail.length; i++) {
        run = mail.bytes[i] >= '0' && mail.bytes[i] <= '9' ? run + 1 : 0;
        bool ends = i + 1 == mail.length || mail.bytes[i + 1] < '0' || mail.bytes[i + 1] > '9';
        if (run == 6 && ends) {
            *out = text_part(mail, i - 5, 6);
            return true;
        }
    }
    return false;
}

/* The first mail to its address that has the word; false: none has. */
static struct err find_mail(struct canary *c, struct text word, struct text *out, bool *found_out) {
    struct arena *a = c->d->arena;
    DIR *folder = opendir(c->d->outbox);
    *found_out = false;
    if (!folder)
        return file_fault(a, "cannot read", c->d->outbox);
    for (struct dirent *entry; !*found_out && (entry = readdir(folder));) {
        const char *path = text_say_in(a, "%s/%s", c->d->outbox, entry->d_name);
        if (entry->d_name[0] == '.' || file_read_in(a, path, MAIL_BYTES_MAX, out).kind)
            continue;
        *found_out = text_find(*out, c->email) != SIZE_MAX && text_find(*out, word) != SIZE_MAX;
    }
    closedir(folder);
    return ok;
}

static struct err read_code(struct canary *c, struct text *out) {
    struct text mail;
    bool found;
    try(find_mail(c, c->email, &mail, &found));
    expect(c, found && take_digits(mail, out), "no code came to its address");
    return ok;
}

static struct err begin(struct canary *c, struct text *flow_out) {
    try(look(c, "/policy.json"));
    c->version = member(c, "version");
    expect(c, c->version.length, "the policy's version is not to be found");
    struct text form = text_format_in(
        c->d->arena,
        "{\"username\":\"%.*s\",\"password\":\"%.*s\",\"email\":\"%.*s\",\"age\":\"adult\"",
        TEXT_ARG(c->name), TEXT_ARG(c->password), TEXT_ARG(c->email));
    try(ask(c, "POST", "/account/register", text_format_in(c->d->arena, "%.*s}", TEXT_ARG(form))));
    expect(c, c->answer.status == 422, "it could register without a consent");
    try(ask(c, "POST", "/account/register",
            text_format_in(c->d->arena, "%.*s,\"consent\":\"%.*s\"}", TEXT_ARG(form),
                           TEXT_ARG(c->version))));
    expect(c, c->answer.status == 202, "it could not register");
    *flow_out = member(c, "flow");
    return ok;
}

/* Until the address is proved, the records know nothing of it that one could read. */
static struct err live_register(struct canary *c) {
    const struct text marks[] = {c->name, c->local, c->password};
    struct residue residue;
    struct text flow, code = TEXT("");
    try(begin(c, &flow));
    try(residue_find(c->d->arena, "state", marks, COUNT(marks), &residue));
    expect(c, residue.where.length == 0,
           "something of it stands in the records before it has proved its address");
    try(read_code(c, &code));
    try(ask(c, "POST", "/account/verify",
            text_format_in(c->d->arena, "{\"flow\":\"%.*s\",\"code\":\"%.*s\"}", TEXT_ARG(flow),
                           TEXT_ARG(code))));
    expect(c, c->answer.status == 201, "its code does not fit");
    return ok;
}

static struct err log_in(struct canary *c) {
    try(ask(c, "POST", "/account/login",
            text_format_in(c->d->arena, "{\"login\":\"%.*s\",\"password\":\"%.*s\"}",
                           TEXT_ARG(c->email), TEXT_ARG(c->password))));
    expect(c, c->answer.status == 200 && c->cookie.length, "it could not log in");
    return ok;
}

static struct err live_login(struct canary *c) {
    struct text old;
    try(log_in(c));
    try(look(c, "/account"));
    expect(c, c->answer.status == 200 && text_equal(member(c, "email"), c->email),
           "it does not see its own account");
    old = c->cookie;
    try(ask(c, "POST", "/account/logout", TEXT("{}")));
    expect(c, c->answer.status == 204, "it could not log out");
    c->cookie = old;
    try(look(c, "/account"));
    expect(c, c->answer.status == 401, "its session lived on behind its log-out");
    c->cookie = TEXT("");
    return log_in(c);
}

static struct err live_consent(struct canary *c) {
    try(look(c, "/account/consents"));
    const json_t *first = json_array_get(json_object_get(c->json, "consents"), 0);
    struct text receipt = text_copy_in(c->d->arena, json_member_text(first, "receipt"));
    expect(c, text_equal(json_member_text(first, "version"), c->version),
           "its consent is not the one that it gave");
    return check_receipt(c, receipt, "consent.give");
}

/* An optional purpose is off, goes on, and goes off as easily; nothing else depends on it. */
static struct err live_withdraw(struct canary *c) {
    static const struct {
        const char *body, *action;
    } steps[] = {{"{\"purpose\":\"news\",\"act\":\"agree\"}", "consent.give"},
                 {"{\"purpose\":\"news\",\"act\":\"withdraw\"}", "consent.withdraw"}};
    for (size_t i = 0; i < COUNT(steps); i++) {
        try(ask(c, "POST", "/account/consents", text_c(steps[i].body)));
        struct text receipt = member(c, "receipt");
        expect(c, c->answer.status == 201 && receipt.length, "its choice was not taken");
        try(check_receipt(c, receipt, steps[i].action));
    }
    try(look(c, "/account/consents"));
    const json_t *news = json_array_get(json_object_get(c->json, "purposes"), 0);
    expect(c, text_equal_c(json_member_text(news, "purpose"), "news") && json_is_false(json_object_get(news, "on")),
           "what it withdrew is still on");
    try(look(c, "/account"));
    expect(c, c->answer.status == 200, "its withdrawal closed something else");
    return ok;
}

static struct err call(struct canary *c, int *status_out) {
    struct text headers_of_call =
        text_format_in(c->d->arena, "token: %.*s\r\n", TEXT_ARG(c->token));
    const struct door_request request = {"GET", "/api/uuid", headers_of_call, {NULL, 0}};
    struct door_answer answer;
    try(door_ask(c->d->arena, c->door, &request, &answer));
    *status_out = answer.status;
    return ok;
}

static struct err read_counted(struct canary *c, int64_t *out) {
    try(look(c, "/account/usage?by=api"));
    *out = json_integer_value(json_object_get(c->json, "calls"));
    return ok;
}

static struct err live_call(struct canary *c) {
    int64_t counted = 0;
    try(ask(c, "POST", "/account/tokens",
            text_format_in(c->d->arena, "{\"name\":\"%.*s\"}", TEXT_ARG(c->label))));
    c->token = member(c, "token");
    expect(c, c->answer.status == 201 && c->token.length, "it got no token");
    for (unsigned i = 0; i < CALLS; i++) {
        int status;
        try(call(c, &status));
        c->answer.status = status;
        expect(c, status == 200, "its call was refused");
    }
    for (uint64_t start = now_ms(); counted < CALLS && now_ms() - start < COUNTED_MS;
         pause_a_moment())
        try(read_counted(c, &counted));
    expect(c, counted == CALLS, "its calls were not counted as it made them");
    return ok;
}

/* What it asks gets a number and its time at once; nobody else reads it. */
static struct err live_feedback(struct canary *c) {
    struct text number, mail, cookie = c->cookie;
    int64_t due_ms, asked_ms = clock_now_ms();
    bool found;
    try(ask(c, "POST", "/feedback",
            text_format_in(c->d->arena, "{\"kind\":\"question\",\"text\":\"Who are you, %.*s?\"}",
                           TEXT_ARG(c->label))));
    expect(c, c->answer.status == 201, "its message was not taken");
    number = member(c, "number");
    expect(c, number.length > 0, "its message got no number");
    expect(c, publication_moment(member(c, "due"), 0, &due_ms) && due_ms > asked_ms && due_ms <= clock_now_ms() + TICKET_DUE_DAYS * INT64_C(86400000),
           "its message got no time of thirty days at most");
    const char *path = text_say_in(c->d->arena, "/feedback/%.*s", TEXT_ARG(number));
    try(look(c, path));
    expect(c, c->answer.status == 200 && text_find(c->answer.body, c->label) != SIZE_MAX,
           "it cannot read its own message");
    c->cookie = TEXT("");
    try(look(c, path));
    c->cookie = cookie;
    expect(c, text_find(c->answer.body, c->label) == SIZE_MAX, "a stranger reads its message");
    try(find_mail(c, number, &mail, &found));
    expect(c, found, "its message was not acknowledged by mail");
    return ok;
}

/* A notice to its address arrives where senders take it from; and nothing there waits for too long. */
static struct err live_notice(struct canary *c) {
    const struct {
        enum delivery_channel channel;
        bool is_set;
        const char *say;
    } channels[] = {
        {DELIVERY_MAIL, c->config->smtp_host[0] != 0, "mails have waited for more than an hour"},
        {DELIVERY_SMS, strcmp(c->config->sms_provider, "none") != 0,
         "short messages have waited for more than an hour"},
    };
    struct identity email;
    struct text mail;
    bool found;
    try(identity_email(c->d, c->email, &email));
    try(outbox_put(c->d, &email, TEXT("news"), c->other_name));
    try(find_mail(c, c->other_name, &mail, &found));
    expect(c, found, "a notice to its address did not arrive");
    for (size_t i = 0; i < COUNT(channels); i++) {
        int64_t oldest_ms;
        try(delivery_oldest(c->d, channels[i].channel, &oldest_ms));
        expect(c, !channels[i].is_set || !oldest_ms || clock_now_ms() - oldest_ms < STUCK_MS,
               channels[i].say);
    }
    return ok;
}

static struct err live_export(struct canary *c) {
    static const char *const lists[] = {"consents", "tokens", "sessions", "usage", "contacts"};
    const struct text marks[] = {c->name, c->email, c->label};
    try(look(c, "/account/export"));
    expect(c, c->answer.status == 200, "it got no export");
    struct digest digest = sha256_of(c->answer.body);
    struct text name = member(c, "receipt"), hex = digest_print_in(c->d->arena, &digest),
                all = c->answer.body;
    for (size_t i = 0; i < COUNT(marks); i++)
        expect(c, text_find(all, marks[i]) != SIZE_MAX, "its export lacks what it gave");
    for (size_t i = 0; i < COUNT(lists); i++)
        expect(c, json_array_size(json_object_get(c->json, lists[i])) > 0,
               "its export lacks a part");
    try(check_receipt(c, name, "account.export"));
    expect(c, text_find(c->answer.body, hex) != SIZE_MAX, "the receipt is of another export");
    return ok;
}

static struct err live_correct(struct canary *c) {
    try(ask(c, "PATCH", "/account",
            text_format_in(c->d->arena, "{\"username\":\"%.*s\"}", TEXT_ARG(c->other_name))));
    expect(c, c->answer.status == 200, "it could not correct its name");
    try(look(c, "/account"));
    expect(c, text_equal(member(c, "username"), c->other_name), "its correction took no force");
    return ok;
}

static struct err live_cancel(struct canary *c) {
    struct text old = c->cookie, receipt;
    int status = 200;
    try(ask(c, "DELETE", "/account",
            text_format_in(c->d->arena, "{\"password\":\"%.*s\"}", TEXT_ARG(c->password))));
    receipt = member(c, "receipt");
    expect(c, c->answer.status == 200, "it could not cancel");
    for (uint64_t start = now_ms(); status == 200 && now_ms() - start < REFUSED_MS;
         pause_a_moment()) {
        try(call(c, &status));
        if (status == 200) /* nobody's any more when it is stored: it has to be told apart here */
            try(canary_count_calls(c->d, 1));
    }
    expect(c, status == 401, "its token works a second after its cancellation");
    c->cookie = old;
    try(look(c, "/account"));
    expect(c, c->answer.status == 401, "its session lives on behind its cancellation");
    c->cookie = TEXT("");
    return check_receipt(c, receipt, "account.erase");
}

/* What a stranger sees: nothing of it, and nothing from elsewhere. */
static struct err live_public_pages(struct canary *c) {
    static const char *const paths[] = {"/",         "/docs",   "/policy",        "/policy.json",
                                        "/cookies",  "/status", "/status.json",   "/transparency",
                                        "/feedback", "/proofs", "/log/checkpoint"};
    static const char *const foreign[] = {
        "src=\"http", "src=\"//", "<link rel=\"stylesheet\" href=\"http", "@import", "url(http"};
    const struct text marks[] = {c->name, c->other_name, c->local, c->label};
    struct text cookie = c->cookie;
    c->cookie = TEXT("");
    for (size_t i = 0; i < COUNT(paths); i++) {
        try(look(c, paths[i]));
        for (size_t k = 0; k < COUNT(marks); k++)
            expect(c, text_find(c->answer.body, marks[k]) == SIZE_MAX,
                   text_say_in(c->d->arena, "%s shows something of it", paths[i]));
        for (size_t k = 0; k < COUNT(foreign); k++)
            expect(c, text_find(c->answer.body, text_c(foreign[k])) == SIZE_MAX,
                   text_say_in(c->d->arena, "%s loads from elsewhere", paths[i]));
    }
    c->cookie = cookie;
    return ok;
}

/* The erasure's last step may have to wait for a reader: the jobs try again every ten seconds. */
static struct err live_residue(struct canary *c) {
    const struct text marks[] = {c->name,     c->other_name, c->local, c->label,
                                 c->password, c->token,      c->cookie};
    unsigned count = c->token.length ? COUNT(marks) - 1 : COUNT(marks) - 2;
    struct residue residue;
    for (uint64_t start = now_ms();; pause_a_moment()) {
        try(residue_find(c->d->arena, ".", marks, count, &residue));
        if (residue.where.length == 0)
            return ok;
        if (now_ms() - start > SETTLED_MS)
            return err_make(ERR_CONFLICT,
                            text_say_in(c->d->arena, "%.*s still holds something of it",
                                        TEXT_ARG(residue.where)));
    }
}

static const struct {
    enum probe_id id;
    struct err (*live)(struct canary *c);
} steps[] = {
    {PROBE_canary_register, live_register},  {PROBE_canary_login, live_login},
    {PROBE_canary_consent, live_consent},    {PROBE_canary_withdraw, live_withdraw},
    {PROBE_canary_call, live_call},
    {PROBE_canary_feedback, live_feedback},  {PROBE_notice_channel, live_notice},
    {PROBE_canary_export, live_export},      {PROBE_canary_correct, live_correct},
    {PROBE_public_pages, live_public_pages}, {PROBE_canary_cancel, live_cancel},
    {PROBE_canary_residue, live_residue},
};

bool canary_has(enum probe_id id) {
    for (size_t i = 0; i < COUNT(steps); i++)
        if (steps[i].id == id)
            return true;
    return false;
}

/* ---- a life ---- */

static struct text random_word(struct domain *d) {
    char *word = arena_alloc(d->arena, LETTERS);
    for (unsigned i = 0; i < LETTERS; i++)
        word[i] = (char)('a' + random_below(d->chance, 26));
    return text_of(word, LETTERS);
}

static struct err be_born(struct canary *c) {
    struct identity email;
    struct domain *d = c->d;
    c->name = random_word(d);
    c->other_name = random_word(d);
    c->local = random_word(d);
    c->label = random_word(d);
    c->password = random_word(d);
    c->email = text_format_in(d->arena, "%.*s@canary.invalid", TEXT_ARG(c->local));
    try(identity_email(d, c->email, &email));
    return canary_begin(d, &email);
}

/* Runs the steps until one fails; those behind it were not reached. */
static struct err live(struct canary *c) {
    struct err first = ok;
    for (size_t i = 0; i < COUNT(steps); i++) {
        const char *name = probe_lines[steps[i].id].name;
        uint64_t start = now_ms();
        struct err e = first.kind ? first : steps[i].live(c);
        struct text detail =
            e.kind ? text_c(e.say)
                   : text_format_in(c->d->arena, "%llu ms", (unsigned long long)(now_ms() - start));
        if (e.kind && !first.kind)
            first = err_make(e.kind, text_say_in(c->d->arena, "%s: %s", name, e.say));
        c->d->now_ms = clock_now_ms();
        try(probe_put(c->d, steps[i].id, !e.kind, detail));
    }
    return first;
}

struct err canary_live(struct hand *hand, const char *door) {
    struct canary c = {.d = &hand->domain, .config = &hand->home.config, .door = door};
    try(canary_clear(c.d)); /* of a run that was killed */
    try(be_born(&c));
    struct err e = live(&c);
    json_decref(c.json);
    struct err cleared = canary_clear(c.d);
    return e.kind ? e : cleared;
}
