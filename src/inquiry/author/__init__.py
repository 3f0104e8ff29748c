"""Write: commands that help an author."""
