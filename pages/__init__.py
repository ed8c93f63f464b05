"""One file a page; each reads top to bottom like the page itself."""
