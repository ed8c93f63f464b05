SELECT number, format, version, as_of, published, parts FROM publication ORDER BY number;
