"""The native core: the C sources beside this file, built with the package where a compiler is to be had."""
