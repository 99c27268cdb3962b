"""One module a page of the app: from a request to what a template shows, or to a change of the source."""
