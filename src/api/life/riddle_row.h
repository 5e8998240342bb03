/* riddle_row.h: a riddle as three APIs answer it. */
#pragma once
#include "api/life/own_text.h"

enum { RIDDLE_KIND, RIDDLE_QUESTION, RIDDLE_ANSWER, RIDDLE_HINT };

static inline void riddle_reply(struct call *c, struct text value) {
    reply_object(c, NULL);
    reply_text(c, "title", pack_field(value, RIDDLE_HINT));
    reply_text(c, "content", pack_field(value, RIDDLE_QUESTION));
    reply_text(c, "answer", pack_field(value, RIDDLE_ANSWER));
    reply_end_object(c);
}
#define RIDDLE_GIVES(at)                                                                           \
    {at "title", GIVE_TEXT, {"谜目，如 打一字", "What is looked for"}},                            \
        {at "content", GIVE_TEXT, {"谜面", "The riddle"}}, {                                       \
        at "answer", GIVE_TEXT, {                                                                  \
            "谜底", "Its answer"                                                                   \
        }                                                                                          \
    }
