"""Many students' services at once: rows of a sheet, or a folder of plans, to rows with what the answers come to.

A row is one service of one student. It is tallied by the same rules as a plan; a row that is wrong is pointed out with
its place, and never stops the others. Nothing here keeps more than a batch of rows.
"""
