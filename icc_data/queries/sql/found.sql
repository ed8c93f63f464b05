-- The practices that hold what was typed, by their numbers, and how well they answer its words.
{ranked}SELECT {columns} FROM {results} WHERE {practices} ORDER BY practice LIMIT $most;
