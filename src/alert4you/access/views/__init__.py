"""Sharing (``consent``), who is involved (``team``), who looked (``trail``), holding back (``line``)."""
