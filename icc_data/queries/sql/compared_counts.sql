-- How many practices two selections hold, how many of them both, and how many have a start year.
WITH {shared sides}
SELECT
    count(*) FILTER (in_one) AS practices, count(*) FILTER (in_other) AS other_practices, count(*) FILTER (in_one AND in_other) AS both_practices,
    count(start_year) FILTER (in_one) AS dated, count(start_year) FILTER (in_other) AS other_dated, count(start_year) FILTER (in_one AND in_other) AS both_dated
FROM sides JOIN practice USING (practice);
