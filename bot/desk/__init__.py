"""Who of the staff speaks when: ownership, queue, hand-over, staff accounts."""
