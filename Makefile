# The few words that one types. What they do stands in CMakeLists.txt, cmake/ and tools/.
BUILD = build
CHECK = build-test
FUZZ  = build-fuzz
# Seconds for each fuzz target.
FUZZ_SECONDS = 20

.PHONY: run test build setup data check bench bench-people bench-steady fuzz package tidy clean
.NOTPARALLEL:

build: setup $(BUILD)/build.ninja
	@ninja -C $(BUILD)
	@node dataset/build.mjs $(BUILD)/data

run: build
	@exec $(BUILD)/alapi run --demo

test: build check
	@exec node tools/run-tests.mjs $(CHECK) $(BUILD)

bench: build
	@tools/setup packaging/apt-bench.txt
	@ninja -C $(BUILD) benches
	@exec node tools/run-bench.mjs $(BUILD)

# Ten minutes at 3,200 calls a second.
bench-steady: build
	@tools/setup packaging/apt-bench.txt
	@exec node bench/steady.mjs $(BUILD)

# A million accounts: some minutes.
bench-people: build
	@ninja -C $(BUILD) people_bench
	@exec $(BUILD)/bench/people_bench

fuzz: setup
	@tools/setup packaging/apt-fuzz.txt
	@exec tools/run-fuzz $(FUZZ) $(FUZZ_SECONDS)

package: build
	@exec tools/package $(BUILD)

tidy:
	@node tools/arrows.mjs
	@node tools/tidy.mjs

data: setup
	@node dataset/build.mjs $(BUILD)/data

clean:
	@rm -rf $(BUILD) $(CHECK) $(FUZZ)

setup:
	@tools/setup

# The programs of the tests, with AddressSanitizer and UndefinedBehaviorSanitizer.
check: setup $(CHECK)/build.ninja
	@ninja -C $(CHECK) unit_tests fuzz_replays alapi ngx_http_alapi_module
	@ln -sfn ../$(BUILD)/data $(CHECK)/data

$(BUILD)/build.ninja:
	@cmake -G Ninja -S . -B $(BUILD) -DCMAKE_BUILD_TYPE=RelWithDebInfo >/dev/null

$(CHECK)/build.ninja:
	@cmake -G Ninja -S . -B $(CHECK) -DCMAKE_BUILD_TYPE=RelWithDebInfo -DALAPI_SANITIZE=ON >/dev/null
