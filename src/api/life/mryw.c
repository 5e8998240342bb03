/* mryw.c: the essay of the day, the same for everybody in China; or the one with an id. */
#include "api/life/mryw_row.h"

enum { ASKED_ID };

static struct err mryw(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_CLASSICS);
    struct range all = essays(c);
    struct text key, value;
    if (ask_has(c, ASKED_ID)) {
        key = ask_text(c, ASKED_ID);
        if (key.bytes[0] != 'o' || !pack_find(p, key, &value))
            return call_invalid(c, ASKED_ID, "没有这一篇，编号见 /api/mryw/list",
                                "no such essay; /api/mryw/list has the ids");
    } else if (all.from == all.until ||
               !pack_at(p,
                        all.from + (uint32_t)(clock_china_day(c->now_ms) % (all.until - all.from)),
                        &key, &value)) {
        return call_nothing(c, "没有文章", "there are no essays");
    }
    mryw_reply(c, key, value, true);
    return ok;
}

const struct endpoint endpoint_mryw = {
    .path = "/api/mryw",
    .subject = "life",
    .title = {"每日一文", "Essay of the day"},
    .says = {"每天一篇古文，出自《古文观止》的二百二十二篇，按北京时间的日期轮换；传 id "
             "可取指定的一篇。",
             "An essay a day from the Guwen Guanzhi (222 pieces of classical prose), changing at "
             "midnight in China; with id a certain one."},
    .run = mryw,
    .asks = ASKS({"id", ASK_TEXT, OPTIONAL, {"编号，如 o001", "Id, such as o001"}, 4, 4}),
    .gives = GIVES(MRYW_GIVES(""),
                   {"content",
                    GIVE_TEXT,
                    {"正文，段落以换行分隔", "The text; paragraphs are parted by line ends"}}),
    .shows = SHOWS({"",
                    "{\"id\":\"o118\",\"title\":\"阿房宫赋\",\"author\":\"杜牧\",\"dynasty\":"
                    "\"唐代\",\"content\":\"六王"
                    "毕，四海一，蜀山兀，阿房出。覆压三百余里，隔离天日。骊山北构而西折，直走咸阳。"
                    "二川溶溶，流入宫墙。"
                    "五步一楼，十步一阁；廊腰缦回，檐牙高啄；各抱地势，钩心斗角。盘盘焉，囷囷焉，蜂"
                    "房水涡，矗不知其几千"
                    "万落。长桥卧波，未云何龙？复道行空，不霁何虹？高低冥迷，不知西东。歌台暖响，春"
                    "光融融；舞殿冷袖，风"
                    "雨凄凄。一日之内，一宫之间，而气候不齐。(不知乎 一作：不知其；西东 "
                    "一作：东西)\\n妃嫔媵嫱，王子皇孙"
                    "，辞楼下殿，辇来于秦，朝歌夜弦，为秦宫人。明星荧荧，开妆镜也；绿云扰扰，梳晓鬟"
                    "也；渭流涨腻，弃脂水"
                    "也；烟斜雾横，焚椒兰也。雷霆乍惊，宫车过也；辘辘远听，杳不知其所之也。一肌一容"
                    "，尽态极妍，缦立远视"
                    "，而望幸焉。有不见者，三十六年。(有不见者 "
                    "一作：有不得见者)燕赵之收藏，韩魏之经营，齐楚之精英，几世"
                    "几年，剽掠其人，倚叠如山。一旦不能有，输来其间。鼎铛玉石，金块珠砾，弃掷逦迤，"
                    "秦人视之，亦不甚惜。"
                    "\\n嗟乎！一人之心，千万人之心也。秦爱纷奢，人亦念其家。奈何取之尽锱铢，用之如"
                    "泥沙！使负栋之柱，多于"
                    "南亩之农夫；架梁之椽，多于机上之工女；钉头磷磷，多于在庾之粟粒；瓦缝参差，多于"
                    "周身之帛缕；直栏横槛"
                    "，多于九土之城郭；管弦呕哑，多于市人之言语。使天下之人，不敢言而敢怒。独夫之心"
                    "，日益骄固。戍卒叫，"
                    "函谷举，楚人一炬，可怜焦土！\\n呜呼！灭六国者六国也，非秦也；族秦者秦也，非天"
                    "下也。嗟乎！使六国各爱"
                    "其人，则足以拒秦；使秦复爱六国之人，则递三世可至万世而为君，谁得而族灭也？秦人"
                    "不暇自哀，而后人哀之"
                    "；后人哀之而不鉴之，亦使后人而复哀后人也。\"}",
                    SHOW_EXACT},
                   {"id=o198",
                    "{\"id\":\"o198\",\"title\":\"黄州快哉亭记\",\"author\":\"苏辙\",\"dynasty\":"
                    "\"宋代\",\"content\":"
                    "\"江出西陵，始得平地，其流奔放肆大。南合沅、湘 "
                    "，北合汉沔，其势益张。至于赤壁之下，波流浸灌，与海相"
                    "若。清河张君梦得谪居齐安，即其庐之西南为亭，以览观江流之胜，而余兄子瞻名之曰“"
                    "快哉”。\\n盖亭之所见，"
                    "南北百里，东西一舍。涛澜汹涌，风云开阖。昼则舟楫出没于其前，夜则鱼龙悲啸于其下"
                    "。变化倏忽，动心骇目"
                    "，不可久视。今乃得玩之几席之上，举目而足。西望武昌诸山，冈陵起伏，草木行列，烟"
                    "消日出。渔夫樵父之舍"
                    "，皆可指数。此其所以为“快哉”者也。至于长洲之滨，故城之墟。曹孟德、孙仲谋之所睥"
                    "睨，周瑜、陆逊之所骋"
                    "骛。其流风遗迹，亦足以称快世俗。\\n昔楚襄王从宋玉、景差于兰台之宫，有风飒然至"
                    "者，王披襟当之，曰：“"
                    "快哉此风！寡人所与庶人共者耶？”宋玉曰：“此独大王之雄风耳，庶人安得共之！”玉之"
                    "言盖有讽焉。夫风无雌雄"
                    "之异，而人有遇，不遇之变；楚王之所以为乐，与庶人之所以为忧，此则人之变也，而风"
                    "何与焉？士生于世，使"
                    "其中不自得，将何往而非病？使其中坦然，不以物伤性，将何适而非快？今张君不以谪为"
                    "患，窃会计之余功，而"
                    "自放山水之间，此其中宜有以过人者。将蓬户瓮牖无所不快；而况乎濯长江之清流，揖西"
                    "山之白云 ，穷耳目之胜"
                    "以自适也哉！不然，连山绝壑，长林古木，振之以清风，照之以明月，此皆骚人思士之所"
                    "以悲伤憔悴而不能胜者"
                    "，乌睹其为快也哉！\\n元丰六年十一月朔日，赵郡苏辙记。\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_CLASSICS),
};
