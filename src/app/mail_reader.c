/* mail_reader.c: see mail_reader.h.
 *
 *     this program --fork--> child: sandbox, GMime, one record of texts and marks --pipe--> this program
 *
 * Character sets are the C library's, whose tables are libraries themselves: those that mails in China come
 * in are opened before the fork, since the sandbox loads no code. Any other becomes U+FFFD where it is no
 * UTF-8.
 */
#include "app/mail_reader.h"
#include "app/sandbox.h"
#include "base/buf.h"
#include "base/must.h"
#include "codec/html_text.h"

#include <gmime/gmime.h>
#include <iconv.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FIELDS = 6, RECORD_MAX = 1 << 20, HEADER_TEXT_MAX = 1000 };
enum { F_FROM, F_SUBJECT, F_ID, F_TEXT, F_MARKS, F_ATTACHMENTS };

static const char *const sets[] = {"GB18030",      "GBK",    "GB2312",      "BIG5",      "ISO-8859-1",
                                   "ISO-8859-15",  "KOI8-R", "ISO-2022-JP", "SHIFT_JIS", "EUC-JP",
                                   "WINDOWS-1252", "EUC-KR", "WINDOWS-1251", "UTF-16",   "UTF-7"};
_Static_assert(sizeof sets / sizeof *sets <= MAIL_SETS_MAX, "each has its place");

void mail_reader_open(struct mail_reader *r) {
    *r = (struct mail_reader){.sets = {NULL}};
    g_mime_init();
    for (size_t i = 0; i < COUNT(sets); i++) {
        r->sets[2 * i] = iconv_open("UTF-8", sets[i]);
        r->sets[2 * i + 1] = iconv_open(sets[i], "UTF-8");
    }
}

void mail_reader_close(struct mail_reader *r) {
    for (size_t i = 0; i < COUNT(r->sets); i++)
        if (r->sets[i] && r->sets[i] != (void *)-1)
            iconv_close(r->sets[i]);
    g_mime_shutdown();
}

/* ---- in the child ---- */

/* UTF-8 without control characters. */
static struct text clean_in(struct arena *a, struct text raw, size_t most) {
    struct text rest = text_part(raw, 0, most);
    struct buf out;
    buf_init(&out, a, most * 3 + 8);
    while (rest.length) {
        struct text here = rest;
        int32_t rune = text_rune(&rest);
        if (rune < 0) {
            rest = text_from(here, 1);
            buf_c(&out, "\xEF\xBF\xBD");
        } else if ((rune >= 0x20 && rune != 0x7F) || rune == '\n' || rune == '\t') {
            buf_text(&out, text_part(here, 0, here.length - rest.length));
        }
    }
    return buf_peek(&out);
}

static struct text header_in(struct arena *a, GMimeMessage *message, const char *name) {
    return clean_in(a, text_c(g_mime_object_get_header(GMIME_OBJECT(message), name)), HEADER_TEXT_MAX);
}

static bool says(struct arena *a, GMimeMessage *message, const char *name, const char *const *words) {
    struct text value = text_lower_in(a, header_in(a, message, name));
    for (; *words; words++)
        if (text_find(value, text_c(*words)) != SIZE_MAX)
            return true;
    return false;
}

/* A bounce (RFC 6522). */
static bool is_report(GMimeMessage *message) {
    GMimeObject *whole = g_mime_message_get_mime_part(message);
    GMimeContentType *type = whole ? g_mime_object_get_content_type(whole) : NULL;
    return type && g_mime_content_type_is_type(type, "multipart", "report");
}

/* RFC 3834: who answers a machine starts a loop. */
static bool is_automatic(struct arena *a, GMimeMessage *message, struct text from) {
    static const char *const machines[] = {"mailer-daemon@", "postmaster@", "noreply@", "no-reply@", NULL};
    struct text submitted = text_trim(header_in(a, message, "Auto-Submitted"));
    struct text path = text_trim(header_in(a, message, "Return-Path"));
    if (submitted.length && !text_equal_nocase(text_part(submitted, 0, 2), TEXT("no")))
        return true;
    if (text_equal_c(path, "<>") || g_mime_object_get_header(GMIME_OBJECT(message), "X-Loop") ||
        is_report(message))
        return true;
    for (size_t i = 0; machines[i]; i++)
        if (text_equal_nocase(text_part(from, 0, strlen(machines[i])), text_c(machines[i])))
            return true;
    return false;
}

static bool is_silent(struct arena *a, GMimeMessage *message) {
    static const char *const bulk[] = {"bulk", "list", "junk", "auto_reply", NULL};
    return says(a, message, "Precedence", bulk) ||
           g_mime_object_get_header(GMIME_OBJECT(message), "List-Id") ||
           g_mime_object_get_header(GMIME_OBJECT(message), "X-Auto-Response-Suppress");
}

/* The first address of From:, as it stands; whether it is one, identity.h says. */
static struct text from_in(struct arena *a, GMimeMessage *message) {
    InternetAddressList *list = g_mime_message_get_from(message);
    int count = list ? internet_address_list_length(list) : 0;
    for (int i = 0; i < count; i++) {
        InternetAddress *one = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_MAILBOX(one))
            return clean_in(a, text_c(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one))), 254);
    }
    return TEXT("");
}

struct found {
    struct text plain, html;
    uint64_t attachments;
};

static void take_part(struct arena *a, GMimeObject *part, struct found *found) {
    GMimeContentType *type = g_mime_object_get_content_type(part);
    bool is_text = GMIME_IS_TEXT_PART(part) && !g_mime_part_is_attachment(GMIME_PART(part));
    bool is_html = is_text && g_mime_content_type_is_type(type, "text", "html");
    if (!is_text) {
        found->attachments += GMIME_IS_PART(part);
        return;
    }
    if (is_html ? found->html.length : found->plain.length)
        return;
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    struct text copy = text_copy_in(a, text_part(text_c(text), 0, 4 * MAIL_TEXT_BYTES_MAX));
    *(is_html ? &found->html : &found->plain) = copy;
    g_free(text);
}

static struct found parts_of(struct arena *a, GMimeMessage *message) {
    struct found found = {.attachments = 0};
    GMimeObject *whole = g_mime_message_get_mime_part(message);
    if (!whole)
        return found;
    if (GMIME_IS_PART(whole)) {
        take_part(a, whole, &found);
        return found;
    }
    GMimePartIter *walk = g_mime_part_iter_new(whole);
    for (unsigned i = 0; i < MAIL_PARTS && g_mime_part_iter_is_valid(walk); i++) {
        take_part(a, g_mime_part_iter_get_current(walk), &found);
        if (!g_mime_part_iter_next(walk))
            break;
    }
    g_mime_part_iter_free(walk);
    return found;
}

static void put(struct buf *out, struct text t) {
    uint32_t length = (uint32_t)t.length;
    buf_add(out, &length, sizeof length);
    buf_text(out, t);
}

/* Without a head that can be read it is words of nobody in particular. */
static struct text bare_record_in(struct arena *a, struct text raw) {
    const struct text fields[FIELDS] = {[F_TEXT] = text_trim(clean_in(a, raw, MAIL_TEXT_BYTES_MAX)),
                                        [F_MARKS] = TEXT("00"),
                                        [F_ATTACHMENTS] = TEXT("0")};
    struct buf out;
    buf_init(&out, a, RECORD_MAX);
    for (unsigned i = 0; i < FIELDS && fields[F_TEXT].length; i++)
        put(&out, fields[i]);
    return buf_peek(&out);
}

static struct text record_in(struct arena *a, struct text raw) {
    struct buf out;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(raw.bytes, raw.length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    buf_init(&out, a, RECORD_MAX);
    if (!message)
        return bare_record_in(a, raw);
    struct text from = from_in(a, message);
    struct found found = parts_of(a, message);
    struct text text = found.plain.length ? found.plain : html_text_in(a, found.html);
    const char marks[] = {is_automatic(a, message, from) ? '1' : '0', is_silent(a, message) ? '1' : '0'};
    put(&out, from);
    put(&out, clean_in(a, text_c(g_mime_message_get_subject(message)), HEADER_TEXT_MAX));
    put(&out, clean_in(a, text_c(g_mime_message_get_message_id(message)), HEADER_TEXT_MAX));
    put(&out, clean_in(a, text, MAIL_TEXT_BYTES_MAX));
    put(&out, text_of(marks, sizeof marks));
    put(&out, text_format_in(a, "%llu", (unsigned long long)found.attachments));
    return buf_peek(&out);
}

static _Noreturn void run_child(int out, struct text raw) {
    struct arena a;
    arena_init(&a, 64 << 20);
    setrlimit(RLIMIT_CPU, &(struct rlimit){MAIL_SECONDS, MAIL_SECONDS});
    if (sandbox_enter().kind)
        _exit(3);
    struct text record = record_in(&a, raw);
    while (record.length) {
        ssize_t wrote = write(out, record.bytes, record.length);
        if (wrote <= 0)
            _exit(4);
        record = text_from(record, (size_t)wrote);
    }
    _exit(0);
}

/* ---- outside ---- */

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until the other side closes; false where that takes too long or is too much. */
static bool read_record(struct arena *a, int in, struct text *out) {
    struct buf record;
    char room[16384];
    int64_t until = now_ms() + 2 * MAIL_SECONDS * 1000;
    buf_init(&record, a, RECORD_MAX);
    for (;;) {
        struct pollfd one = {.fd = in, .events = POLLIN};
        int64_t left = until - now_ms();
        if (left <= 0 || poll(&one, 1, (int)left) <= 0)
            return false;
        ssize_t length = read(in, room, sizeof room);
        if (length <= 0)
            break;
        buf_add(&record, room, (size_t)length);
    }
    *out = buf_peek(&record);
    return !buf_is_over(&record);
}

static bool take_field(struct text *record, struct text *out) {
    uint32_t length;
    if (record->length < sizeof length)
        return false;
    memcpy(&length, record->bytes, sizeof length);
    *record = text_from(*record, sizeof length);
    if (length > record->length)
        return false;
    *out = text_part(*record, 0, length);
    *record = text_from(*record, length);
    return text_is_utf8(*out);
}

static bool take_record(struct text record, struct mail *out) {
    struct text fields[FIELDS];
    for (unsigned i = 0; i < FIELDS; i++)
        if (!take_field(&record, &fields[i]))
            return false;
    if (fields[F_MARKS].length != 2 || text_has_control(fields[F_TEXT]) ||
        text_has_control(fields[F_SUBJECT]) || fields[F_TEXT].length > MAIL_TEXT_BYTES_MAX * 3 ||
        fields[F_SUBJECT].length > HEADER_TEXT_MAX * 3)
        return false;
    *out = (struct mail){.from = fields[F_FROM],
                         .subject = fields[F_SUBJECT],
                         .id = fields[F_ID],
                         .text = fields[F_TEXT],
                         .is_automatic = fields[F_MARKS].bytes[0] == '1',
                         .is_silent = fields[F_MARKS].bytes[1] == '1'};
    return text_to_u64(fields[F_ATTACHMENTS], &out->attachments);
}

struct err mail_read(struct arena *a, struct text raw, struct mail *out, const char **fault_out) {
    int ends[2], status = 0;
    struct text record = TEXT("");
    *fault_out = NULL;
    if (pipe(ends) != 0)
        return err_make(ERR_STORAGE_UNAVAILABLE, "no pipe for reading a mail");
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(ends[1], raw);
    }
    close(ends[1]);
    bool is_read = child > 0 && read_record(a, ends[0], &record);
    close(ends[0]);
    if (child < 0)
        return err_make(ERR_STORAGE_UNAVAILABLE, "no process for reading a mail");
    if (!is_read)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0)
        continue;
    if (!is_read)
        *fault_out = "slow";
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        *fault_out = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU ? "slow" : "died";
    else if (!take_record(record, out))
        *fault_out = "empty";
    return ok;
}
