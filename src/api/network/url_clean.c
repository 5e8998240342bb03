/* url_clean.c: a link without what only follows its reader.
 *
 * Source     the parameters' names are facts that the services' own documentation tells (utm_*: Google
 *            Analytics;
 *            gclid, fbclid, msclkid, ttclid …: click ids of advertising networks; spm, scm: Alibaba; …).
 */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/form.h"
#include "codec/url.h"

enum { ASKED_URL, ASKED_KEEP };

/* A name that ends in * stands for all that begin so. */
static bool is_like(struct text name, const char *pattern) {
    size_t length = strlen(pattern);
    return pattern[length - 1] == '*' ? text_starts(name, text_of(pattern,
                                                                  length - 1)) : text_equal_c(name, pattern);
}

static bool follows_anywhere(struct text name) {
    static const char *const names[] = {
        "utm_*", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "srsltid", "_ga", "_gl", "fbclid", "fb_action_*",
        "fb_source", "fb_ref", "igshid", "igsh", "msclkid", "ttclid", "twclid", "li_fat_id", "yclid", "_openstat",
        "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "__hs*", "hsCtaTracking", "vero_id", "vero_conv", "oly_anon_id",
        "oly_enc_id", "wickedid", "s_cid", "icid", "ml_subscriber*", "rb_clickid", "spm", "scm", "pvid", "vd_source",
        "spm_id_from", "share_token", "share_source", "share_medium", "share_plat", "share_session_id", "share_tag",
        "sharer_shareid", "sharer_sharetime", "xsec_source", "from_spmid", "bbid", "ns_*", "pk_campaign", "pk_kwd",
        "piwik_*", "mtm_*", "matomo_*", "guce_referrer*", "guccounter", "trk", "trkCampaign", "zanpid", "epik", "irclickid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_like(name, names[i]))
            return true;
    return false;
}

/* Names that mean something else elsewhere. */
static bool follows_here(struct text host, struct text name) {
    static const struct { const char *host, *name; } rows[] = {
        {"youtube.com", "si"}, {"youtu.be", "si"}, {"youtube.com", "feature"}, {"spotify.com", "si"}, {"twitter.com", "s"},
        {"twitter.com", "t"}, {"x.com", "s"}, {"x.com", "t"}, {"bilibili.com", "buvid"}, {"bilibili.com", "mid"},
        {"bilibili.com", "timestamp"}, {"bilibili.com", "unique_k"}, {"bilibili.com", "plat_id"}, {"taobao.com", "ut_sk"},
        {"taobao.com", "sourceType"}, {"taobao.com", "suid"}, {"taobao.com", "un"}, {"taobao.com", "cpp"},
        {"tmall.com", "ut_sk"}, {"jd.com", "cu"}, {"jd.com", "utm_term"}, {"weixin.qq.com", "chksm"},
        {"weixin.qq.com", "scene"}, {"zhihu.com", "share_code"}, {"amazon.com", "ref_"}, {"amazon.com", "pd_rd_*"},
        {"amazon.com", "pf_rd_*"}, {"amazon.com", "qid"}, {"linkedin.com", "trackingId"}, {"instagram.com", "img_index"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text tail = text_c(rows[i].host);
        bool is_host = text_ends(host, tail) &&
                       (host.length == tail.length || host.bytes[host.length - tail.length - 1] == '.');
        if (is_host && is_like(name, rows[i].name))
            return true;
    }
    return false;
}

static bool is_kept(struct text keep, struct text name) {
    struct text piece;
    while (text_cut(&keep, ',', &piece))
        if (text_equal(text_trim(piece), name))
            return true;
    return false;
}

/* What stays of the query; `removed` gets the names of the others. */
static struct text clean_query(struct call *c, const struct url *u, struct buf *removed) {
    struct buf b;
    struct text rest = u->query, pair;
    buf_init(&b, c->arena, u->query.length + 1);
    while (text_cut(&rest, '&', &pair)) {
        struct text name = text_part(pair, 0, text_find_char(pair, '='));
        bool follows = follows_anywhere(name) || follows_here(u->host, name);
        if (follows && !is_kept(ask_text(c, ASKED_KEEP), name)) {
            buf_text(removed, name);
            buf_char(removed, '&');
        } else if (pair.length) {
            buf_c(&b, b.length ? "&" : "");
            buf_text(&b, pair);
        }
    }
    return buf_peek(&b);
}

static struct err url_clean(struct call *c) {
    struct url u;
    struct buf removed;
    struct text name, names;
    if (!url_parse(text_trim(ask_text(c, ASKED_URL)), &u) || !u.has_authority)
        return call_invalid(c, ASKED_URL, "不是完整的网址：请传如 https://example.com/a?utm_source=b 的网址",
                            "not a whole URL: send one such as https://example.com/a?utm_source=b");
    struct text normal = url_normal_in(c->arena, &u);
    (void)url_parse(normal, &u);
    buf_init(&removed, c->arena, normal.length + 64);
    u.query = clean_query(c, &u, &removed);
    u.has_query = u.query.length > 0;
    if (text_find(u.fragment, TEXT("text=")) == 2 || follows_anywhere(text_part(u.fragment, 0, text_find_char(u.fragment, '='))))
        u.has_fragment = false;
    u.fragment = u.has_fragment ? u.fragment : TEXT("");
    names = buf_peek(&removed);
    reply_object(c, NULL);
    reply_text(c, "url", url_normal_in(c->arena, &u));
    reply_bool(c, "is_changed", names.length > 0);
    reply_list(c, "removed");
    while (names.length && text_cut(&names, '&', &name))
        reply_text(c, NULL, name);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_url_clean = {
    .path = "/api/url/clean",
    .subject = "network",
    .title = {"链接净化", "Clean a link"},
    .says = {"去掉链接里只用于跟踪来源的参数：utm_*、spm、gclid、fbclid、share_* 等，其余参数和顺序不变。不访问网络，也不展开短链。",
             "Takes out of a link the parameters that only follow its reader: utm_*, spm, gclid, fbclid, share_* and their like; the "
             "others stay in their order. Nothing is asked of the network, and short links are not opened."},
    .run = RUN_IN_WORKER(url_clean),
    .asks = ASKS({"url", ASK_TEXT, REQUIRED, {"完整网址", "The whole URL"}, 1, 8000, .aliases = "text|link"},
                 {"keep", ASK_TEXT, OPTIONAL, {"要保留的参数名，用逗号隔开", "Names of parameters to keep, parted by commas"}, 1, 500}),
    .gives = GIVES({"url", GIVE_TEXT, {"净化后的网址", "The clean URL"}},
                   {"is_changed", GIVE_BOOL, {"是否去掉了参数", "Was a parameter taken out"}},
                   {"removed", GIVE_LIST, {"去掉的参数名", "Names of what was taken out"}}),
    .shows = SHOWS({"url=https://www.bilibili.com/video/BV1xx411c7mD?p=2%26spm_id_from=333.1007%26vd_source=abc",
                    "{\"url\":\"https://www.bilibili.com/video/BV1xx411c7mD?p=2\",\"is_changed\":true,\"r"
                    "emoved\":[\"spm_id_from\",\"vd_source\"]}", SHOW_EXACT},
                   {"url=https://example.com/?utm_source=news%26id=7&keep=utm_source",
                    "{\"url\":\"https://example.com/?utm_source=news&id=7\",\"is_changed\":false,\"remove"
                    "d\":[]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 3986; our own list of parameters",
};
