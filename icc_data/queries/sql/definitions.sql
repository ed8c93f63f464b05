-- The terms of a list with their label and what they mean, in a language.
SELECT code, CASE $language WHEN 'fr' THEN coalesce(label_fr, label_en) ELSE label_en END AS label,
    CASE $language WHEN 'fr' THEN coalesce(definition_fr, definition_en) ELSE definition_en END AS definition
FROM term WHERE vocabulary = $vocabulary ORDER BY position;
