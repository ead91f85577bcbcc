"""Evidence files: stored by digest inside one organisation, served so that a hostile one can do nothing."""
