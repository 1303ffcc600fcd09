"""The pages of the shell: signing in and hats (``door``), today (``today``), children and their line (``line``)."""
