/* probe_state.c: see probe_state.h. Lines "word value", in one order. */
#include "domain/probe_state.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/must.h"

#include <stddef.h>
#include <string.h>

#define FILE_NAME "now"

/* Numbers of the note, where they stand in the struct. */
static const struct {
    const char *word;
    size_t place;
    bool is_wide;
} numbers[] = {
    {"time", offsetof(struct probe_state, time_ms), true},
    {"since", offsetof(struct probe_state, since_ms), true},
    {"up_s", offsetof(struct probe_state, sum.up_s), true},
    {"down_s", offsetof(struct probe_state, sum.down_s), true},
    {"unknown_s", offsetof(struct probe_state, sum.unknown_s), true},
    {"left_s", offsetof(struct probe_state, sum.left_s), true},
    {"up_ppm", offsetof(struct probe_state, sum.up_ppm), true},
    {"known_ppm", offsetof(struct probe_state, sum.known_ppm), true},
    {"asked", offsetof(struct probe_state, asked), false},
    {"failed", offsetof(struct probe_state, failed), false},
    {"passed", offsetof(struct probe_state, passed), false},
};

static const struct {
    const char *word;
    size_t place;
} states[] = {
    {"state", offsetof(struct probe_state, state)},
    {"pages", offsetof(struct probe_state, pages)},
    {"calls", offsetof(struct probe_state, calls)},
};

static int64_t number_at(const struct probe_state *s, size_t i) {
    const char *at = (const char *)s + numbers[i].place;
    return numbers[i].is_wide ? *(const int64_t *)(const void *)at
                              : *(const unsigned *)(const void *)at;
}

struct err probe_state_write(struct arena *a, const struct probe_log_place *place,
                             const struct probe_state *s) {
    struct buf b;
    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_format(&b, "%.*s\nnow\n", TEXT_ARG(place->name));
    for (size_t i = 0; i < COUNT(states); i++)
        buf_format(
            &b, "%s %s\n", states[i].word,
            service_state_name(
                *(const enum service_state *)(const void *)((const char *)s + states[i].place)));
    for (size_t i = 0; i < COUNT(numbers); i++)
        buf_format(&b, "%s %lld\n", numbers[i].word, (long long)number_at(s, i));
    buf_format(&b, "fault %.*s\n", TEXT_ARG(s->fault));
    for (unsigned i = 0; i < s->api_count && i < PROBE_STATE_APIS_MAX; i++)
        buf_format(&b, "api %s %.*s\n", service_state_name(s->apis[i].state),
                   TEXT_ARG(s->apis[i].path));
    must(!buf_is_over(&b));
    return file_write_whole(a, text_say_in(a, "%s/" FILE_NAME, place->folder),
                            note_sign_in(a, place->seed, place->name, buf_peek(&b)), 0640);
}

static bool take_word(struct text *rest, const char *word, struct text *out) {
    struct text line, name;
    if (!text_cut(rest, '\n', &line) || !text_cut(&line, ' ', &name) || !text_equal_c(name, word))
        return false;
    *out = line;
    return true;
}

static bool parse_head(struct text *rest, const struct probe_log_place *place,
                       struct probe_state *s) {
    struct text line, value;
    if (!text_cut(rest, '\n', &line) || !text_equal(line, place->name) ||
        !text_cut(rest, '\n', &line) || !text_equal_c(line, FILE_NAME))
        return false;
    for (size_t i = 0; i < COUNT(states); i++)
        if (!take_word(rest, states[i].word, &value) ||
            !service_state_parse(value,
                                 (enum service_state *)(void *)((char *)s + states[i].place)))
            return false;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        char *at = (char *)s + numbers[i].place;
        int64_t number;
        if (!take_word(rest, numbers[i].word, &value) || !text_to_i64(value, &number))
            return false;
        if (numbers[i].is_wide)
            *(int64_t *)(void *)at = number;
        else
            *(unsigned *)(void *)at = (unsigned)number;
    }
    return take_word(rest, "fault", &s->fault);
}

static bool parse(struct arena *a, struct text content, const struct probe_log_place *place,
                  struct probe_state *s) {
    struct probe_api *apis = arena_alloc(a, PROBE_STATE_APIS_MAX * sizeof *apis);
    struct text value, state;
    if (!parse_head(&content, place, s))
        return false;
    while (s->api_count < PROBE_STATE_APIS_MAX && take_word(&content, "api", &value))
        if (text_cut(&value, ' ', &state) && service_state_parse(state, &apis[s->api_count].state))
            apis[s->api_count++].path = value;
    s->apis = apis;
    return true;
}

void probe_state_read(struct arena *a, const struct probe_log_place *place, int64_t now_ms,
                      struct probe_state *out) {
    const struct probe_state unknown = {.sum = {.known_ppm = -1}};
    struct text note, content;
    *out = unknown;
    if (!place->seed ||
        file_read_in(a, text_say_in(a, "%s/" FILE_NAME, place->folder), NOTE_BYTES_MAX * 2, &note)
            .kind)
        return;
    struct note_key key = note_key_of(place->seed, place->name);
    struct probe_state s = unknown;
    if (note_open(a, &key, note, &content).kind || !parse(a, content, place, &s))
        return;
    *out = s;
    if (s.time_ms > now_ms - PROBE_STATE_FRESH_MS && s.time_ms < now_ms + PROBE_STATE_FRESH_MS)
        return;
    out->state = out->pages = out->calls = SERVICE_UNKNOWN; /* nobody looks any more */
    out->api_count = 0;
}

enum service_state probe_state_of(const struct probe_state *s, struct text path) {
    if (s->calls == SERVICE_UNKNOWN)
        return SERVICE_UNKNOWN;
    for (unsigned i = 0; i < s->api_count; i++)
        if (text_equal(s->apis[i].path, path))
            return s->apis[i].state;
    return SERVICE_OPERATIONAL;
}
