-- Words that the endings cut off by the stemmer would make one with others of another meaning: minorities and minors,
-- authorities and authors, international and intern. They are marked, so that each keeps to its own kind.
CREATE MACRO kept_apart(words) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(words,
    '\b(minorit|majorit|authorit|universit|integrit)(?:y|ies)\b', '\1yzq', 'g'),
    '\b(international|universal|informal|important|organic)(?:ly|s|ity|ism|e|es)?\b', '\1zq', 'g'),
    '\b(national|social)(ism|isms)\b', '\1ismzq', 'g'),
    '\btravell?ers?\b', 'travellerzq', 'g');
CREATE MACRO search_term(word) AS stem(kept_apart(word), 'english');
