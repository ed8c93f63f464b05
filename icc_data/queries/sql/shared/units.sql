    CASE $unit WHEN 'city' THEN city_set WHEN 'country' THEN country_set ELSE network_set END AS units
