    SELECT DISTINCT "set", 'all' AS code FROM selected WHERE $split = 'none'
    UNION ALL
    SELECT "set", value FROM facet_set WHERE facet = $split
    UNION ALL
    SELECT DISTINCT "set", "group"
    FROM facet_set JOIN term ON vocabulary = facet AND code = value WHERE $split = 'commitment' AND facet = 'policy_area'
