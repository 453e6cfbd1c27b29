"""What is private stays private: one event full of seeded secrets, and a look at all that leaves the desk.

Here belongs a test that asks where a name, a contact, an injury, a PIN or a note can be read by somebody else. What an
export or a pane shows otherwise is tested beside it.
"""
