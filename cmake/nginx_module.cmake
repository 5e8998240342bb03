# ngx_http_alapi_module.so, built against the headers of Debian's nginx-dev for exactly the nginx that is
# installed. The headers need nginx's own configure once, with the flags that Debian built nginx with.
set(NGINX_SOURCE /usr/share/nginx/src)
set(NGINX_TREE ${CMAKE_BINARY_DIR}/nginx-tree)
execute_process(COMMAND sh -c "PATH=$PATH:/usr/sbin nginx -v 2>&1" OUTPUT_VARIABLE nginx_version
  OUTPUT_STRIP_TRAILING_WHITESPACE)
set(stamp ${NGINX_TREE}/objs/version)
set(stamped "")
if(EXISTS ${stamp})
  file(READ ${stamp} stamped)
endif()
if(NOT stamped STREQUAL nginx_version)
  message(STATUS "Configuring the headers of ${nginx_version}")
  file(REMOVE_RECURSE ${NGINX_TREE})
  file(COPY ${NGINX_SOURCE}/ DESTINATION ${NGINX_TREE} USE_SOURCE_PERMISSIONS)
  execute_process(COMMAND bash -c ". ./conf_flags && ./configure \"\${NGX_CONF_FLAGS[@]}\"" WORKING_DIRECTORY ${NGINX_TREE}
    OUTPUT_FILE ${NGINX_TREE}/configure.log ERROR_FILE ${NGINX_TREE}/configure.log RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "nginx's configure failed; see ${NGINX_TREE}/configure.log")
  endif()
  file(WRITE ${stamp} "${nginx_version}")
endif()

room_sources(nginx_sources nginx)
add_library(ngx_http_alapi_module MODULE ${nginx_sources})
set_target_properties(ngx_http_alapi_module PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}
  C_VISIBILITY_PRESET hidden)
target_include_directories(ngx_http_alapi_module SYSTEM PRIVATE ${NGINX_TREE}/src/core ${NGINX_TREE}/src/event
  ${NGINX_TREE}/src/event/modules ${NGINX_TREE}/src/os/unix ${NGINX_TREE}/objs ${NGINX_TREE}/src/http
  ${NGINX_TREE}/src/http/modules ${NGINX_TREE}/src/http/v2)
# Everything of ours stays inside the module: nginx and other modules see only its table.
target_link_options(ngx_http_alapi_module PRIVATE -Wl,--exclude-libs,ALL)
target_link_libraries(ngx_http_alapi_module PRIVATE -Wl,--start-group gate api_inline call data crypt codec base
  -Wl,--end-group ${LIBS_INLINE})

# `alapi doctor` says where the nginx that is installed is another.
set_source_files_properties(src/app/cmd_doctor.c PROPERTIES COMPILE_DEFINITIONS
  "ALAPI_NGINX_VERSION=\"${nginx_version}\"")
