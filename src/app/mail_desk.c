/* mail_desk.c: see mail_desk.h. */
#include "app/mail_desk.h"
#include "app/mail_reader.h"
#include "base/buf.h"
#include "base/file.h"
#include "codec/sensitive.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK_BYTES = 60000, SEALED_MAX = MAIL_BYTES_MAX + (1 << 20), NAME_MAX_BYTES = 96 };

/* ---- what is refused ---- */

/* In pieces, each with its length, since one seal takes 65,000 bytes. */
static struct err seal_all(struct domain *d, struct arena *a, struct text raw, struct text *sealed_out) {
    struct buf out;
    buf_init(&out, a, SEALED_MAX);
    buf_reserve(&out, raw.length + raw.length / 64 + 1024);
    for (int64_t i = 0; raw.length || i == 0; i++) {
        const struct seal_place place = {"mail_refused", "raw", i, 0};
        struct text piece;
        try(key_seal_in(d->keys, a, (struct key_use){KEY_OFFICE, d->purpose}, &place,
                        text_part(raw, 0, CHUNK_BYTES), &piece));
        uint32_t length = (uint32_t)piece.length;
        buf_add(&out, &length, sizeof length);
        buf_text(&out, piece);
        raw = text_from(raw, CHUNK_BYTES);
    }
    *sealed_out = buf_peek(&out);
    return ok;
}

static struct err unseal_all(struct domain *d, struct text sealed, struct text *out) {
    struct buf raw;
    buf_init(&raw, d->arena, SEALED_MAX);
    buf_reserve(&raw, sealed.length);
    for (int64_t i = 0; sealed.length; i++) {
        const struct seal_place place = {"mail_refused", "raw", i, 0};
        uint32_t length = 0;
        struct text piece;
        if (sealed.length < sizeof length)
            return err_make(ERR_IO, "the file is not whole");
        memcpy(&length, sealed.bytes, sizeof length);
        sealed = text_from(sealed, sizeof length);
        if (length > sealed.length)
            return err_make(ERR_IO, "the file is not whole");
        try(domain_unseal(d, KEY_OFFICE, &place, text_part(sealed, 0, length), &piece));
        buf_text(&raw, piece);
        sealed = text_from(sealed, length);
    }
    *out = buf_peek(&raw);
    return ok;
}

static struct err keep_refused(struct domain *d, struct text raw, const char *reason,
                               struct mail_outcome *out) {
    const char *path = text_say_in(d->arena, MAIL_REFUSED_FOLDER "/%lld-%s-%08x", (long long)d->now_ms,
                                   reason, (unsigned)random_u64(d->chance));
    struct err e = file_make_folder(d->arena, MAIL_REFUSED_FOLDER, 0700);
    struct arena own; /* a large one is more than an ordinary call's memory */
    arena_init(&own, 4 * (size_t)MAIL_BYTES_MAX);
    struct text sealed;
    if (!e.kind)
        e = seal_all(d, &own, raw, &sealed);
    if (!e.kind)
        e = file_write_whole(d->arena, path, sealed, 0600);
    if (e.say) /* it may live in the arena that ends here */
        e.say = text_say_in(d->arena, "%s", e.say);
    arena_done(&own);
    if (e.kind)
        return err_make(ERR_STORAGE_UNAVAILABLE, e.say);
    *out = (struct mail_outcome){.fate = MAIL_REFUSED, .reason = reason};
    return ok;
}

static bool is_name(struct text name) {
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        if (c != '-' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z'))
            return false;
    }
    return name.length > 0 && name.length < NAME_MAX_BYTES && name.bytes[0] != '-';
}

struct err mail_refused_each(struct domain *d, void (*visit)(void *with, struct text name), void *with) {
    DIR *folder = opendir(MAIL_REFUSED_FOLDER);
    if (!folder)
        return errno == ENOENT ? ok : file_fault(d->arena, "cannot read", MAIL_REFUSED_FOLDER);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (is_name(text_c(entry->d_name)))
            visit(with, text_copy_in(d->arena, text_c(entry->d_name)));
    closedir(folder);
    return ok;
}

struct err mail_refused_open(struct domain *d, struct text name, struct text *raw_out) {
    struct text sealed;
    if (!is_name(name))
        return err_make(ERR_NOT_FOUND, "there is no such mail; alapi mail refused lists them");
    try(file_read_in(d->arena, text_say_in(d->arena, MAIL_REFUSED_FOLDER "/%.*s", TEXT_ARG(name)), SEALED_MAX,
                     &sealed));
    return unseal_all(d, sealed, raw_out);
}

struct reaping {
    struct domain *d;
    struct err e;
};

static void reap_old(void *with, struct text name) {
    struct reaping *r = with;
    struct text rest = name, time;
    int64_t ms;
    if (!text_cut(&rest, '-', &time) || !text_to_i64(time, &ms) ||
        ms > r->d->now_ms - (int64_t)MAIL_REFUSED_DAYS * 86400000)
        return;
    const char *path = text_say_in(r->d->arena, MAIL_REFUSED_FOLDER "/%.*s", TEXT_ARG(name));
    if (unlink(path) != 0 && errno != ENOENT)
        r->e = file_fault(r->d->arena, "cannot remove", path);
}

struct err mail_refused_reap(struct domain *d) {
    struct reaping r = {d, ok};
    try(mail_refused_each(d, reap_old, &r));
    return r.e;
}

/* ---- what becomes a request ---- */

static bool has_chinese(struct text t) {
    while (t.length) {
        int32_t rune = text_rune(&t);
        if (rune < 0)
            return false;
        if (rune >= 0x4E00 && rune <= 0x9FFF)
            return true;
    }
    return false;
}

/* Subject and words, at most as many as a request may have, without numbers of cards. */
static struct text words_of(struct domain *d, const struct mail *mail) {
    struct text all = text_format_in(d->arena, "%.*s\n\n%.*s", TEXT_ARG(mail->subject), TEXT_ARG(mail->text));
    struct text rest = all, trimmed = text_trim(all);
    if (trimmed.length == 0)
        return has_chinese(mail->from) ? TEXT("（空邮件）") : TEXT("(an empty mail)");
    for (size_t runes = 0; rest.length && runes < TICKET_TEXT_RUNES_MAX - 100; runes++)
        (void)text_rune(&rest);
    all = text_part(all, 0, all.length - rest.length);
    all = sensitive_mask_in(d->arena, all);
    if (rest.length)
        all = text_format_in(d->arena, "%.*s\n[…]", TEXT_ARG(all));
    if (mail->attachments)
        all = text_format_in(d->arena, "%.*s\n[%llu attachments were not kept / 附件未保存]", TEXT_ARG(all),
                             (unsigned long long)mail->attachments);
    return text_trim(all);
}

static struct err join(struct domain *d, const struct mail *mail, int64_t number, struct mail_outcome *out) {
    struct ticket t;
    try(ticket_read(d, number, &t));
    try(ticket_say(d, &t, words_of(d, mail), false));
    *out = (struct mail_outcome){.fate = MAIL_JOINED, .number = t.public};
    return ok;
}

static struct err open_request(struct domain *d, struct text raw, const struct mail *mail,
                               struct mail_outcome *out) {
    struct identity from;
    /* What the mail server brings a second time has other trace headers, but the same words. */
    struct text told = text_format_in(d->arena, "%.*s%c%.*s%c%.*s", TEXT_ARG(mail->id), 0,
                                      TEXT_ARG(mail->subject), 0, TEXT_ARG(mail->text));
    struct digest whole = hash_of(mail->text.length ? told : raw);
    struct ticket_promise promise;
    bool has_from = !identity_email(d, mail->from, &from).kind;
    struct text text = words_of(d, mail);
    d->detail.field = NULL;
    const struct new_ticket with = {
        .kind = TEXT("other"),
        .text = text,
        .language = has_chinese(text) || !mail->text.length ? TEXT("zh") : TEXT("en"),
        .contact = has_from ? mail->from : TEXT(""),
        .prefix = TEXT("mail"),
        .source = "mail",
        .mark = digest_print_in(d->arena, &whole),
        .is_silent = mail->is_silent,
    };
    try(ticket_open(d, &with, &promise));
    *out =
        (struct mail_outcome){.fate = promise.was_there ? MAIL_TWIN : MAIL_OPENED, .number = promise.number};
    return ok;
}

struct err mail_receive(struct domain *d, struct text raw, bool is_cut, struct mail_outcome *out) {
    const char *fault;
    struct mail mail;
    int64_t number;
    if (is_cut)
        return keep_refused(d, raw, "large", out);
    try(mail_read(d->arena, raw, &mail, &fault));
    if (fault)
        return keep_refused(d, raw, fault, out);
    if (ticket_mail_mark_find(d, mail.subject, &number)) {
        struct err e = join(d, &mail, number, out);
        if (e.kind == ERR_LIMIT_REACHED)
            return keep_refused(d, raw, "full", out);
        if (e.kind != ERR_NOT_FOUND && e.kind != ERR_CONFLICT)
            return e;
    }
    if (mail.is_automatic)
        return keep_refused(d, raw, "automatic", out);
    return open_request(d, raw, &mail, out);
}
