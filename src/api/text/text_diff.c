/* text_diff.c: how a text was changed, by lines or by characters. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/compare.h"

enum { ASKED_OLD, ASKED_NEW, ASKED_BY };

static bool is_letter(char x) { return (x >= '0' && x <= '9') || ((x | 0x20) >= 'a' &&
                                                                  (x | 0x20) <= 'z') || x == '_'; }

/* Lines; or runs of Latin letters and digits, and each other character by itself. */
static struct pieces cut_in(struct arena *a, struct text t, bool by_line) {
    struct pieces p = {arena_alloc(a, (t.length + 1) * sizeof *p.list), 0};
    struct text line;
    while (by_line && t.length && text_cut(&t, '\n', &line))
        p.list[p.count++] = line;
    while (!by_line && t.length) {
        struct text rest = t;
        text_rune(&rest);
        size_t length = t.length - rest.length;
        while (is_letter(t.bytes[0]) && length < t.length && is_letter(t.bytes[length]))
            length++;
        p.list[p.count++] = text_part(t, 0, length);
        t = text_from(t, length);
    }
    return p;
}

static void reply_edits(struct call *c, struct pieces old, struct pieces new, struct edits found) {
    static const char *const kinds[] = {"same", "remove", "add"};
    bool by_line = ask_is(c, ASKED_BY, "line");
    reply_list(c, "changes");
    for (size_t i = 0; i < found.count;) {
        struct buf b;
        enum edit_kind kind = found.list[i].kind;
        size_t first = i;
        buf_init(&b, c->arena, LIMIT_REPLY_BYTES);
        for (; i < found.count && found.list[i].kind == kind; i++) {
            if (by_line && i > first)
                buf_char(&b, '\n');
            buf_text(&b, kind == EDIT_ADDED ? new.list[found.list[i].new] : old.list[found.list[i].old]);
        }
        reply_object(c, NULL);
        reply_c(c, "op", kinds[kind]);
        reply_text(c, "text", buf_peek(&b));
        reply_int(c, "old_at", (int64_t)found.list[first].old + 1);
        reply_int(c, "new_at", (int64_t)found.list[first].new + 1);
        reply_int(c, "count", (int64_t)(i - first));
        reply_end_object(c);
    }
    reply_end_list(c);
}

static struct err text_diff(struct call *c) {
    bool by_line = ask_is(c, ASKED_BY, "line");
    struct pieces old = cut_in(c->arena, ask_text(c, ASKED_OLD), by_line), new = cut_in(c->arena,
            ask_text(c, ASKED_NEW), by_line);
    struct edits found;
    size_t added = 0, removed = 0;
    if (!compare_edits_in(c->arena, old, new, &found))
        return call_invalid(c, ASKED_NEW, "两段文本差别太大：最多 1500 处变化；请分段比较，或用 by=line",
                            "the texts differ too much: 1500 changes at most; compare them in parts, or by=line");
    for (size_t i = 0; i < found.count; i++) {
        added += found.list[i].kind == EDIT_ADDED;
        removed += found.list[i].kind == EDIT_REMOVED;
    }
    reply_object(c, NULL);
    reply_bool(c, "is_equal", added + removed == 0);
    reply_int(c, "added", (int64_t)added);
    reply_int(c, "removed", (int64_t)removed);
    reply_edits(c, old, new, found);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_text_diff = {
    .path = "/api/text/diff",
    .subject = "text",
    .title = {"文本对比", "Compare texts"},
    .says = {"找出把旧文本变成新文本的最少修改：按行（line），或按词（word：汉字逐字，英文逐词）。",
             "The fewest changes that make the old text into the new one: by lines, or by words (Chinese character by character, Latin "
             "word by word)."},
    .run = RUN_IN_WORKER(text_diff),
    .asks = ASKS({"old", ASK_TEXT, REQUIRED, {"旧文本", "The old text"}, 1, 20000, .aliases = "a|text1|left"},
                 {"new", ASK_TEXT, REQUIRED, {"新文本", "The new text"}, 1, 20000, .aliases = "b|text2|right"},
                 {"by", ASK_CHOICE, OPTIONAL, {"单位", "By what"}, .choices = "line|word", .fallback = "line", .aliases = "mode"}),
    .gives = GIVES({"is_equal", GIVE_BOOL, {"是否相同", "Are they equal"}}, {"added", GIVE_INT, {"新增单位数", "Pieces added"}},
                   {"removed", GIVE_INT, {"删除单位数", "Pieces removed"}}, {"changes", GIVE_LIST, {"依次的片段", "The stretches in order"}},
                   {"changes[].op", GIVE_TEXT, {"same、remove 或 add", "same, remove or add"}}, {"changes[].text", GIVE_TEXT, {"内容", "The text"}},
                   {"changes[].old_at", GIVE_INT, {"在旧文本中的位置，从 1 起", "Its place in the old text, from 1"}},
                   {"changes[].new_at", GIVE_INT, {"在新文本中的位置", "Its place in the new text"}},
                   {"changes[].count", GIVE_INT, {"单位数", "Pieces"}}),
    .shows = SHOWS({"old=一%0A二%0A三&new=一%0A贰%0A三%0A四",
                    "{\"is_equal\":false,\"added\":2,\"removed\":1,\"changes\":[{\"op\":\"same\",\"text\""
                    ":\"一\",\"old_at\":1,\"new_at\":1,\"count\":1},{\"op\":\"remove\",\"text\":\"二\",\"ol"
                    "d_at\":2,\"new_at\":2,\"count\":1},{\"op\":\"add\",\"text\":\"贰\",\"old_at\":3,\"new"
                    "_at\":2,\"count\":1},{\"op\":\"same\",\"text\":\"三\",\"old_at\":3,\"new_at\":3,\"cou"
                    "nt\":1},{\"op\":\"add\",\"text\":\"四\",\"old_at\":4,\"new_at\":4,\"count\":1}]}", SHOW_EXACT}, {"old=I like cats&new=I love cats&by=word",
                    "{\"is_equal\":false,\"added\":1,\"removed\":1,\"changes\":[{\"op\":\"same\",\"text\""
                    ":\"I \",\"old_at\":1,\"new_at\":1,\"count\":2},{\"op\":\"remove\",\"text\":\"like\","
                    "\"old_at\":3,\"new_at\":3,\"count\":1},{\"op\":\"add\",\"text\":\"love\",\"old_at\":"
                    "4,\"new_at\":3,\"count\":1},{\"op\":\"same\",\"text\":\" cats\",\"old_at\":4,\"new_a"
                    "t\":4,\"count\":2}]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 2,
    .keep_s = 86400,
    .stands_on = "Myers, An O(ND) Difference Algorithm, 1986; our own computation",
};
