"""Read: the files of notes/ and lines/ become a `Corpus`."""
