"""Settings, urls, worker, command line, demonstration: the one floor that binds ports and reads the environment."""
