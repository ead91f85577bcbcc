"""The writers of casework: one function a step, each one transaction, whatever face it is called through."""
