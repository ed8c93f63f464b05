"""Questions of one's own, in SQL: what may be asked, how it is answered, and what there is to ask about."""
