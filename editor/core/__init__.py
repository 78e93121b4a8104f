"""Floor 0: files, pixels, jobs and storage; never imports Qt."""
