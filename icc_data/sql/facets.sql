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
