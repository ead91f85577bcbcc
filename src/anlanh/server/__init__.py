"""Settings, urls, worker, command line, demonstration data: the only floor that binds ports and reads the environment."""
