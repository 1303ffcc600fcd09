"""Pages for who asks (``asking``) and who answers (``handling``), and the copy they get (``copies``)."""
