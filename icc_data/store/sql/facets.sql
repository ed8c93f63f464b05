-- Every facet of the filter bar in one place: which values a practice (or a city) has in it.
CREATE TABLE practice_facet AS
    SELECT practice, 'country' AS facet, slug AS value FROM practice_country JOIN country USING (country)
    UNION ALL SELECT practice, 'city', city_id FROM practice_city JOIN city USING (city)
    UNION ALL SELECT DISTINCT practice, 'network', code FROM practice_city JOIN city_network USING (city)
    UNION ALL SELECT practice, vocabulary, code FROM practice_term
    UNION ALL SELECT practice, 'documented_by', source_kind FROM practice WHERE source_kind IS NOT NULL
    ORDER BY facet, value, practice;

CREATE TABLE city_facet AS
    SELECT city, 'country' AS facet, slug AS value FROM city JOIN country USING (country)
    UNION ALL SELECT city, 'city', city_id FROM city
    UNION ALL SELECT city, 'network', code FROM city_network
    ORDER BY facet, value, city;

COMMENT ON TABLE practice_facet IS 'Every value that a practice has in each filter of the sidebar; made from the other tables, for counting.';
COMMENT ON COLUMN practice_facet.practice IS 'The practice.';
COMMENT ON COLUMN practice_facet.facet IS 'The filter: country, city, network, policy_area, theme, target_group, practice_type, practice_area or documented_by.';
COMMENT ON COLUMN practice_facet.value IS 'The value, by its readable identifier.';

COMMENT ON TABLE city_facet IS 'Every value that a city has in the filters country, city and network; made from the other tables, for counting.';
COMMENT ON COLUMN city_facet.city IS 'The city.';
COMMENT ON COLUMN city_facet.facet IS 'The filter: country, city or network.';
COMMENT ON COLUMN city_facet.value IS 'The value, by its readable identifier.';
