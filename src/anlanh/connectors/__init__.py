"""Machines outside: mail servers, and platforms that are told of measures. Each sender is a channel of the outbox."""
