from interviews.models.day import Day, DayEntry
from interviews.models.feature import Feature, FeatureSection, Participant
from interviews.models.interview import Answer, Interview

__all__ = ["Answer", "Day", "DayEntry", "Feature", "FeatureSection", "Interview", "Participant"]
