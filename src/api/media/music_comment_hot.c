/* music_comment_hot.c: liked comments on a song. */
#include "api/connected.h"

const struct endpoint endpoint_music_comment_hot = {
    .path = "/api/music/comment/hot",
    .subject = "music",
    .title = {"获取歌曲热评", "Liked comments on a song"},
    .says = {"歌曲的热门评论。评论不留存。",
             "The most liked comments on a song. Nothing of them is kept."},
    CONNECTED("music"),
    .asks = ASKS({"id", ASK_TEXT, REQUIRED, {"歌曲编号", "Number of the song"}, 1, 20}),
    .gives = GIVES({"total", GIVE_INT, {"热评数", "How many there are"}},
                   {"comments", GIVE_LIST, {"热评", "The comments"}},
                   {"comments[].id", GIVE_INT, {"编号", "Number"}},
                   {"comments[].content", GIVE_TEXT, {"内容", "What it says"}},
                   {"comments[].nickname", GIVE_TEXT, {"昵称", "Its author"}},
                   {"comments[].avatar", GIVE_TEXT, {"头像", "The author's picture"}},
                   {"comments[].likes", GIVE_INT, {"赞", "Likes"}},
                   {"comments[].time", GIVE_TEXT, {"时间", "When"}}),
    .shows = SHOWS({"id=1",
                    "{\"total\":1,\"comments\":[{\"id\":1,\"content\":\"听着听着就安静了。\",\"nickname\""
                    ":\"示例听众\",\"avatar\":\"https://example.com/b.jpg\",\"likes\":100,\"time\":\"2024"
                    "-06-01 12:00:00\"}]}",
                    SHOW_LIVE}),
    .price_units = 1,
    .is_personal = true,
};
