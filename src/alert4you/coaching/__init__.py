"""The coach: questions with an answer by a day, visits, talks with parents, walk-in hours."""
