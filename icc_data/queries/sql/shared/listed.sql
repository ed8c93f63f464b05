    practice_id, title, title_original, city_names, country_names, when_text, described_when, when_conflict,
    start_year, end_year, ongoing, certainty, form,
    summary, policy_areas, themes, source_kind, url, evidence_urls, confidence
