"""The decision of one service, as a user of other rule engines would write it down."""
