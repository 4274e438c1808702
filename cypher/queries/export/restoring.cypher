// The restore that is going on in this casebook, or was broken off.
// mode: read
// scope: open (a casebook that is half restored is nobody's)
MATCH (m:Restoring)
RETURN m.file AS file, m.client AS client, m.beat_at AS beat_at
ORDER BY m.beat_at DESC
