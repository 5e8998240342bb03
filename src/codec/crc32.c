/* crc32.c: eight bytes a step ("slicing by 8", Kounavis and Berry 2005) over tables made at compile
 * time would be faster still; tokens have 60 bytes, so one table of 16 entries a nibble is enough. */
#include "codec/crc32.h"

static const uint32_t nibble[16] = {
    0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
    0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};

uint32_t crc32_of(struct text t) {
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < t.length; i++) {
        crc ^= (unsigned char)t.bytes[i];
        crc = nibble[crc & 15] ^ crc >> 4;
        crc = nibble[crc & 15] ^ crc >> 4;
    }
    return ~crc;
}
