-- How long summaries are: half of them have no more letters.
SELECT median(length(summary)) AS letters FROM practice WHERE summary <> '';
