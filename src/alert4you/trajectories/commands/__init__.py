"""Running a practice (``running``), its plan (``planning``) and its decisions (``deciding``)."""
