"""How work reaches people: named queues, the rules that sort cases into them, and the order in which they are begun."""
