/* replay.c: hands a fuzz target the files that are named on the command line, without libFuzzer; what
 * `make test` runs over corpus and regression. Speaks TAP. Each input stands in a block of exactly its
 * size, so that AddressSanitizer sees a read past its end. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool replay(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    static uint8_t room[1 << 20];
    size_t size = fread(room, 1, sizeof room, file);
    fclose(file);
    uint8_t *bytes = malloc(size ? size : 1);
    must(bytes != NULL);
    memcpy(bytes, room, size);
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return true;
}

int main(int argc, char **argv) {
    int unread = 0;
    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        fprintf(stderr, "%s\n", argv[i]);
        bool is_read = replay(argv[i]);
        unread += !is_read;
        printf("%sok %d - %s\n", is_read ? "" : "not ", i, argv[i]);
        fflush(stdout);
    }
    return unread > 0;
}
