-- Every facet of the filter bar in one place: which values a practice (or a city) has in it.
CREATE VIEW practice_facet AS
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'country' AND "set" = country_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'city' AND "set" = city_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'network' AND "set" = network_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'policy_area' AND "set" = policy_area_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'theme' AND "set" = theme_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'target_group' AND "set" = target_group_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'practice_type' AND "set" = practice_type_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'practice_area' AND "set" = practice_area_set
    UNION ALL
    SELECT practice, facet, value FROM practice JOIN facet_set ON facet = 'documented_by' AND "set" = documented_by_set;

CREATE TABLE city_facet AS
    SELECT city, 'country' AS facet, slug AS value FROM city JOIN country USING (country)
    UNION ALL SELECT city, 'city', city_id FROM city
    UNION ALL SELECT city, 'network', code FROM city_network
    ORDER BY facet, value, city;

COMMENT ON VIEW practice_facet IS 'Every value that a practice has in each filter of the sidebar; made from the other tables, for counting.';
COMMENT ON COLUMN practice_facet.practice IS 'The practice.';
COMMENT ON COLUMN practice_facet.facet IS 'The filter: country, city, network, policy_area, theme, target_group, practice_type, practice_area or documented_by.';
COMMENT ON COLUMN practice_facet.value IS 'The value, by its readable identifier.';

COMMENT ON TABLE city_facet IS 'Every value that a city has in the filters country, city and network; made from the other tables, for counting.';
COMMENT ON COLUMN city_facet.city IS 'The city.';
COMMENT ON COLUMN city_facet.facet IS 'The filter: country, city or network.';
COMMENT ON COLUMN city_facet.value IS 'The value, by its readable identifier.';
