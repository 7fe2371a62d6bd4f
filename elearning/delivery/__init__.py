"""Ways out: words for people who are not at a page, and mail."""
