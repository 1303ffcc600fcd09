"""The pages: questions and answers, visits, what happened (``contacts``), talks with parents."""
