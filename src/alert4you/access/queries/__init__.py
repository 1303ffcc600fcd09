"""What a hat may know: children and their line, agreements (``consent``), who looked (``trail``)."""
