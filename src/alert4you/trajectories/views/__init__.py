"""The caseload, starting (``starting``), one trajectory, its plan, its decisions (``deciding``)."""
