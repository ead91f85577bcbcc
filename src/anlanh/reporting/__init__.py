"""What the recorded acts amount to: the duty board, evidence for what people do elsewhere, signatures under the law."""
