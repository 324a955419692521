"""Programs that write files which the repository keeps."""
