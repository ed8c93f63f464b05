    CASE $split WHEN 'none' THEN 0 WHEN 'country' THEN country_set ELSE policy_area_set END AS "set"
