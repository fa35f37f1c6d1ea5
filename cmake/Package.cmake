# ./dev package: the first .deb. The install rules stand beside what they install.
set(CPACK_GENERATOR DEB)
