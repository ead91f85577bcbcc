"""The console's views: each parses a request, calls queries or one action, and answers with a page or a redirect."""
