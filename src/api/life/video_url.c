/* video_url.c: what a link to a short video holds. */
#include "api/connected.h"

const struct endpoint endpoint_video_url = {
    .path = "/api/video/url",
    .subject = "life",
    .title = {"短视频解析", "What a link to a short video holds"},
    .says = {"解析短视频分享链接，得到标题、封面、视频、图集或音频的地址。版权属于作者，"
             "使用前须得其许可。",
             "Title, cover, video, pictures or sound behind the shared link of a short vi"
             "deo. They belong to their author, whose leave is needed."},
    CONNECTED("media"),
    .asks = ASKS({"url", ASK_TEXT, REQUIRED, {"分享链接", "The shared link"}, 4, 2000}),
    .gives = GIVES({"title", GIVE_TEXT, {"标题", "Title"}},
                   {"video_url", GIVE_TEXT, {"视频地址", "Address of the video"}},
                   {"cover_url", GIVE_TEXT, {"封面地址", "Address of the cover"}},
                   {"type", GIVE_TEXT, {"类型：video 或 pics", "video or pics"}},
                   {"pics", GIVE_LIST, {"图集", "Pictures"}},
                   {"audio", GIVE_TEXT, {"音频地址", "Address of the sound"}}),
    .shows = SHOWS({"url=https%3A//v.example.com/abc/",
                    "{\"title\":\"示例\",\"video_url\":\"https://v.example.com/a.mp4\",\"cover_url\":"
                    "\"https://v.example.com/a.jpg\",\"type\":\"video\",\"pics\":[],\"audio\":null}",
                    SHOW_LIVE}),
    .price_units = 3,
    .keep_s = 600,
};
