# What `cmake --install` puts where: library, headers, command, data folder, man page, and the two
# ways in which another build finds them (pkg-config, find_package). The installed tree may be moved.
# The static library is for tests and fuzzers only and is not installed.
include(CMakePackageConfigHelpers)

set(TIDEMARK_DATADIR "${CMAKE_INSTALL_DATADIR}/tidemark")
set(TIDEMARK_PACKAGEDIR "${CMAKE_INSTALL_LIBDIR}/cmake/tidemark")

install(TARGETS tidemark EXPORT tidemark LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/tidemark" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  FILES_MATCHING PATTERN "*.h")
install(FILES "${PROJECT_BINARY_DIR}/generated/tidemark/version.h"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/tidemark")

if(TARGET tidemark_command)
  install(TARGETS tidemark_command RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()

# Named one by one, so that nothing lying about in scripts/ is installed by accident.
foreach(folder IN ITEMS indicators instruments measures lib policy maps vocabulary calendar passwords)
  if(EXISTS "${PROJECT_SOURCE_DIR}/scripts/${folder}")
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/scripts/${folder}" DESTINATION "${TIDEMARK_DATADIR}/scripts"
      FILES_MATCHING PATTERN "*.lua" PATTERN "*.json" PATTERN "*.csv" PATTERN "*.txt")
  endif()
endforeach()

file(GLOB schemas CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/core/*/*.schema.json")
if(schemas)
  install(FILES ${schemas} DESTINATION "${TIDEMARK_DATADIR}/schema")
endif()
install(FILES "${PROJECT_SOURCE_DIR}/tools/serve/openapi.json" DESTINATION "${TIDEMARK_DATADIR}/schema")
install(FILES "${PROJECT_SOURCE_DIR}/tools/serve/tidemark.service" "${PROJECT_SOURCE_DIR}/tools/serve/nginx.conf.example"
  DESTINATION "${TIDEMARK_DATADIR}/serve")
# The page of `tidemark serve`, without what makes it.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/tools/web/" DESTINATION "${TIDEMARK_DATADIR}/web"
  FILES_MATCHING PATTERN "*.html" PATTERN "*.css" PATTERN "*.js" PATTERN "*.svg" PATTERN "LICENSE.txt"
  PATTERN "node_modules" EXCLUDE)
file(GLOB pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tools/man/*.1")
if(pages)
  install(FILES ${pages} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endif()

file(RELATIVE_PATH prefix_from_pkgconfig "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig "${prefix_from_pkgconfig}")
configure_file(tools/cmake/tidemark.pc.in tidemark.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/tidemark.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

set(package_datadir "${TIDEMARK_DATADIR}")
configure_package_config_file(tools/cmake/tidemark-config.cmake.in tidemark-config.cmake
  INSTALL_DESTINATION "${TIDEMARK_PACKAGEDIR}" PATH_VARS package_datadir
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Before 1.0 a new minor version may change the interface.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/tidemark-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/tidemark-config.cmake" "${PROJECT_BINARY_DIR}/tidemark-config-version.cmake"
  DESTINATION "${TIDEMARK_PACKAGEDIR}")
install(EXPORT tidemark NAMESPACE tidemark:: FILE tidemark-targets.cmake DESTINATION "${TIDEMARK_PACKAGEDIR}")
