"""What a hat may know: children and their line (``line``), agreements (``consent``), who looked (``trail``)."""
