    practice_id, title, title_original, city_ids, cities, countries, when_text, when_source, described_when,
    start_year, end_year, ongoing, certainty, form, when_conflict, summary, policy_areas, policy_area_coding, published_topics,
    themes, target_groups, practice_types, practice_areas, source_kind, url, evidence_urls, accessed, added_on, confidence
