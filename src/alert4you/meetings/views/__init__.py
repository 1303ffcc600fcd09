"""Pages of meetings; each answers what is asked of me, who has the lead, and by when."""
