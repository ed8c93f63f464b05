-- How many practices the selection holds, and of how many of them what is known.
WITH
{shared known_counts}
SELECT * FROM practices CROSS JOIN of_any_year;
