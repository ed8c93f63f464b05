-- Practices whose codings may be refused: all of their rows are looked at, and what they refer to.
CREATE OR REPLACE TEMP TABLE practice_in_doubt AS
    SELECT practice_id FROM practices_read SEMI JOIN practices_doubt USING (line)
    UNION
    SELECT practice_id FROM policy_area_codings_read SEMI JOIN policy_area_codings_doubt USING (line)
    UNION
    SELECT practice_id FROM policy_area_codings_read ANTI JOIN practices_read USING (practice_id)
    UNION
    SELECT practice_id FROM policy_area_codings_read
    -- Two of the same reader: to count distinct ones of each practice takes three times as long.
    GROUP BY practice_id HAVING count(*) <> 2 OR min(reader) IS NOT DISTINCT FROM max(reader);
INSERT INTO policy_area_codings_doubt
    SELECT line FROM policy_area_codings_read SEMI JOIN practice_in_doubt USING (practice_id);
INSERT INTO practices_doubt
    SELECT line FROM practices_read
    SEMI JOIN (
        SELECT practice_id FROM policy_area_codings_read SEMI JOIN policy_area_codings_doubt USING (line)
    ) USING (practice_id);
