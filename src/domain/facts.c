/* facts.c: see facts.h. */
#include "domain/facts.h"
#include "base/must.h"
#include "store_sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE_BYTES_MAX = 4096 };

static const struct {
    const char *name;
    enum policy_change_kind kind;
} classes[] = {
    {"field", CHANGE_SERVICE},         {"purpose", CHANGE_SERVICE}, {"cookie", CHANGE_SERVICE},
    {"controller", CHANGE_CONTROLLER}, {"host", CHANGE_SHARING},    {"processor", CHANGE_SHARING},
    {"outside", CHANGE_SHARING},       {"route", CHANGE_RIGHTS},    {"right", CHANGE_RIGHTS},
    {"contact", CHANGE_CONTACT},       {"risk", CHANGE_RISK},
};

static const struct {
    const char *name, *zh, *en;
} kinds_said[CHANGE_KINDS] = {
    [CHANGE_OTHER] = {"other", "其他重大变更", "another major change"},
    [CHANGE_SERVICE] = {"service", "服务模式：处理的信息类型、目的或方式",
                        "the service: what is processed, why or how"},
    [CHANGE_CONTROLLER] = {"controller", "所有权或组织架构", "ownership or organisation"},
    [CHANGE_SHARING] = {"sharing", "共享、转让或公开的主要对象", "to whom information is given"},
    [CHANGE_RIGHTS] = {"rights", "您的权利及其行使方式", "your rights, or how to use them"},
    [CHANGE_CONTACT] = {"contact", "责任部门、联络方式或投诉渠道",
                        "who is responsible, how to reach us, where to complain"},
    [CHANGE_RISK] = {"risk", "影响评估表明存在高风险", "an impact assessment finds a high risk"},
};

void facts_init(struct facts *f, struct arena *a) {
    *f = (struct facts){.arena = a, .lines = arena_alloc(a, FACTS_MAX * sizeof *f->lines)};
}

void facts_add(struct facts *f, const char *class_name, const char *format, ...) {
    char room[LINE_BYTES_MAX];
    va_list list;
    int length = snprintf(room, sizeof room, "%s ", class_name);
    va_start(list, format);
    length += vsnprintf(room + length, sizeof room - (size_t)length, format, list);
    va_end(list);
    must(length < LINE_BYTES_MAX && f->count < FACTS_MAX);
    for (int i = 0; i < length; i++)
        if (room[i] == '\n' || room[i] == '\r')
            room[i] = ' ';
    f->lines[f->count++] = text_copy_in(f->arena, text_of(room, (size_t)length));
}

void facts_add_columns(struct facts *f) {
    for (const struct store_column *c = store_columns; c->table; c++) {
        if (!c->category)
            continue;
        facts_add(
            f, "field",
            "%s.%s category=%s sensitivity=%s purpose=%s basis=%s retention=%s kept=%s export=%s",
            c->table, c->column, c->category, c->sensitivity, c->purpose, c->basis, c->retention,
            c->kept, c->exported);
    }
}

void facts_add_purposes(struct facts *f) {
#define PURPOSE(name, zh, en) facts_add(f, "purpose", "%s says=%s", #name, en);
#include "domain/consent_purposes.def"
#undef PURPOSE
}

static int by_bytes(const void *left, const void *right) {
    return text_compare(*(const struct text *)left, *(const struct text *)right);
}

struct text facts_print_in(struct arena *a, struct facts *f) {
    struct buf b;
    buf_init(&b, a, FACTS_BYTES_MAX);
    qsort(f->lines, f->count, sizeof *f->lines, by_bytes);
    for (unsigned i = 0; i < f->count; i++) {
        if (i && text_equal(f->lines[i], f->lines[i - 1]))
            continue;
        buf_text(&b, f->lines[i]);
        buf_char(&b, '\n');
    }
    must(!buf_is_over(&b));
    return buf_peek(&b);
}

static unsigned kind_of(struct text line) {
    struct text rest = line, name;
    text_cut(&rest, ' ', &name);
    for (size_t i = 0; i < COUNT(classes); i++)
        if (text_equal_c(name, classes[i].name))
            return classes[i].kind;
    return CHANGE_OTHER; /* of a newer program */
}

static unsigned differs(char sign, struct text line, struct buf *why) {
    unsigned kind = kind_of(line);
    if (kind == CHANGE_RISK && sign == '-')
        return 0;
    buf_format(why, "%u %c ", kind, sign);
    buf_text(why, line);
    buf_char(why, '\n');
    return 1u << kind;
}

/* Both are sorted: whatever is smaller stands in one of them only. */
unsigned facts_compare(struct text before, struct text after, struct buf *why) {
    struct text old = {0}, new = {0};
    unsigned kinds = 0;
    bool has_old = text_cut(&before, '\n', &old), has_new = text_cut(&after, '\n', &new);
    while (has_old || has_new) {
        int order = !has_old ? 1 : !has_new ? -1 : text_compare(old, new);
        if (order < 0 && old.length)
            kinds |= differs('-', old, why);
        if (order > 0 && new.length)
            kinds |= differs('+', new, why);
        if (order <= 0)
            has_old = text_cut(&before, '\n', &old);
        if (order >= 0)
            has_new = text_cut(&after, '\n', &new);
    }
    return kinds;
}

struct text facts_kinds_in(struct arena *a, unsigned kinds) {
    struct buf b;
    buf_init(&b, a, 64);
    for (unsigned i = 0; i < CHANGE_KINDS; i++)
        if (kinds & 1u << i)
            buf_format(&b, "%s%u", b.length ? " " : "", i);
    return buf_peek(&b);
}

const char *facts_kind_says(enum policy_change_kind kind, bool is_english) {
    return is_english ? kinds_said[kind].en : kinds_said[kind].zh;
}

bool facts_kind_parse(struct text t, enum policy_change_kind *out) {
    uint64_t number;
    for (unsigned i = 0; i < CHANGE_KINDS; i++) {
        if (text_equal_c(t, kinds_said[i].name) || (text_to_u64(t, &number) && number == i)) {
            *out = (enum policy_change_kind)i;
            return true;
        }
    }
    return false;
}
