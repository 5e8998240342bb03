/* multipart_test.c: bodies as the clients that there are write them, and broken ones. */
#include "test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "codec/multipart.h"

static struct arena arena;

/* "name=content;" for each part, with "@filename:type" where it is a file; the error's name at a fault. */
static struct text read_all(struct text type, struct text body) {
    struct multipart m;
    struct part part;
    struct buf b;
    bool more = true;
    buf_init(&b, &arena, 8192);
    if (multipart_open(&m, type, body).kind)
        return TEXT("no boundary");
    for (;;) {
        struct err e = multipart_next(&m, &part, &more);
        if (e.kind)
            return text_c(err_name(e.kind));
        if (!more)
            return buf_peek(&b);
        buf_text(&b, part.name);
        if (part.is_file)
            buf_format(&b, "@%.*s:%.*s", TEXT_ARG(part.filename), TEXT_ARG(part.type));
        buf_format(&b, "=%.*s;", TEXT_ARG(part.content));
    }
}

#define FORM "multipart/form-data; boundary=B"
#define NAME(n) "Content-Disposition: form-data; name=\"" n "\"\r\n"

static const struct {
    const char *what, *type, *body, *wanted;
} rows[] = {
    {"a browser", "multipart/form-data; boundary=----WebKitFormBoundaryX",
     "------WebKitFormBoundaryX\r\n" NAME("a") "\r\n1\r\n------WebKitFormBoundaryX\r\n"
     "Content-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\r\n"
     "------WebKitFormBoundaryX--\r\n",
     "a=1;f@x.png:image/png=\x89PNG\r\n;"},
    {"the older Java client", "multipart/mixed; boundary=7f3a-9b",
     "--7f3a-9b\r\n" NAME("word") "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\n\r\n\u4f60\u597d\r\n"
     "--7f3a-9b\r\n" NAME("x81h") "Content-Length: 1\r\n\r\n9\r\n--7f3a-9b--\r\n",
     "word=\u4f60\u597d;x81h=9;"},
    {"curl", "multipart/form-data; boundary=------------------------d74496d66958873e",
     "--------------------------d74496d66958873e\r\n" NAME("a") "\r\nb\r\n--------------------------d74496d66958873e--\r\n",
     "a=b;"},
    {"PHP's Guzzle: the length behind the name", FORM, "--B\r\n" NAME("a") "Content-Length: 3\r\n\r\nx=y\r\n--B--\r\n", "a=x=y;"},
    {"a quoted boundary with blanks", "Multipart/Form-Data ; charset=utf-8 ; BOUNDARY=\"a b\"", "--a b\r\n" NAME("a") "\r\n1\r\n--a b--", "a=1;"},
    {"bare LF", FORM, "--B\nContent-Disposition: form-data; name=a\n\n1\n--B--\n", "a=1;"},
    {"small letters, the name last", FORM, "--B\r\ncontent-type: text/x\r\ncontent-disposition:form-data;filename=\"f\";name=a\r\n\r\n1\r\n--B--", "a@f:text/x=1;"},
    {"an empty part", FORM, "--B\r\n" NAME("a") "\r\n\r\n--B--", "a=;"},
    {"an empty part without its own line end", FORM, "--B\r\n" NAME("a") "\r\n--B--", "a=;"},
    {"an empty file name is a file", FORM, "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\"\r\n\r\n\r\n--B--", "a@:=;"},
    {"line ends in the content stay", FORM, "--B\r\n" NAME("a") "\r\n\r\n1\r\n\r\n--B--", "a=\r\n1\r\n;"},
    {"the boundary inside a line is content", FORM, "--B\r\n" NAME("a") "\r\nx--B y\r\n--B--", "a=x--B y;"},
    {"a preamble and an epilogue", FORM, "hello\r\n--B\r\n" NAME("a") "\r\n1\r\n--B--\r\nbye --B", "a=1;"},
    {"a part without headers", FORM, "--B\r\n\r\n1\r\n--B--", "=1;"},
    {"no parts", FORM, "--B--", ""},
    {"a quoted semicolon", FORM, "--B\r\nContent-Disposition: form-data; filename=\"a;name=b.png\"; name=\"c\"\r\n\r\n1\r\n--B--", "c@a;name=b.png:=1;"},
    {"no closing boundary", FORM, "--B\r\n" NAME("a") "\r\n1\r\n", "request_malformed"},
    {"it ends inside the headers", FORM, "--B\r\n" NAME("a"), "request_malformed"},
    {"it ends behind the boundary", FORM, "--B\r\n", "request_malformed"},
    {"it ends behind the headers", FORM, "--B\r\n" NAME("a") "\r\n", "request_malformed"},
    {"another boundary", FORM, "--C\r\n" NAME("a") "\r\n1\r\n--C--", "request_malformed"},
    {"an empty body", FORM, "", "request_malformed"},
    {"no boundary named", "multipart/form-data", "--B--", "no boundary"},
    {"an empty boundary", "multipart/form-data; boundary=\"\"", "----", "no boundary"},
    {"an open quote", "multipart/form-data; boundary=\"B", "--B--", "no boundary"},
};

TEST(bodies) {
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text got = read_all(text_c(rows[i].type), text_c(rows[i].body));
        if (!text_equal_c(got, rows[i].wanted))
            fail_msg("%s: %.*s, not %s", rows[i].what, TEXT_ARG(got), rows[i].wanted);
    }
    arena_done(&arena);
}

TEST(bytes_of_a_file_are_untouched) {
    char bytes[258];
    struct buf b;
    struct multipart m;
    struct part part;
    bool more;
    arena_init(&arena, 1 << 20);
    for (int i = 0; i < 258; i++)
        bytes[i] = (char)i;
    buf_init(&b, &arena, 8192);
    buf_c(&b, "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n");
    buf_add(&b, bytes, sizeof bytes);
    buf_c(&b, "\r\n--B--");
    want_ok(multipart_open(&m, TEXT(FORM), buf_peek(&b)));
    want_ok(multipart_next(&m, &part, &more));
    want(text_equal(part.content, text_of(bytes, sizeof bytes)));
    arena_done(&arena);
}

TEST(sixty_four_parts) {
    for (unsigned parts = LIMIT_MULTIPART_PARTS; parts <= LIMIT_MULTIPART_PARTS + 1; parts++) {
        struct buf b;
        arena_init(&arena, 1 << 20);
        buf_init(&b, &arena, 65536);
        for (unsigned i = 0; i < parts; i++)
            buf_c(&b, "--B\r\n" NAME("a") "\r\n1\r\n");
        buf_c(&b, "--B--");
        struct text got = read_all(TEXT(FORM), buf_peek(&b));
        if (parts <= LIMIT_MULTIPART_PARTS)
            want_int(got.length, 4 * parts);
        else
            want_text(got, "request_malformed");
        arena_done(&arena);
    }
}

TEST(seventy_characters_of_boundary) {
    for (unsigned length = 70; length <= 71; length++) {
        char mark[72] = "";
        memset(mark, 'x', length);
        mark[length] = 0;
        arena_init(&arena, 1 << 20);
        struct text type = text_format_in(&arena, "multipart/form-data; boundary=%s", mark);
        struct text body = text_format_in(&arena, "--%s\r\n" NAME("a") "\r\n1\r\n--%s--", mark, mark);
        want_text(read_all(type, body), length == 70 ? "a=1;" : "no boundary");
        arena_done(&arena);
    }
}

TESTS(RUN(bodies), RUN(bytes_of_a_file_are_untouched), RUN(sixty_four_parts),
      RUN(seventy_characters_of_boundary))
