# ./dev package: build/package/draftwatch_<version>_<architecture>.deb. Programs and plugins are installed by their own folders;
# here stands what belongs to the whole: configuration, units, documents, and what the package says of itself.
install(FILES config/draftwatch.toml DESTINATION /etc/draftwatch)
# The demo portal is no source of an installation; `draftwatchd --demo` has it built in.
file(GLOB package_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/config/portals.d/*.toml)
list(FILTER package_sources EXCLUDE REGEX "/demo\\.toml$")
install(FILES ${package_sources} DESTINATION /etc/draftwatch/portals.d)

file(GLOB package_units CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/systemd/*.service ${CMAKE_SOURCE_DIR}/systemd/*.target)
install(FILES ${package_units} DESTINATION /lib/systemd/system)
install(FILES systemd/draftwatch.sysusers DESTINATION /usr/lib/sysusers.d RENAME draftwatch.conf)
install(FILES systemd/draftwatch.tmpfiles DESTINATION /usr/lib/tmpfiles.d RENAME draftwatch.conf)

install(FILES packaging/debian/copyright DESTINATION /usr/share/doc/draftwatch)
install(FILES LICENSE DESTINATION /usr/share/doc/draftwatch)
file(GLOB package_documents CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/docs/*.md)
install(FILES ${package_documents} DESTINATION /usr/share/doc/draftwatch)
install(DIRECTORY docs/schema DESTINATION /usr/share/doc/draftwatch)

# Manual pages and the list of changes, compressed as Debian wants them.
file(GLOB package_pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/man/*.[158])
set(package_compressed "")
foreach(page ${package_pages} ${CMAKE_SOURCE_DIR}/CHANGELOG.md)
  get_filename_component(name ${page} NAME)
  string(REPLACE CHANGELOG.md changelog name ${name})
  set(compressed ${CMAKE_BINARY_DIR}/package/${name}.gz)
  add_custom_command(OUTPUT ${compressed} COMMAND sh -c "exec gzip -9nc '${page}' >'${compressed}'" DEPENDS ${page} VERBATIM)
  list(APPEND package_compressed ${compressed})
  string(REGEX MATCH "[158]$" section ${name})
  if(section)
    install(FILES ${compressed} DESTINATION /usr/share/man/man${section})
  else()
    install(FILES ${compressed} DESTINATION /usr/share/doc/draftwatch)
  endif()
endforeach()
add_custom_target(package_pages DEPENDS ${package_compressed})

# Files that the admin may edit: dpkg asks before it replaces them.
set(package_conffiles "/etc/draftwatch/draftwatch.toml\n")
foreach(source ${package_sources})
  get_filename_component(name ${source} NAME)
  string(APPEND package_conffiles "/etc/draftwatch/portals.d/${name}\n")
endforeach()
file(WRITE ${CMAKE_BINARY_DIR}/package/conffiles "${package_conffiles}")

# What the package holds, as one target: a package needs no test and no bench to be built.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
get_property(package_plugins DIRECTORY ${CMAKE_SOURCE_DIR}/plugins PROPERTY BUILDSYSTEM_TARGETS)
list(FILTER package_plugins INCLUDE REGEX "^plugin_")
list(REMOVE_ITEM package_plugins plugin_sdk)
add_custom_target(shipped DEPENDS draftwatch draftwatchd draftwatch-worker draftwatch-demo-portal ${package_plugins} package_pages)

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)  # some files belong outside the prefix
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME draftwatch)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The draftwatch project <draftwatch@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "watches draft laws and tells people in time")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "draftwatch reads the portals on which governments post draft laws, keeps every version as
evidence, shows what changed as a lawyer would, and writes to subscribers
before the time for comments ends. Strangers' pages are read in a sandbox.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, tzdata, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "default-mta | mail-transport-agent, tesseract-ocr-rus, tesseract-ocr-kir")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/package/conffiles ${CMAKE_SOURCE_DIR}/packaging/debian/postinst
                                       ${CMAKE_SOURCE_DIR}/packaging/debian/prerm ${CMAKE_SOURCE_DIR}/packaging/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
