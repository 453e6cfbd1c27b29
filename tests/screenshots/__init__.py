"""Pictures of every screen in every theme and two sizes, from the sample event in the middle of its day."""
