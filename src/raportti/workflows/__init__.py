"""From a wish to what changes in a source: the changes for people, the bytes of files for the disk. Writes nothing."""
