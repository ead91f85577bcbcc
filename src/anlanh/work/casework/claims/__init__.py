"""Claims of copyright that are objected to: the counter-notice, the answer to it, and what a person makes of both."""
