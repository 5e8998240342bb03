/* hash.c: digests of a text or a file, all of them or one. */
#include "call/ask.h"
#include "call/reply.h"
#include "codec/base64.h"
#include "codec/crc32.h"
#include "codec/digest.h"

enum { ASKED_TEXT, ASKED_FILE, ASKED_TYPE, ASKED_ENCODING };

static const char *const names[] = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512_224", "sha512_256",
                                    "sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s", "ripemd160", "sm3"};

static uint32_t adler32(struct text t) {
    uint32_t low = 1, high = 0;
    for (size_t i = 0; i < t.length; i++) {
        low = (low + (unsigned char)t.bytes[i]) % 65521;
        high = (high + low) % 65521;
    }
    return high << 16 | low;
}

static uint64_t fnv1a64(struct text t) {
    uint64_t hash = 14695981039346656037ull;
    for (size_t i = 0; i < t.length; i++)
        hash = (hash ^ (unsigned char)t.bytes[i]) * 1099511628211ull;
    return hash;
}

static bool is_wanted(const struct call *c, const char *name) {
    return ask_is(c, ASKED_TYPE, "all") || ask_is(c, ASKED_TYPE, name);
}

static struct err reply_digest(struct call *c, const char *name, struct text bytes) {
    struct digest d;
    if (!digest_of(text_c(name), bytes, &d))
        return err_make(ERR_INTERNAL, "OpenSSL refused the digest");
    struct text raw = text_of((const char *)d.bytes, d.length);
    reply_text(c, name, ask_is(c, ASKED_ENCODING, "hex") ? hex_encode_in(c->arena, raw) : base64_encode_in(c->arena, raw));
    return ok;
}

static struct err hash(struct call *c) {
    struct text bytes = ask_has(c, ASKED_FILE) ? ask_text(c, ASKED_FILE) : ask_text(c, ASKED_TEXT);
    if (!ask_has(c, ASKED_FILE) && !ask_has(c, ASKED_TEXT)) {
        c->parameter = TEXT("text");
        return call_failed(c, ERR_PARAMETER_MISSING, "请传 text 或 file", "send text or file");
    }
    reply_object(c, NULL);
    reply_int(c, "bytes", (int64_t)bytes.length);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_wanted(c, names[i]))
            try(reply_digest(c, names[i], bytes));
    if (is_wanted(c, "crc32"))
        reply_text(c, "crc32", text_format_in(c->arena, "%08x", (unsigned)crc32_of(bytes)));
    if (is_wanted(c, "adler32"))
        reply_text(c, "adler32", text_format_in(c->arena, "%08x", (unsigned)adler32(bytes)));
    if (is_wanted(c, "fnv1a64"))
        reply_text(c, "fnv1a64", text_format_in(c->arena, "%016llx", (unsigned long long)fnv1a64(bytes)));
    reply_end_object(c);
    return ok;
}

const struct endpoint endpoint_hash = {
    .path = "/api/hash",
    .subject = "developer",
    .title = {"哈希计算", "Digests"},
    .says = {"计算文本或文件的摘要：MD5、SHA-1、SHA-2、SHA-3、BLAKE2、RIPEMD-160、国密 SM3，以及 CRC-32、Adler-32、FNV-1a。"
             "MD5 与 SHA-1 只用于核对，不要用于签名。",
             "Digests of a text or a file: MD5, SHA-1, SHA-2, SHA-3, BLAKE2, RIPEMD-160, SM3, and CRC-32, Adler-32 and FNV-1a. "
             "MD5 and SHA-1 are for comparing only, not for signatures."},
    .run = RUN_IN_WORKER(hash),
    .asks = ASKS({"text", ASK_TEXT, OPTIONAL, {"文本，按 UTF-8", "The text, as UTF-8"}, 1, 100000, .aliases = "content"},
                 {"file", ASK_FILE, OPTIONAL, {"文件或 base64，优先于 text", "A file or base64; goes before text"}, 0, 1048576},
                 {"type", ASK_CHOICE, OPTIONAL, {"算法", "Algorithm"},
                  .choices = "all|md5|sha1|sha224|sha256|sha384|sha512|sha512_224|sha512_256|sha3_224|sha3_256|sha3_384|"
                             "sha3_512|blake2b|blake2s|ripemd160|sm3|crc32|adler32|fnv1a64", .fallback = "all",
                  .aliases = "algorithm|algo"},
                 {"encoding", ASK_CHOICE, OPTIONAL, {"摘要的写法", "How digests are written"}, .choices = "hex|base64", .fallback = "hex"}),
    .gives = GIVES({"bytes", GIVE_INT, {"字节数", "Bytes"}}, {"*", GIVE_TEXT, {"以算法名为名的摘要", "The digests, each under its algorithm's name"}}),
    .shows = SHOWS({"text=abc",
                    "{\"bytes\":3,\"md5\":\"900150983cd24fb0d6963f7d28e17f72\",\"sha1\":\"a9993e364706816"
                    "aba3e25717850c26c9cd0d89d\",\"sha224\":\"23097d223405d8228642a477bda255b32aadbce4bda"
                    "0b3f7e36c9da7\",\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff6"
                    "1f20015ad\",\"sha384\":\"cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43f"
                    "f5bed8086072ba1e7cc2358baeca134c825a7\",\"sha512\":\"ddaf35a193617abacc417349ae20413"
                    "112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9"
                    "ac94fa54ca49f\",\"sha512_224\":\"4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8"
                    "924aa\",\"sha512_256\":\"53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e"
                    "7af23\",\"sha3_224\":\"e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf\",\""
                    "sha3_256\":\"3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532\",\"sh"
                    "a3_384\":\"ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea9"
                    "27ac7f539f1edf228376d25\",\"sha3_512\":\"b751850b1a57168a5693cd924b6b096e08f62182744"
                    "4f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f"
                    "0\",\"blake2b\":\"ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d"
                    "87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923\",\"blake2s\":\"508c5"
                    "e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982\",\"ripemd160\":\"8eb208"
                    "f7e05d987a9b044a8e98c6b087f15a0bfc\",\"sm3\":\"66c7f0f462eeedd9d1f2d46bdc10e4e24167c"
                    "4875cf2f7a2297da02b8f4ba8e0\",\"crc32\":\"352441c2\",\"adler32\":\"024d0127\",\"fnv1"
                    "a64\":\"e71fa2190541574b\"}", SHOW_EXACT}, {"text=你好&type=sha256&encoding=base64", "{\"bytes\":6,\"sha256\":\"Zw2XQ1Qsrj6n6+Nq9WvVNkiwoRJhYueNgaMpNKcRMC4=\"}", SHOW_EXACT}),
    .lane = LANE_WORKER,
    .price_units = 1,
    .keep_s = 86400,
    .stands_on = "RFC 1321, FIPS 180-4, FIPS 202, RFC 7693, GB/T 32905-2016, RFC 1950; OpenSSL 3.0 (Apache-2.0)",
};
