// A shared object that is no plugin.
extern "C" int draftwatch_nothing();
extern "C" int draftwatch_nothing() { return 1; }
