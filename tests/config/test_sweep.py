"""Due work is found by itself: a job is a public function of a context's tasks."""

import inspect

from alert4you.config.management.commands.sweep import jobs


def test_the_jobs_of_the_contexts_are_found():
    assert "coaching.announce_questions" in dict(jobs())


def test_every_job_takes_the_moment_only():
    assert all(list(inspect.signature(job).parameters) == ["at"] for _name, job in jobs())
