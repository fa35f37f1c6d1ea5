# How everything here is compiled.

find_program(DRAFTWATCH_CCACHE ccache)
if(DRAFTWATCH_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DRAFTWATCH_CCACHE})
endif()

set(DRAFTWATCH_SANITIZE "" CACHE STRING "address,undefined or thread; such builds drop the worker's memory limit and strict filter")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wnull-dereference
                    -Wimplicit-fallthrough -Werror -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside its own library at -O1 and above, where there is nothing wrong.
  add_compile_options(-Wno-null-dereference -Wno-restrict -Wno-maybe-uninitialized -Wno-dangling-pointer -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()
# A program loads only the libraries that it calls: the worker starts once a page.
add_link_options(-Wl,--as-needed)
if(DRAFTWATCH_SANITIZE)
  add_compile_options(-fsanitize=${DRAFTWATCH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${DRAFTWATCH_SANITIZE})
  add_compile_definitions(DRAFTWATCH_SANITIZED=1)
  if(DRAFTWATCH_SANITIZE STREQUAL "thread")
    # ThreadSanitizer does not model fences. Asio's guard a handler that one thread leaves and another enters; our
    # contexts are run by one thread each (docs/adr/0043).
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
endif()

# draftwatch_library(<folder> LINKS <public...> PRIVATE <private...>): a static library of all sources of a folder
# and its sub-folders. Includes are written from the root.
function(draftwatch_library name)
  cmake_parse_arguments(ARG "" "FOLDER" "LINKS;PRIVATE;EXCLUDE" ${ARGN})
  if(NOT ARG_FOLDER)
    set(ARG_FOLDER ${CMAKE_SOURCE_DIR}/${name})
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${ARG_FOLDER}/*.cpp)
  foreach(pattern ${ARG_EXCLUDE})
    list(FILTER sources EXCLUDE REGEX ${pattern})
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ARG_LINKS} ${ARG_PRIVATE})
  endif()
endfunction()

# draftwatch_light(<target>): a program or module that is loaded once a page. libstdc++ is in it instead of beside it: its
# thousands of relocations are most of a small program's start (docs/adr/0037). libgcc stays shared: exceptions cross from
# plugin to worker, and one unwinder must know both.
function(draftwatch_light target)
  if(NOT DRAFTWATCH_SANITIZE)
    target_link_options(${target} PRIVATE -static-libstdc++ -shared-libgcc -Wl,--exclude-libs,ALL)
  endif()
endfunction()

# draftwatch_embed(<target> <symbol> <dir> <pattern...>): the files under a folder as bytes in the target, found by
# name at run time through `const base::Embedded& <symbol>()` (base/embedded.h).
function(draftwatch_embed target symbol dir)
  set(patterns ${ARGN})
  list(TRANSFORM patterns PREPEND ${dir}/)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${dir} ${patterns})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  set(depends "")
  foreach(f ${files})
    list(APPEND depends ${dir}/${f})
  endforeach()
  add_custom_command(OUTPUT ${out} COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed.py ${symbol} ${dir} ${out} ${files}
                     DEPENDS ${depends} ${CMAKE_SOURCE_DIR}/tools/embed.py COMMENT "Embedding ${symbol}" VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
