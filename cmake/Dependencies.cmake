# Every library that we did not write, as one target dep::<name>. All are Debian 12 packages (tools/packages.txt).
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS filesystem json url)
find_package(Threads REQUIRED)

function(draftwatch_dep name)
  cmake_parse_arguments(ARG "" "" "PKG;LIBS;DEFS" ${ARGN})
  add_library(dep_${name} INTERFACE)
  add_library(dep::${name} ALIAS dep_${name})
  if(ARG_PKG)
    pkg_check_modules(pkg_${name} REQUIRED IMPORTED_TARGET ${ARG_PKG})
    target_link_libraries(dep_${name} INTERFACE PkgConfig::pkg_${name})
  endif()
  target_link_libraries(dep_${name} INTERFACE ${ARG_LIBS})
  target_compile_definitions(dep_${name} INTERFACE ${ARG_DEFS})
endfunction()

draftwatch_dep(expected)                       # header only: tl/expected.hpp
draftwatch_dep(mustache)                       # header only: kainjow/mustache.hpp
draftwatch_dep(toml DEFS TOML_EXCEPTIONS=0)    # header only: toml++/toml.h
draftwatch_dep(cli11)                          # header only: CLI/CLI.hpp
draftwatch_dep(sodium PKG libsodium)
draftwatch_dep(date LIBS date-tz)
draftwatch_dep(json LIBS Boost::json)
draftwatch_dep(url LIBS Boost::url)
draftwatch_dep(dll LIBS Boost::filesystem ${CMAKE_DL_LIBS})
draftwatch_dep(beast LIBS Boost::headers Threads::Threads)
draftwatch_dep(fmt PKG fmt)
draftwatch_dep(spdlog PKG spdlog)
draftwatch_dep(zstd PKG libzstd)
draftwatch_dep(zlib PKG zlib)
draftwatch_dep(sqlite PKG sqlite3)
draftwatch_dep(curl PKG libcurl)
draftwatch_dep(crypto PKG libcrypto)
draftwatch_dep(gumbo PKG gumbo)
draftwatch_dep(pugixml PKG pugixml)
draftwatch_dep(zip PKG libzip)
draftwatch_dep(poppler PKG poppler-cpp)
draftwatch_dep(icu PKG icu-uc icu-i18n)
draftwatch_dep(stemmer LIBS stemmer)
draftwatch_dep(re2 PKG re2)
draftwatch_dep(seccomp PKG libseccomp)
draftwatch_dep(gmime PKG gmime-3.0)
draftwatch_dep(systemd PKG libsystemd)

# As an archive, for what is loaded once a page (draftwatch_light): the shared library brings libstdc++ along.
find_library(pugixml_archive libpugixml.a REQUIRED)
draftwatch_dep(pugixml_within LIBS ${pugixml_archive})
