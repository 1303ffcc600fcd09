"""What can be read in a file, what a column is, and who may load one."""
