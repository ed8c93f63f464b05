        unnest(CASE
            WHEN $active THEN generate_series(
                greatest(start_year, $since),
                least(CASE WHEN $said THEN last_active_year ELSE known_until END, $until, $as_of)
            )
            ELSE [start_year]
        END)::SMALLINT AS year
