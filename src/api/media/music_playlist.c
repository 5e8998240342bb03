/* music_playlist.c: a playlist. */
#include "api/connected.h"

const struct endpoint endpoint_music_playlist = {
    .path = "/api/music/playlist",
    .subject = "music",
    .title = {"获取歌单列表", "A playlist"},
    .says = {"歌单的信息与曲目；曲目是来源自己的样子。",
             "A playlist and its songs, which are as the source gives them."},
    CONNECTED("music"),
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"歌单编号", "Number of the playlist"}, 1, 20}),
    .gives = GIVES({"id", GIVE_INT, {"编号", "Number"}},
                   {"name", GIVE_TEXT, {"名称", "Name"}},
                   {"description", GIVE_TEXT, {"说明", "Description"}},
                   {"image", GIVE_TEXT, {"封面", "Cover"}},
                   {"total", GIVE_INT, {"曲目数", "How many songs"}},
                   {"play_count", GIVE_INT, {"播放次数", "How often it was played"}},
                   {"tags", GIVE_LIST, {"标签", "Tags"}},
                   {"songs", GIVE_LIST, {"曲目", "The songs"}}),
    .shows = SHOWS({"id=1",
                    "{\"id\":1,\"name\":\"示例歌单\",\"description\":null,\"image\":\"https://example.com"
                    "/a.jpg\",\"total\":1,\"play_count\":10,\"tags\":[\"流行\"],\"songs\":[{\"id\":1,\"na"
                    "me\":\"示例歌曲\"}]}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 600,
};
