    if(coalesce(known_until, end_year) > $as_of::SMALLINT, $as_of::SMALLINT, coalesce(known_until, end_year)) AS known_year,
    coalesce(ongoing, false) AS ongoing
