"""Present: stories, the stage and its windows."""
