"""Pages for whoever asks (``asking``) and answers (``handling``), and the copy they get (``copies``)."""
