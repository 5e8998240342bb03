/* log.c: see log.h. */
#include "base/log.h"
#include "base/clock.h"

#include <stdio.h>
#include <unistd.h>

static const char *program_name = "alapi";

void log_as(const char *program) {
    program_name = program;
}

struct line {
    char bytes[2048];
    size_t length;
};

static void put_char(struct line *l, char c) {
    if (l->length < sizeof l->bytes - 1)
        l->bytes[l->length++] = c;
}

static void put_c(struct line *l, const char *s) {
    while (*s)
        put_char(l, *s++);
}

/* Quoted where it holds more than plain characters; control bytes become ?, quotes are escaped. */
static void put_value(struct line *l, struct text value) {
    bool plain = value.length > 0;
    for (size_t i = 0; i < value.length; i++) {
        char c = value.bytes[i];
        plain &= (c > ' ' && c != '"' && c != '\\' && c != '=' && c != 0x7F);
    }
    if (!plain)
        put_char(l, '"');
    for (size_t i = 0; i < value.length; i++) {
        char c = value.bytes[i];
        if (c == '"' || c == '\\')
            put_char(l, '\\');
        put_char(l, (unsigned char)c < ' ' || c == 0x7F ? '?' : c);
    }
    if (!plain)
        put_char(l, '"');
}

void log_fields(enum log_level level, const char *event, const struct log_field *fields,
                size_t count) {
    static const char *const levels[] = {"info", "warn", "error"};
    struct line l = {.length = 0};
    struct arena a;
    arena_init(&a, 256 << 10);
    put_c(&l, "t=");
    put_value(&l, clock_print_utc_in(&a, clock_now_ms()));
    put_c(&l, " level=");
    put_c(&l, levels[level]);
    put_c(&l, " program=");
    put_c(&l, program_name);
    put_c(&l, " event=");
    put_c(&l, event);
    for (size_t i = 0; i < count; i++) {
        put_char(&l, ' ');
        put_c(&l, fields[i].name);
        put_char(&l, '=');
        if (fields[i].is_number)
            put_value(&l, text_format_in(&a, "%lld", (long long)fields[i].number));
        else
            put_value(&l, fields[i].text);
    }
    l.bytes[l.length++] = '\n';
    arena_done(&a);
    if (write(STDERR_FILENO, l.bytes, l.length) < 0)
        return; /* nowhere left to say it */
}
