from careers.models.notice import Notice
from careers.models.official_page import Basis, OfficialPage
from careers.models.organisation import Contact, ExamCategory, Organisation
from careers.models.path import PathStage
from careers.models.person import CareerKind, CareerStep, Person
from careers.models.place import Place
from careers.models.recruiting_step import RecruitingStep
from careers.models.training import TrainingLink, TrainingProgramme
from careers.models.work import Duty, Figure, Profession, Project
from careers.models.work_life import LifeStage, ProgrammeLink, ProgrammeUse, WorkLifeProgramme

__all__ = [
    "Basis",
    "CareerKind",
    "CareerStep",
    "Contact",
    "Duty",
    "ExamCategory",
    "Figure",
    "LifeStage",
    "Notice",
    "OfficialPage",
    "Organisation",
    "PathStage",
    "Person",
    "Place",
    "Profession",
    "ProgrammeLink",
    "ProgrammeUse",
    "Project",
    "RecruitingStep",
    "TrainingLink",
    "TrainingProgramme",
    "WorkLifeProgramme",
]
