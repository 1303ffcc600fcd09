"""The look: base page, components, forms and words for dates. Knows nothing of the field."""
