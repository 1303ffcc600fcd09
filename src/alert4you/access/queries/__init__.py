"""What a hat may know: children and their line (``line``), the agreements (``consent``), who looked (``trail``)."""
