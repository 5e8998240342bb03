# Programs of `make bench`; not part of the product.
add_executable(bench_seed EXCLUDE_FROM_ALL bench/seed.c)
target_link_libraries(bench_seed PRIVATE -Wl,--start-group ${ROOMS_ALL} -Wl,--end-group ${LIBS_ALL})
