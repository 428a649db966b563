"""The frozen types of everything the YAML can say.

One word per idea, the same here, in the files, in help and on paper. The field descriptions are the manual that
`docs/editing.md` and the JSON Schema for editors are made from. Reading files is not done here: `load` hands over
plain maps together with the ids that exist (`Known`), so that a dangling id is found like any other mistake.

Each file of types is imported by itself: a command pays only for those that it uses.
"""
