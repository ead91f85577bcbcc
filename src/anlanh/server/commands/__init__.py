"""The subcommands of `anlanh`: each module has `configure(subparsers)`, whose parsers set `run(arguments)`."""
