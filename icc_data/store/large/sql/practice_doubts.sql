-- Lines of practices.csv that may be refused for what stands in other cells and rows; in doubt a line is named.
INSERT INTO practices_doubt
    SELECT line FROM practices_cells JOIN place_refused USING (city_ids, countries);
INSERT INTO practices_doubt
    SELECT line FROM practices_read WHERE (when_text IS NULL) <> (when_source IS NULL);
INSERT INTO practices_doubt
    SELECT line FROM practices_read
    SEMI JOIN (SELECT practice_id FROM practices_read GROUP BY practice_id HAVING count(*) > 1) USING (practice_id);

-- The same title for the same city: by a number, for which two different ones may be taken, but not one for two.
CREATE OR REPLACE TEMP TABLE title_in_city AS
    SELECT line, hash(title, city) AS meeting
    FROM (
        SELECT
            line, unnest(string_split(city_ids, '; ')) AS city,
            CASE WHEN is_plain(practices_read.title) THEN plainly_folded(practices_read.title) ELSE folded END AS title
        FROM practices_read LEFT JOIN title_folded ON title_folded.title = practices_read.title
    );
INSERT INTO practices_doubt
    SELECT line FROM title_in_city
    SEMI JOIN (
        SELECT meeting FROM title_in_city GROUP BY meeting HAVING count(*) > 1
        UNION SELECT hash(title, city) FROM amended_title
    ) USING (meeting);
