"""Getting data in: files of planning systems and the public register, looked at before anything is saved."""
