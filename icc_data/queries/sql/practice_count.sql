-- How many practices a selection holds.
SELECT count(*) AS practices FROM practice WHERE {practices};
