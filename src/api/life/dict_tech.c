/* dict_tech.c: an entry of the Jargon File; one by chance if no word is sent. */
#include "call/ask.h"
#include "call/reply.h"
#include "data/data.h"
#include "data/range.h"

enum { ASKED_WORD };

static struct err dict_tech(struct call *c) {
    const struct pack *p = data_pack(c->data, DATA_DICTIONARIES);
    struct text key, value, word = text_lower_in(c->arena, text_trim(ask_text(c, ASKED_WORD)));
    bool is_found =
        ask_has(c, ASKED_WORD)
            ? pack_find(p, text_format_in(c->arena, "jargon:%.*s", TEXT_ARG(word)), &value)
            : range_draw(p, range_of(p, TEXT("jargon:")), c->random, &key, &value);
    if (!is_found)
        return call_nothing(c, "没有这个词条；不传 word 则随机返回一条",
                            "no such entry; without word you get one by chance");
    reply_object(c, NULL);
    reply_text(c, "word", pack_field(value, 0));
    reply_text(c, "text", pack_field(value, 1));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_dict_tech = {
    .path = "/api/dict/tech",
    .subject = "language",
    .title = {"黑客行话词典", "The Jargon File"},
    .says = {"查《黑客行话大全》（Jargon File 4.4.7，公有领域，英文）中的词条，两千余条。不传 word "
             "则随机返回一条。",
             "An entry of the Jargon File 4.4.7 (public domain), of more than 2,000. Without a "
             "word one by chance."},
    .run = dict_tech,
    .asks = ASKS({"word",
                  ASK_TEXT,
                  OPTIONAL,
                  {"词条（英文）", "The headword"},
                  1,
                  60,
                  .aliases = "keyword|q"}),
    .gives = GIVES({"word", GIVE_TEXT, {"词条", "Headword"}},
                   {"text", GIVE_TEXT, {"英文解释，含换行", "The entry, with line ends"}}),
    .shows = SHOWS({"word=foo",
                    "{\"word\":\"foo\",\"text\":\"foo\\n /foo/\\n\\n    1. interj. Term of "
                    "disgust.\\n\\n    2. [very c"
                    "ommon] Used very generally as a sample name for absolutely\\n    anything, "
                    "esp. programs and files"
                    " (esp. scratch files).\\n\\n    3. First on the standard list of "
                    "{metasyntactic variable}s used in"
                    " syntax\\n    examples. See also {bar}, {baz}, {qux}, {quux}, {garply}, "
                    "{waldo}, {fred},\\n    {pl"
                    "ugh}, {xyzzy}, {thud}.\\n\\n    When ‘foo’ is used in connection with ‘bar’ "
                    "it has generally trace"
                    "d to the\\n    WWII-era Army slang acronym {FUBAR} (‘Fucked Up Beyond All "
                    "Repair’ or\\n    ‘Fucked"
                    " Up Beyond All Recognition’), later modified to {foobar}. Early\\n    "
                    "versions of the Jargon File "
                    "interpreted this change as a post-war\\n    bowdlerization, but it it now "
                    "seems more likely that F"
                    "UBAR was itself a\\n    derivative of ‘foo’ perhaps influenced by German "
                    "furchtbar (terrible) —\\n"
                    "    ‘foobar’ may actually have been the original form.\\n\\n    For, it "
                    "seems, the word ‘foo’ itse"
                    "lf had an immediate prewar history in\\n    comic strips and cartoons. The "
                    "earliest documented use"
                    "s were in the Smokey\\n    Stover comic strip published from about 1930 to "
                    "about 1952. Bill Holman"
                    ",\\n    the author of the strip, filled it with odd jokes and personal\\n    "
                    "contrivances, includi"
                    "ng other nonsense phrases such as “Notary Sojac” and “\\n    1506 nix nix”. "
                    "The word “foo” frequen"
                    "tly appeared on license plates of\\n    cars, in nonsense sayings in the "
                    "background of some frames"
                    " (such as “He who\\n    foos last foos best” or “Many smoke but foo men "
                    "chew”), and Holman had\\n "
                    "   Smokey say “Where there's foo, there's fire”.\\n\\n    According to the "
                    "Warner Brothers Cartoon"
                    " Companion Holman claimed to have\\n    found the word “foo” on the bottom of "
                    "a Chinese figurine. "
                    "This is\\n    plausible; Chinese statuettes often have apotropaic "
                    "inscriptions, and this\\n    one"
                    " was almost certainly the Mandarin Chinese word fu (sometimes\\n    "
                    "transliterated foo), which can"
                    " mean “happiness” or “prosperity” when spoken\\n    with the rising tone (the "
                    "lion-dog guardians f"
                    "lanking the steps of many\\n    Chinese restaurants are properly called “fu "
                    "dogs”). English speake"
                    "rs'\\n    reception of Holman's ‘foo’ nonsense word was undoubtedly "
                    "influenced by\\n    Yiddish ‘f"
                    "eh’ and English ‘fooey’ and ‘fool’.\\n\\n    Holman's strip featured a "
                    "firetruck called the Foomob"
                    "ile that rode on two\\n    wheels. The comic strip was tremendously popular "
                    "in the late 1930s, and"
                    "\\n    legend has it that a manufacturer in Indiana even produced an "
                    "operable\\n    version of Hol"
                    "man's Foomobile. According to the Encyclopedia of American\\n    Comics, "
                    "‘Foo’ fever swept the U.S"
                    "., finding its way into popular songs and\\n    generating over 500 ‘Foo "
                    "Clubs.’ The fad left ‘foo"
                    "’ references embedded in\\n    popular culture (including a couple of "
                    "appearances in Warner Brothe"
                    "rs\\n    cartoons of 1938-39; notably in Robert Clampett's “Daffy Doc” of "
                    "1938, in\\n    which a v"
                    "ery early version of Daffy Duck holds up a sign saying “SILENCE IS\\n    "
                    "FOO!”) When the fad faded"
                    ", the origin of “foo” was forgotten.\\n\\n    One place “foo” is known to "
                    "have remained live is in"
                    " the U.S. military\\n    during the WWII years. In 1944-45, the term ‘foo "
                    "fighters’ was in use by"
                    "\\n    radar operators for the kind of mysterious or spurious trace that "
                    "would\\n    later be call"
                    "ed a UFO (the older term resurfaced in popular American usage\\n    in 1995 "
                    "via the name of one of"
                    " the better grunge-rock bands). Because\\n    informants connected the term "
                    "directly to the Smokey"
                    " Stover strip, the folk\\n    etymology that connects it to French “feu” "
                    "(fire) can be gently dism"
                    "issed.\\n\\n    The U.S. and British militaries frequently swapped slang "
                    "terms during the\\n    wa"
                    "r (see {kluge} and {kludge} for another important example) Period sources\\n  "
                    "  reported that ‘FOO"
                    "’ became a semi-legendary subject of WWII British-army\\n    graffiti more or "
                    "less equivalent to t"
                    "he American Kilroy. Where British\\n    troops went, the graffito “FOO was "
                    "here” or something simi"
                    "lar showed up.\\n    Several slang dictionaries aver that FOO probably came "
                    "from Forward\\n    Obs"
                    "ervation Officer, but this (like the contemporaneous “FUBAR”) was\\n    "
                    "probably a {backronym} . F"
                    "orty years later, Paul Dickson's excellent book “\\n    Words” (Dell, 1982, "
                    "ISBN 0-440-52260-7) tr"
                    "aced “Foo” to an unspecified\\n    British naval magazine in 1946, quoting as "
                    "follows: “Mr. Foo is"
                    " a\\n    mysterious Second World War product, gifted with bitter omniscience "
                    "and\\n    sarcasm.”\\"
                    "n\\n    Earlier versions of this entry suggested the possibility that hacker "
                    "usage\\n    actually "
                    "sprang from FOO, Lampoons and Parody, the title of a comic book\\n    first "
                    "issued in September 19"
                    "58, a joint project of Charles and Robert\\n    Crumb. Though Robert Crumb "
                    "(then in his mid-teens)"
                    " later became one of the\\n    most important and influential artists in "
                    "underground comics, this "
                    "venture\\n    was hardly a success; indeed, the brothers later burned most of "
                    "the\\n    existing c"
                    "opies in disgust. The title FOO was featured in large letters on\\n    the "
                    "front cover. However, v"
                    "ery few copies of this comic actually\\n    circulated, and students of "
                    "Crumb's oeuvre have establ"
                    "ished that this title\\n    was a reference to the earlier Smokey Stover "
                    "comics. The Crumbs may al"
                    "so\\n    have been influenced by a short-lived Canadian parody magazine named "
                    "‘Foo’\\n    publishe"
                    "d in 1951-52.\\n\\n    An old-time member reports that in the 1959 Dictionary "
                    "of the TMRC Language"
                    "\\n    , compiled at {TMRC}, there was an entry that went something like "
                    "this:\\n\\n        FOO: T"
                    "he first syllable of the sacred chant phrase “FOO MANE PADME HUM.\\n        ” "
                    "Our first obligation"
                    " is to keep the foo counters turning.\\n\\n    (For more about the legendary "
                    "foo counters, see {TM"
                    "RC}.) This definition\\n    used Bill Holman's nonsense word, then only two "
                    "decades old and\\n    "
                    "demonstrably still live in popular culture and slang, to a {ha ha only\\n    "
                    "serious} analogy with"
                    " esoteric Tibetan Buddhism. Today's hackers would find\\n    it difficult to "
                    "resist elaborating a "
                    "joke like that, and it is not likely\\n    1959's were any less susceptible. "
                    "Almost the entire sta"
                    "ff of what later\\n    became the MIT AI Lab was involved with TMRC, and the "
                    "word spread from\\n  "
                    "  there.\"}",
                    SHOW_SHAPE},
                   {"word=yak%20shaving",
                    "{\"word\":\"yak shaving\",\"text\":\"yak shaving\\n\\n\\n    [MIT AI Lab, "
                    "after 2000: orig. probab"
                    "ly from a Ren & Stimpy episode.] Any\\n    seemingly pointless activity which "
                    "is actually necessar"
                    "y to solve a problem\\n    which solves a problem which, several levels of "
                    "recursion later, solves"
                    " the\\n    real problem you're working on.\"}",
                    SHOW_EXACT}),
    .lane = LANE_INLINE,
    .price_units = 1,
    .needs = NEEDS(DATA_DICTIONARIES),
};
