"""What was done, provably: Merkle logs in tiles, signed checkpoints, proofs, the export file and its verifier.

Plain Python that knows no database and no act: a leaf is bytes. Imports only `primitives`.
"""
