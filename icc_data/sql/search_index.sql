-- search_text is folded already, so that a query folded the same way meets it whatever its accents and case.
PRAGMA create_fts_index(
    'practice', 'practice', 'search_text', stemmer = 'english', stopwords = 'none', strip_accents = 1, lower = 1
);
