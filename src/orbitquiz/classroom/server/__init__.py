"""The server's end of a room: the actor that owns it, what it tells, and the web socket."""
