"""Diagnosis: the instrument, assessments of enterprises, their class and the reasons for it."""
