# A program for each .c of bench/; `make bench` builds them and runs those that end in _bench, then the
# measurement of the whole data plane (bench/gateway.mjs).
file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.c)
add_custom_target(benches)
foreach(source ${bench_sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  target_link_libraries(${name} PRIVATE -Wl,--start-group ${ROOMS_ALL} -Wl,--end-group ${LIBS_ALL})
  if(name MATCHES "^(people|keyd)_bench$") # they ask the key process
    target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src/app/key_client.c ${CMAKE_SOURCE_DIR}/src/app/key_door.c)
  endif()
  add_dependencies(benches ${name})
endforeach()
