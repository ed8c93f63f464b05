    list_filter([
        CASE WHEN start_year IS NULL THEN 'start_year' END,
        CASE WHEN city_set = 0 THEN 'city' END,
        CASE WHEN country_set = 0 THEN 'country' END,
        CASE WHEN NOT has_page THEN 'url' END,
        CASE WHEN coalesce(confidence <> 'high', true) THEN 'confidence' END,
        CASE WHEN summary IS NULL THEN 'summary' END,
        CASE WHEN policy_area_set = 0 THEN 'policy_area' END,
        CASE WHEN NOT has_evidence THEN 'evidence' END
    ], lambda field: field IS NOT NULL) AS missing
