-- Full-text search, ranked by BM25 (Robertson and Zaragoza 2009): the higher the score, the better the answer.
SELECT round(fts_main_practice_text.match_bm25(practice, 'refugees labour market'), 2) AS score,
    title, city_names, start_year, url
FROM practice
WHERE score IS NOT NULL
ORDER BY score DESC, title
LIMIT 30
