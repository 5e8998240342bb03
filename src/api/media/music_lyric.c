/* music_lyric.c: the words of a song. */
#include "api/connected.h"

const struct endpoint endpoint_music_lyric = {
    .path = "/api/music/lyric",
    .subject = "music",
    .title = {"歌词获取", "The words of a song"},
    .says = {"歌词，LRC 格式。版权归作者。",
             "The words of a song, as LRC. They belong to their author."},
    CONNECTED("music"),
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"歌曲编号", "Number of the song"}, 1, 20}),
    .gives = GIVES({"lyric", GIVE_TEXT, {"歌词", "The words"}}),
    .shows = SHOWS({"id=1",
                    "{\"lyric\":\"[00:00.00]示例歌词\"}",
                    SHOW_LIVE}),
    .price_units = 1,
    .keep_s = 3600,
};
