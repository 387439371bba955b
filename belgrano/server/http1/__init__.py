"""HTTP/1.1 for Hypercorn, lean: a parser in C, an answer in one write, one timer a connection.

Hypercorn keeps the process, its listener and its end; websockets are spoken by its own `WSStream`. What is read more
strictly than h11 would: a line ends in CRLF, a header in its own line, a length stands alone and beside no encoding.
"""
