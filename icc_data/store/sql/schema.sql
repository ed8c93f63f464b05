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
    practice           UINTEGER NOT NULL,
    practice_id        VARCHAR NOT NULL,
    title              VARCHAR NOT NULL,
    title_original     VARCHAR,
    when_text          VARCHAR,
    when_source        VARCHAR,
    described_when     VARCHAR,
    start_year         SMALLINT,
    end_year           SMALLINT,
    ongoing            BOOLEAN,
    certainty          VARCHAR NOT NULL,
    form               VARCHAR NOT NULL,
    when_conflict      BOOLEAN NOT NULL,
    known_until        SMALLINT, -- last year known to be active; unknown without a start
    last_active_year   SMALLINT, -- the same, or the data's year where it is said to go on; unknown without a start
    summary            VARCHAR,
    policy_area_coding VARCHAR,
    published_topics   VARCHAR[],
    source_kind        VARCHAR,
    url                VARCHAR,
    evidence_urls      VARCHAR[],
    accessed           DATE,
    added_on           DATE, -- unknown where it was there in the oldest version already
    confidence         VARCHAR,
    city_names         VARCHAR,
    country_names      VARCHAR,
    -- Addresses are other texts in every row: whether there is one is counted without reading them.
    has_page           BOOLEAN NOT NULL,
    has_evidence       BOOLEAN NOT NULL,
    -- Which values it has in each facet of the filter bar: the number of the set of them, in facet_set; 0 is none.
    country_set        UINTEGER NOT NULL,
    city_set           UINTEGER NOT NULL,
    network_set        UINTEGER NOT NULL,
    policy_area_set    UINTEGER NOT NULL,
    theme_set          UINTEGER NOT NULL,
    target_group_set   UINTEGER NOT NULL,
    practice_type_set  UINTEGER NOT NULL,
    practice_area_set  UINTEGER NOT NULL,
    documented_by_set  UINTEGER NOT NULL
);

-- The sets of values that practices have in each facet. They are few, as the same come again and again: what is asked
-- of a facet is asked of the numbers first, and of the values of each number after.
CREATE TABLE facet_set (
    facet VARCHAR NOT NULL,
    "set" UINTEGER NOT NULL,
    value VARCHAR NOT NULL
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
    aliases       VARCHAR[],
    PRIMARY KEY (vocabulary, code)
);

CREATE TABLE practice_term (
    practice   UINTEGER NOT NULL,
    vocabulary VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    source     VARCHAR NOT NULL -- 'published' by the page or 'assigned' by this project
);

-- What each of the two readers gave; what both gave is in practice_term.
CREATE TABLE coding (
    practice     UINTEGER NOT NULL,
    reader       UTINYINT NOT NULL,
    policy_areas VARCHAR[] NOT NULL
);

-- Cells that are known better than they were published; the tables above hold them as amended.
CREATE TABLE amendment (
    practice   UINTEGER,
    city       USMALLINT,
    field      VARCHAR NOT NULL,
    published  VARCHAR,
    value      VARCHAR,
    source     VARCHAR NOT NULL,
    amended_on DATE NOT NULL
);

-- What a search looks through, folded: lower case, without accents and punctuation.
CREATE TABLE practice_text (
    practice UINTEGER PRIMARY KEY,
    title    VARCHAR NOT NULL, -- in English, and as published
    summary  VARCHAR NOT NULL,
    place    VARCHAR NOT NULL, -- cities in every spelling, and countries
    labels   VARCHAR NOT NULL  -- of its terms, in English and French, and published topics
);

-- Words that mean the same for a search: French ones of the field, and English ones beside each other.
CREATE TABLE thesaurus (
    stemmer    VARCHAR NOT NULL, -- which words are the same word but for their ending: 'english' or 'french'
    term       VARCHAR NOT NULL,
    equivalent VARCHAR NOT NULL  -- an English word
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

-- What every table and column is; the SQL page shows it, and DuckDB's own catalogue keeps it.
COMMENT ON TABLE meta IS 'Facts about the database itself, as keys and values.';
COMMENT ON COLUMN meta.key IS 'Name of the fact: version (of the data), fingerprint (of data and code), as_of_year, as_of_date or oldest_date (of the oldest version kept).';
COMMENT ON COLUMN meta.value IS 'The fact, as a text.';

COMMENT ON TABLE country IS 'One country of a city or practice.';
COMMENT ON COLUMN country.country IS 'Number of the country in this database; other tables refer to it.';
COMMENT ON COLUMN country.code IS 'Code of ISO 3166-1, two letters.';
COMMENT ON COLUMN country.slug IS 'Readable identifier, as in the address of a page.';
COMMENT ON COLUMN country.name IS 'Name in English.';

COMMENT ON TABLE city IS 'One city, borough, canton, union of municipalities or region: of the network, or named in a practice.';
COMMENT ON COLUMN city.city IS 'Number of the city in this database; other tables refer to it.';
COMMENT ON COLUMN city.city_id IS 'Readable identifier, as in the address of a page.';
COMMENT ON COLUMN city.name IS 'Name in English, or as the programme writes it.';
COMMENT ON COLUMN city.local_name IS 'Names in the languages of the place, separated by a slash.';
COMMENT ON COLUMN city.country IS 'Its country.';
COMMENT ON COLUMN city.latitude IS 'Degrees north (WGS 84).';
COMMENT ON COLUMN city.longitude IS 'Degrees east (WGS 84).';
COMMENT ON COLUMN city.coordinate_source IS 'geonames, or manual (two decimals) for small and composite places.';
COMMENT ON COLUMN city.status IS 'Standing in the network: a term of the vocabulary membership_status.';
COMMENT ON COLUMN city.joined_year IS 'Year in which it joined; for cities of a national network alone, the year of that network. Missing where no source says so.';
COMMENT ON COLUMN city.joined_note IS 'What the sources say of joining, and where they disagree.';
COMMENT ON COLUMN city.population IS 'Residents, as printed by a page.';
COMMENT ON COLUMN city.population_year IS 'Year of that number.';
COMMENT ON COLUMN city.settlement_population IS 'Residents of the settlement according to GeoNames; often smaller than the municipality.';
COMMENT ON COLUMN city.geoname_id IS 'Identifier in GeoNames.';
COMMENT ON COLUMN city.foreign_born_pct IS 'Percentage of residents born abroad. Not to be mixed with the next two.';
COMMENT ON COLUMN city.foreign_nationals_pct IS 'Percentage of residents with a foreign nationality.';
COMMENT ON COLUMN city.foreign_background_pct IS 'Percentage of residents with a foreign background, as the source defines it.';
COMMENT ON COLUMN city.diversity_year IS 'Year of these percentages.';
COMMENT ON COLUMN city.strategy_year IS 'Year of the intercultural strategy.';
COMMENT ON COLUMN city.profile_url IS 'The page of the city at the programme.';
COMMENT ON COLUMN city.evidence_urls IS 'Pages on which these facts were seen.';
COMMENT ON COLUMN city.note IS 'Remarks on the facts of this row.';

COMMENT ON TABLE city_alias IS 'Other names under which a city is found.';
COMMENT ON COLUMN city_alias.city IS 'The city.';
COMMENT ON COLUMN city_alias.alias IS 'The other name.';

COMMENT ON TABLE city_network IS 'Which city belongs to which network; a city can belong to several.';
COMMENT ON COLUMN city_network.city IS 'The city.';
COMMENT ON COLUMN city_network.code IS 'The network: a term of the vocabulary network.';

COMMENT ON TABLE practice IS 'One good practice published by the programme.';
COMMENT ON COLUMN practice.practice IS 'Number of the practice in this database; other tables refer to it.';
COMMENT ON COLUMN practice.practice_id IS 'Readable identifier, as in the address of a page.';
COMMENT ON COLUMN practice.title IS 'Title in English; a translation of this project where the published one is not.';
COMMENT ON COLUMN practice.title_original IS 'Published title, where it was not English.';
COMMENT ON COLUMN practice.when_text IS 'Text about the years, as published. Missing where none was.';
COMMENT ON COLUMN practice.when_source IS 'Where that text stood: year field, or description.';
COMMENT ON COLUMN practice.described_when IS 'When the practice itself began, ran or took place, as its title or description says. Missing where neither does.';
COMMENT ON COLUMN practice.start_year IS 'First year, read from both texts. Missing where they name none.';
COMMENT ON COLUMN practice.end_year IS 'Last year, read from both texts. Missing where they name none.';
COMMENT ON COLUMN practice.ongoing IS 'Whether the texts say that the practice goes on. Missing where they do not tell.';
COMMENT ON COLUMN practice.certainty IS 'How sure that reading is: certain; likely where one reading of several had to be chosen; unknown where nothing could be read.';
COMMENT ON COLUMN practice.form IS 'What kind of statement was read: span, since, until, founded, date, recurring, ongoing, year (a year alone, which may not be the start) or unread.';
COMMENT ON COLUMN practice.when_conflict IS 'Whether when_text and described_when contradict each other; the reading is then likely at most.';
COMMENT ON COLUMN practice.known_until IS 'Last year in which the practice is known to have run: its end, else its start. Missing without a start.';
COMMENT ON COLUMN practice.last_active_year IS 'Last year in which the practice is known or said to run: where it is said to go on the year of the data, else known_until. Missing without a start.';
COMMENT ON COLUMN practice.summary IS 'What was done, in the words of this project.';
COMMENT ON COLUMN practice.policy_area_coding IS 'agreed: two readers had a policy area in common; disputed: they had none, so that the areas of both stand here.';
COMMENT ON COLUMN practice.published_topics IS 'Topics that the page itself names.';
COMMENT ON COLUMN practice.source_kind IS 'programme: a page of the Council of Europe; report_copy: a copy of one of its documents elsewhere; network: a page of a national network, or of a joint project of its members; city: what a city sent itself.';
COMMENT ON COLUMN practice.url IS 'The page of the practice itself. Missing where its address is not known.';
COMMENT ON COLUMN practice.evidence_urls IS 'Pages on which the practice was seen.';
COMMENT ON COLUMN practice.accessed IS 'Day on which it was seen.';
COMMENT ON COLUMN practice.added_on IS 'Day of the first version of the data that holds it. Missing where the oldest one that is kept holds it already.';
COMMENT ON COLUMN practice.confidence IS 'low where only a title or a line was known, else high.';
COMMENT ON COLUMN practice.city_names IS 'Names of its cities, joined by semicolons, for reading.';
COMMENT ON COLUMN practice.country_names IS 'Names of its countries, joined by semicolons, for reading.';
COMMENT ON COLUMN practice.has_page IS 'Whether url is known.';
COMMENT ON COLUMN practice.has_evidence IS 'Whether evidence_urls names a page.';

COMMENT ON COLUMN practice.country_set IS 'Number of the set of values that it has in the filter country, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.city_set IS 'Number of the set of values that it has in the filter city, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.network_set IS 'Number of the set of values that it has in the filter network, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.policy_area_set IS 'Number of the set of values that it has in the filter policy_area, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.theme_set IS 'Number of the set of values that it has in the filter theme, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.target_group_set IS 'Number of the set of values that it has in the filter target_group, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.practice_type_set IS 'Number of the set of values that it has in the filter practice_type, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.practice_area_set IS 'Number of the set of values that it has in the filter practice_area, in facet_set; 0 where it has none.';
COMMENT ON COLUMN practice.documented_by_set IS 'Number of the set of values that it has in the filter documented_by, in facet_set; 0 where it has none.';

COMMENT ON TABLE facet_set IS 'The sets of values that practices have in each filter of the sidebar: a row for each value of a set.';
COMMENT ON COLUMN facet_set.facet IS 'The filter: country, city, network, policy_area, theme, target_group, practice_type, practice_area or documented_by.';
COMMENT ON COLUMN facet_set."set" IS 'Number of the set within its filter; columns such as practice.country_set hold it.';
COMMENT ON COLUMN facet_set.value IS 'One of its values, by its readable identifier.';

COMMENT ON TABLE practice_city IS 'Which cities carry a practice; several where they share it, none where none was named.';
COMMENT ON COLUMN practice_city.practice IS 'The practice.';
COMMENT ON COLUMN practice_city.city IS 'The city.';

COMMENT ON TABLE practice_country IS 'In which countries a practice takes place.';
COMMENT ON COLUMN practice_country.practice IS 'The practice.';
COMMENT ON COLUMN practice_country.country IS 'The country.';

COMMENT ON TABLE term IS 'One term of a closed vocabulary: policy_area, theme, target_group, practice_type, practice_area, commitment, network or membership_status.';
COMMENT ON COLUMN term.vocabulary IS 'The vocabulary to which it belongs.';
COMMENT ON COLUMN term.code IS 'Readable identifier within the vocabulary.';
COMMENT ON COLUMN term.position IS 'Place in the order of the vocabulary, from 1.';
COMMENT ON COLUMN term.label_en IS 'Name in English.';
COMMENT ON COLUMN term.label_fr IS 'Name in French.';
COMMENT ON COLUMN term.definition_en IS 'Definition in English.';
COMMENT ON COLUMN term.definition_fr IS 'Definition in French.';
COMMENT ON COLUMN term.aliases IS 'Earlier names, which filters and readers still understand.';
COMMENT ON COLUMN term."group" IS 'Of a policy area: the commitment that it serves, a term of the vocabulary commitment. As group is a word of SQL, write it in quotation marks: "group".';

COMMENT ON TABLE practice_term IS 'Which terms describe a practice; a practice can have several of a vocabulary, or none.';
COMMENT ON COLUMN practice_term.practice IS 'The practice.';
COMMENT ON COLUMN practice_term.vocabulary IS 'Vocabulary of the term: policy_area, theme, target_group, practice_type or practice_area.';
COMMENT ON COLUMN practice_term.code IS 'Code of the term.';
COMMENT ON COLUMN practice_term.source IS 'Who gave it: published by the page, or assigned by this project.';

COMMENT ON TABLE coding IS 'What each of two readers gave a practice, neither seeing the codes of the other; the areas that both gave are in practice_term.';
COMMENT ON COLUMN coding.practice IS 'The practice.';
COMMENT ON COLUMN coding.reader IS 'Which reader: 1 or 2.';
COMMENT ON COLUMN coding.policy_areas IS 'The policy areas that this reader gave: terms of that vocabulary.';

COMMENT ON TABLE amendment IS 'Corrections: cells that are known better than they were published. The other tables hold them as amended.';
COMMENT ON COLUMN amendment.practice IS 'The practice. Missing where a city was amended.';
COMMENT ON COLUMN amendment.city IS 'The city. Missing where a practice was amended.';
COMMENT ON COLUMN amendment.field IS 'Which column of practices.csv or cities.csv.';
COMMENT ON COLUMN amendment.published IS 'What was published. Missing where that is nothing.';
COMMENT ON COLUMN amendment.value IS 'What holds instead. Missing where that is nothing.';
COMMENT ON COLUMN amendment.source IS 'Where that is known from.';
COMMENT ON COLUMN amendment.amended_on IS 'Day on which it was amended.';

COMMENT ON TABLE practice_text IS 'The texts that full-text search reads: lower case, without accents and punctuation.';
COMMENT ON COLUMN practice_text.practice IS 'The practice; the first argument of fts_main_practice_text.match_bm25(practice, words).';
COMMENT ON COLUMN practice_text.title IS 'Titles, in English and as published.';
COMMENT ON COLUMN practice_text.summary IS 'Summary.';
COMMENT ON COLUMN practice_text.place IS 'Cities in every known spelling, and countries.';
COMMENT ON COLUMN practice_text.labels IS 'Names of its terms in English and French, and the published topics.';

COMMENT ON TABLE thesaurus IS 'Words that mean the same for a search: French words of the field, and English words beside each other.';
COMMENT ON COLUMN thesaurus.stemmer IS 'The language whose endings are cut off before words are compared: english or french.';
COMMENT ON COLUMN thesaurus.term IS 'The word that somebody may type.';
COMMENT ON COLUMN thesaurus.equivalent IS 'An English word that means the same.';

COMMENT ON TABLE index_score IS 'One published result of the Intercultural Cities Index: a city in one edition, overall or in one policy area.';
COMMENT ON COLUMN index_score.city IS 'The city.';
COMMENT ON COLUMN index_score.year IS 'Year of the edition. Missing where the page does not tell.';
COMMENT ON COLUMN index_score.policy_area IS 'overall, or the policy area: a term of that vocabulary.';
COMMENT ON COLUMN index_score.score IS 'Result from 0 to 100.';
COMMENT ON COLUMN index_score.rank IS 'Rank among the cities compared.';
COMMENT ON COLUMN index_score.cities_compared IS 'Number of cities compared.';
COMMENT ON COLUMN index_score.quoted_in_other_report IS 'yes where the result stood in the report of another city.';
COMMENT ON COLUMN index_score.evidence_url IS 'The page on which it was seen.';
COMMENT ON COLUMN index_score.note IS 'Remarks on this result.';

COMMENT ON TABLE index_report IS 'One report on the Index known to exist, with or without a result seen.';
COMMENT ON COLUMN index_report.city IS 'The city.';
COMMENT ON COLUMN index_report.year IS 'Year of the edition. Missing where the page does not tell.';
COMMENT ON COLUMN index_report.cities_compared IS 'Number of cities compared; >60 where the page says more than 60.';
COMMENT ON COLUMN index_report.evidence_url IS 'The page on which it was seen.';
