-- Practices with every phrase, whole words side by side within one of the texts, of those that hold the typed words, among
-- which those of the phrases are: the texts of the others need not be looked through.
SELECT practice FROM practice_text
WHERE practice IN (<matched>) AND list_bool_and([
    contains(' ' || concat_ws(' / ', title, summary, place, labels) || ' ', ' ' || phrase || ' ') FOR phrase IN $phrases
])
