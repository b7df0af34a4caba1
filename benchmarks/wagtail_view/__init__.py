"""The same story by an ordinary Wagtail site: a view that reads it from the record and renders it by Django's templates.

Nothing is left out that such a site has to do and nothing slows it down on purpose: templates are cached, the connection to the
database stays open, what belongs together is fetched together, photos come from Wagtail's own renditions, and the page isn't compressed
(as a web server in front would do on top).
"""
