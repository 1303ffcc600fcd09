"""One question per screen: about ``money``, ``applications``, and what pays for ``places``."""
