/* mryw_random.c: an essay by chance. */
#include "api/life/mryw_row.h"

static struct err mryw_random(struct call *c) {
    struct text key, value;
    if (!range_draw(data_pack(c->data, DATA_CLASSICS), essays(c), c->random, &key, &value))
        return call_nothing(c, "没有文章", "there are no essays");
    mryw_reply(c, key, value, true);
    return ok;
}

const struct endpoint endpoint_mryw_random = {
    .path = "/api/mryw/random",
    .subject = "life",
    .title = {"随机美文", "An essay by chance"},
    .says = {"随机返回《古文观止》中的一篇。", "A piece of the Guwen Guanzhi by chance."},
    .run = mryw_random,
    .asks = ASKS({0}),
    .gives = GIVES(MRYW_GIVES(""),
                   {"content",
                    GIVE_TEXT,
                    {"正文，段落以换行分隔", "The text; paragraphs are parted by line ends"}}),
    .shows = SHOWS({"",
                    "{\"id\":\"o102\",\"title\":\"诫兄子严敦书\",\"author\":\"马援\",\"dynasty\":"
                    "\"两汉\",\"content\":"
                    "\"援兄子严、敦，并喜讥议，而通轻侠客。援前在交趾，还书诫之曰：“吾欲汝曹闻人过"
                    "失，如闻父母之名：耳可"
                    "得闻，口不可得言也。好议论人长短，妄是非正法，此吾所大恶也：宁死，不愿闻子孙有"
                    "此行也。汝曹知吾恶之"
                    "甚矣，所以复言者，施衿结缡，申父母之戒，欲使汝曹不忘之耳！\\n“龙伯高敦厚周慎，"
                    "口无择言，谦约节俭，"
                    "廉公有威。吾爱之重之，愿汝曹效之。杜季良豪侠好义，忧人之忧，乐人之乐，清浊无所"
                    "失。父丧致客，数郡毕"
                    "至。吾爱之重之，不愿汝曹效也。效伯高不得，犹为谨敕之士，所谓‘刻鹄不成尚类鹜’者"
                    "也。效季良不得，陷为"
                    "天下轻薄子，所谓‘画虎不成反类狗’者也。讫今季良尚未可知，郡将下车辄切齿，州郡以"
                    "为言，吾常为寒心，是"
                    "以不愿子孙效也。”\"}",
                    SHOW_SHAPE}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_CLASSICS),
};
