"""What people fill in about practices: adopting and changing them (``changing``)."""
