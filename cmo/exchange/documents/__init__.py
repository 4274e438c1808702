"""Documents of people's own: from the bytes of a file to the text of a source, and to a plan of
what an import would do.

Files are untrusted: `readers` has them read in a child process with bounds on memory and time.
"""
