/* music_search.c: search for songs. */
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE /* nginx has no connect/ */

enum { ASKED_KEYWORD, ASKED_LIMIT, ASKED_PAGE };

static struct err music_search(struct call *c) {
    long long offset = (ask_int(c, ASKED_PAGE) - 1) * ask_int(c, ASKED_LIMIT);
    struct named_value made = {TEXT("page.offset"), text_format_in(c->arena, "%lld", offset)};
    return connector_run_with(c, &made, 1);
}

#endif

const struct endpoint endpoint_music_search = {
    .path = "/api/music/search",
    .subject = "music",
    .title = {"歌曲搜索", "Search for songs"},
    .says = {"按关键词搜歌曲、专辑、歌手或歌单；条目是来源自己的样子。",
             "Finds songs, albums, singers or playlists; the items are as the source gives them."},
    CONNECTED_BY("music", music_search),
    .asks = ASKS({"keyword", ASK_TEXT, REQUIRED, {"关键词", "The words"}, 1, 60},
                 {"limit", ASK_INT, OPTIONAL, {"每页几条", "How many on a page"}, 1, 100, .fallback = "20"},
                 {"page", ASK_INT, OPTIONAL, {"第几页", "Which page"}, 1, 500, .fallback = "1"},
                 {"type", ASK_CHOICE, OPTIONAL,
                  {"搜什么：1 单曲，10 专辑，100 歌手，1000 歌单",
                   "What: 1 songs, 10 albums, 100 singers, 1000 playlists"},
                  .choices = "1|10|100|1000", .fallback = "1"}),
    .gives = GIVES({"songs", GIVE_LIST, {"歌曲", "Songs"}},
                   {"albums", GIVE_LIST, {"专辑", "Albums"}},
                   {"artists", GIVE_LIST, {"歌手", "Singers"}},
                   {"playlists", GIVE_LIST, {"歌单", "Playlists"}},
                   {"total", GIVE_INT, {"共有几条", "How many there are"}}),
    .shows = SHOWS({"keyword=%E7%A4%BA%E4%BE%8B",
                    "{\"songs\":[{\"id\":1,\"name\":\"示例歌曲\"}],\"albums\":[],\"artists\":[],\"playlis"
                    "ts\":[],\"total\":1}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 600,
};
