// Boost.JSON itself, compiled into each plugin that reads JSON (docs/adr/0037): the shared library brings libstdc++ along, and
// Debian's archive of it cannot be linked into a shared object.
#include <boost/json/src.hpp>
