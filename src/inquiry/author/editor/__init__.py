"""What an editor asks while a note or a line is written; `server` alone speaks to editors."""
