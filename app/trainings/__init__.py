"""Trainings and group meetings: who came, which practice was taken up, what mentors can do."""
