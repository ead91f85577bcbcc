"""The account pages: thin, each calls one action or query of identity."""
