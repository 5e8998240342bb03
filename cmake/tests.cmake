# One test program for each x_test.c; `make test` builds them with sanitizers and runs them all.
file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*_test.c)
need(CMOCKA cmocka)
add_custom_target(unit_tests)
foreach(source ${test_sources})
  file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR}/src ${source})
  string(REPLACE "/" "_" name ${name})
  string(REPLACE ".c" "" name ${name})
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(name MATCHES "^app_") # the roof is no library: its file beside the test comes along
    string(REPLACE "_test.c" ".c" beside ${source})
    target_sources(${name} PRIVATE ${beside})
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/test/support)
  target_link_libraries(${name} PRIVATE -Wl,--start-group ${ROOMS_ALL} -Wl,--end-group ${LIBS_ALL} PkgConfig::CMOCKA)
  add_dependencies(unit_tests ${name})
endforeach()

# What the tests in test/*.mjs compare with other programs.
add_executable(almanac_days EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/test/almanac_days.c)
set_target_properties(almanac_days PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(almanac_days PRIVATE data codec base ${LIBS_INLINE})
add_dependencies(unit_tests almanac_days)
