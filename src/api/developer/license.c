/* license.c: licences of software, by SPDX id or a word of their name. */
#include "call/ask.h"
#include "call/paging.h"
#include "call/reply.h"
#include "data/data.h"

enum { ASKED_ID, ASKED_PAGE };

static void reply_license(struct call *c, struct text value) {
    struct text f[4];
    pack_fields(value, f, 4);
    reply_object(c, NULL);
    reply_text(c, "id", f[0]);
    reply_text(c, "name", f[1]);
    reply_bool(c, "is_osi_approved", text_equal_c(f[2], "1"));
    reply_text(c, "url", f[3]);
    reply_end_object(c);
}

static struct err license(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_SPDX);
    struct text word = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_ID))), key, value;
    uint32_t *places = arena_alloc(c->arena, (pack_count(p) + 1) * sizeof *places), count = 0;
    for (uint32_t i = 0; pack_at(p, i, &key, &value); i++)
        if (text_equal(key, word)) { /* the id itself is meant */
            places[0] = i;
            count = 1;
            break;
        } else if (text_find(text_lower_in(c->arena, value), word) != SIZE_MAX) {
            places[count++] = i;
        }
    if (count == 0)
        return call_nothing(c, "没有这个许可证；请传 SPDX 标识如 MIT、Apache-2.0，或名称中的词",
                            "no such licence; send an SPDX id such as MIT or Apache-2.0, or a word of its name");
    struct paging page = page_of(c, ASKED_PAGE, count);
    reply_object(c, NULL);
    reply_page(c, &page);
    reply_list(c, "list");
    for (uint64_t i = page.from; i < page.until && pack_at(p, places[i], &key, &value); i++)
        reply_license(c, value);
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_license = {
    .path = "/api/license",
    .subject = "developer",
    .title = {"开源许可证查询", "Licences of software"},
    .says = {"按 SPDX 标识或名称中的词查软件许可证：全名、是否经 OSI 批准、正文地址。", "Licences of software by SPDX id or a word of the name: full name, whether OSI approved it, where its text stands."},
    .run = RUN_IN_WORKER(license),
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"SPDX 标识或词", "SPDX id or a word"}, 1, 80, .aliases = "q|name|word|keyword"}, ASK_PAGE, ASK_PAGE_SIZE(20, 100)),
    .gives = GIVES(GIVES_PAGE, {"list", GIVE_LIST, {"许可证", "The licences"}}, {"list[].id", GIVE_TEXT, {"SPDX 标识", "SPDX id"}},
                   {"list[].name", GIVE_TEXT, {"全名", "Full name"}}, {"list[].is_osi_approved", GIVE_BOOL, {"OSI 是否批准", "Did OSI approve it"}},
                   {"list[].url", GIVE_TEXT, {"正文地址", "Where its text stands"}}),
    .shows = SHOWS({"id=apache-2.0",
                    "{\"page\":1,\"page_size\":20,\"total\":1,\"pages\":1,\"list\":[{\"id\":\"Apache-2.0\""
                    ",\"name\":\"Apache License 2.0\",\"is_osi_approved\":true,\"url\":\"https://www.apac"
                    "he.org/licenses/LICENSE-2.0\"}]}", SHOW_EXACT}, {"id=mulan",
                    "{\"page\":1,\"page_size\":20,\"total\":2,\"pages\":1,\"list\":[{\"id\":\"MulanPSL-1."
                    "0\",\"name\":\"Mulan Permissive Software License, Version 1\",\"is_osi_approved\":fa"
                    "lse,\"url\":\"https://license.coscl.org.cn/MulanPSL/\"},{\"id\":\"MulanPSL-2.0\",\"n"
                    "ame\":\"Mulan Permissive Software License, Version 2\",\"is_osi_approved\":true,\"ur"
                    "l\":\"https://license.coscl.org.cn/MulanPSL2\"}]}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .needs = NEEDS(DATA_SPDX),
};
