/* log.h: one line, one event, fields: t=… level=info event=token_revoked token=42
 *
 * Contract   lines go to stderr in one write each. Values are escaped, so a value cannot forge a line.
 *            Only the rooms above `gate` log; the others return errors. Personal data and secrets are
 *            never fields.
 * Threads    any.
 */
#pragma once
#include "base/text.h"

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *name;
    struct text text;
    int64_t number;
    bool is_number;
};

#define F_TEXT(name, value) ((struct log_field){name, value, 0, false})
#define F_C(name, value)    ((struct log_field){name, text_c(value), 0, false})
#define F_I64(name, value)  ((struct log_field){name, {NULL, 0}, (int64_t)(value), true})

/* The program's name in each line, set once at start: "serve", "worker". */
void log_as(const char *program);

void log_fields(enum log_level level, const char *event, const struct log_field *fields, size_t count);

#define log_event(level, event, ...)                                                               \
    log_fields(level, event, (struct log_field[]){__VA_ARGS__},                                    \
               sizeof((struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))
