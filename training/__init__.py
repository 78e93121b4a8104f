"""The annexe: makes the network that the program ships; nothing imports it."""
