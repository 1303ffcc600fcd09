"""Practices published here (``templates``) and those that come with the product (``library``)."""
