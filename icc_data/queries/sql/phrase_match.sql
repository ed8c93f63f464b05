-- Practices with every phrase: whole words side by side within one of the texts.
SELECT practice FROM practice_text
WHERE list_bool_and([
    contains(' ' || concat_ws(' / ', title, summary, place, labels) || ' ', ' ' || phrase || ' ') FOR phrase IN $phrases
])
