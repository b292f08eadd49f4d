"""Papers: documents and sheets in and out; doubt is shown, never guessed."""
