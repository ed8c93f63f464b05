-- One city or practice is a small integer inside; its readable identifier is what the outside sees.

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE country (
    country   USMALLINT PRIMARY KEY,
    code      VARCHAR NOT NULL UNIQUE, -- ISO 3166-1 alpha-2
    slug      VARCHAR NOT NULL UNIQUE,
    name      VARCHAR NOT NULL         -- English
);

CREATE TABLE city (
    city                   USMALLINT PRIMARY KEY,
    city_id                VARCHAR NOT NULL UNIQUE,
    name                   VARCHAR NOT NULL,
    local_name             VARCHAR,
    country                USMALLINT NOT NULL,
    latitude               DOUBLE,
    longitude              DOUBLE,
    coordinate_source      VARCHAR,
    status                 VARCHAR,
    joined_year            SMALLINT,
    joined_note            VARCHAR,
    population             INTEGER,
    population_year        SMALLINT,
    settlement_population  INTEGER,
    geoname_id             INTEGER,
    foreign_born_pct       DOUBLE,
    foreign_nationals_pct  DOUBLE,
    foreign_background_pct DOUBLE,
    diversity_year         SMALLINT,
    strategy_year          SMALLINT,
    profile_url            VARCHAR,
    evidence_urls          VARCHAR[],
    note                   VARCHAR
);

CREATE TABLE city_alias (city USMALLINT NOT NULL, alias VARCHAR NOT NULL);

CREATE TABLE city_network (city USMALLINT NOT NULL, code VARCHAR NOT NULL);

CREATE TABLE practice (
    practice           UINTEGER PRIMARY KEY,
    practice_id        VARCHAR NOT NULL UNIQUE,
    title              VARCHAR NOT NULL,
    title_original     VARCHAR,
    when_text          VARCHAR,
    when_source        VARCHAR,
    start_year         SMALLINT,
    end_year           SMALLINT,
    ongoing            BOOLEAN,
    certainty          VARCHAR NOT NULL,
    last_active_year   SMALLINT, -- last year of activity as of the data's year; unknown without a start
    summary            VARCHAR,
    policy_area_coding VARCHAR,
    published_topics   VARCHAR[],
    source_kind        VARCHAR,
    url                VARCHAR,
    evidence_urls      VARCHAR[],
    accessed           DATE,
    confidence         VARCHAR,
    city_names         VARCHAR,
    country_names      VARCHAR,
    search_text        VARCHAR  -- what full-text search reads
);

CREATE TABLE practice_city (practice UINTEGER NOT NULL, city USMALLINT NOT NULL);

CREATE TABLE practice_country (practice UINTEGER NOT NULL, country USMALLINT NOT NULL);

CREATE TABLE term (
    vocabulary    VARCHAR NOT NULL,
    code          VARCHAR NOT NULL,
    position      USMALLINT NOT NULL,
    label_en      VARCHAR NOT NULL,
    label_fr      VARCHAR,
    definition_en VARCHAR,
    definition_fr VARCHAR,
    "group"       VARCHAR,
    PRIMARY KEY (vocabulary, code)
);

CREATE TABLE practice_term (
    practice   UINTEGER NOT NULL,
    vocabulary VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    source     VARCHAR NOT NULL -- 'published' by the page or 'assigned' by this project
);

CREATE TABLE index_score (
    city                   USMALLINT NOT NULL,
    year                   SMALLINT,
    policy_area            VARCHAR NOT NULL,
    score                  DOUBLE,
    rank                   USMALLINT,
    cities_compared        USMALLINT,
    quoted_in_other_report VARCHAR,
    evidence_url           VARCHAR,
    note                   VARCHAR
);

CREATE TABLE index_report (
    city            USMALLINT NOT NULL,
    year            SMALLINT,
    cities_compared VARCHAR,
    evidence_url    VARCHAR
);
