"""The public's pages: report, come back, read the answer, appeal. Phones first, and whole without JavaScript."""
