/* crc32.h: the CRC-32 of IEEE 802.3 (reflected polynomial EDB88320), as zip and PNG use it. */
#pragma once
#include "base/text.h"

uint32_t crc32_of(struct text t);
