from careers.models.notice import Notice
from careers.models.organisation import Contact, ExamCategory, Organisation
from careers.models.path import PathStage
from careers.models.person import CareerKind, CareerStep, Person
from careers.models.place import Place
from careers.models.training import TrainingLink, TrainingProgramme
from careers.models.work import Duty, Figure, Profession, Project
from careers.models.work_life import LifeStage, ProgrammeLink, ProgrammeUse, WorkLifeProgramme

__all__ = [
    "CareerKind",
    "CareerStep",
    "Contact",
    "Duty",
    "ExamCategory",
    "Figure",
    "LifeStage",
    "Notice",
    "Organisation",
    "PathStage",
    "Person",
    "Place",
    "Profession",
    "ProgrammeLink",
    "ProgrammeUse",
    "Project",
    "TrainingLink",
    "TrainingProgramme",
    "WorkLifeProgramme",
]
