/* music_url.c: the address of a song. */
#include "api/connected.h"

const struct endpoint endpoint_music_url = {
    .path = "/api/music/url",
    .subject = "music",
    .title = {"网易云歌曲直链", "The address of a song"},
    .says = {"歌曲的播放网址，短时有效；只给有权收听的。cookie 只随这一次查询交给来源，不记录。",
             "The address to play a song from, good for a short time and only where one may listen. A coo"
             "kie goes to the source with this one question and is not written down."},
    CONNECTED("music"),
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"歌曲编号", "Number of the song"}, 1, 20},
                 {"cookie", ASK_TEXT, OPTIONAL,
                  {"自己的登录 cookie，会员歌曲才需要", "One's own cookie, for songs of members only"},
                  1, 2000}),
    .gives = GIVES({"id", GIVE_INT, {"歌曲编号", "Number of the song"}},
                   {"url", GIVE_TEXT,
                    {"播放网址，无权收听时为 null", "Address; null where one may not listen"}},
                   {"bitrate", GIVE_INT, {"码率", "Bits a second"}},
                   {"size", GIVE_INT, {"大小，字节", "Size, bytes"}},
                   {"type", GIVE_TEXT, {"格式", "Form"}},
                   {"expires_s", GIVE_INT, {"有效秒数", "Good for so many seconds"}}),
    .shows = SHOWS({"id=1",
                    "{\"id\":1,\"url\":\"https://example.com/a.mp3\",\"bitrate\":320000,\"size\":9000000,"
                    "\"type\":\"mp3\",\"expires_s\":1200}",
                    SHOW_LIVE}),
    .price_units = 1,
    .is_personal = true,
};
