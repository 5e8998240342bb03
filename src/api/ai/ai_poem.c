/* ai_poem.c: an acrostic poem. */
#include "api/connected.h"

const struct endpoint endpoint_ai_poem = {
    .path = "/api/ai/poem",
    .subject = "ai",
    .title = {"藏头诗生成", "An acrostic poem"},
    .says = {"用大模型写藏头诗，每句藏关键词的一个字。由模型生成，请自行核对。",
             "A language model writes a Chinese poem with a letter of the word in each line. It is made b"
             "y a machine: check it."},
    CONNECTED("chat"),
    .asks = ASKS({"keyword", ASK_TEXT, REQUIRED,
                  {"要藏的字，2 到 8 个", "The letters to hide, 2 to 8"}, 2, 8},
                 {"num", ASK_INT, OPTIONAL,
                  {"每句字数：5 或 7", "Characters of a line: 5 or 7"}, 5, 7, .fallback = "5"},
                 {"type", ASK_CHOICE, OPTIONAL,
                  {"藏在哪里：head 句首，tail 句尾，middle 句中", "Where they stand"},
                  .choices = "head=1=藏头|tail=2=藏尾|middle=3=藏中", .fallback = "head"},
                 {"rhyme", ASK_CHOICE, OPTIONAL,
                  {"押韵：1 双句一压，2 双句押韵，3 一三四押",
                   "How it rhymes: 1 each couplet, 2 even lines, 3 lines one, two and four"},
                  .choices = "1|2|3", .fallback = "1"}),
    .gives = GIVES({"keyword", GIVE_TEXT, {"藏的字", "The hidden letters"}},
                   {"poem", GIVE_TEXT, {"全诗，一句一行", "The poem, a line each"}},
                   {"list", GIVE_LIST, {"各句", "Its lines"}}),
    .shows = SHOWS({"keyword=%E6%98%A5%E5%92%8C%E6%99%AF%E6%98%8E",
                    "{\"keyword\":\"春和景明\",\"poem\":\"春风拂柳絮\\n和气满庭芳\\n景色晴光好\\n明朝花更"
                    "香\",\"list\":[\"春风拂柳絮\",\"和气满庭芳\",\"景色晴光好\",\"明朝花更香\"]}",
                    SHOW_LIVE}),
    .price_units = 5,
    .limit_ms = 60000,
    .is_personal = true,
};
