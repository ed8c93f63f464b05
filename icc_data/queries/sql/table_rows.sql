-- How many rows each of the published tables has.
SELECT
    (SELECT count(*) FROM practice) AS practices,
    (SELECT count(*) FROM city) AS cities,
    (SELECT count(*) FROM index_score) AS index_scores,
    (SELECT count(*) FROM index_report) AS index_reports,
    (SELECT count(*) FROM coding) AS policy_area_codings,
    (SELECT count(*) FROM amendment) AS amendments,
    (SELECT count(*) FROM term) AS terms;
