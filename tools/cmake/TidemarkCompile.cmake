# Compiler settings that every target of the project shares, as the interface target tidemark_compile.
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(TIDEMARK_WERROR "Treat warnings as errors" OFF)
set(TIDEMARK_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=: address,undefined or thread")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

add_library(tidemark_compile INTERFACE)
# -ffp-contract=off: decayed sums must round the same way with every compiler.
target_compile_options(tidemark_compile INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings
  -Wformat=2 -Wundef -ffp-contract=off -fno-strict-aliasing -fstack-protector-strong
  $<$<BOOL:${TIDEMARK_WERROR}>:-Werror>)
target_compile_definitions(tidemark_compile INTERFACE
  _POSIX_C_SOURCE=200809L $<$<CONFIG:Debug>:TDM_ARENA_MALLOC>)
target_include_directories(tidemark_compile INTERFACE
  "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/core" "${PROJECT_BINARY_DIR}/generated")
# No path of the machine that built it stands in a binary.
target_compile_options(tidemark_compile INTERFACE "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
if(TIDEMARK_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "TIDEMARK_FUZZ needs clang: -DCMAKE_C_COMPILER=clang")
  endif()
  target_compile_options(tidemark_compile INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(TIDEMARK_SANITIZE)
  # -O1: enumerating possible worlds takes minutes without it, and stacks stay readable.
  target_compile_options(tidemark_compile INTERFACE
    "-fsanitize=${TIDEMARK_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer -O1)
  target_link_options(tidemark_compile INTERFACE "-fsanitize=${TIDEMARK_SANITIZE}")
endif()
