-- The lake's snapshot in which a version was published: later ones may be of the lake's upkeep.
SELECT max(snapshot_id) FROM lake.snapshots() WHERE commit_extra_info = ? HAVING count(*) > 0;
