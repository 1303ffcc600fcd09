"""`python -m alert4you` is the console command."""

from alert4you.config.cli import main

main()
