# The few words that one types. What they do stands in CMakeLists.txt and tools/.
BUILD = build
.PHONY: run test build bench fuzz package tidy data clean
build:
	@cmake -G Ninja -S . -B $(BUILD) -DCMAKE_BUILD_TYPE=RelWithDebInfo >/dev/null && ninja -C $(BUILD)
