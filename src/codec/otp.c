/* otp.c: see otp.h. */
#include "codec/otp.h"
#include "base/must.h"
#include "codec/digest.h"

bool otp_code(struct text digest, struct text secret, uint64_t counter, unsigned digits, char out[static 9]) {
    static const uint32_t powers[] = {1000000, 10000000, 100000000};
    char moving[8];
    struct digest d;
    must(digits >= 6 && digits <= 8);
    for (int i = 7; i >= 0; i--, counter >>= 8)
        moving[i] = (char)counter;
    if (!digest_hmac(digest, secret, text_of(moving, sizeof moving), &d))
        return false;
    const unsigned char *at = d.bytes + (d.bytes[d.length - 1] & 15);
    uint32_t number = (uint32_t)(at[0] & 0x7F) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    number %= powers[digits - 6];
    out[digits] = 0;
    for (unsigned i = digits; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    return true;
}
