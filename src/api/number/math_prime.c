/* math_prime.c: is a number prime, and what are its prime factors. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/prime.h"

enum { ASKED_NUMBER };

static struct err math_prime(struct call *c) {
    uint64_t n;
    struct prime_factor factors[PRIME_FACTORS_MOST];
    if (!text_to_u64(text_trim(ask_text(c, ASKED_NUMBER)), &n) || n < 1)
        return call_invalid(c, ASKED_NUMBER, "请传 1 到 18446744073709551615 的整数",
                            "send a whole number from 1 to 18446744073709551615");
    unsigned count = prime_factors(n, factors);
    reply_object(c, NULL);
    reply_text(c, "number", text_format_in(c->arena, "%llu", (unsigned long long)n));
    reply_bool(c, "is_prime", count == 1 && factors[0].power == 1);
    reply_list(c, "factors");
    for (unsigned i = 0; i < count; i++) {
        reply_object(c, NULL);
        reply_text(c, "prime",
                   text_format_in(c->arena, "%llu", (unsigned long long)factors[i].prime));
        reply_int(c, "power", factors[i].power);
        reply_end_object(c);
    }
    reply_end_list(c);
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_math_prime = {
    .path = "/api/math/prime",
    .subject = "number",
    .title = {"质数判断与分解", "Primes and factors"},
    .says =
        {"判断 64 位整数是不是质数，并分解质因数。数值以文本返回，因为许多语言的数字放不下 64 位。",
         "Tells whether a number of 64 bits is prime, and its prime factors. Numbers are answered "
         "as text, since those of many "
         "languages do not hold 64 bits."},
    .run = RUN_IN_WORKER(math_prime),
    .asks =
        ASKS({"number",
              ASK_TEXT,
              REQUIRED,
              {"1 到 18446744073709551615 的整数", "A whole number from 1 to 18446744073709551615"},
              1,
              24,
              .aliases = "num|n"}),
    .gives =
        GIVES({"number", GIVE_TEXT, {"整数", "The number"}},
              {"is_prime", GIVE_BOOL, {"是不是质数", "Is it prime?"}},
              {"factors",
               GIVE_LIST,
               {"质因数，从小到大；1 没有质因数", "The prime factors, smallest first; 1 has none"}},
              {"factors[].prime", GIVE_TEXT, {"质数", "A prime"}},
              {"factors[].power", GIVE_INT, {"次数", "How often it divides"}}),
    .shows = SHOWS({"number=360",
                    "{\"number\":\"360\",\"is_prime\":false,\"factors\":[{\"prime\":\"2\","
                    "\"power\":3},{\"prime\":\"3\",\"power\":2},"
                    "{\"prime\":\"5\",\"power\":1}]}",
                    SHOW_EXACT},
                   {"number=18446744073709551557",
                    "{\"number\":\"18446744073709551557\",\"is_prime\":true,\"factors\":[{"
                    "\"prime\":\"18446744073709551557\",\"power\":1}]}",
                    SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "Miller-Rabin with the bases that decide 64 bits (Sorenson and Webster 2015); "
                 "Pollard's rho (1975)",
};
