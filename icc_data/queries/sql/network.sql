-- The whole network, against which a selection is measured.
SELECT
    (SELECT count(*) FROM practice) AS practices,
    (SELECT count(start_year) FROM practice) AS dated,
    (SELECT min(start_year) FROM practice) AS first_year,
    (SELECT count(*) FROM city) AS cities,
    (SELECT count(DISTINCT country) FROM city) AS countries,
    (SELECT count(*) FROM term WHERE vocabulary = 'policy_area') AS areas;
