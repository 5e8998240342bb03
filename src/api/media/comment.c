/* comment.c: a comment on a song. */
#include "api/connected.h"

const struct endpoint endpoint_comment = {
    .path = "/api/comment",
    .subject = "music",
    .title = {"网易云乐评", "A comment on a song"},
    .says = {"随机一条热门乐评。来源没有的字段为 null；评论不留存。",
             "A liked comment on some song. What the source has not is null; nothing is kept."},
    CONNECTED("music"),
    .gives = GIVES({"song_id", GIVE_INT, {"歌曲编号", "Number of the song"}},
                   {"title", GIVE_TEXT, {"歌名", "Its title"}},
                   {"image", GIVE_TEXT, {"封面", "Cover"}},
                   {"author", GIVE_TEXT, {"歌手", "Singer"}},
                   {"album", GIVE_TEXT, {"专辑", "Album"}},
                   {"description", GIVE_TEXT, {"说明", "Description"}},
                   {"mp3_url", GIVE_TEXT, {"试听网址", "Address to listen"}},
                   {"published_date", GIVE_TEXT, {"发行日期", "Published"}},
                   {"comment_id", GIVE_INT, {"评论编号", "Number of the comment"}},
                   {"comment_user_id", GIVE_INT, {"评论者编号", "Number of its author"}},
                   {"comment_nickname", GIVE_TEXT, {"评论者昵称", "Its author"}},
                   {"comment_avatar_url", GIVE_TEXT, {"评论者头像", "The author's picture"}},
                   {"comment_liked_count", GIVE_INT, {"赞", "Likes"}},
                   {"comment_content", GIVE_TEXT, {"评论", "The comment"}},
                   {"comment_published_date", GIVE_TEXT, {"评论时间", "When it was written"}}),
    .shows = SHOWS({"",
                    "{\"song_id\":null,\"title\":\"示例歌曲\",\"image\":\"https://example.com/a.jpg\",\"a"
                    "uthor\":\"示例歌手\",\"album\":null,\"description\":null,\"mp3_url\":\"https://examp"
                    "le.com/a.mp3\",\"published_date\":null,\"comment_id\":null,\"comment_user_id\":null,"
                    "\"comment_nickname\":\"示例听众\",\"comment_avatar_url\":\"https://example.com/b.jpg"
                    "\",\"comment_liked_count\":null,\"comment_content\":\"听着听着就安静了。\",\"comment"
                    "_published_date\":null}",
                    SHOW_LIVE}),
    .price_units = 1,
    .is_personal = true,
};
