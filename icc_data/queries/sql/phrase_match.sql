-- Practices with every phrase, whole words side by side within one of the texts, of those that hold the typed words, among
-- which those of the phrases are: the texts of the others need not be looked through. A condition on texts alone would be
-- looked at before the practices are joined, and so of every text; this one says that it is about a joined row.
SELECT practice FROM practice_text JOIN (SELECT practice AS holding FROM (<matched>)) ON practice = holding
WHERE list_bool_and([
    contains(if(practice = holding, ' ' || concat_ws(' / ', title, summary, place, labels) || ' ', ''), ' ' || phrase || ' ') FOR phrase IN $phrases
])
