/* doutu.c: search for stickers. */
#include "api/connected.h"

const struct endpoint endpoint_doutu = {
    .path = "/api/doutu",
    .subject = "media",
    .title = {"表情包搜索", "Search for stickers"},
    .says = {"按关键词搜表情图。版权归作者。",
             "Finds stickers by a word. They belong to their authors."},
    CONNECTED("sticker"),
    .asks = ASKS({"keyword", ASK_TEXT, REQUIRED, {"关键词", "The word"}, 1, 50},
                 {"page", ASK_INT, OPTIONAL, {"第几页", "Which page"}, 1, 200, .fallback = "1"}),
    .gives = GIVES({"[].url", GIVE_TEXT, {"图片", "The picture"}},
                   {"[].title", GIVE_TEXT, {"标题", "Title"}},
                   {"[].is_gif", GIVE_BOOL, {"是否动图", "Does it move?"}}),
    .shows = SHOWS({"keyword=%E5%BC%80%E5%BF%83",
                    "[{\"url\":\"https://example.com/1.gif\",\"title\":null,\"is_gif\":true}]",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 600,
};
