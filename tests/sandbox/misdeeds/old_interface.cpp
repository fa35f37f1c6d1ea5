// A plugin of another interface version; its portal function must never be called.
#include <cstdint>
#include <cstdlib>

extern "C" {
[[gnu::visibility("default")]] extern const std::uint32_t draftwatch_abi;
const std::uint32_t draftwatch_abi = 999;
[[gnu::visibility("default")]] const void* draftwatch_portal();
const void* draftwatch_portal() { std::abort(); }
}
