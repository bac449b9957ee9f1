from interviews.models.day import Day, DayEntry
from interviews.models.feature import Feature, FeatureLink, FeatureSection, Participant
from interviews.models.interview import Answer, Interview, InterviewLink

__all__ = [
    "Answer",
    "Day",
    "DayEntry",
    "Feature",
    "FeatureLink",
    "FeatureSection",
    "Interview",
    "InterviewLink",
    "Participant",
]
